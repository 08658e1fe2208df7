"""An ordinary visit done again: at most 25 taps, no key, a record that lacks nothing; what is new is not let by."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from needlelog.domain.client import Allergy, AllergyState, Client
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import Endpoint
from needlelog.services.desk import Desk
from tests.desks import PASSPHRASE, START, StandingClock, a_door, set_up_desk
from tests.e2e.processes import Child
from tests.gui.screens.clinic_days import add_client
from tests.ordinary import (
    CARTRIDGE,
    CLEANSER,
    CREAM,
    GOOD_UNTIL,
    LOTS_NOW,
    LOTS_THEN,
    MASK,
    SERUM,
    ZONES,
    ordinary_visit,
    stock,
)

NAME, MOST = "Ana Nowak", 25
THEN = START - timedelta(days=34)
NOW = START.isoformat()
Change = Callable[[Desk, Client], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ordinary") / "clinic"
    clock = StandingClock(THEN)
    door = a_door(folder, clock)
    desk = set_up_desk(door)
    ordinary_visit(desk, clock, add_client(desk, NAME), THEN)
    desk.close()
    door.leave()
    return folder


def at_desk(folder: Path, work: Callable[[Desk], Any]) -> Any:
    """What ``work`` finds or does in this clinic."""
    door = a_door(folder, StandingClock())
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    try:
        return work(desk)
    finally:
        desk.close()
        door.leave()


def clinic_of(before: Path, folder: Path, change: Change) -> Path:
    """A copy of the clinic, changed like this."""
    clinic = Path(shutil.copytree(before, folder / "clinic"))
    at_desk(clinic, lambda desk: change(desk, _client(desk)))
    return clinic


def _client(desk: Desk) -> Client:
    return desk.clients.get(desk.clients.find(NAME)[0].id)


def new_lots(desk: Desk, _client: Client) -> None:
    """What came in since."""
    stock(desk, LOTS_NOW)


def test_an_ordinary_visit_is_repeated_with_25_taps_and_nothing_is_missing_from_its_record(
    made: Path, tmp_path: Path
) -> None:
    clinic = clinic_of(made, tmp_path, new_lots)
    with Child("repeat_visit", clinic, now=NOW, name=NAME) as child:
        told = child.finish()
    signed = next(line for line in told if line["at"] == "signed")
    assert signed["all"] <= MOST, signed
    assert signed["keys"] == 0
    visit, items = at_desk(clinic, _record)
    draft = visit.draft
    assert draft.repeats_visit_on == THEN.date()
    assert visit.client.full_name == NAME
    assert not draft.overrides
    assert draft.unanswered == ()
    assert draft.considered == ()
    assert not draft.skipped
    assert all(item.done for item in items), [item.text for item in items if not item.done]
    # What the client said: still so since then, or asked afresh today; nothing is carried over unasked.
    said = {one.confirmed_from for one in draft.consultation.screening}
    assert said == {None, THEN.date()}
    assert all(one.at >= START for one in draft.consultation.screening)
    assert draft.consultation.allergies_confirmed_at >= START
    assert {one.from_visit_on for one in draft.consultation.plan.zones} == {THEN.date()}
    # The signature, the lots and what was seen are of today.
    assert draft.consent.signature.strokes
    assert draft.consent.signature.at >= START
    lots = {one.name: one.lot for one in (*draft.cleansing.uses, *draft.numbing, *draft.serums, *draft.cooling)}
    assert lots == {name: LOTS_NOW[name] for name in (CLEANSER, CREAM, SERUM, MASK)}
    assert {(one.cartridge, one.lot, one.expires_on) for one in draft.needling.passes} == {
        (CARTRIDGE, LOTS_NOW[CARTRIDGE], GOOD_UNTIL)
    }
    assert {one.zone for one in draft.needling.passes} == set(ZONES)
    assert {one.endpoint for one in draft.needling.passes} == {Endpoint.ERYTHEMA}
    assert len({one.at for one in draft.needling.time_out}) == len(items_of_time_out(clinic))
    (numbing,) = draft.numbing
    assert numbing.removed_at - numbing.on_at >= timedelta(minutes=35)
    assert (numbing.applied_g, numbing.area_cm2) == (visit_then(clinic).draft.numbing[0].applied_g, 120)
    (seen,) = draft.reactions.observations
    assert (seen.reaction, seen.grade, seen.zone) == ("redness", 2, "")
    assert [one.moment for one in draft.reactions.nothing_seen] == [seen.moment]
    assert draft.aftercare.given


def test_from_the_same_box_as_then_it_takes_no_tap_more(made: Path, tmp_path: Path) -> None:
    clinic = clinic_of(made, tmp_path, lambda _desk, _client: None)
    with Child("repeat_visit", clinic, now=NOW, name=NAME) as child:
        signed = next(line for line in child.finish() if line["at"] == "signed")
    assert signed["all"] <= MOST, signed
    visit, _ = at_desk(clinic, _record)
    assert {one.lot for one in visit.draft.needling.passes} == {LOTS_THEN[CARTRIDGE]}
    # Nothing tells this cartridge from those of the same box but the word of the time-out: that is its answer.
    assert visit.draft.unanswered == ()
    (said,) = visit.draft.considered
    (tick,) = (one for one in visit.draft.needling.time_out if one.item == "cartridge")
    assert (said.finding.code, said.by, said.at, said.note) == ("needles-untold", tick.by, tick.at, tick.said)


def _record(desk: Desk) -> tuple[SignedSession, Any]:
    visit = desk.history.latest(_client(desk).id)
    assert visit is not None
    return visit, desk.sessions.judge(visit.draft).items(visit.draft)


def items_of_time_out(clinic: Path) -> Any:
    """The items of the time-out that every visit has."""
    return at_desk(clinic, lambda desk: tuple(desk.knowledge.time_out))


def visit_then(clinic: Path) -> SignedSession:
    """The visit that was repeated."""

    def first(desk: Desk) -> SignedSession:
        visits = desk.history.visits(_client(desk).id)
        return desk.history.visit(min(visits, key=lambda one: one.started_at).id)

    found: SignedSession = at_desk(clinic, first)
    return found


def with_allergy(desk: Desk, client: Client) -> None:
    """Noted on the file between the visits."""
    new_lots(desk, client)
    allergies = (Allergy(substance="Nickel", reaction="rash"),)
    desk.clients.save(client.with_(allergy_state=AllergyState.KNOWN, allergies=allergies))


def with_expired_serum(desk: Desk, _client: Client) -> None:
    """Everything new but the serum, of which every lot is out of date."""
    stock(desk, {name: lot for name, lot in LOTS_NOW.items() if name != SERUM})
    stock(desk, {SERUM: "HA-1"}, date(2026, 10, 31))


@pytest.mark.parametrize(
    ("new", "change", "step", "shut"),
    [
        ("allergy", with_allergy, "consultation", "missing-allergies"),
        ("stop", new_lots, "consultation", "C01"),
        ("lot", with_expired_serum, "serum", "missing-serum"),
    ],
)
def test_what_is_new_is_not_let_through_by_the_short_way(
    made: Path, tmp_path: Path, new: str, change: Change, step: str, shut: str
) -> None:
    clinic = clinic_of(made, tmp_path, change)
    with Child("something_new", clinic, now=NOW, name=NAME, new=new) as child:
        told = child.finish()
    held = next(line for line in told if line["at"] == "held")
    assert held["draft"]["step"] == step
    assert shut in held["shut"]
    assert not held["draft"]["serums"]
