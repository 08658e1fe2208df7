"""Tab through the whole window, the rail included: every screen, each control once and in the order it is seen in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget

from needlelog.bootstrap import door as make_door
from needlelog.domain.findings import StepId
from needlelog.services.desk import Desk
from needlelog.storage.tables.papers import HandOver
from tests.desks import CHEAP, PASSPHRASE, set_up_desk
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, make_frame
from tests.gui.screens.clinic_days import a_busy_clinic
from tests.gui.tab_walk import check_tab, name_of
from ui.screens.products.screen import ProductsScreen
from ui.toolkit.screen import (
    EditClient,
    Route,
    Screen,
    ToClient,
    ToClients,
    ToPaper,
    ToProducts,
    ToRecord,
    ToSession,
    ToSettings,
    ToToday,
)
from ui.toolkit.theme import Theme

SIZES = ((1280, 800), (1008, 730))


class Clinic:
    """The real window over a clinic with clients, visits and papers."""

    def __init__(self, frame: Frame, folder: Path) -> None:
        door = make_door(folder, clock=frame.clock, cost=CHEAP)
        door.enter()
        desk = set_up_desk(door)
        self.known: dict[str, Any] = a_busy_clinic(desk, frame.clock)
        flow, _ = desk.sessions.resume(self.known["left_open"].id)
        sheet = desk.papers.aftercare(flow.draft, self.known["ana"])
        self.paper = desk.papers.give(flow, sheet, HandOver.SHOWN).document_id
        desk.close()
        door.leave()
        self.frame = frame
        self.window = frame.window

    @property
    def desk(self) -> Desk:
        """The open clinic."""
        assert self.window.work is not None
        return self.window.work.desk

    def go(self, route: Route) -> Screen:
        """Show the screen of this route."""
        assert self.window.work is not None
        self.window.work.go(route)
        QApplication.processEvents()
        now = self.window.work.screen_now
        assert now is not None
        return now

    def check(self) -> list[str]:
        """Go round from the rail."""
        assert self.window.work is not None
        rail = self.window.work.rail
        first = next(one for one in (rail.button("back"), rail.button("today")) if one.isVisible())
        first.setFocus()
        return [name_of(one) for one in check_tab(self.window, first=first)]


@pytest.fixture
def locked(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Clinic]:
    made = make_frame(tmp_path / "clinic", theme, dialogs, plain=False)
    clinic = Clinic(made, tmp_path / "clinic")
    made.window.start()
    shown(made.window)
    yield clinic
    made.window.close()


@pytest.fixture
def clinic(locked: Clinic) -> Clinic:
    locked.frame.unlock_with(PASSPHRASE)
    QApplication.processEvents()
    return locked


def routes(clinic: Clinic) -> list[Route]:
    known = clinic.known
    return [
        ToToday(),
        ToClients(),
        ToClients("no such client"),
        ToClient(known["ana"].id),
        ToClient(known["others"][8].id),
        EditClient(None),
        EditClient(known["ana"].id),
        ToRecord(known["signed"][0].id),
        ToRecord(known["signed"][2].id),
        ToProducts(),
        ToSettings(),
        ToSession(known["under_way"][0].id),
        ToPaper(clinic.paper),
    ]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_screen_of_the_open_clinic(clinic: Clinic, size: tuple[int, int]) -> None:
    clinic.window.resize(*size)
    for route in routes(clinic):
        clinic.go(route)
        clinic.check()


def test_every_step_of_a_visit_with_the_rail_beside_it(clinic: Clinic) -> None:
    screen = clinic.go(ToSession(clinic.known["under_way"][0].id))
    for step in StepId:
        screen.go_to_field(step, "")  # type: ignore[attr-defined]
        way = clinic.check()
        assert way.count("Lock") == 1


def test_every_tab_of_the_settings(clinic: Clinic) -> None:
    tabs = clinic.go(ToSettings()).findChildren(QTabWidget)[0]
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        QApplication.processEvents()
        clinic.check()


def test_the_form_of_every_kind_of_product(clinic: Clinic) -> None:
    screen = clinic.go(ToProducts())
    assert isinstance(screen, ProductsScreen)
    for kind, _ in enumerate(screen.kinds._buttons):
        list(screen.kinds._buttons.values())[kind].click()
        clinic.check()
        screen.new_product.click()
        clinic.check()


def test_the_unlock_screen(locked: Clinic) -> None:
    check_tab(locked.window)


def test_the_pages_of_the_first_run(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> None:
    frame = make_frame(tmp_path / "clinic", theme, dialogs)
    frame.window.start()
    shown(frame.window)
    setup = frame.setup
    fill: tuple[Callable[[], None], ...] = (
        lambda: setup.clinic_page.form.name.set_raw_text("Seaside Skin Clinic"),
        lambda: _sign(frame),
        lambda: setup.recovery_page.card.confirmation.line.setText(
            setup.recovery_page.card.key.groups[setup.recovery_page.card.asked_group]
        ),
        lambda: None,
    )
    for number, entries in enumerate(fill):
        assert setup.present == number
        check_tab(frame.window)
        entries()
        if number < len(fill) - 1:
            setup.go_on()
    frame.window.close()


def _sign(frame: Frame) -> None:
    page = frame.setup.practitioner_page
    page.practitioner.set_raw_text("Mara Lindqvist")
    page.pair.first.line.setText(PASSPHRASE)
    page.pair.second.line.setText(PASSPHRASE)


def test_a_box_over_the_window(clinic: Clinic) -> None:
    QTest.keyClick(clinic.window, Qt.Key.Key_F1)
    box = clinic.window.findChild(QDialog)
    assert box is not None
    QApplication.processEvents()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.isAncestorOf(QApplication.focusWidget())
    box.close()
