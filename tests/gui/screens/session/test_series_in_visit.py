"""A series in the visit: which session it is, its plan until confirmed, the next day, and a price on no paper."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from needlelog.clock import local
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.series import PriceNote, Series
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.rules.sheet import printed_facts
from tests.builders import a_full_draft
from tests.gui.screens.session.room import Room, named, tap, texts, whole
from tests.integration.documents.papers import text_of
from ui.screens.record.sections import step_sections
from ui.screens.session.screen import SessionScreen
from ui.widgets.section_tabs import SectionTabs


def plan(room: Room, **changes: Any) -> Series:
    values: dict[str, Any] = {
        "id": uuid4(),
        "client_id": room.client.id,
        "concern": "acne-scars",
        "sessions": 6,
        "interval_days": 28,
        "zones": ("cheek_left", "chin"),
        "depth_mm": Decimal("1.0"),
        "started_on": date(2026, 8, 1),
        "at": room.clock.now(),
    }
    return room.desk.series.keep(Series.model_validate(values | changes))


def turn(screen: SessionScreen, index: int) -> None:
    screen.page.findChildren(SectionTabs)[0].setCurrentIndex(index)
    QApplication.processEvents()


def typed(screen: SessionScreen, name: str, text: str) -> None:
    line = named(screen, QLineEdit, name)
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()
    line.returnPressed.emit()
    QApplication.processEvents()


def whole_but_series(draft: SessionDraft) -> SessionDraft:
    """As ``whole``, and still the session that it was."""
    changed = whole(draft)
    return changed.with_(consultation=changed.consultation.with_(series=draft.consultation.series))


def at_the_end(room: Room) -> SessionScreen:
    """The last step of a whole visit."""
    draft_id = room.start(change=whole_but_series)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.AFTERCARE))
    return room.open(draft_id)


def test_the_consultation_says_which_session_it_is_and_how_long_since_the_last(room: Room) -> None:
    series = plan(room)
    signed = room.signed_visit(34)
    assert signed.draft.consultation.series is None, "the builders' visit names none"
    screen = room.open(room.start())
    assert "Acne scars   ·   1 of 6" in texts(screen.page)
    tap(screen, "Not this series")
    assert room.stored(screen.draft_id).consultation.series is None
    assert "This visit belongs to no series." in texts(screen.page)
    tap(screen, "It is a session of the series")
    said = room.stored(screen.draft_id).consultation.series
    assert said is not None
    assert (said.series_id, said.number) == (series.id, 1)


def test_a_signed_session_counts_in_the_next_one(room: Room) -> None:
    plan(room)
    room.clock.moment -= timedelta(days=34)
    screen = at_the_end(room)
    flow, _ = room.desk.sessions.resume(screen.draft_id)
    for finding in flow.open_findings(Gate.SIGNING):
        flow.override(finding, "In this test")
    room.desk.sessions.sign(flow)
    room.clock.moment += timedelta(days=34)
    again = room.open(room.start())
    assert "Acne scars   ·   2 of 6   ·   34 days since the last" in texts(again.page)


def test_a_session_without_needling_is_named_in_the_next_one_and_not_counted(room: Room) -> None:
    plan(room)
    room.clock.moment -= timedelta(days=34)
    draft_id = room.start(change=whole_but_series)
    flow, _ = room.desk.sessions.resume(draft_id)
    for finding in flow.open_findings(Gate.SIGNING):
        flow.override(finding, "In this test")
    room.desk.sessions.sign(flow)
    room.clock.moment += timedelta(days=34)
    again = room.open(room.start())
    assert "Acne scars   ·   1 of 6" in texts(again.page)
    told = next(one for one in texts(again.page).splitlines() if "every 28 days" in one)
    assert told.endswith("17-Oct-2026: nothing was needled, not counted")


def test_of_several_series_one_is_chosen_by_a_chip(room: Room) -> None:
    plan(room)
    hair = plan(room, concern="hair", zones=("scalp_mid",), depth_mm=Decimal("0.6"), interval_days=14)
    screen = room.open(room.start())
    tap(named(screen, QWidget, "Series of this visit"), "Hair loss or thinning")
    said = room.stored(screen.draft_id).consultation.series
    assert said is not None
    assert said.series_id == hair.id
    tap(screen, "Take its zones and depth")
    zones = room.stored(screen.draft_id).consultation.plan.zones
    assert [(one.zone, one.from_series, one.confirmed) for one in zones][-1] == ("scalp_mid", True, False)


def test_the_plan_of_the_series_counts_once_it_is_confirmed(room: Room) -> None:
    plan(room)
    screen = room.open(room.start())
    turn(screen, 5)
    assert "Taken from the plan of the series. Nothing counts until you confirm it." in texts(screen.page)
    tap(screen, "Confirm all")
    zones = room.stored(screen.draft_id).consultation.plan.zones
    assert [(one.zone, one.depth_mm, one.confirmed) for one in zones] == [
        ("cheek_left", Decimal("1.00"), True),
        ("chin", Decimal("1.00"), True),
    ]


def test_the_next_visit_is_proposed_by_the_series(room: Room) -> None:
    plan(room, interval_days=35)
    screen = at_the_end(room)
    tap(screen, "By the series: 25-Dec-2026, 14:30")
    assert named(screen, QLineEdit, "Next visit on").text() == "25-Dec-2026"
    # No typing: the usual time stands there, to be written over where it is another.
    assert named(screen, QLineEdit, "at").selectedText() == "14:30"
    draft = room.stored(screen.draft_id)
    assert draft.aftercare.next_visit_at is not None
    assert local(draft.aftercare.next_visit_at, draft.time_zone).isoformat()[:16] == "2026-12-25T14:30"


def test_price_and_package_stand_in_the_record_and_on_no_paper(room: Room, qtbot: QtBot) -> None:
    screen = at_the_end(room)
    qtbot.waitUntil(lambda: named(screen, QAbstractButton, "Save as PDF").isEnabled(), timeout=5000)
    turn(screen, 1)
    typed(screen, "Package or agreement", "Six at Zebra rate")
    typed(screen, "Amount", "-5")
    assert "Amount is below 0" in texts(screen.page)
    kept = room.stored(screen.draft_id).price
    assert kept is not None
    assert kept.amount is None
    typed(screen, "Amount", "987,5")
    typed(screen, "Currency", "EUR")
    draft = room.stored(screen.draft_id)
    assert draft.price is not None
    assert (draft.price.words, draft.price.amount, draft.price.currency) == (
        "Six at Zebra rate",
        Decimal("987.50"),
        "EUR",
    )
    assert printed_facts(draft) == printed_facts(draft.with_(price=None))
    flow, _ = room.desk.sessions.resume(screen.draft_id)
    for finding in flow.open_findings(Gate.SIGNING):
        flow.override(finding, "In this test")
    signed = room.desk.sessions.sign(flow)
    papers = (room.desk.papers.aftercare(draft, room.client), room.desk.papers.record(signed))
    for paper in papers:
        printed = text_of(paper.data)
        assert "Left cheek" in printed
        assert "Zebra" not in printed
        # The digits alone may stand in the fingerprint of a record.
        assert not re.search(r"987[.,]5|EUR", printed)


def test_the_record_reads_the_session_and_the_price(room: Room) -> None:
    plan(room)
    screen = at_the_end(room)
    draft = room.stored(screen.draft_id)
    noted = draft.with_(price=PriceNote(words="Six", amount=Decimal("1200"), currency="EUR"))
    rows = [
        row
        for section in step_sections(noted, room.desk.knowledge, Words())
        for shown in section.parts
        for row in shown.rows
    ]
    said = {row.name: row.value for row in rows}
    assert said["Series"] == "Acne scars: session 1 of 6"
    assert said["Price and package (on no paper)"] == "Six, 1200.00 EUR"
    (without, *_) = step_sections(draft.with_(consultation=a_full_draft().consultation), room.desk.knowledge, Words())
    assert "Series" not in [row.name for shown in without.parts for row in shown.rows]


class Windows(QObject):
    """Every window that was shown meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_the_series_comes_up_in_the_page_and_never_as_a_window_of_its_own(room: Room, qapp: QApplication) -> None:
    plan(room)
    draft_id = room.start()
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        room.open(draft_id)
    finally:
        qapp.removeEventFilter(windows)
    assert "SeriesChoice" not in windows.shown
    assert "SessionScreen" in windows.shown
