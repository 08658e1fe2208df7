"""Skin type and allergies."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from needlelog.domain.client import ROMAN, Allergy, AllergyState, Client
from needlelog.domain.entry import parse_line
from needlelog.domain.value import LINE_LIMIT
from needlelog.knowledge.model import Scale
from ui.screens.client_form.rows import Entry, EntryRows
from ui.screens.client_form.who import line_parser
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import LineField
from ui.widgets.trade_words import allergy_state


class SkinCard(Card):
    """Fitzpatrick I to VI, each with its published description."""

    edited = Signal()

    def __init__(self, kit: Kit, scale: Scale | None) -> None:
        super().__init__(kit.tr("Skin type"))
        meaning = {grade.value: grade.meaning for grade in scale.grades} if scale else {}
        grades = [(value, "   ".join(filter(None, (ROMAN[value], meaning.get(value))))) for value in range(1, 7)]
        self.type = ChipRow(kit.theme, kit.tr("Skin type (Fitzpatrick)"), grades)
        said = kit.tr("Fitzpatrick scale: what the sun does to untanned skin. Tap the chosen one again to clear it.")
        self.add(label(said, "body", muted=True, wrap=True))
        self.add(self.type)
        self.type.changed.connect(lambda _value: self.edited.emit())

    def show_client(self, client: Client) -> None:
        """Show what is stored."""
        self.type.set_value(client.fitzpatrick)

    def changes(self) -> dict[str, Any]:
        """The type, or None while it is not known."""
        return {"fitzpatrick": self.type.value()}


class AllergyEntry(Entry):
    """A substance and what it did."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        substance, reaction = tr("Substance"), tr("Reaction")
        self.substance = LineField[str](
            theme,
            tr,
            substance,
            lambda text: parse_line(text, field=substance, limit=LINE_LIMIT, required=True),
            required=True,
        )
        self.reaction = LineField[str](theme, tr, reaction, line_parser(reaction))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.substance, 1)
        row.addWidget(self.reaction, 1)
        self.setFocusProxy(self.substance)
        self.substance.edited.connect(self.edited)
        self.reaction.edited.connect(self.edited)

    def is_blank(self) -> bool:
        return not (self.substance.raw_text().strip() or self.reaction.raw_text().strip())

    def is_right(self) -> bool:
        # Both are checked, so that both show what is wrong.
        return all([self.substance.check(), self.reaction.check()])

    def said(self) -> str:
        return self.substance.raw_text().strip() or self.reaction.raw_text().strip()

    def show_allergy(self, allergy: Allergy) -> None:
        """Show what is stored."""
        self.substance.set_value(allergy.substance)
        self.reaction.set_value(allergy.reaction or None)

    def allergy(self) -> Allergy:
        """The allergy, once both fields are right."""
        return Allergy(substance=self.substance.value() or "", reaction=self.reaction.value() or "")


class AllergyCard(Card):
    """The four states; "known" opens the list."""

    edited = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.tr("Allergies"))
        self._kit = kit
        tr = kit.tr
        states = [(state, allergy_state(tr, state)) for state in AllergyState]
        self.state = ChipRow(kit.theme, tr("What is known about allergies"), states, clearable=False)
        self.rows = EntryRows[AllergyEntry](kit, tr("Add another substance"), lambda: AllergyEntry(kit))
        self._below = label("", "body", wrap=True)
        set_tone(self._below, "stop")
        self._below.hide()
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        column.addWidget(self.state)
        column.addWidget(self.rows)
        column.addWidget(self._below)
        self.add(column)
        self.state.set_value(AllergyState.NOT_RECORDED)
        self._open()
        self.state.changed.connect(self._on_state)
        self.rows.edited.connect(self._on_rows)

    def show_client(self, client: Client) -> None:
        """Show what is stored."""
        self.state.set_value(client.allergy_state)
        self.rows.clear()
        for allergy in client.allergies:
            self.rows.add().show_allergy(allergy)
        self._open()

    def is_right(self) -> bool:
        """Check the rows; "known" needs at least one substance."""
        self._below.hide()
        if self.state.value() is not AllergyState.KNOWN:
            return True
        entries = self.rows.entries()
        if not entries:
            self._below.setText(
                self._kit.tr("“Known allergies” needs at least one substance. Type it, or choose another answer.")
            )
            self._below.show()
            return False
        checked = [entry.is_right() for entry in entries]
        return all(checked)

    def changes(self) -> dict[str, Any]:
        """The state, and the list where the state is "known"."""
        state = self.state.value()
        known = state is AllergyState.KNOWN
        return {
            "allergy_state": state,
            "allergies": tuple(entry.allergy() for entry in self.rows.entries()) if known else (),
        }

    def message(self) -> str:
        """The sentence below the rows, or ""."""
        return "" if self._below.isHidden() else self._below.text()

    def _on_state(self, _state: object) -> None:
        self._below.hide()
        self._open()
        self._go_to_substance()
        self.edited.emit()

    def _on_rows(self) -> None:
        self._below.hide()
        self.edited.emit()

    def _go_to_substance(self) -> None:
        blank = next((entry for entry in self.rows.all() if entry.is_blank()), None)
        if self.state.value() is AllergyState.KNOWN and blank is not None:
            blank.setFocus()

    def _open(self) -> None:
        known = self.state.value() is AllergyState.KNOWN
        if known and not self.rows.count():
            self.rows.add()
        self.rows.setVisible(known)
