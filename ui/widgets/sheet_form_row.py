"""How a client's paper is printed, as chips: large print, without colour, and the other size of paper."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.clinic import PageSize
from needlelog.domain.papers import SheetForm
from needlelog.i18n import Words
from ui.toolkit.theme import Theme
from ui.widgets.chips import ChipRow

LARGE, GREY, OTHER = "large", "grey", "other"


def form_told(form: SheetForm | None, tr: Words) -> str:
    """In what a paper differs from the clinic's usual one, where its chips may be out of sight; "" in nothing."""
    form = form or SheetForm()
    said = [tr("Large print")] if form.large else []
    if form.grey:
        said.append(tr("Grey"))
    if form.paper is not None:
        said.append(tr("Letter") if form.paper is PageSize.LETTER else tr("A4"))
    return tr("On paper: {how}.", how=", ".join(said)) if said else ""


class SheetFormRow(QWidget):
    """Any of the three; none of them is the clinic's own paper in colour at 14 pt."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, tr: Words, usual: PageSize) -> None:
        super().__init__()
        self._other = PageSize.LETTER if usual is PageSize.A4 else PageSize.A4
        paper = tr("Letter") if self._other is PageSize.LETTER else tr("A4")
        options = [(LARGE, tr("Large print")), (GREY, tr("Grey")), (OTHER, paper)]
        self._chips = ChipRow(theme, tr("On paper"), options, multiple=True)
        self._chips.changed.connect(self._on_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._chips)

    def form(self) -> SheetForm:
        """What is chosen."""
        taken = cast("frozenset[str]", self._chips.value() or frozenset())
        return SheetForm(large=LARGE in taken, grey=GREY in taken, paper=self._other if OTHER in taken else None)

    def show_form(self, form: SheetForm | None) -> None:
        """Show it; ``chosen`` is not said."""
        wanted = form or SheetForm()
        stands = {LARGE: wanted.large, GREY: wanted.grey, OTHER: wanted.paper is self._other}
        self._chips.set_value(frozenset(key for key, on in stands.items() if on))

    def _on_changed(self, _: object) -> None:
        self.chosen.emit(self.form())
