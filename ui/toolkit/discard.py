"""Taking widgets off the screen for good: out of sight and out of the layout at once, freed by the event loop."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def discard(widget: QWidget) -> None:
    """Take ``widget`` out of its layout, hide it, and let Qt free it; its place closes at once."""
    parent = widget.parentWidget()
    if parent is not None and (layout := parent.layout()) is not None:
        _take_out(layout, widget)
    widget.hide()
    widget.deleteLater()


def clear(layout: QLayout, keep: int = 0) -> None:
    """Discard what ``layout`` holds but for its last ``keep`` items, such as a stretch at the end."""
    while layout.count() > keep:
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            discard(widget)


def _take_out(layout: QLayout, widget: QWidget) -> bool:
    # Qt looks into the outermost layout only; most rows stand in one inside it.
    if layout.indexOf(widget) >= 0:
        layout.removeWidget(widget)
        return True
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner = item.layout() if item is not None else None
        if inner is not None and _take_out(inner, widget):
            return True
    return False
