"""A damaged row is one sentence and hides nothing else; the history shows its visit as damaged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from main import main
from needlelog.bootstrap import words
from needlelog.errors import Fault, FaultCode
from needlelog.verbs import BROKEN_OFF_EXIT, verify
from tests import builders
from tests.desks import PASSPHRASE, StandingClock, a_door
from tests.gui.screens.clinic_days import treat
from tests.integration.services.test_proof import Clinic, said

DAMAGE = {
    "the day of a visit": "UPDATE session SET started_at = 'yesterday' WHERE id = '{id}'",
    "the zone of a visit": "UPDATE session SET time_zone = 'Nowhere/Land' WHERE id = '{id}'",
    "the record": "UPDATE session SET content = '{' WHERE id = '{id}'",
    "the bytes of the record": "UPDATE session SET content = CAST(x'ff00' AS TEXT) WHERE id = '{id}'",
    "the seal of a visit": "DELETE FROM seal WHERE subject_id = '{id}'",
    "the moment of a seal": "UPDATE seal SET at = 'x' WHERE subject_id = '{id}'",
    "the depth of a pass": "UPDATE needling_pass SET endpoint = 'eaten', expires_on = 'x' WHERE session_id = '{id}'",
}
ELSEWHERE = {
    "a paper": ("UPDATE paper SET made_at = 'x'", "A paper of {visit} (seal 1) cannot be read"),
    "a hand-over": ("UPDATE handover SET at = 'x'", "(seal 2) cannot be read"),
    "a paper's bytes": ("UPDATE paper SET data = 7", "A paper of {visit} (seal 1) cannot be read"),
}
VISIT = "the visit of C-0001 on 20-Nov-2026"


@pytest.fixture
def clinic(tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A clinic whose first visit will be damaged; a second one follows."""
    made = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with made.opened() as desk:
        client = desk.clients.get(made.visit.client.id)
        treat(desk, clock, client, clock.now() + timedelta(days=30))
    return made


def damage(clinic: Clinic, statement: str) -> None:
    clinic.tamper(statement.replace("{id}", clinic.visit.id.hex))


@pytest.mark.parametrize("what", DAMAGE)
def test_the_history_shows_a_damaged_visit_as_damaged(clinic: Clinic, what: str) -> None:
    damage(clinic, DAMAGE[what])
    with clinic.opened() as desk:
        visits = {one.id: one.damaged for one in desk.history.visits(clinic.visit.client.id)}
        assert len(visits) == 2
        assert visits[clinic.visit.id]
        assert sum(visits.values()) <= 1
        latest = desk.history.latest(clinic.visit.client.id)
        assert latest is not None
        assert latest.id != clinic.visit.id
        assert desk.sessions.start(clinic.visit.client.id, repeat=True).repeats_visit_on is not None


@pytest.mark.parametrize("what", DAMAGE)
def test_the_check_says_one_sentence_of_a_damaged_visit_and_goes_on(
    clinic: Clinic, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(clinic, DAMAGE[what])
    clinic.file_of(clinic.photos[0]).unlink()
    flaws = said(clinic.check())
    about = [one for one in flaws if one.startswith(f"The record of {VISIT}")]
    assert len(about) == 1
    with clinic.opened() as desk:
        assert [flaw.says for flaw in desk.proof.of_visit(clinic.visit.id).flaws][: len(about)]
    monkeypatch.setenv("KEY", PASSPHRASE)
    assert main(["verify", "--data-dir", str(clinic.folder), "--passphrase-env", "KEY"]) == 1
    told = capsys.readouterr()
    assert about[0] in told.out
    assert "Traceback" not in told.err


@pytest.mark.parametrize("what", ELSEWHERE)
def test_other_damaged_rows_are_one_sentence_too(clinic: Clinic, what: str) -> None:
    statement, says = ELSEWHERE[what]
    damage(clinic, statement)
    assert any(says.format(visit=VISIT) in one for one in said(clinic.check()))


def test_a_record_that_cannot_be_read_opens_with_a_sentence(clinic: Clinic) -> None:
    damage(clinic, DAMAGE["the record"])
    with clinic.opened() as desk, pytest.raises(Fault) as refused:
        desk.history.visit(clinic.visit.id)
    assert refused.value.code is FaultCode.RECORD_DAMAGED


def test_another_visit_of_the_client_is_signed_all_the_same(clinic: Clinic) -> None:
    damage(clinic, DAMAGE["the day of a visit"])
    with clinic.opened() as desk:
        client = desk.clients.get(clinic.visit.client.id)
        treat(desk, clinic.clock, client, clinic.clock.now() + timedelta(days=60))
        assert len(desk.history.visits(client.id)) == 3


def test_a_damaged_open_visit_stays_in_the_list_and_says_so_when_opened(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        draft = desk.sessions.start(clinic.visit.client.id)
    clinic.tamper("UPDATE draft SET content = '{'")
    with clinic.opened() as desk:
        assert [one.id for one in desk.sessions.open()] == [draft.id]
        with pytest.raises(Fault) as refused:
            desk.sessions.resume(draft.id)
    assert refused.value.code is FaultCode.RECORD_DAMAGED


def test_a_recall_reaches_whoever_a_damaged_open_visit_was_recorded_for(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        flow, _ = desk.sessions.resume(desk.sessions.start(clinic.visit.client.id).id)
        use = builders.a_use(lot="Se 99-X")
        flow.edit(lambda draft: draft.with_(serums=(use,)))
        assert [one.product for one in desk.history.treated_with_lot("SE99-X")] == [use.name]
    clinic.tamper("UPDATE draft SET content = substr(content, 2)")
    with clinic.opened() as desk:
        (found,) = desk.history.treated_with_lot("SE99-X")
        assert (found.client_id, found.product, found.signed) == (clinic.visit.client.id, "?", False)
        assert desk.history.treated_with_lot("SE99-Y") == ()


def discarded(clinic: Clinic) -> list[UUID]:
    """Two discarded visits; the first bears the lot ``Se 99-X``."""
    with clinic.opened() as desk:
        kept = [desk.sessions.start(clinic.visit.client.id).id for _ in range(2)]
        flow, _ = desk.sessions.resume(kept[0])
        flow.edit(lambda draft: draft.with_(serums=(builders.a_use(lot="Se 99-X"),)))
        for one in kept:
            desk.sessions.discard(one, "Client left")
    return kept


def test_a_discarded_visit_with_a_damaged_row_is_listed_from_its_own_text(clinic: Clinic) -> None:
    first, second = discarded(clinic)
    clinic.tamper(f"UPDATE discarded_draft SET discarded_at = 'x' WHERE id = '{first.hex}'")
    with clinic.opened() as desk:
        listed = desk.sessions.discarded_for(clinic.visit.client.id)
        assert [(one.id, one.damaged, one.lost) for one in listed] == [(second, False, False), (first, True, False)]
        assert [one.lot for one in desk.history.treated_with_lot("SE99-X")] == ["Se 99-X"]
        desk.sessions.take_up_again(first)
        assert first in [one.id for one in desk.sessions.open()]
    assert any("The discarded content of" in one and "cannot be read" in one for one in said(clinic.check()))


@pytest.mark.parametrize("content", ['\'{"serums": "SE 99-x"\'', "x'53652039392d58ff'"])
def test_a_discarded_visit_whose_text_is_damaged_is_listed_and_asked_about(clinic: Clinic, content: str) -> None:
    first, second = discarded(clinic)
    clinic.tamper(f"UPDATE discarded_draft SET content = {content} WHERE id = '{first.hex}'")
    with clinic.opened() as desk:
        listed = desk.sessions.discarded_for(clinic.visit.client.id)
        assert [(one.id, one.damaged, one.lost) for one in listed] == [(second, False, False), (first, True, True)]
        (found,) = desk.history.treated_with_lot("SE99-X")
        assert (found.client_id, found.product, found.discarded) == (clinic.visit.client.id, "?", True)
        with pytest.raises(Fault) as refused:
            desk.sessions.take_up_again(first)
        assert refused.value.code is FaultCode.RECORD_DAMAGED


def test_a_visit_with_damaged_columns_is_listed_from_its_own_text_and_can_be_discarded(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        draft = desk.sessions.start(clinic.visit.client.id)
    for column, garbage in (("started_at", "'x'"), ("saved_at", "7"), ("step", "'eaten'")):
        clinic.tamper(f"UPDATE draft SET {column} = {garbage}")
    with clinic.opened() as desk:
        (listed,) = desk.sessions.open()
        assert (listed.id, listed.started_at, listed.step) == (draft.id, draft.started_at, draft.step)
        assert any("an open visit (C-0001)" in one for one in said(desk.proof.whole()))
        desk.sessions.discard(draft.id, "Client left")
        assert [one.id for one in desk.sessions.discarded_for(clinic.visit.client.id)] == [draft.id]


def test_details_of_the_clinic_that_are_damaged_are_left_empty_and_can_be_put_right(clinic: Clinic) -> None:
    clinic.tamper("UPDATE clinic SET page_size = 'eaten', logo = 7")
    with clinic.opened() as desk:
        told = desk.practice.clinic()
        assert (told.name, told.phone, told.logo) == ("Seaside Skin Clinic", "01273 555 010", None)
        assert "the details of the clinic" in desk.proof.met()
        draft = desk.sessions.start(clinic.visit.client.id)
        with pytest.raises(Fault) as refused:
            desk.papers.aftercare(draft, desk.clients.get(clinic.visit.client.id))
        assert refused.value.code is FaultCode.RECORD_DAMAGED
        with pytest.raises(Fault) as refused:
            desk.practice.save(told.with_(phone="01273 555 011"))
        assert refused.value.code is FaultCode.DETAIL_DAMAGED
        assert refused.value.values == {"field": "Paper in the printer, Logo"}
        assert desk.practice.damaged() == ("page_size", "logo")
        desk.practice.save(told, put_right=("page_size", "logo"))
        assert desk.papers.aftercare(draft, desk.clients.get(clinic.visit.client.id)).data
        assert desk.proof.met() == ""


def test_no_stand_in_is_written_over_a_damaged_time_zone(clinic: Clinic) -> None:
    clinic.tamper("UPDATE clinic SET time_zone = 'eaten'")
    with clinic.opened() as desk:
        with pytest.raises(Fault) as refused:
            desk.practice.save(desk.practice.clinic().with_(phone="01273 555 011"))
        assert refused.value.values == {"field": "Time zone"}
    assert clinic.tamper("SELECT time_zone, phone FROM clinic") == [("eaten", "01273 555 010")]


def test_nobody_is_shut_out_by_their_own_damaged_row(clinic: Clinic) -> None:
    clinic.tamper("UPDATE practitioner SET added_at = 'x'")
    with clinic.opened() as desk:
        assert desk.me.name == "Mara Lindqvist"
        assert any("a practitioner (Mara Lindqvist)" in one for one in said(desk.proof.whole()))


class BrokenProof:
    """A check with a mistake of ours in it."""

    def whole(self) -> None:
        raise ZeroDivisionError("Ana Nowak")


def test_a_check_that_breaks_off_is_no_finding(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    door = a_door(clinic.folder, clinic.clock)
    opened = door.unlock
    door.unlock = lambda *key: replace(opened(*key), proof=BrokenProof())  # type: ignore[method-assign, arg-type]
    assert verify(door, words(), name="", passphrase=lambda: PASSPHRASE) == BROKEN_OFF_EXIT
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing is proved" in told.err
    assert "ZeroDivisionError" in told.err
    assert "Ana" not in told.err
    assert "Traceback" not in told.err
