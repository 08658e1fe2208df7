"""Tab through the whole window, the rail included: every screen, each control once and in the order it is seen in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget

from needlelog.domain.findings import StepId
from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, make_frame
from tests.gui.main_window.open_clinic import Clinic, routes
from tests.gui.screens.session.room import ready_for_needling
from tests.gui.tab_walk import check_tab
from ui.screens.products.screen import ProductsScreen
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import (
    ToProducts,
    ToSession,
    ToSettings,
)
from ui.toolkit.theme import Theme

SIZES = ((1280, 800), (1008, 730))


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


def test_the_focus_goes_to_the_page_that_comes_up_not_to_the_rail(clinic: Clinic) -> None:
    draft = clinic.desk.sessions.start(clinic.known["others"][8].id)
    clinic.desk.sessions.resume(draft.id)[0].edit(ready_for_needling)
    screen = clinic.go(ToSession(draft.id))
    assert isinstance(screen, SessionScreen)
    for step in StepId:
        screen.go_to_field(step, "")
        QApplication.processEvents()
        held = QApplication.focusWidget()
        assert held is not None
        assert screen.page.isAncestorOf(held), step


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
