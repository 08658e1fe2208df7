"""Walks round a window with Tab and back with Shift+Tab, and holds the way against what can be seen.

The order is judged by where things are on the screen, not by how the program found it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

MOST = 300


def check_tab(window: QWidget, *, over: QWidget | None = None, first: QWidget | None = None) -> list[QWidget]:
    """Every control once and in the order it is seen in, both ways; returns the way from ``first``.

    ``first`` is the topmost control unless told otherwise; ``over`` lies over the rest.
    """
    QApplication.processEvents()
    held = QApplication.focusWidget()
    assert held is not None, "nothing has the focus"
    wanted = controls(window)
    if held not in wanted:
        QTest.keyClick(held, Qt.Key.Key_Tab)
    way = _round(window, Qt.Key.Key_Tab)
    assert len(way) == len(set(way))
    missed = [name_of(one) for one in wanted if one not in way]
    assert not missed, f"Tab does not reach {missed}; its way: {[name_of(one) for one in way]}"
    nameless = [type(one).__name__ for one in way if name_of(one) == type(one).__name__]
    assert not nameless, f"nobody can say what these stops are: {nameless}"
    strangers = [name_of(one) for one in way if one not in wanted]
    assert not strangers, f"Tab stops at {strangers}"
    back = _round(window, Qt.Key.Key_Backtab)
    assert [*reversed(back[1:]), back[0]] == [*way[1:], way[0]], "Shift+Tab goes another way"
    turn = way.index(first or min(way, key=lambda one: _top_left(one, window)))
    way = [*way[turn:], *way[:turn]]
    check_order(way, window, over)
    return way


def controls(window: QWidget) -> list[QWidget]:
    """What can be seen and used and wants the keyboard."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]


def _top_left(one: QWidget, window: QWidget) -> tuple[int, int, int, int]:
    frame, at = _frame(one, window), one.mapTo(window, QPoint(0, 0))
    return (frame.top(), frame.left(), at.y(), at.x())


def check_order(way: list[QWidget], window: QWidget, over: QWidget | None = None) -> None:
    """No stop comes after one that lies below it in the same column, or right of it in the same row."""
    wrong = []
    for place, before in enumerate(way):
        for after in way[place + 1 :]:
            if over is not None and over.isAncestorOf(before) != over.isAncestorOf(after):
                continue
            if before.isAncestorOf(after):
                continue
            assert not after.isAncestorOf(before), f"{name_of(before)} comes before {name_of(after)}, which holds it"
            first, second = _side_by_side(before, after, window)
            above = second.bottom() <= first.top() and second.left() < first.right() and first.left() < second.right()
            row = abs(second.center().y() - first.center().y()) < min(first.height(), second.height()) / 2
            if above or (row and second.right() <= first.left()):
                wrong.append(f"{name_of(after)} is seen before {name_of(before)}")
    assert not wrong, f"{wrong[:5]} of {len(wrong)}; the way: {[name_of(one) for one in way]}"


def _round(window: QWidget, key: Qt.Key) -> list[QWidget]:
    start = QApplication.focusWidget()
    assert start is not None
    way = [start]
    for _ in range(MOST):
        held = QApplication.focusWidget()
        assert held is not None, f"the focus is lost after {name_of(way[-1])}"
        QTest.keyClick(held, key)
        held = QApplication.focusWidget()
        assert held is not None, f"the focus is lost after {name_of(way[-1])}"
        if held is start:
            return way
        assert held not in way, f"a ring that leaves things out: {[name_of(one) for one in way]}, {name_of(held)}"
        way.append(held)
    raise AssertionError(f"no way back to {name_of(start)}")


def _side_by_side(one: QWidget, other: QWidget, window: QWidget) -> tuple[QRect, QRect]:
    """Where both are; what is scrolled counts as its frame, unless both are in it."""
    shared = one
    while not shared.isAncestorOf(other):
        shared = shared.parentWidget() or window
    return _frame(one, shared), _frame(other, shared)


def _frame(one: QWidget, within: QWidget) -> QRect:
    shown, around = one, one.parentWidget()
    while around is not None and around is not within:
        if isinstance(around, QScrollArea):
            shown = around
        around = around.parentWidget()
    return QRect(shown.mapTo(within, QPoint(0, 0)), shown.size())


def name_of(one: QWidget) -> str:
    """What a person calls it."""
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return one.accessibleName() or text or type(one).__name__
