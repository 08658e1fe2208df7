"""Which lot a product came from: tap a known one, or type a new one with its expiry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_expiry, parse_line
from needlelog.errors import Fault, FaultCode
from needlelog.exchange.codes import looks_scanned
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import DateField, LineField

Recalled = Callable[[str, str], bool]
"""Whether a lot, by the name of its product and its own, stands recalled."""

LOT_LIMIT = 60
OFFERED = 4
_NEW = "new"


class LotPicker(QWidget):
    """The lots of one product as chips, those in date first; ``day`` says the day on which they must be good.

    A lot that ``recalled`` knows stands last and says so; what happens when it is chosen is up to whoever takes it.

    ``rare`` is for what often has no lot, such as a lamp: nothing is asked until it is tapped.
    """

    taken = Signal(str, object)
    """The lot's code and its last good day (``date`` or None); the code is remembered on the clinic's list."""

    code_entered = Signal(str)
    """The whole code of a pack was put where the lot belongs."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        day: Callable[[], date],
        recalled: Recalled,
        *,
        rare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rare = rare
        self._kit = kit
        self._desk = desk
        self._day = day
        self._is_recalled = recalled
        self._recalled: frozenset[str] = frozenset()
        self._product_id: UUID | None = None
        self._known: dict[str, date | None] = {}
        self._shown: tuple[UUID | None, str, date | None] | None = None
        self._options: list[tuple[str, str]] = []
        self._build()

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("Lot"), "strong"))
        self.chips = ChipRow(theme, tr("Lot"), [], clearable=False)
        self.chips.changed.connect(self._on_chosen)
        column.addWidget(self.chips)
        self.entry = QWidget()
        self.code: LineField[str] = LineField(
            theme, tr, tr("Lot number"), self._read_code, placeholder=tr("As printed on the pack")
        )
        self.expiry: DateField[date] = DateField(
            theme, tr, tr("Expires"), self._read_expiry, self._echo, hint=tr("Day or month, for example 06/2027")
        )
        self.code.setMinimumWidth(120)
        self.expiry.setMinimumWidth(120)
        self.use = button(theme, tr("Use this lot"), "secondary", "check")
        self.use.clicked.connect(self.take_typed)
        self.expiry.line.returnPressed.connect(self._on_return)
        taking = QVBoxLayout()
        taking.setSpacing(4)
        taking.addWidget(label(" ", "strong"))  # the button stands beside the lines, not beside their names
        taking.addWidget(self.use)
        taking.addStretch(1)
        fields = QHBoxLayout(self.entry)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(SPACE * 2)
        fields.addWidget(self.code, 1)
        fields.addWidget(self.expiry, 1)
        fields.addLayout(taking)
        column.addWidget(self.entry)

    # what it shows

    def show_lot(self, product_id: UUID | None, product: str, code: str, expires_on: date | None) -> None:
        """Show the lots of this product, and which is in use; a lot being typed is left alone."""
        wanted = (product_id, code, expires_on)
        if wanted == self._shown and self._recalled == self._recalled_of(product):
            return
        first = self._shown is None
        self._shown = wanted
        self._product_id = product_id
        self._known = {lot.code: lot.expires_on for lot in self._desk.materials.lots(product_id)} if product_id else {}
        if code:
            self._known[code] = expires_on
        self._recalled = self._recalled_of(product)
        options = self._offer(code)
        if options != self._options:
            self._options = options
            self.chips.set_options(options)
            for one in self._recalled.intersection(key for key, _ in options):
                self.chips.set_mark(one, "stop", "stop")
        self.chips.set_value(code or None)
        self.chips.setVisible(len(options) > 1 or self._rare)
        if first or code:
            self.entry.setVisible(not code and len(options) < 2 and not self._rare)

    def put_back(self) -> None:
        """Show again the lot in use: the one that was chosen was not taken."""
        self.chips.set_value((self._shown[1] if self._shown else "") or None)

    def ask(self, *, for_expiry: bool = False) -> None:
        """Ask for a lot: with ``for_expiry`` for the date of the one in use, otherwise for another one."""
        if self._shown and self._shown[1] and self._shown[2] is None:
            self.code.set_value(self._shown[1])
        self.entry.show()
        (self.expiry if for_expiry else self.code).setFocus()

    def take_typed(self) -> bool:
        """Take the lot that stands in the entry; False when it is wrong or none was typed."""
        if looks_scanned(self.code.raw_text()):
            whole = self.code.raw_text()
            self.code.set_value(None)
            self.entry.hide()
            self.code_entered.emit(whole)
            return False
        if not self.code.raw_text().strip() or not self.code.check() or not self.expiry.check():
            if not self.code.raw_text().strip():
                self.code.show_finding(self._empty())
            return False
        code, expires_on = self.code.value(), self.expiry.value()
        if code is None:
            return False
        if expires_on is None:
            expires_on = self._known.get(code)
        self.code.set_value(None)
        self.expiry.set_value(None)
        self.entry.hide()
        self._take(code, expires_on)
        return True

    def leave(self) -> None:
        """Take what is typed where it is right: leaving the page must not lose it."""
        if self.entry.isVisibleTo(self) and self.code.raw_text().strip():
            self.take_typed()

    # inside

    def _offer(self, code: str) -> list[tuple[str, str]]:
        day = self._day()
        usable = {one: until for one, until in self._known.items() if one not in self._recalled}
        good = [one for one, until in usable.items() if until is None or until >= day]
        old = [one for one, until in usable.items() if until is not None and until < day]
        offered = [*good, *old, *(one for one in self._known if one in self._recalled)][:OFFERED]
        if code and code not in offered:
            offered = [code, *offered[: OFFERED - 1]]
        more = self._kit.tr("Another lot") if offered else self._kit.tr("Add a lot")
        return [(one, self._caption(one, self._known[one])) for one in offered] + [(_NEW, more)]

    def _caption(self, code: str, until: date | None) -> str:
        tr = self._kit.tr
        recalled = code in self._recalled
        code = code if len(code) <= 24 else code[:23] + "…"
        if recalled:
            return tr("RECALLED · {text}", text=code)
        if until is None:
            return code
        if until < self._day():
            return tr("{lot} · expired {day}", lot=code, day=record_date(until))
        return tr("{lot} · to {day}", lot=code, day=record_date(until))

    def _recalled_of(self, product: str) -> frozenset[str]:
        return frozenset(one for one in self._known if self._is_recalled(product, one))

    def _on_chosen(self, key: object) -> None:
        if key == _NEW:
            self.ask()
            return
        self.entry.hide()
        if isinstance(key, str):
            self._take(key, self._known.get(key))

    def _on_return(self) -> None:
        if self.expiry.fault() is None:
            self.take_typed()

    def _take(self, code: str, expires_on: date | None) -> None:
        if self._product_id is not None:
            self._desk.materials.remember_lot(self._product_id, code, expires_on)
        self.taken.emit(code, expires_on)

    def _read_code(self, text: str) -> str:
        return parse_line(text, field=self._kit.tr("Lot number"), limit=LOT_LIMIT, required=True)

    def _read_expiry(self, text: str) -> date:
        return parse_expiry(text, field=self._kit.tr("Expires"), today=self._day())

    def _echo(self, until: date) -> str:
        if until < self._day():
            return self._kit.tr("{day}: out of date", day=record_date(until))
        return record_date(until)

    def _empty(self) -> str:
        fault = Fault(FaultCode.ENTRY_EMPTY, field=self._kit.tr("Lot number"))
        return str(self._kit.tr.fault(fault))
