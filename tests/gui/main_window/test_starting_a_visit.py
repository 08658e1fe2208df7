"""Starting a visit for a client whose visit is still open: whichever way it is asked for, one is asked first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.main_window.open_clinic import Clinic
from ui.screens.client.screen import ClientScreen
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import ToClient


def _by_key(clinic: Clinic) -> None:
    QTest.keyClick(clinic.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def _by_button(clinic: Clinic) -> None:
    page = clinic.window.work.screen_now if clinic.window.work else None
    assert isinstance(page, ClientScreen)
    page.start.click()


def _visits(clinic: Clinic, client_id: UUID) -> set[UUID]:
    return {one.id for one in clinic.desk.sessions.open_for(client_id)}


@pytest.mark.parametrize("ask", [_by_key, _by_button])
def test_an_open_visit_is_resumed_or_left_open_beside_a_new_one(clinic: Clinic, ask: Callable[[Clinic], None]) -> None:
    client_id = clinic.known["under_way"][0].client_id
    work = clinic.window.work
    assert work is not None
    (left,) = _visits(clinic, client_id)

    clinic.go(ToClient(client_id))
    clinic.frame.dialogs.will_answer(None)
    ask(clinic)
    assert isinstance(work.screen_now, ClientScreen)
    assert _visits(clinic, client_id) == {left}

    clinic.frame.dialogs.will_answer(True)
    ask(clinic)
    assert isinstance(work.screen_now, SessionScreen)
    assert work.screen_now.draft_id == left
    assert _visits(clinic, client_id) == {left}

    clinic.go(ToClient(client_id))
    clinic.frame.dialogs.will_answer(False)
    ask(clinic)
    assert isinstance(work.screen_now, SessionScreen)
    assert work.screen_now.draft_id != left
    assert len(_visits(clinic, client_id)) == 2


def test_without_an_open_visit_nobody_is_asked(clinic: Clinic) -> None:
    client_id = clinic.known["others"][8].id
    clinic.go(ToClient(client_id))
    _by_key(clinic)
    assert clinic.window.work is not None
    assert isinstance(clinic.window.work.screen_now, SessionScreen)
    assert clinic.frame.dialogs.asked == []
