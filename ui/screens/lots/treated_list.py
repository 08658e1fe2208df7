"""The clients treated with a lot as rows to read and to call by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.client import client_label
from needlelog.domain.history import UNTOLD, LotUse
from needlelog.domain.stock import Treated
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.phrases import moment_text
from ui.widgets.tap_card import TapCard
from ui.widgets.trade_words import reached

_WIDTHS = (4, 3, 4)
Cell = Sequence[tuple[str, str]]
"""Lines with their tone."""


def state_of(tr: Words, use: LotUse) -> str:
    """What is to be known of the visit itself; "" for a signed one that stands."""
    if use.invalidated:
        return tr("entered in error")
    if use.discarded:
        return tr("given up")
    return "" if use.signed else tr("not signed")


def call_text(tr: Words, one: Treated, zone: str) -> str:
    """Whether the client was told of the recall: when, how and by whom."""
    if one.called_at is not None and one.called_how is not None:
        when, how = moment_text(one.called_at, zone), reached(tr, one.called_how).lower()
        return tr("Told of the recall {when}, {how}, {who}", when=when, how=how, who=one.called_by)
    if not one.use.signed:
        return tr("Not told yet. It can be noted once the visit is signed.")
    return tr("Not told of the recall yet")


def cells_of(tr: Words, knowledge: Knowledge, one: Treated) -> tuple[Cell, ...]:
    """Client and contact, visit and product, what it was used for."""
    use = one.use
    day = record_date(local(use.started_at, use.time_zone).date())
    state = state_of(tr, use)
    zones = [tr(knowledge.zones[zone].name) if zone in knowledge.zones else zone for zone in use.zones]
    concerns = [
        tr(knowledge.concerns[concern].name) if concern in knowledge.concerns else concern for concern in one.concerns
    ]
    contact = [(part, "") for part in (one.phone, one.email) if part]
    who = f"{record_date(one.birth_date) if one.birth_date else UNTOLD} · {client_label(use.client_number)}"
    return (
        ((use.client_name, "strong"), (who, "muted"), *(contact or [(tr("no contact recorded"), "hold")])),
        ((day, ""), (use.product, ""), (state, "hold")),
        ((", ".join(concerns), ""), (", ".join(zones), "muted")),
    )


class TreatedList(QWidget):
    """One row for each visit; a tap or Enter opens the client."""

    row_chosen = Signal(int)
    called_asked = Signal(int)
    """Somebody has told this client of the recall, and wants it noted."""

    def __init__(self, kit: Kit, knowledge: Knowledge, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self._kit = kit
        self._knowledge = knowledge
        self.rows: list[TapCard] = []
        tr = kit.tr
        self._headings = QWidget()
        names = (tr("Client"), tr("Visit and product"), tr("Used for"))
        self._headings.setLayout(_columns([_cell(((name, "muted strong"),)) for name in names]))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE // 2)
        self._column.addWidget(self._headings)

    def show_treated(self, treated: Sequence[Treated]) -> None:
        """Show these in their order."""
        for row in self.rows:
            discard(row)
        self.rows = []
        for place, one in enumerate(treated):
            cells = cells_of(self._kit.tr, self._knowledge, one)
            row = TapCard(self._kit.theme, ", ".join(text for cell in cells for text, _ in cell if text))
            row.body.setContentsMargins(0, 0, 0, 0)
            line = _columns([_cell(cell) for cell in cells])
            row.body.addLayout(line)
            if one.recall is not None:
                self._add_call(row, one, place)
            row.chosen.connect(self._chooser(place))
            self.rows.append(row)
            self._column.addWidget(row)

    def _add_call(self, row: TapCard, one: Treated, place: int) -> None:
        """Whether the client was told of the recall, or the key that notes it."""
        tr = self._kit.tr
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        said = label(call_text(tr, one, self._zone), "strong" if one.called_at else "body", wrap=True)
        set_tone(said, "ok" if one.called_at else "hold")
        foot.addWidget(said, 1)
        if one.called_at is None and one.use.signed:
            told = button(self._kit.theme, tr("Told of the recall…"), "secondary", "phone")
            told.setAccessibleName(tr("Told of the recall: {name}", name=one.use.client_name))
            told.clicked.connect(lambda: self.called_asked.emit(place))
            foot.addWidget(told)
        row.body.addLayout(foot)
        row.setAccessibleName(f"{row.accessibleName()}, {said.text()}")

    def texts(self) -> list[str]:
        """Each row as it is read aloud."""
        return [row.accessibleName() for row in self.rows]

    def _chooser(self, place: int) -> Callable[[], None]:
        return lambda: self.row_chosen.emit(place)


def _columns(cells: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    row.setSpacing(2 * SPACE)
    for cell, width in zip(cells, _WIDTHS, strict=True):
        row.addWidget(cell, width, Qt.AlignmentFlag.AlignTop)
    return row


def _cell(lines: Cell) -> QWidget:
    made = QWidget()
    # No text makes its column wider than those above and below it.
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for text, tone in lines:
        if text:
            # An address is one long word: it may go on below after its marks.
            shown = text.replace("@", "@\u200b").replace(".", ".\u200b") if "@" in text else text
            line = label(shown, "strong" if "strong" in tone else "body", wrap=True)
            set_tone(line, tone.replace("strong", "").strip())
            line.setMinimumWidth(1)
            column.addWidget(line)
    return made
