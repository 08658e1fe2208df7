"""Planning, changing and ending a series in its forms, and the series on its client's page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from needlelog.domain.series import CombinedTreatment, Series
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.conftest import Routes
from ui.screens.client.screen import ClientScreen
from ui.screens.client.series_card import SeriesCard
from ui.screens.record.screen import RecordScreen
from ui.screens.series.ending import EndSeriesScreen
from ui.screens.series.screen import SeriesFormScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.screen import EditSeries, EndSeries, ToClient

TODAY = date(2026, 11, 20)


def plan(desk: Desk, client_id: UUID, **changes: Any) -> Series:
    values: dict[str, Any] = {
        "id": uuid4(),
        "client_id": client_id,
        "concern": "acne-scars",
        "sessions": 6,
        "interval_days": 28,
        "zones": ("cheek_left", "cheek_right"),
        "depth_mm": Decimal("1.0"),
        "started_on": TODAY - timedelta(days=100),
        "at": desk.clock.now(),
    }
    return desk.series.keep(Series.model_validate(values | changes))


def type_into(field: Any, text: str) -> None:
    field.line.setText(text)
    field.edited.emit()
    field.commit()


def a_form(kit: Kit, desk: Desk, shown: Show, client_id: UUID, series_id: UUID | None = None) -> SeriesFormScreen:
    screen = SeriesFormScreen(kit, desk, client_id, series_id)
    shown(screen)
    screen.activate()
    return screen


def choose(screen: SeriesFormScreen, concern: str) -> None:
    screen.concern.set_value(concern)
    screen.concern.committed.emit(concern)


def texts(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_a_concern_brings_its_figures_and_the_plan_is_kept(kit: Kit, desk: Desk, shown: Show, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = a_form(kit, desk, shown, client.id)
    routes.listen(screen)
    choose(screen, "acne-scars")
    assert (screen.sessions.value(), screen.interval.value(), screen.depth_mm.value()) == (6, 28, Decimal("1.0"))
    assert not screen.against.isVisible()
    screen.zones.chips.button("cheek_left").click()
    screen.zones.part.button("neck").click()
    screen.zones.chips.button("neck_front").click()
    screen.save.click()
    (kept,) = desk.series.of(client.id)
    assert (kept.concern, kept.sessions, kept.interval_days, kept.depth_mm) == ("acne-scars", 6, 28, Decimal("1.00"))
    assert (set(kept.zones), kept.started_on, kept.usual) == ({"cheek_left", "neck_front"}, TODAY, True)
    assert routes == [ToClient(client.id)]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("sessions", "0", "Sessions is below 1 sessions."),
        ("sessions", "1000", "Sessions is above 24 sessions. Enter 24 sessions or less."),
        ("sessions", "2,5", "Sessions has more than 0 decimal places"),
        ("sessions", "", "Sessions is empty"),
        ("interval", "0", "Days between is below 1 days."),
        ("interval", "many", "Days between is not a number"),
        ("depth_mm", "99", "Target depth (mm) is above 2.5 mm. Enter 2.5 mm or less."),
        ("depth_mm", "-1", "Target depth (mm) is below 0 mm."),
        ("started", "31 2 2026", "Started on is a date that does not exist."),
        ("started", "", "Started on is empty"),
        ("started", "31 12 9999", "Started on is too far ahead."),
        ("started", "yesterday", "Started on is not a date."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_nothing_kept(
    kit: Kit, desk: Desk, shown: Show, field: str, typed: str, says: str
) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = a_form(kit, desk, shown, client.id)
    choose(screen, "acne-scars")
    screen.zones.chips.button("chin").click()
    type_into(getattr(screen, field), typed)
    screen.save.click()
    assert says in texts(getattr(screen, field))
    assert desk.series.of(client.id) == ()


def test_no_zone_and_no_concern_are_asked_for(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = a_form(kit, desk, shown, client.id)
    screen.save.click()
    assert "Concern is empty." in texts(screen.concern)
    choose(screen, "acne-scars")
    screen.save.click()
    assert screen.zones.said.text() == "Choose at least one zone."
    assert desk.series.of(client.id) == ()


def test_what_the_sources_speak_against_needs_a_reason(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    series = plan(desk, client.id)
    screen = a_form(kit, desk, shown, client.id, series.id)
    type_into(screen.interval, "14")
    assert screen.against.isVisible()
    assert "A session every 14 days is early" in screen.objections.text()
    screen.save.click()
    assert desk.series.get(series.id).interval_days == 28
    screen.reason.set_value("Shallow passes only")
    screen.save.click()
    kept = desk.series.get(series.id)
    assert (kept.interval_days, kept.reason, kept.version) == (14, "Shallow passes only", 2)


def test_another_treatment_is_held_against_done_and_planned_days(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    series = plan(desk, client.id, started_on=TODAY)
    screen = a_form(kit, desk, shown, client.id, series.id)
    card = screen.treatments
    card.put.click()
    assert "Treatment is empty." in texts(card)
    card.kind.set_value("light-peel")
    type_into(card.day, "30 2 2027")
    card.put.click()
    assert card.treatments() == ()
    type_into(card.day, "30 12 2026")
    card.put.click()
    said = texts(card)
    assert "on 30-Dec-2026 comes 12 days after needling on 18-Dec-2026; 31 are asked for." in said
    assert "Needling on 15-Jan-2027 comes 16 days after" in said
    card.kind.set_value("light-peel")
    type_into(card.day, "30 12 2026")
    card.put.click()
    assert "stands on the plan for that day already" in texts(card)
    card.kind.set_value(None)
    type_into(card.day, "")
    screen.save.click()
    (kept,) = desk.series.get(series.id).treatments
    assert (kept.combination, kept.on) == ("light-peel", date(2026, 12, 30))


def test_what_was_typed_is_offered_to_be_saved_on_the_way_out(
    kit: Kit, desk: Desk, shown: Show, dialogs: ScriptedDialogs
) -> None:
    client = add_client(desk, "Ana Nowak")
    series = plan(desk, client.id)
    screen = a_form(kit, desk, shown, client.id, series.id)
    assert screen.deactivate()
    type_into(screen.sessions, "5")
    dialogs.will_answer(Leaving.STAY, Leaving.SAVE)
    assert not screen.deactivate()
    assert screen.deactivate()
    assert desk.series.get(series.id).sessions == 5


def test_a_series_ends_with_its_outcome(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    series = plan(desk, client.id)
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    screen = EndSeriesScreen(kit, desk, series.id)
    shown(screen)
    screen.end.click()
    assert desk.series.get(series.id).running
    assert "Reason is empty." in texts(screen.reason)
    screen.phrases.button("Goal reached").click()
    screen.rows["gais"].button(2).click()
    type_into(screen.day, "1 1 2020")
    screen.end.click()
    assert desk.series.get(series.id).running
    assert "cannot end before it starts" in screen.notice.text()
    type_into(screen.day, "20 11 2026")
    screen.end.click()
    ended = desk.series.get(series.id)
    assert (ended.ended_on, ended.ended_reason) == (TODAY, "Goal reached")
    assert [(one.scale, one.value) for one in ended.at_end] == [("gais", 2)]


def test_the_clients_page_says_where_the_series_stands(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, routes: Routes
) -> None:
    client = add_client(desk, "Ana Nowak")
    day = standing.now()
    peel = CombinedTreatment(id=uuid4(), combination="light-peel", on=TODAY + timedelta(days=10))
    series = plan(desk, client.id, treatments=(peel,))
    for days in (98, 66, 34):
        treat(desk, standing, client, day - timedelta(days=days))
    screen = ClientScreen(kit, desk, client.id)
    routes.listen(screen)
    shown(screen)
    assert screen.series is not None
    (card,) = screen.series.cards
    assert card.glance() == ("Acne scars", "3 of 6", "34 days since the last", "next from 14-Nov-2026")
    assert "comes 10 days after needling on 20-Nov-2026" in texts(card)
    assert "Redness (CEA)" in texts(card)
    assert [one.session_text() for one in screen.cards] == [f"Acne scars {number} of 6" for number in (3, 2, 1)]
    card.change.click()
    card.end.click()
    screen.series.plan.click()
    assert routes == [EditSeries(client.id, series.id), EndSeries(series.id), EditSeries(client.id, None)]


def test_a_visit_without_needling_is_named_and_not_counted(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    day = standing.now()
    plan(desk, client.id)
    for days in (98, 66):
        treat(desk, standing, client, day - timedelta(days=days))
    peel_only = builders.a_needling(passes=())
    treat(desk, standing, client, day - timedelta(days=34), needling=peel_only)
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    (card,) = screen.series.cards
    not_counted = "17-Oct-2026: nothing was needled, not counted"
    assert card.glance() == (
        "Acne scars",
        "2 of 6",
        "66 days since the last",
        "next from 13-Oct-2026",
        not_counted,
    )
    assert not_counted in texts(card)
    assert [one.session_text() for one in screen.cards] == ["", "Acne scars 2 of 6", "Acne scars 1 of 6"]
    draft = desk.sessions.start(client.id)
    assert draft.consultation.series is not None
    assert draft.consultation.series.number == 3


def test_the_record_of_a_visit_without_needling_gives_it_no_number(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    plan(desk, client.id)
    given_up = treat(desk, standing, client, standing.now(), needling=builders.a_needling(passes=()))
    record = RecordScreen(kit, desk, given_up.draft.id)
    shown(record)
    assert "Acne scars: nothing was needled, not counted as a session" in texts(record)


def test_one_of_two_becomes_the_usual_one(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    plan(desk, client.id)
    other = plan(desk, client.id, concern="hair", zones=("scalp_mid",), depth_mm=Decimal("0.6"))
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    assert screen.series is not None
    card: SeriesCard = next(one for one in screen.series.cards if one.standing.series.id == other.id)
    card.usual_asked.emit()
    assert [one.usual for one in desk.series.of(client.id)] == [True, False]
    assert desk.series.of(client.id)[0].id == other.id


def test_how_a_series_stood_before_each_change_can_be_read(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    first = plan(desk, client.id, reason="Agreed with the dermatologist")
    screen = ClientScreen(kit, desk, client.id)
    assert screen.series.cards[0].versions is None
    standing.moment += timedelta(minutes=5)
    second = desk.series.keep(first.with_(sessions=4, interval_days=42, zones=("chin",), reason=""))
    desk.series.end(second.id, TODAY, "Client moved away")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    versions = screen.series.cards[0].versions
    assert versions is not None
    assert versions.link.accessibleName() == "Earlier versions of the series Acne scars (2)"
    assert "every 28 days" not in texts(versions)
    versions.link.click()
    told = texts(versions)
    assert told.index("4 sessions") < told.index("6 sessions")
    for part in ("every 42 days", "Chin", "every 28 days, target 1.0", "Left cheek", "Mara Lindqvist, RN"):
        assert part in told, part
    assert "Against the rule: Agreed with the dermatologist" in told
    assert "Client moved away" not in told
    versions.link.click()
    assert "every 28 days" not in texts(versions)
