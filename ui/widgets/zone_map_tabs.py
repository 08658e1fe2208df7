"""The tabs of the zone map's views: large targets that say how many zones are selected in each.

Where there is room for so few side by side that they would push the drawing down, they are one list instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QGridLayout, QWidget

from needlelog.i18n import Words
from ui.widgets.choice_field import StillCombo
from ui.widgets.zone_map_marks import MapColours, mix

_HEIGHT = 48
_MOST_ROWS = 2


class _Tab(QAbstractButton):
    """One view's tab."""

    def __init__(self, name: str, colours: MapColours, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(name)
        self.setCheckable(True)
        self.colours = colours
        self.count = 0
        self._by_keys = False
        # One stop of Tab for the whole row, from the start on: Qt sees to it only once a tab has had the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toggled.connect(self._be_stop)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(_HEIGHT)

    def _be_stop(self, on: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        text = QFontMetricsF(self._loud()).horizontalAdvance(self.text())
        return QSize(round(text) + 28, max(_HEIGHT, round(QFontMetricsF(self.font()).height()) + 16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._by_keys = event.reason() in keys
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row of tabs goes on from here
        else:
            super().keyPressEvent(event)

    def _loud(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self.colours
        chosen = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setPen(QPen(colours.edge, 1.0))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(box, 7, 7)
        elif self.underMouse():
            painter.setBrush(mix(colours.ground, colours.accent, 0.16))
            painter.drawRoundedRect(box, 7, 7)
        font = self._loud() if chosen else QFont(self.font())
        painter.setFont(font)
        painter.setPen(colours.ink if chosen else colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
        if chosen:
            bar = QRectF(box.center().x() - 14, box.bottom() - 5, 28, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if self.count:
            self._paint_count(painter, box)
        if self.hasFocus() and self._by_keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.ink, 2.0))
            painter.drawRoundedRect(box, 7, 7)
        painter.end()

    def _paint_count(self, painter: QPainter, box: QRectF) -> None:
        small = QFont(self.font())
        small.setPointSizeF(self.font().pointSizeF() * 0.75)
        small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        width = max(metrics.height(), metrics.horizontalAdvance(str(self.count)) + 8)
        pill = QRectF(box.right() - width + 1, box.top() - 1, width, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.accent)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(self.colours.text_on(self.colours.accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(self.count))


class ViewTabs(QWidget):
    """One tab for each view, in as many rows as the width needs, or all in a list; arrow keys go along them."""

    view_wanted = Signal(str)

    def __init__(
        self,
        tr: Words,
        names: Mapping[str, str],
        short: Mapping[str, str],
        colours: MapColours,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._names = dict(names)
        self._short = dict(short)
        self._colours = colours
        self._columns = -1
        self._fitting = False
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 2, 2, 2)
        self._grid.setSpacing(0)
        self._tabs: dict[str, _Tab] = {}
        for view, name in names.items():
            tab = _Tab(name, colours, self)
            tab.clicked.connect(lambda _checked=False, view=view: self.view_wanted.emit(view))
            self._group.addButton(tab)
            self._tabs[view] = tab
        self.list = StillCombo()
        self.list.setAccessibleName(tr("View"))
        self.list.setMinimumHeight(_HEIGHT)
        self.list.addItems(list(names.values()))
        self.list.activated.connect(lambda place: self.view_wanted.emit(list(self._tabs)[place]))
        self._grid.addWidget(self.list, 0, 0)
        self.set_counts({})
        self._arrange(len(self._tabs))

    def set_colours(self, colours: MapColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours
        for tab in self._tabs.values():
            tab.colours = colours
        self.update()

    def set_view(self, view: str) -> None:
        """Mark this view's tab."""
        self._tabs[view].setChecked(True)
        self.list.setCurrentIndex(list(self._tabs).index(view))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many zones are selected in each view."""
        for place, (view, tab) in enumerate(self._tabs.items()):
            tab.count = counts.get(view, 0)
            said = self._tr.plural("{count} zone selected", "{count} zones selected", tab.count)
            name = self._names[view]
            tab.setAccessibleName(f"{name}, {said}" if tab.count else name)
            tab.update()
            listed = self._tr("{name} ({count})", name=name, count=tab.count) if tab.count else name
            self.list.setItemText(place, listed)

    def tab(self, view: str) -> QAbstractButton:
        """The button of a view."""
        return self._tabs[view]

    def minimumSizeHint(self) -> QSize:
        widest = max(tab.sizeHint().width() for tab in self._tabs.values())
        return QSize(2 * widest + 4, _HEIGHT + 4 if not self._columns else super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._columns:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(self._colours.ground, self._colours.muted, 0.14))
        painter.drawRoundedRect(QRectF(self.rect()), 9, 9)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Showing one part and hiding another makes the layout give another width at once, in the midst of it.
        if self._fitting:
            return
        self._fitting = True
        fitted = 0
        while fitted != self.width():
            fitted = self.width()
            self._fit()
        self._fitting = False

    def _fit(self) -> None:
        self._name(self._names)
        columns = self._columns_for(self.width() - 4)
        if columns < len(self._tabs):
            self._name(self._short)
            columns = self._columns_for(self.width() - 4)
        rows = -(-len(self._tabs) // columns)
        self._arrange(columns if rows <= _MOST_ROWS else 0)

    def _name(self, names: Mapping[str, str]) -> None:
        for view, tab in self._tabs.items():
            if tab.text() != names[view]:
                tab.setText(names[view])
                tab.setToolTip(self._names[view])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        views = list(self._tabs)
        here = next(place for place, view in enumerate(views) if self._tabs[view].isChecked())
        view = views[(here + step) % len(views)]
        self._tabs[view].setFocus(Qt.FocusReason.TabFocusReason)
        self.view_wanted.emit(view)

    def _columns_for(self, width: int) -> int:
        """The most even number of columns whose tabs fit into ``width``."""
        widest = max(tab.sizeHint().width() for tab in self._tabs.values())
        total = sum(tab.sizeHint().width() for tab in self._tabs.values())
        if total <= width:
            return len(self._tabs)
        most = max(1, width // widest)
        rows = -(-len(self._tabs) // most)
        return -(-len(self._tabs) // rows)

    def _arrange(self, columns: int) -> None:
        """``columns`` of tabs side by side; none of them is the list."""
        if columns == self._columns:
            return
        self._columns = columns
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self.list.setVisible(not columns)
        for tab in self._tabs.values():
            tab.setVisible(bool(columns))
        even = columns < len(self._tabs)
        for column in range(len(self._tabs)):
            self._grid.setColumnStretch(column, 1 if column < max(columns, 1) and even else 0)
        for place, tab in enumerate(self._tabs.values()):
            self._grid.removeWidget(tab)
            if columns:
                self._grid.addWidget(tab, place // columns, place % columns)
        stop = self._group.checkedButton() if columns else self.list
        if held and stop is not None:
            stop.setFocus()
        self.updateGeometry()
