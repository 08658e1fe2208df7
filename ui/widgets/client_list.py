"""Clients as a list: one painted row each, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from needlelog.domain.client import AllergyState, ClientSummary
from needlelog.i18n import Words
from ui.toolkit.theme import Theme
from ui.widgets.phrases import born_and_age, day_of, days_ago

Index = QModelIndex | QPersistentModelIndex
_MARK_PX = 20
_SUMMARY = Qt.ItemDataRole.UserRole
_ALLERGY_LOOK = {
    AllergyState.KNOWN: ("stop", "stop"),
    AllergyState.NONE_KNOWN: ("check", "ok"),
    AllergyState.NOT_RECORDED: ("missing", "hold"),
    AllergyState.UNAVAILABLE: ("question", "hold"),
}


class ClientRows(QAbstractListModel):
    """The clients that were found, each with one sentence for whoever does not see the row."""

    def __init__(self, tr: Words, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._zone = zone
        self._clients: Sequence[ClientSummary] = ()
        self.today = date.min

    def show_clients(self, clients: Sequence[ClientSummary], today: date) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._clients = clients
        self.today = today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._clients)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        client = self._clients[index.row()]
        if role == _SUMMARY:
            return client
        if role == Qt.ItemDataRole.DisplayRole:
            return client.full_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (
                client.full_name,
                client.label,
                born_and_age(client.birth_date, self.today),
                allergy_word(self._tr, client.allergy_state),
                self.last_seen(client),
                self._tr("visit open") if client.open_drafts else "",
            )
            return ", ".join(part for part in parts if part)
        return None

    def last_seen(self, client: ClientSummary) -> str:
        """``34 days ago``, or that there was no visit yet."""
        if client.last_visit_at is None:
            return self._tr("no visit yet")
        return days_ago(self._tr, (self.today - day_of(client.last_visit_at, self._zone)).days)


def allergy_word(tr: Words, state: AllergyState) -> str:
    """What a list says of allergies, beside the mark."""
    return {
        AllergyState.KNOWN: tr("Allergies"),
        AllergyState.NONE_KNOWN: tr("No allergies known"),
        AllergyState.NOT_RECORDED: tr("Allergies not asked"),
        AllergyState.UNAVAILABLE: tr("Could not say"),
    }[state]


class _Row(QStyledItemDelegate):
    """Name and what identifies on the left; allergy, last visit and an open visit in columns on the right."""

    def __init__(self, theme: Theme, tr: Words, rows: ClientRows, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tr = tr
        self._rows = rows
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # Icons are drawn from their files once, not once for every row and every scroll.
        self._marks = {
            state: self._theme.pixmap(icon, token, self._mark_px()) for state, (icon, token) in _ALLERGY_LOOK.items()
        }
        self._name = self._theme.font(14, bold=True)
        self._body = self._theme.font(12)
        self._strong = self._theme.font(12, bold=True)
        self._height = max(64, QFontMetrics(self._name).height() + QFontMetrics(self._body).height() + 22)
        body = QFontMetrics(self._body)
        self._allergy_width = (
            self._mark_px() + 16 + max(body.horizontalAdvance(allergy_word(self._tr, one)) for one in AllergyState)
        )
        self._seen_width = body.horizontalAdvance(self._tr("no visit yet") + "MMMM")

    def _mark_px(self) -> int:
        return round(_MARK_PX * self._theme.scale)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(320, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        client: ClientSummary = index.data(_SUMMARY)
        area: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(area).adjusted(4, 2, -4, -2)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent_soft" if selected else "raised"))
            painter.drawRoundedRect(box, 8, 8)
        if selected:
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(QRectF(box.x(), box.y() + 10, 4, box.height() - 20), 2, 2)
        elif index.row():
            painter.fillRect(area.left() + 20, area.top(), area.width() - 40, 1, self._theme.colour("hairline"))
        inner = area.adjusted(20, 0, -20, 0)
        left = self._paint_columns(painter, client, inner)
        self._paint_identity(painter, client, QRect(inner.x(), inner.y(), left - inner.x() - 16, inner.height()))
        painter.restore()

    def _paint_columns(self, painter: QPainter, client: ClientSummary, box: QRect) -> int:
        """Paint the columns from the right; where there is no room the last visit goes. Returns their left edge."""
        right = box.right() + 1
        roomy = box.width() >= self._allergy_width + self._seen_width + 420 * self._theme.scale
        if roomy:
            right -= self._seen_width
            seen = self._rows.last_seen(client)
            visits = self._tr.plural("{count} visit", "{count} visits", client.visits) if client.visits else ""
            lines = [(seen[:1].upper() + seen[1:], self._body, "ink" if client.visits else "muted")]
            if visits:
                lines.append((visits, self._body, "muted"))
            self._lines(painter, QRect(right, box.y(), self._seen_width, box.height()), lines)
            right -= 16
        right -= self._allergy_width
        _, token = _ALLERGY_LOOK[client.allergy_state]
        mark = self._mark_px()
        painter.drawPixmap(right, box.y() + (box.height() - mark) // 2, self._marks[client.allergy_state])
        known = client.allergy_state is AllergyState.KNOWN
        words = QRect(right + mark + 8, box.y(), self._allergy_width - mark - 8, box.height())
        font = self._strong if known else self._body
        self._text(painter, words, allergy_word(self._tr, client.allergy_state), font, token if known else "muted")
        return right

    def _paint_identity(self, painter: QPainter, client: ClientSummary, box: QRect) -> None:
        name, body = QFontMetrics(self._name), QFontMetrics(self._body)
        top = box.y() + (box.height() - name.height() - body.height() - 2) // 2
        first = QRect(box.x(), top, box.width(), name.height())
        mark = self._tr("Visit open") if client.open_drafts else ""
        archived = self._tr("Archived") if client.archived_at else ""
        pills = [(mark, "accent", "accent_soft"), (archived, "muted", "raised")]
        reserved = sum(body.horizontalAdvance(text) + 36 for text, _, _ in pills if text)
        taken = min(name.horizontalAdvance(client.full_name) + 2, first.width() - reserved)
        self._text(painter, QRect(first.x(), first.y(), taken, first.height()), client.full_name, self._name, "ink")
        x = first.x() + taken + 12
        if client.known_as:
            known_as = self._tr("“{name}”", name=client.known_as)
            wide = min(body.horizontalAdvance(known_as) + 2, first.right() - reserved - x)
            if wide > 40:
                self._text(painter, QRect(x, first.y(), wide, first.height()), known_as, self._body, "muted")
                x += wide + 12
        for text, token, ground in pills:
            if text:
                x = self._pill(painter, QRect(x, first.y(), 0, first.height()), text, token, ground)
        second = QRect(box.x(), first.bottom() + 3, box.width(), body.height())
        parts = [client.label, born_and_age(client.birth_date, self._rows.today), client.phone]
        self._text(painter, second, "   ·   ".join(part for part in parts if part), self._body, "muted")

    def _pill(self, painter: QPainter, at: QRect, text: str, token: str, ground: str) -> int:
        metrics = QFontMetrics(self._strong)
        wide = metrics.horizontalAdvance(text) + 20
        box = QRectF(at.x(), at.y() + (at.height() - metrics.height()) / 2 - 2, wide, metrics.height() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.colour(token))
        painter.setFont(self._strong)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        return round(at.x() + wide + 8)

    def _lines(self, painter: QPainter, box: QRect, lines: Sequence[tuple[str, QFont, str]]) -> None:
        heights = [QFontMetrics(font).height() for _, font, _ in lines]
        y = box.y() + (box.height() - sum(heights)) // 2
        for (text, font, token), height in zip(lines, heights, strict=True):
            self._text(painter, QRect(box.x(), y, box.width(), height), text, font, token)
            y += height

    def _text(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        # Absolute: a Hebrew or Arabic name keeps its column in a list that runs from the left.
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, shown)


class ClientList(QListView):
    """Found clients; a tap or Enter chooses one, arrows move, also from a search box by ``move``."""

    chosen = Signal(object)
    """The ``ClientSummary`` that was chosen."""

    def __init__(self, theme: Theme, tr: Words, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Clients found"))
        self._rows = ClientRows(tr, zone, self)
        self.setModel(self._rows)
        self.setItemDelegate(_Row(theme, tr, self._rows, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._pressed = -1

    def show_clients(self, clients: Sequence[ClientSummary], today: date, *, select_first: bool = False) -> None:
        """Show these from the top."""
        self._rows.show_clients(clients, today)
        if select_first and clients:
            self.setCurrentIndex(self._rows.index(0))
        self.scrollToTop()

    def count(self) -> int:
        """How many clients are shown."""
        return self._rows.rowCount()

    def client(self, row: int) -> ClientSummary:
        """The client of this row."""
        found: ClientSummary = self._rows.data(self._rows.index(row), _SUMMARY)
        return found

    def current(self) -> ClientSummary | None:
        """The client the selection is on."""
        index = self.currentIndex()
        return self.client(index.row()) if index.isValid() else None

    def move_by(self, steps: int) -> None:
        """Move the selection; stops at both ends."""
        if not self.count():
            return
        row = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if steps > 0 else 0)
        self.setCurrentIndex(self._rows.index(min(max(row + steps, 0), self.count() - 1)))

    def choose_current(self) -> None:
        """Choose the selected client, or the first one when none is selected."""
        if self.count():
            self.chosen.emit(self.current() or self.client(0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        if row >= 0 and row == self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.client(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.viewport().update()
        return super().viewportEvent(event)
