"""What every test of the window has: the dressed program, words, a clock, and a check for left-overs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.clocks import FixedClock
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.plain import PlainText
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import LIGHT, Theme

Show = Callable[[QWidget], None]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_dialogs: this test opens real dialogs and closes them itself")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The theme of the whole run: light, scale 1, with the plain-text filter in place."""
    theme = Theme(qapp)
    theme.use(LIGHT)
    filter_ = PlainText(qapp)
    qapp.installEventFilter(filter_)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """The theme, back to light and scale 1 after the test."""
    yield dressed
    if dressed.tokens is not LIGHT or dressed.scale != 1.0:
        dressed.use(LIGHT, 1.0)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Show:
    """Shows a widget as the active window, so that it can hold the focus."""

    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    return show


@pytest.fixture
def words() -> Words:
    """English."""
    return Words()


@pytest.fixture
def clock() -> FixedClock:
    """20-Nov-2026 14:40 UTC until it is moved."""
    return FixedClock()


@pytest.fixture
def dialogs() -> Iterator[ScriptedDialogs]:
    """Dialogs that answer from a script; an answer nobody asked for fails the test."""
    scripted = ScriptedDialogs()
    yield scripted
    assert scripted.all_used(), "an answer was left over"


@pytest.fixture
def tasks(qapp: QApplication) -> InlineTasks:
    """Work done at once."""
    return InlineTasks()


@pytest.fixture(autouse=True)
def no_real_dialogs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that would wait for a person fails the test instead."""
    if request.node.get_closest_marker("real_dialogs"):
        return

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a real dialog came up")

    for box in (QDialog, QMessageBox, QFileDialog):
        monkeypatch.setattr(box, "exec", refuse)
    for name in ("question", "information", "warning", "critical", "about"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    for name in ("getSaveFileName", "getOpenFileName", "getOpenFileNames", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After everything else: no window and no running timer may outlive its test."""
    result = yield
    if QApplication.instance() is not None:
        _check_nothing_is_left()
    return result


def _check_nothing_is_left() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    windows = [w for w in application.topLevelWidgets() if w.isVisible()]
    timers = [
        timer for widget in application.topLevelWidgets() for timer in widget.findChildren(QTimer) if timer.isActive()
    ]
    for widget in windows:
        widget.close()
        widget.deleteLater()
    for timer in timers:
        timer.stop()
    assert not windows, f"still open: {windows}"
    assert not timers, f"still running: {[timer.parent() for timer in timers]}"
