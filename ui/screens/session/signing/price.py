"""Price and package of this visit in words and as an amount: for the record, on no paper, and nothing is billed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from needlelog.domain.entry import parse_decimal, parse_line
from needlelog.domain.series import PriceNote
from needlelog.domain.session import SessionDraft
from needlelog.domain.value import LINE_LIMIT
from ui.screens.session.holding import show_value
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import LineField

MOST = Decimal("9999999.99")
CURRENCY_LIMIT = 12


class PriceCard(Card):
    """Three entries, all of them optional."""

    def __init__(self, kit: Kit, presenter: SessionPresenter) -> None:
        super().__init__(kit.tr("Price and package"))
        self._presenter = presenter
        tr, theme = kit.tr, kit.theme
        words, amount, currency = tr("Package or agreement"), tr("Amount"), tr("Currency")
        self.words = LineField[str](theme, tr, words, lambda text: parse_line(text, field=words, limit=LINE_LIMIT))
        self.amount = LineField[Decimal](
            theme,
            tr,
            amount,
            lambda text: parse_decimal(text, field=amount, minimum=Decimal(0), maximum=MOST, places=2),
            show=lambda value: f"{value:.2f}",
        )
        self.amount.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.currency = LineField[str](
            theme, tr, currency, lambda text: parse_line(text, field=currency, limit=CURRENCY_LIMIT)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        for place, field in enumerate(self.fields):
            grid.addWidget(field, 0, place, Qt.AlignmentFlag.AlignTop)
            field.committed.connect(self._on_committed)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.add(
            label(
                tr("Kept in the record only. It stands on no paper and nothing is billed."),
                "body",
                muted=True,
                wrap=True,
            )
        )
        self.add(grid)

    @property
    def fields(self) -> tuple[LineField[Any], ...]:
        """Words, amount, currency."""
        return (self.words, self.amount, self.currency)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        noted = draft.price or PriceNote()
        show_value(self.words, noted.words or None)
        show_value(self.amount, noted.amount)
        show_value(self.currency, noted.currency or None)

    def leaving(self) -> None:
        """Commit what is half-typed."""
        for field in self.fields:
            field.commit()

    def _on_committed(self, _value: object) -> None:
        note = PriceNote(
            words=self.words.value() or "", amount=self.amount.value(), currency=self.currency.value() or ""
        )
        kept = None if note == PriceNote() else note
        self._presenter.edit(lambda draft: draft.with_(price=kept))
