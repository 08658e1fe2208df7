"""The plug pulled while a follow-up is answered: what was shown as saved is there again, what is sealed is whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from needlelog.domain.follow_up import FollowUpForm
from tests.desks import PASSPHRASE, START, StandingClock, a_door
from tests.e2e.next_start import opened
from tests.e2e.processes import Child
from tests.gui.screens.clinic_days import add_client, treat

NAME = "Lukasz O'Brien <b>& Son"
WORDS = "Blisters & <i>pus</i> since noon"
NOW = START.isoformat()


@pytest.fixture
def treated(clinic: Path) -> Path:
    """The clinic with one client who was treated three days and two hours ago."""
    clock = StandingClock(START)
    door = a_door(clinic, clock)
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    treat(desk, clock, add_client(desk, NAME), START - timedelta(days=3, hours=2))
    desk.close()
    door.leave()
    return clinic


@pytest.mark.parametrize("at", ["tap 1", "tap 2", "tap 3", "words"])
def test_what_was_shown_as_saved_stands_there_again(treated: Path, at: str) -> None:
    with Child("answer_follow_up", treated, now=NOW, words=WORDS) as child:
        shown = FollowUpForm.model_validate(child.until(at=at)["form"])
        child.kill()
        last = FollowUpForm.model_validate([line["form"] for line in child.told if "form" in line][-1])
    with Child("answer_follow_up", treated, now=NOW, words=WORDS) as second:
        again = second.until(at="again")
        second.kill()
    found = FollowUpForm.model_validate(again["form"])
    assert {(one.reaction, one.grade) for one in shown.observations} <= {
        (one.reaction, one.grade) for one in found.observations
    }
    assert set(last.replies) <= set(found.replies)
    assert (found.id, found.reached) == (last.id, last.reached)
    assert found.note in (last.note, WORDS)
    assert again["note"] == found.note


@pytest.mark.parametrize(
    ("moment", "added"),
    [("change 1", False), ("change 3", False), ("commit", False), ("committed", True)],
)
def test_the_plug_is_pulled_while_an_answer_is_sealed(treated: Path, moment: str, added: bool) -> None:
    with Child("answer_follow_up", treated, now=NOW, words=WORDS, moment=moment) as child:
        assert child.end() == -9, child.errors()
        shown = FollowUpForm.model_validate([line["form"] for line in child.told if "form" in line][-1])
    with opened(treated) as desk:
        assert desk.proof.whole().flaws == ()
        record = desk.follow_ups.records([shown.session_id])
        answers = record[shown.session_id].answers if record else ()
        assert len(answers) == added
        form = desk.follow_ups.begin(shown.session_id, "72h")
        if added:
            assert (answers[0].id, answers[0].note, answers[0].observations) == (shown.id, WORDS, shown.observations)
            assert answers[0].flags
            assert form.saved_at is None, "the half-written answer went with it"
        else:
            assert form == shown
