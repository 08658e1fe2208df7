"""The number stepper: what is typed is what is stored, whatever the locale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import FaultCode
from needlelog.i18n import Words
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.scanner import Stopwatch
from ui.toolkit.theme import Theme
from ui.widgets.band_scale import BandScale
from ui.widgets.number import NumberStepper
from ui.widgets.number_pad import NumberPad
from ui.widgets.scan_watch import GAP_S

ARABIC = "\u0660\u066b\u0667\u0665"

ACCEPTED = [
    ("0,5", "0.50"),
    ("0.5", "0.50"),
    (".5", "0.50"),
    (",5", "0.50"),
    ("2.", "2.00"),
    ("1", "1.00"),
    ("1.50", "1.50"),
    ("0.7500", "0.75"),
    (" 1.25 ", "1.25"),
    (ARABIC, "0.75"),
    ("\uff11\uff0e\uff15", "1.50"),
    ("0", "0.00"),
]
REFUSED = [
    ("5", FaultCode.ENTRY_TOO_LARGE),
    ("-1", FaultCode.ENTRY_TOO_SMALL),
    ("\u22121", FaultCode.ENTRY_TOO_SMALL),
    ("abc", FaultCode.ENTRY_NOT_A_NUMBER),
    ("1.2.3", FaultCode.ENTRY_NOT_A_NUMBER),
    ("1,000.5", FaultCode.ENTRY_NOT_A_NUMBER),
    ("1e1", FaultCode.ENTRY_NOT_A_NUMBER),
    ("nan", FaultCode.ENTRY_NOT_A_NUMBER),
    (".", FaultCode.ENTRY_NOT_A_NUMBER),
    ("--1", FaultCode.ENTRY_NOT_A_NUMBER),
    ("-+1", FaultCode.ENTRY_NOT_A_NUMBER),
    ("\u00b2", FaultCode.ENTRY_NOT_A_NUMBER),
    ("0.333", FaultCode.ENTRY_TOO_FINE),
]


@pytest.fixture(params=["en_US", "de_DE", "ar_EG"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def depth(qtbot: QtBot, shown: Show, theme: Theme, words: Words) -> NumberStepper:
    made = NumberStepper(
        theme, words, "Depth", Decimal(0), Decimal("2.5"), Decimal("0.25"), "mm", 2, start=Decimal("0.5")
    )
    qtbot.addWidget(made)
    shown(made)
    made.line.setFocus()
    return made


def button(depth: NumberStepper, name: str) -> QToolButton:
    return next(b for b in depth.findChildren(QToolButton) if b.accessibleName() == f"Depth: {name}")


@pytest.mark.parametrize(("typed", "stored"), ACCEPTED)
def test_each_way_to_write_a_depth_means_the_same_in_every_locale(
    qtbot: QtBot, depth: NumberStepper, locale: str, typed: str, stored: str
) -> None:
    said: list[Decimal] = []
    depth.changed.connect(said.append)
    type_text(depth.line, typed)
    assert depth.raw_text() == typed
    qtbot.keyClick(depth.line, Qt.Key.Key_Return)
    assert depth.value() == Decimal(stored)
    assert said == [Decimal(stored)]
    assert depth.raw_text() == stored


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_what_is_no_depth_is_refused_and_stays_as_it_was_typed(
    qtbot: QtBot, depth: NumberStepper, locale: str, typed: str, code: FaultCode
) -> None:
    depth.set_value(Decimal("1.00"))
    depth.line.selectAll()
    refused: list[FaultCode] = []
    depth.refused.connect(lambda fault: refused.append(fault.code))
    type_text(depth.line, typed)
    assert not depth.commit()
    assert refused == [code]
    assert depth.raw_text() == typed
    assert depth.value() == Decimal("1.00")
    assert "Depth" in depth.line.accessibleDescription()


def test_an_emptied_line_is_refused_but_a_line_never_filled_is_not(depth: NumberStepper) -> None:
    assert depth.commit()
    depth.set_value(Decimal("1.00"))
    depth.line.clear()
    refused: list[FaultCode] = []
    depth.refused.connect(lambda fault: refused.append(fault.code))
    assert not depth.commit()
    assert refused == [FaultCode.ENTRY_EMPTY]
    assert depth.value() == Decimal("1.00")


def test_the_sentence_names_limit_and_unit_and_goes_while_correcting(qtbot: QtBot, depth: NumberStepper) -> None:
    type_text(depth.line, "5")
    depth.commit()
    assert "2.50 mm" in depth.line.accessibleDescription()
    qtbot.keyClick(depth.line, Qt.Key.Key_Backspace)
    assert depth.line.accessibleDescription() == ""


def test_steps_land_on_the_grid_and_stop_at_the_limits(qtbot: QtBot, depth: NumberStepper) -> None:
    depth.set_value(Decimal("0.60"))
    depth.step_by(1)
    assert depth.value() == Decimal("0.75")
    depth.set_value(Decimal("0.60"))
    qtbot.keyClick(depth.line, Qt.Key.Key_Down)
    assert depth.value() == Decimal("0.50")
    depth.step_by(100)
    assert depth.value() == Decimal("2.50")
    assert not button(depth, "more").isEnabled()
    depth.step_by(-100)
    assert depth.value() == Decimal(0)
    assert not button(depth, "less").isEnabled()


def test_the_first_step_takes_the_start_value(qtbot: QtBot, depth: NumberStepper) -> None:
    qtbot.mouseClick(button(depth, "more"), Qt.MouseButton.LeftButton)
    assert depth.value() == Decimal("0.5")


def test_holding_a_button_repeats_and_stops_at_the_limit(qtbot: QtBot, depth: NumberStepper) -> None:
    more = button(depth, "more")
    more.setAutoRepeatDelay(1)
    more.setAutoRepeatInterval(1)
    depth.set_value(Decimal("1.00"))
    qtbot.mousePress(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: depth.value() == Decimal("2.50"))
    assert not more.isDown()
    qtbot.mouseRelease(more, Qt.MouseButton.LeftButton)
    assert depth.value() == Decimal("2.50")


def wheel(depth: NumberStepper) -> None:
    middle = depth.line.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(depth.line.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(depth.line, event)


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_is_for_the_page(depth: NumberStepper, focused: bool) -> None:
    depth.set_value(Decimal("1.00"))
    if focused:
        depth.line.setFocus()
    else:
        depth.line.clearFocus()
    wheel(depth)
    assert depth.value() == Decimal("1.00")


def test_leaving_the_line_takes_the_value(depth: NumberStepper, qtbot: QtBot) -> None:
    type_text(depth.line, "0,75")
    depth.line.clearFocus()
    assert depth.value() == Decimal("0.75")


def test_the_pad_types_into_the_line(qtbot: QtBot, depth: NumberStepper) -> None:
    depth.set_value(Decimal("1.00"))
    depth.open_pad()
    pad = depth.findChild(NumberPad)
    assert pad is not None
    for key in "0.75":
        pad.key_typed.emit(key)
    pad.close()
    assert depth.value() == Decimal("0.75")


def _key_by_key(pad: NumberPad, text: str) -> None:
    for character in text:
        QTest.keyClick(pad, character)


def opened_pad(qtbot: QtBot, depth: NumberStepper) -> NumberPad:
    qtbot.addWidget(depth)
    depth.set_value(Decimal("1.00"))
    depth.show()
    depth.open_pad(seconds=Stopwatch())
    pad = depth.findChild(NumberPad)
    assert pad is not None
    return pad


@pytest.mark.parametrize("ending", [Qt.Key.Key_Return, None], ids=["ended", "without its end"])
def test_a_scanner_types_no_number_into_the_pad_and_it_says_so(
    qtbot: QtBot, depth: NumberStepper, ending: Qt.Key | None
) -> None:
    pad = opened_pad(qtbot, depth)
    changed: list[object] = []
    depth.changed.connect(changed.append)
    _key_by_key(pad, "010400638133393117270630")
    if ending is None:
        pad._pause.timeout.emit()
    else:
        QTest.keyClick(pad, ending)
    QApplication.processEvents()
    assert (depth.value(), depth.raw_text(), changed) == (Decimal("1.00"), "1.00", [])
    assert QApplication.activePopupWidget() is None
    assert depth.line.accessibleDescription().startswith("A scanner typed here")


@pytest.mark.parametrize(("pause_s", "taken", "refused"), [(0.0, "1.25", 1), (GAP_S * 2, "1.25", 0)])
def test_a_short_code_at_once_is_refused_and_what_a_person_types_is_not(
    shown: Show, theme: Theme, pause_s: float, taken: str, refused: int
) -> None:
    host, watch, typed, said = QWidget(), Stopwatch(), list[str](), list[str]()
    shown(host)
    pad = NumberPad(theme, Words(), "Depth", True, False, host, seconds=watch)
    pad.key_typed.connect(typed.append)
    pad.refused.connect(lambda: said.append("refused"))
    pad.open_under(host)
    for character in taken:
        watch.now_s += pause_s
        QTest.keyClick(pad, character)
    watch.now_s += pause_s
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert "".join(typed) == taken
    assert len(said) == refused


def test_the_value_and_its_targets_are_large(depth: NumberStepper) -> None:
    assert depth.line.font().pointSizeF() >= 24
    for name in ("more", "less", "number pad"):
        target: QWidget = button(depth, name)
        assert target.width() >= 48
        assert target.height() >= 48


def test_the_pad_key_costs_no_line_of_its_own(qtbot: QtBot, depth: NumberStepper) -> None:
    qtbot.addWidget(depth)
    depth.resize(420, depth.sizeHint().height())
    depth.show()
    pad, more = button(depth, "number pad"), button(depth, "more")
    assert depth.line.geometry().right() < pad.x() < more.x()
    plain = depth.sizeHint().height()
    depth.set_bands([(Decimal(0), Decimal(1), "ok")])
    QApplication.processEvents()
    assert pad.y() > more.geometry().bottom(), "beside the scale, which needs a line anyway"
    depth.set_bands([])
    QApplication.processEvents()
    assert depth.line.geometry().right() < pad.x() < more.x()
    assert depth.sizeHint().height() == plain


def test_the_pad_key_goes_below_where_the_row_is_narrow(qtbot: QtBot, depth: NumberStepper) -> None:
    pad, more = button(depth, "number pad"), button(depth, "more")
    for width, below in ((depth.minimumSizeHint().width(), True), (420, False)):
        depth.setFixedSize(width, 160)
        QApplication.processEvents()
        assert (pad.y() > more.geometry().bottom()) == below
        for part in (pad, more, depth.line):
            assert depth.rect().contains(part.geometry())


def test_another_unit_is_shown_and_said(depth: NumberStepper) -> None:
    depth.set_value(Decimal("1.00"))
    depth.set_unit("drops")
    assert depth.line.accessibleName() == "Depth (drops)"
    assert depth.value() == Decimal("1.00")
    depth.set_unit("")
    assert depth.line.accessibleName() == "Depth"


def test_the_pointer_on_the_bands_follows_what_is_typed(qtbot: QtBot, depth: NumberStepper) -> None:
    qtbot.addWidget(depth)
    depth.set_bands([(Decimal(0), Decimal(1), "ok")])
    depth.resize(420, depth.sizeHint().height())
    depth.show()
    (scale,) = depth.findChildren(BandScale)
    depth.set_value(Decimal("0.75"))
    there = scale.grab().toImage()
    depth.set_value(Decimal("0.25"))
    assert scale.grab().toImage() != there
    depth.line.selectAll()
    type_text(depth.line, "0,75")
    assert scale.grab().toImage() == there
    depth.line.clear()
    type_text(depth.line, "deep")
    depth.set_value(None)
    nothing = scale.grab().toImage()
    depth.set_value(Decimal("0.25"))
    depth.line.selectAll()
    type_text(depth.line, "deep")
    assert scale.grab().toImage() == nothing


def test_what_may_be_a_thousand_is_not_taken_for_one(qtbot: QtBot, shown: Show, theme: Theme, words: Words) -> None:
    area = NumberStepper(theme, words, "Area", Decimal(1), Decimal(20000), Decimal(10), "cm²", 0, start=Decimal(100))
    qtbot.addWidget(area)
    shown(area)
    area.set_value(Decimal(100))
    area.line.selectAll()
    type_text(area.line, "1,000")
    assert not area.commit()
    assert area.value() == Decimal(100)
    assert "a thousand without a mark" in area.line.accessibleDescription()
