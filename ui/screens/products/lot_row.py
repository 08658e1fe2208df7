"""One lot of a product: what came in, what is left, how long it is good, and what can be done with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.stock import LotMovement, LotStanding, MovementKind, Recall
from needlelog.i18n import Words, record_date
from ui.screens.products.take_off import TakeOff
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import hairline
from ui.widgets.client_banner import Badge
from ui.widgets.elided import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.numbers import number
from ui.widgets.tap_card import TapCard


def amount_text(tr: Words, amount: Decimal, unit: str) -> str:
    """``7 pieces``, ``2.5 ml``."""
    if unit in ("piece", ""):
        whole = amount == amount.to_integral_value()
        return tr.plural("{count} piece", "{count} pieces", int(amount)) if whole else number(amount)
    return f"{number(amount)} {tr(unit)}"


def expiry_text(tr: Words, expires_on: date | None, today: date) -> tuple[str, str]:
    """The last good day, and what that means today."""
    if expires_on is None:
        return tr("not recorded"), ""
    left = (expires_on - today).days
    if left < 0:
        return record_date(expires_on), tr("Expired")
    if left == 0:
        return record_date(expires_on), tr("Last day")
    return record_date(expires_on), tr.plural("{count} day left", "{count} days left", left)


def stock_text(tr: Words, lot: LotStanding) -> str:
    """``Received 20, used 12, taken off 1``."""
    if lot.received is None:
        return tr("Not counted in")
    parts = [
        tr("Received {amount}", amount=amount_text(tr, lot.received, lot.unit)),
        tr("used {amount}", amount=number(lot.used) or "0"),
    ]
    if lot.taken_off:
        parts.append(tr("taken off {amount}", amount=number(lot.taken_off)))
    return ", ".join(parts)


def left_text(tr: Words, lot: LotStanding) -> tuple[str, str]:
    """What is left in words, and the tone of it."""
    if lot.left is None:
        return "", "muted"
    if lot.left < 0:
        return tr("{amount} more used than counted in", amount=number(-lot.left)), "hold"
    if lot.left == 0:
        return tr("Used up"), "muted"
    return tr("{amount} left", amount=amount_text(tr, lot.left, lot.unit)), ""


class LotRow(QFrame):
    """Tapped it opens; opened it offers what can be done, and tells what came in and went out."""

    opened = Signal()
    count_in_wanted = Signal(object)
    recall_wanted = Signal(object)
    end_wanted = Signal(object)
    treated_wanted = Signal(object)
    taken_off = Signal(object, object, str)
    """The ``LotStanding``, with the last one amount and reason as well."""

    def __init__(self, kit: Kit, lot: LotStanding, today: date, soon_days: int, recall: Recall | None) -> None:
        super().__init__()
        self.lot = lot
        self._kit = kit
        self._recall = recall
        self._body: QWidget | None = None
        self.take: TakeOff | None = None
        tr = kit.tr
        day, state = expiry_text(tr, lot.expires_on, today)
        out = lot.expires_on is not None and lot.expires_on < today
        soon = lot.expires_on is not None and 0 <= (lot.expires_on - today).days <= soon_days
        left, tone = left_text(tr, lot)
        marks: list[tuple[str, str, str]] = []
        if recall is not None:
            marks.append((tr("Recalled"), "stop", "stop"))
        if out:
            marks.append((state, "stop", "stop"))
        elif soon:
            marks.append((state, "warning", "hold"))
        self.marks = tuple(text for text, _, _ in marks)
        accent = "stop" if recall is not None or out else "hold" if soon else ""
        said = [lot.lot, *self.marks, tr("expires {day}", day=day), stock_text(tr, lot), left]
        self.head = TapCard(kit.theme, ", ".join(part for part in said if part), accent=accent)
        self.head.body.setContentsMargins(18, 8, 16, 8)
        self.head.body.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(ElidedLabel(lot.lot, "strong"))
        for text, icon, mark_tone in marks:
            badge = Badge(kit.theme)
            badge.say(text, icon, mark_tone)
            first.addWidget(badge)
        first.addStretch(1)
        shown = label(left, "strong")
        shown.setProperty("tone", tone)
        first.addWidget(shown)
        self.head.body.addLayout(first)
        facts = ElidedLabel("   ·   ".join((tr("Expires {day}", day=day), stock_text(tr, lot))))
        facts.setProperty("tone", "muted")
        self.head.body.addWidget(facts)
        self.head.chosen.connect(self.opened)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)

    def texts(self) -> str:
        """What the row says, as it is read aloud."""
        return self.head.accessibleName()

    def open(self, movements: tuple[LotMovement, ...], history: tuple[Recall, ...], zone: str) -> None:
        """Show what can be done with this lot and what was."""
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(18, SPACE, 0, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(self._verbs())
        if self._recall is not None:
            column.addWidget(label(self._kit.tr("Recalled: {reason}", reason=self._recall.reason), wrap=True))
        self.take = TakeOff(self._kit, amount_unit(self.lot))
        self.take.taken.connect(self._on_taken_off)
        self.take.hide()
        column.addWidget(self.take)
        lines = sorted([*self._moves(movements, zone), *self._recalls(history, zone)], reverse=True)
        for _, text in lines:
            column.addWidget(label(text, "body", muted=True, wrap=True))
        column.addWidget(hairline())
        self._column.addWidget(self._body)

    def _on_taken_off(self, amount: Decimal, reason: str) -> None:
        self.taken_off.emit(self.lot, amount, reason)

    def _verbs(self) -> FlowLayout:
        tr, theme = self._kit.tr, self._kit.theme
        row = FlowLayout()
        count = button(theme, tr("Count in"), "secondary", "plus")
        count.clicked.connect(lambda: self.count_in_wanted.emit(self.lot))
        off = button(theme, tr("Take off"), "secondary", "minus")
        off.clicked.connect(self._on_take_off)
        treated = button(theme, tr("Who was treated?"), "secondary", "people")
        treated.clicked.connect(lambda: self.treated_wanted.emit(self.lot))
        if self._recall is None:
            recall = button(theme, tr("Recall this lot"), "danger", "warning")
            recall.clicked.connect(lambda: self.recall_wanted.emit(self.lot))
        else:
            recall = button(theme, tr("End the recall"), "secondary", "undo")
            recall.clicked.connect(lambda: self.end_wanted.emit(self.lot))
        for made in (count, off, treated, recall):
            row.addWidget(made)
        return row

    def _on_take_off(self) -> None:
        if self.take is not None:
            self.take.show()
            self.take.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moves(self, movements: tuple[LotMovement, ...], zone: str) -> list[tuple[str, str]]:
        tr, found = self._kit.tr, []
        for one in movements:
            amount = amount_text(tr, one.quantity, self.lot.unit)
            day = record_date(local(one.at, zone).date())
            if one.kind is MovementKind.RECEIVED:
                text = tr("{day}: {amount} counted in by {name}", day=day, amount=amount, name=one.by)
            else:
                text = tr(
                    "{day}: {amount} taken off by {name}: {reason}",
                    day=day,
                    amount=amount,
                    name=one.by,
                    reason=one.reason,
                )
            found.append((one.at.isoformat(), text))
        return found

    def _recalls(self, history: tuple[Recall, ...], zone: str) -> list[tuple[str, str]]:
        tr, found = self._kit.tr, []
        for one in history:
            day = record_date(local(one.at, zone).date())
            text = "{day}: recalled by {name}: {reason}" if one.recalled else "{day}: recall ended by {name}: {reason}"
            found.append((one.at.isoformat(), tr(text, day=day, name=one.by, reason=one.reason)))
        return found


def amount_unit(lot: LotStanding) -> str:
    """The unit to ask an amount in; "" for pieces."""
    return "" if lot.unit == "piece" else lot.unit
