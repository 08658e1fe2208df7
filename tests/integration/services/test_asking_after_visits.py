"""Asking after visits, over a real file: due, answered, red until dealt with, adverse events and their report."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from pypdf import PdfReader

from needlelog.domain.adverse_events import EventEntryKind
from needlelog.domain.follow_up import FollowUpForm, Reached
from needlelog.domain.materials import ProductKind
from needlelog.domain.papers import PaperKind
from needlelog.domain.reactions import AdverseEvent, Observation, Outcome, Seriousness
from needlelog.domain.session import Reactions
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.rules.follow_up import DueState
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat

NAME = "Lukasz O'Brien <b>& Son"


@pytest.fixture
def visit(desk: Desk, clock: StandingClock) -> SignedSession:
    """Treated three and a half days ago."""
    return treat(desk, clock, add_client(desk, NAME), clock.now() - timedelta(days=3, hours=12))


def seen(desk: Desk, reaction: str, grade: int, zone: str = "") -> Observation:
    scale = desk.knowledge.reactions[reaction].scale
    return Observation(id=uuid4(), reaction=reaction, scale=scale, grade=grade, zone=zone, at=desk.clock.now())


def filled(desk: Desk, visit: SignedSession, moment: str = "72h") -> FollowUpForm:
    form = desk.follow_ups.begin(visit.id, moment).with_(reached=Reached.PHONE)
    return form.with_(observations=(seen(desk, "redness", 1, "forehead"),)).replied("redness-less", value="yes")


def listed(desk: Desk) -> list[tuple[str, str]]:
    return [(one.due.moment, one.due.state.value) if one.due else ("red", "") for one in desk.follow_ups.to_ask()]


def test_what_is_due_is_answered_and_gone_from_the_list(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    assert listed(desk) == [("72h", "due")]
    desk.follow_ups.answer(filled(desk, visit), visit)
    assert listed(desk) == []
    clock.pass_(days=10)
    assert listed(desk) == [("day-14", "due")]
    assert desk.history.visit(visit.id) == visit
    assert desk.proof.whole().flaws == ()


def test_a_red_answer_stays_on_the_list_until_somebody_writes_what_was_done(
    desk: Desk, clock: StandingClock, visit: SignedSession
) -> None:
    answer = desk.follow_ups.answer(filled(desk, visit).replied("blisters-pus", value="yes"), visit)
    assert [flag.key for flag in answer.flags] == ["question:blisters-pus"]
    desk.follow_ups.not_reached(visit.id, "", Reached.PHONE, "Rang back, nobody there")
    clock.pass_(days=400)
    assert listed(desk) == [("red", "")], "a red flag does not grow old, and a try does not settle it"
    with pytest.raises(Fault) as caught:
        desk.follow_ups.handle(answer, "  ")
    assert caught.value.code is FaultCode.REASON_MISSING
    desk.follow_ups.handle(answer, "Seen by the doctor")
    assert listed(desk) == []
    assert desk.follow_ups.after(visit).record.handled_of(answer.id)[0].done == "Seen by the doctor"


def test_red_stands_before_overdue_before_due(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    late = treat(desk, clock, add_client(desk, "Late"), clock.now() - timedelta(hours=60))
    due = treat(desk, clock, add_client(desk, "Due"), clock.now() - timedelta(hours=25))
    desk.follow_ups.answer(filled(desk, visit).replied("weeping", value="yes"), visit)
    assert [one.visit.session_id for one in desk.follow_ups.to_ask()] == [visit.id, late.id, due.id]
    assert [one.visit.session_id for one in desk.follow_ups.to_ask_of(due.draft.client_id)] == [due.id]


def test_nothing_is_sealed_that_says_nothing_or_not_how(desk: Desk, visit: SignedSession) -> None:
    empty = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE)
    for form, code in (
        (empty, FaultCode.FOLLOW_UP_EMPTY),
        (filled(desk, visit).with_(reached=None), FaultCode.FOLLOW_UP_UNREACHED),
    ):
        with pytest.raises(Fault) as caught:
            desk.follow_ups.answer(form, visit)
        assert caught.value.code is code
    assert desk.follow_ups.after(visit).record.answers == ()


def test_the_flags_are_sealed_as_the_rules_of_that_day_had_them(
    desk: Desk, clock: StandingClock, visit: SignedSession
) -> None:
    answer = desk.follow_ups.answer(filled(desk, visit), visit)
    assert answer.flags == ()
    desk.reference.decide(("reactions", "redness", "expected_until_h"), "24", "We are more careful here")
    desk.reference.decide(("reactions", "redness", "escalate_after_h"), "30", "We are more careful here")
    assert desk.follow_ups.after(visit).record.answers[0].flags == ()
    again = filled(desk, visit, "")
    assert [flag.key for flag in desk.follow_ups.flags(again, visit)] == ["reaction:redness:still-there:forehead"]


def test_the_next_visit_of_a_course_silences_no_check(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    client = desk.clients.get(visit.draft.client_id)
    clock.pass_(days=26)
    assert listed(desk) == [("week-4-6", "due")]
    treat(desk, clock, client, clock.now() - timedelta(hours=2))
    assert listed(desk) == [("week-4-6", "due")], "due when the client came back: it can be asked at the chair"
    clock.pass_(days=1)
    assert sorted(listed(desk)) == [("24h", "due"), ("week-4-6", "due")]


def test_visits_entered_in_error_take_nothing_over(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    client = desk.clients.get(visit.draft.client_id)
    clock.pass_(days=6)
    second = treat(desk, clock, client, clock.now() - timedelta(hours=2))
    clock.pass_(days=18)

    def states() -> dict[str, DueState]:
        return {one.moment: one.state for one in desk.follow_ups.after(visit).schedule}

    assert (states()["day-14"], states()["week-4-6"]) == (DueState.OVERDUE, DueState.HANDED_ON)
    desk.sessions.invalidate(second.id, "Wrong client")
    assert (states()["day-14"], states()["week-4-6"]) == (DueState.OVERDUE, DueState.COMING)


def test_a_changed_answer_is_named_by_the_check(desk: Desk, visit: SignedSession) -> None:
    desk.follow_ups.answer(filled(desk, visit), visit)
    database = desk.follow_ups._repository._database
    with database.writing_rows() as rows:
        rows.exec_driver_sql("DROP TRIGGER follow_up_never_changed")
        rows.exec_driver_sql("UPDATE follow_up SET content = replace(content, '\"grade\":1', '\"grade\":0')")
    (flaw,) = desk.proof.whole().flaws
    assert flaw.session_id == visit.id
    assert "A follow-up of the visit of C-0001" in flaw.says
    assert NAME not in flaw.says


def test_an_event_is_added_to_and_never_softened(desk: Desk, visit: SignedSession) -> None:
    answer = desk.follow_ups.answer(filled(desk, visit).replied("scars", value="yes"), visit)
    desk.adverse_events.open(
        visit.id, "Lines on the cheek", Seriousness.PERMANENT_HARM, zones=("cheek_left",), follow_up_id=answer.id
    )
    (event,) = desk.adverse_events.of(visit)
    desk.adverse_events.add(
        event, "It was the other cheek", seriousness=Seriousness.NOT_SERIOUS, corrects=event.opening.id
    )
    (event,) = desk.adverse_events.of(visit)
    desk.adverse_events.add(event, "Fading", outcome=Outcome.RESOLVING, reported_to="Maker")
    (event,) = desk.adverse_events.of(visit)
    assert [one.kind for one in event.entries] == [
        EventEntryKind.OPENED, EventEntryKind.CORRECTION, EventEntryKind.COURSE,
    ]  # fmt: skip
    assert event.opening.text == "Lines on the cheek"
    assert (event.gravest, event.outcome, event.reported_to) == (
        Seriousness.PERMANENT_HARM, Outcome.RESOLVING, ("Maker",),
    )  # fmt: skip
    assert desk.history.visits(visit.draft.client_id)[0].adverse_events == 1
    assert desk.proof.whole().flaws == ()


@pytest.mark.parametrize(
    ("text", "weight", "code"),
    [("", Seriousness.NOT_SERIOUS, FaultCode.ENTRY_EMPTY), ("Hives", None, FaultCode.EVENT_UNWEIGHED)],
)
def test_an_event_without_words_or_weight_is_not_opened(
    desk: Desk, visit: SignedSession, text: str, weight: Seriousness | None, code: FaultCode
) -> None:
    with pytest.raises(Fault) as caught:
        desk.adverse_events.open(visit.id, text, weight)
    assert caught.value.code is code
    assert desk.adverse_events.of(visit) == ()


def test_an_event_of_the_visit_itself_goes_on_after_signing(desk: Desk, clock: StandingClock) -> None:
    event = AdverseEvent(
        id=uuid4(), what="Fainted", seriousness=Seriousness.NOT_SERIOUS, zones=("forehead",), at=builders.a_moment(60)
    )
    visit = treat(
        desk,
        clock,
        add_client(desk, "Ana"),
        clock.now() - timedelta(days=2),
        reactions=Reactions(none_observed_at=builders.a_moment(94), adverse_events=(event,)),
    )
    (told,) = desk.adverse_events.of(visit)
    assert told.opening.in_visit
    desk.adverse_events.add(told, "Well the next morning", outcome=Outcome.RESOLVED)
    (told,) = desk.adverse_events.of(visit)
    assert [one.text for one in told.entries] == ["Fainted", "Well the next morning"]
    assert desk.history.visit(visit.id) == visit


def test_the_report_ties_the_event_to_device_and_lot_and_bears_no_name(desk: Desk, visit: SignedSession) -> None:
    desk.adverse_events.open(
        visit.id, "Blister <b>& more", Seriousness.NEEDED_TREATMENT, zones=("cheek_left",), action_taken="Swab taken"
    )
    (event,) = desk.adverse_events.of(visit)
    involved = desk.adverse_events.involved(visit, event)
    paper = desk.papers.event_report(visit, event, involved)
    data = desk.papers.data(paper.id)
    reader = PdfReader(BytesIO(data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    for said in ("Blister <b>& more", "Needed treatment", "Left cheek", "Test Pen", "CT-2291", "C-0001", "Swab taken"):
        assert said in text
    assert "O'Brien" not in text
    assert "O'Brien" not in str(reader.metadata)
    assert paper.kind is PaperKind.ADVERSE_EVENT
    assert desk.papers.event_report(visit, event, involved).id == paper.id, "the same report is kept once"
    desk.adverse_events.add(event, "Healed", outcome=Outcome.RESOLVED)
    (event,) = desk.adverse_events.of(visit)
    newer = desk.papers.event_report(visit, event, involved)
    assert newer.id != paper.id
    assert desk.papers.data(paper.id) == data
    assert desk.proof.whole().flaws == ()


def test_only_what_touched_the_zones_is_involved(desk: Desk, clock: StandingClock) -> None:
    needling = builders.a_needling(
        passes=(
            builders.a_pass(id=uuid4(), zone="forehead", lot="F-1"),
            builders.a_pass(id=uuid4(), zone="cheek_left", lot="C-1"),
        )
    )
    visit = treat(desk, clock, add_client(desk, "Ana"), clock.now() - timedelta(days=2), needling=needling)

    def lots(zones: tuple[str, ...]) -> set[str]:
        desk.adverse_events.open(visit.id, "x", Seriousness.NOT_SERIOUS, zones=zones)
        found = desk.adverse_events.involved(visit, desk.adverse_events.of(visit)[-1])
        return {one.lot for one in found if one.what == "Cartridge"}

    assert lots(("cheek_left",)) == {"C-1"}
    assert lots(()) == {"F-1", "C-1"}


def test_the_report_bears_the_numbers_of_the_very_cartridge(desk: Desk, clock: StandingClock) -> None:
    cartridge = desk.materials.add(
        builders.a_product(
            id=uuid4(), kind=ProductKind.CARTRIDGE, name="12-pin cartridge", maker="Maker", amount_unit=""
        )
    )
    desk.stock.keep_pack(cartridge.id, "09506000134352")
    needling = builders.a_needling(
        passes=(
            builders.a_pass(
                id=uuid4(), cartridge="12-pin cartridge", lot="C-1", serial="SN-77", expires_on=date(2027, 11, 30)
            ),
        )
    )
    visit = treat(desk, clock, add_client(desk, "Ana"), clock.now() - timedelta(days=2), needling=needling)
    desk.adverse_events.open(visit.id, "x", Seriousness.NOT_SERIOUS)
    (event,) = desk.adverse_events.of(visit)

    def printed() -> str:
        paper = desk.papers.event_report(visit, event, desk.adverse_events.involved(visit, event))
        pages = PdfReader(BytesIO(desk.papers.data(paper.id))).pages
        return " ".join("".join(page.extract_text() for page in pages).split())

    assert "serial no. SN-77" in printed()
    assert "UDI (01)09506000134352(17)271130(10)C-1(21)SN-77" in printed().replace("\u200b", "")
    desk.stock.keep_pack(cartridge.id, "09506000134369")
    assert "GTIN 09506000134352 or 09506000134369" in printed()
    assert "UDI" not in printed()


def test_an_entry_for_another_event_or_of_nowhere_is_refused(desk: Desk, visit: SignedSession) -> None:
    desk.adverse_events.open(visit.id, "Hives", Seriousness.NOT_SERIOUS)
    (event,) = desk.adverse_events.of(visit)
    with pytest.raises(Fault) as caught:
        desk.adverse_events.add(event, "x", corrects=UUID(int=5))
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND
    with pytest.raises(Fault) as caught:
        desk.adverse_events.one(visit, UUID(int=5))
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND


def test_the_words_of_answers_cannot_be_read_without_the_key(desk: Desk, visit: SignedSession) -> None:
    desk.follow_ups.keep(filled(desk, visit).with_(note="Zweifelhafte Blasen am Kinn"))
    desk.follow_ups.answer(filled(desk, visit).with_(note="Zweifelhafte Blasen am Kinn"), visit)
    path = desk.follow_ups._repository._database.path
    for file in path.parent.rglob("*"):
        if file.is_file():
            assert b"Zweifelhafte" not in file.read_bytes()
    with closing(sqlcipher.connect(path)) as stranger, pytest.raises(sqlcipher.DatabaseError):
        stranger.execute("SELECT content FROM follow_up")


@pytest.mark.parametrize("change", ["started_at = 'x'", "time_zone = 'Nowhere/At_All'", "content = 'x'"])
def test_a_damaged_visit_hides_no_other(desk: Desk, clock: StandingClock, visit: SignedSession, change: str) -> None:
    damaged = treat(desk, clock, add_client(desk, "Damaged"), clock.now() - timedelta(hours=25))
    database = desk.follow_ups._repository._database
    with database.writing_rows() as rows:
        rows.exec_driver_sql("DROP TRIGGER session_never_changed")
        rows.exec_driver_sql(f"UPDATE session SET {change} WHERE id = '{damaged.id.hex}'")
    found = {one.visit.session_id for one in desk.follow_ups.to_ask()}
    assert visit.id in found
    assert {one.visit.session_id for one in desk.follow_ups.to_ask_of(visit.draft.client_id)} == {visit.id}
    desk.follow_ups.to_ask_of(damaged.draft.client_id)
