"""The way of Tab through a window: the order in which things are seen, worked out afresh at each step.

Qt itself goes by the order in which widgets were made or moved, and that is another one as soon as pages, rows and
forms come and go. A window, a screen or a box hands its ``focusNextPrevChild`` to ``step_focus``; nothing else is
needed, and nothing has to be kept up to date when a page changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget


def stops(part: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in ``part``, in the order in which people see it."""
    return (one for one in _seen(part) if _is_stop(one))


def first_stop(part: QWidget) -> QWidget | None:
    """The first thing in ``part`` that Tab would stop at now."""
    return next(stops(part), None)


def step_focus(window: QWidget, forward: bool) -> bool:
    """Move the focus of ``window`` to the next stop, round at the ends; False when there is none to go to."""
    held = window.focusWidget()
    order = [*_seen(window)]
    if held is not None and held in order:
        # What holds the focus may be no stop itself: a row one came to by the arrow keys.
        place = order.index(held)
        order = [*order[place + 1 :], *order[:place]]
    elif held is not None:
        order = [*_around_gone(held, order), *order]
        forward = True
    following = next((one for one in (order if forward else reversed(order)) if _is_stop(one)), None)
    if following is None:
        return False
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(following)
    return True


def _around_gone(held: QWidget, order: list[QWidget]) -> Iterator[QWidget]:
    """What stands nearest around something that is being hidden or taken away: the focus stays where one works."""
    around = held.parentWidget()
    while around is not None:
        if around in order:
            yield from (one for one in order if around.isAncestorOf(one))
        around = around.parentWidget()


def bring_into_sight(stop: QWidget) -> None:
    """Scroll every frame around ``stop`` so that it is seen."""
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()


def _is_stop(one: QWidget) -> bool:
    # With a proxy the focus goes elsewhere, and that is a stop by itself: both would be a ring.
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None and one.isEnabled()


def _seen(part: QWidget) -> Iterator[QWidget]:
    if not part.isVisible():
        return
    yield part
    layout = part.layout()
    children = [one for one in part.children() if isinstance(one, QWidget) and not one.isWindow()]
    inside = part.widget() if isinstance(part, QScrollArea) else None
    if inside is not None:
        yield from _seen(inside)
    elif layout is None:
        # Parts placed by hand, as the bar and the pages of a QTabWidget.
        for child in sorted(children, key=lambda one: (one.y(), one.x())):
            yield from _seen(child)
    else:
        laid = {*_widgets_of(layout)}
        yield from _seen_in(layout, [one for one in children if one not in laid and one.isVisible()])


def _seen_in(layout: QLayout, floating: list[QWidget]) -> Iterator[QWidget]:
    """The items in their order; what floats over them (a drawer, an offer to undo) before the first one below it."""
    waiting = sorted(floating, key=lambda one: (one.y(), one.x()))
    for item in _items(layout):
        while waiting and item.geometry().top() > waiting[0].geometry().bottom():
            yield from _seen(waiting.pop(0))
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _seen(widget)
        elif inner is not None:
            yield from _seen_in(inner, [])
    for one in waiting:
        yield from _seen(one)


def _items(layout: QLayout) -> list[QLayoutItem]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        # A grid counts its items as they were put in, wherever they were put.
        places = sorted(places, key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[index,assignment]
    return [item for item in map(layout.itemAt, places) if item is not None]


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_of(inner)
