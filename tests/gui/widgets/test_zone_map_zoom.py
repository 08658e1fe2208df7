"""The enlarged map: the same zones under the finger, moved about, never off the drawing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.gui.widgets.test_zone_map import COLOURS, EDGES, MAPS, NAMES, show
from ui.widgets.zone_map import ZoneMap, ZoneMark
from ui.widgets.zone_map_lens import MOST, Lens

BOX = QRectF(0, 0, 400, 800)
SIZE = QSize(600, 500)


def seen(lens: Lens, size: QSize = SIZE) -> QRectF:
    """The part of the drawing in the widget."""
    return lens.transform(BOX, size).inverted()[0].mapRect(QRectF(QPointF(0, 0), size))


def test_the_whole_drawing_is_seen_at_first() -> None:
    assert seen(Lens()).contains(BOX)


@pytest.mark.parametrize("spot", [QPointF(200, 400), QPointF(0, 0), QPointF(390, 20), QPointF(5000, -5000)])
def test_no_lens_looks_past_the_drawing_where_there_is_drawing_enough(spot: QPointF) -> None:
    lens = Lens()
    for _ in range(9):
        lens = lens.zoomed(1.5, spot, BOX, SIZE)
    assert lens.zoom == pytest.approx(MOST)
    assert BOX.adjusted(-0.01, -0.01, 0.01, 0.01).contains(seen(lens))
    for by in (QPointF(9999, 9999), QPointF(-9999, -9999)):
        assert BOX.adjusted(-0.01, -0.01, 0.01, 0.01).contains(seen(lens.moved(by, BOX, SIZE)))


def test_the_point_under_the_finger_stays_under_it() -> None:
    lens = Lens().zoomed(2.0, QPointF(200, 400), BOX, SIZE)
    about = QPointF(200, 380)
    before = lens.transform(BOX, SIZE).map(about)
    after = lens.zoomed(1.2, about, BOX, SIZE).transform(BOX, SIZE).map(about)
    assert (after - before).manhattanLength() < 0.01


def test_shrunk_back_it_is_the_whole_again() -> None:
    lens = Lens().zoomed(1.5, QPointF(10, 10), BOX, SIZE).zoomed(1 / 1.5, QPointF(300, 700), BOX, SIZE)
    assert lens == Lens()


@pytest.fixture
def zone_map(qtbot: QtBot) -> ZoneMap:
    return show(qtbot, ZoneMap(Words(), Path(MAPS), NAMES, COLOURS, EDGES))


def test_a_zone_is_tapped_where_it_is_seen_enlarged(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    canvas.set_focused_zone("chin")
    for _ in range(2):
        zone_map.larger.click()
    assert canvas.zoom() == pytest.approx(2.25)
    with qtbot.waitSignal(canvas.tapped) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.centre_of("chin").toPoint())
    assert told.args == ["chin"]


def test_a_press_that_moves_shifts_the_drawing_and_taps_nothing(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    for _ in range(3):
        zone_map.larger.click()
    start = canvas.centre_of("nose").toPoint()
    before = canvas.centre_of("nose")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(0, -30))
    QTest.mouseMove(canvas, start + QPoint(0, -60))
    with qtbot.assertNotEmitted(canvas.tapped):
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(0, -60))
    assert canvas.centre_of("nose").y() < before.y() - 20


def test_the_keys_enlarge_and_follow_the_zone_in_hand(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    canvas.setFocus()
    canvas.set_focused_zone("forehead")
    for _ in range(6):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom() == pytest.approx(MOST)
    assert not zone_map.larger.isEnabled()
    for _ in range(6):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
        assert canvas.rect().contains(canvas.centre_of(canvas.focused_zone()).toPoint())
    for _ in range(6):
        qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom() == 1.0
    assert not zone_map.smaller.isEnabled()


def test_another_view_is_seen_whole(zone_map: ZoneMap) -> None:
    zone_map.larger.click()
    zone_map.show_view("neck")
    assert zone_map.canvas.zoom() == 1.0


def pixels(zone_map: ZoneMap) -> bytes:
    image = QImage(zone_map.canvas.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    # Without the buttons on it, of which one may have the focus.
    zone_map.canvas.render(image, renderFlags=QWidget.RenderFlag.DrawWindowBackground)
    return bytes(image.constBits())


def test_what_is_painted_step_by_step_is_what_is_painted_at_once(qtbot: QtBot) -> None:
    def a_map() -> ZoneMap:
        return show(qtbot, ZoneMap(Words(), Path(MAPS), NAMES, COLOURS, EDGES))

    marks = {"nose": ZoneMark(Decimal("1.00"), 2, Decimal("0.75")), "chin": ZoneMark(blocked=True)}
    steps: list[Callable[[ZoneMap], object]] = [
        lambda one: one.larger.click(),
        lambda one: one.larger.click(),
        lambda one: one.canvas.move_by(QPointF(13, -41)),
        lambda one: one.set_marks(marks),
        lambda one: one.canvas.move_by(QPointF(-7.5, 22)),
        lambda one: one.set_selected(["nose", "forehead"]),
        lambda one: one.canvas.set_pointed("chin"),
        lambda one: one.canvas.move_by(QPointF(0, 60)),
        lambda one: one.set_marks({"nose": ZoneMark(Decimal("2.00"), 3)}),
        lambda one: one.set_selected(["chin"]),
        lambda one: one.canvas.set_pointed(""),
    ]
    by_steps, at_once = a_map(), a_map()
    for step in steps:
        step(by_steps)
        by_steps.canvas.grab()
    for step in steps:
        step(at_once)
    at_once.set_colours(COLOURS)
    pairs = zip(pixels(by_steps), pixels(at_once), strict=True)
    # A line may fall by a hair beside where it fell; a forgotten piece differs by much more.
    assert max(abs(one - other) for one, other in pairs) <= 8
