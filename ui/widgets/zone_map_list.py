"""The zones of the map as a list: the same choice by name, by keys and for a screen reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from needlelog.i18n import Words
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import zone_in_words
from ui.widgets.zone_map_rows import ROW_ROLE, RowPainter, ZoneRow

_TAP_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


def sought(text: str) -> str:
    """``text`` as it is compared in a search: no accents, no case."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


class _Rows(QListWidget):
    """A list whose rows are tapped with Space, Enter or the pointer."""

    row_tapped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._tap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _TAP_KEYS and self.currentItem() is not None:
            self._tap(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _tap(self, item: QListWidgetItem) -> None:
        self.row_tapped.emit(item.data(ROW_ROLE).zone)


class ZoneList(QWidget):
    """A search box over the rows of zones; says ``tapped`` for a row and ``sought`` when the search changes."""

    tapped = Signal(str)
    pointed = Signal(str)
    search_changed = Signal()

    def __init__(self, tr: Words, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._shown: tuple[ZoneRow, ...] = ()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a zone"))
        self.search.setAccessibleName(tr("Find a zone in every view"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(48)
        self.search.textChanged.connect(lambda: self.search_changed.emit())
        self.search.returnPressed.connect(self._tap_meant)
        self.rows = _Rows(self)
        self.rows.setAccessibleName(tr("Zones of this view"))
        self._painter = RowPainter(tr, inks, self.rows)
        self.rows.setItemDelegate(self._painter)
        self.rows.row_tapped.connect(self.tapped)
        self.rows.currentItemChanged.connect(self._point)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.rows, 1)
        self.set_inks(inks)

    def set_inks(self, inks: Inks) -> None:
        """Paint in these colours from now on."""
        self._painter.inks = inks
        palette = self.rows.palette()
        palette.setColor(QPalette.ColorRole.Base, inks.colours.surface)
        self.rows.setPalette(palette)
        self.rows.viewport().update()

    def wanted(self) -> str:
        """What is searched for, without case and accents."""
        return sought(self.search.text())

    def set_rows(self, rows: Sequence[ZoneRow]) -> None:
        """Show these rows, staying on the zone that was current."""
        if tuple(rows) == self._shown:
            return
        before = self.current_zone()
        same_zones = [row.zone for row in rows] == [row.zone for row in self._shown]
        self._shown = tuple(rows)
        blocked = self.rows.blockSignals(True)
        if not same_zones:
            self.rows.clear()
        for place, row in enumerate(rows):
            item = self.rows.item(place) if same_zones else QListWidgetItem(self.rows)
            item.setText(row.name)
            item.setData(ROW_ROLE, row)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                zone_in_words(self._tr, row.name, row.mark, selected=row.selected),
            )
        self.rows.blockSignals(blocked)
        self.set_current_zone(before)

    def zones(self) -> list[str]:
        """The zones in the order shown."""
        return [row.zone for row in self._shown]

    def current_zone(self) -> str:
        """The zone that the keys act on, or nothing."""
        place = self.rows.currentRow()
        return self._shown[place].zone if 0 <= place < len(self._shown) else ""

    def set_current_zone(self, zone: str) -> None:
        """Let the keys act on this zone, in silence; does nothing when it is not shown."""
        for place, row in enumerate(self._shown):
            if row.zone == zone:
                blocked = self.rows.blockSignals(True)
                self.rows.setCurrentRow(place)
                self.rows.blockSignals(blocked)
                self.rows.scrollToItem(self.rows.item(place))
                self.rows.viewport().update()
                return

    def _point(self) -> None:
        self.pointed.emit(self.current_zone())

    def _tap_meant(self) -> None:
        """Enter in the search box takes the zone of that name, or the only one found; else it goes on to the list."""
        exact = [row for row in self._shown if sought(row.name) == self.wanted()]
        found = exact if len(exact) == 1 else self._shown
        if len(found) == 1:
            self.tapped.emit(found[0].zone)
        elif found:
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)
            self.rows.setCurrentRow(0)
