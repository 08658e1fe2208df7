"""Who the client is and how to reach them: name, date of birth with what follows from it, contact, language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from needlelog.domain.client import Client, ClientSummary
from needlelog.domain.entry import parse_date, parse_email, parse_line, parse_paragraphs, parse_phone
from needlelog.domain.value import LINE_LIMIT, PARAGRAPHS_LIMIT
from needlelog.i18n import record_date
from needlelog.knowledge.model import AgeRule
from needlelog.rules.client_age import rules_above
from needlelog.services.clients import Clients
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.languages import LANGUAGES
from ui.widgets.line_fields import DateField, EmailField, LineField, PhoneField
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.phrases import full_years


def line_parser(field: str) -> Callable[[str], str]:
    """Reads one line of text for a field of this name."""
    return lambda text: parse_line(text, field=field, limit=LINE_LIMIT)


def paragraphs_parser(field: str) -> Callable[[str], str]:
    """Reads several lines of text for a field of this name."""
    return lambda text: parse_paragraphs(text, field=field, limit=PARAGRAPHS_LIMIT)


class WhoCard(Card):
    """Name and date of birth. Warns of a second entry of the same person and of an age below a rule."""

    edited = Signal()
    existing_wanted = Signal(object)
    """The id of the client who already stands in the list."""

    def __init__(self, kit: Kit, clients: Clients, ages: tuple[AgeRule, ...], today: date, own_id: UUID | None) -> None:
        super().__init__(kit.tr("Who"))
        self._kit = kit
        self._clients = clients
        self._ages = ages
        self._today = today
        self._own_id = own_id
        self._same: ClientSummary | None = None
        tr, theme = kit.tr, kit.theme
        name, known_as = tr("Full name"), tr("Known as")
        self.full_name = LineField[str](
            theme, tr, name, lambda text: parse_line(text, field=name, limit=LINE_LIMIT, required=True), required=True
        )
        self.known_as = LineField[str](theme, tr, known_as, line_parser(known_as))
        born = tr("Date of birth")
        self.born = DateField[date](
            theme, tr, born, lambda text: parse_date(text, field=born, today=today), record_date, required=True
        )
        self._age = label("", "heading")
        self.under_age = Notice(theme, "hold")
        self.duplicate = Notice(theme, "hold")
        self.open_existing = self.duplicate.add_verb(tr("Open that client"), "quiet")
        self.open_existing.clicked.connect(self._on_existing)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.addWidget(self.full_name, 0, 0)
        grid.addWidget(self.known_as, 0, 1)
        grid.addWidget(self.born, 1, 0)
        grid.addWidget(self._age, 1, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.add(grid)
        self.add(self.under_age)
        self.add(self.duplicate)
        for field in self.fields():
            field.edited.connect(self._on_edited)

    def fields(self) -> tuple[LabelledField[Any], ...]:
        """In the order they are filled in."""
        return self.full_name, self.known_as, self.born

    def show_client(self, client: Client) -> None:
        """Show what is stored."""
        self.full_name.set_value(client.full_name)
        self.known_as.set_value(client.known_as or None)
        self.born.set_value(client.birth_date)
        self._judge()

    def changes(self) -> dict[str, Any]:
        """What stands in the fields, once all of them are right."""
        return {
            "full_name": self.full_name.value() or "",
            "known_as": self.known_as.value() or "",
            "birth_date": self.born.value(),
        }

    def _on_existing(self) -> None:
        if self._same is not None:
            self.existing_wanted.emit(self._same.id)

    def _on_edited(self) -> None:
        self._judge()
        self.edited.emit()

    def _judge(self) -> None:
        tr, born, name = self._kit.tr, self.born.value(), self.full_name.value()
        years = full_years(born, self._today) if born else 0
        self._age.setText(tr.plural("{count} year old", "{count} years old", years) if born else "")
        self.under_age.say(self._age_sentence(born))
        same = self._clients.same_person(name, born, except_id=self._own_id) if name and born else ()
        self._same = same[0] if same else None
        if self._same is None:
            self.duplicate.say("")
            return
        said = tr(
            "{name}, born on the same day, is already in the list as {number}.",
            name=self._same.full_name,
            number=self._same.label,
        )
        self.duplicate.say(said)

    def _age_sentence(self, born: date | None) -> str:
        if born is None:
            return ""
        hit = rules_above(full_years(born, self._today), self._ages)
        return f"{hit[0].text}. {hit[0].note}".strip() if hit else ""


class ContactCard(Card):
    """How to reach the client, and in which language."""

    edited = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.tr("Contact"))
        tr, theme = kit.tr, kit.theme
        phone, email = tr("Phone"), tr("E-mail")
        address, emergency = tr("Address"), tr("Emergency contact")
        self.phone = PhoneField[str](theme, tr, phone, lambda text: parse_phone(text, field=phone))
        self.email = EmailField[str](theme, tr, email, lambda text: parse_email(text, field=email))
        self.address = ParagraphField[str](theme, tr, address, paragraphs_parser(address), lines=3)
        self.emergency = LineField[str](theme, tr, emergency, line_parser(emergency), hint=tr("Name and phone number"))
        self.language = ChoiceField[str](
            theme, tr, tr("Preferred language"), LANGUAGES, hint=tr("For what the client reads and signs")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        places: tuple[tuple[QWidget, int, int, int], ...] = (
            (self.phone, 0, 0, 1),
            (self.email, 0, 1, 1),
            (self.address, 1, 0, 2),
            (self.emergency, 1, 1, 1),
            (self.language, 2, 1, 1),
        )
        for field, row, column, rows in places:
            grid.addWidget(field, row, column, rows, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        for each in self.fields():
            each.edited.connect(self.edited)

    def fields(self) -> tuple[LabelledField[Any], ...]:
        """In the order they are filled in."""
        return self.phone, self.email, self.address, self.emergency, self.language

    def show_client(self, client: Client) -> None:
        """Show what is stored."""
        self.phone.set_value(client.phone or None)
        self.email.set_value(client.email or None)
        self.address.set_value(client.address or None)
        self.emergency.set_value(client.emergency_contact or None)
        self.language.set_value(client.language)

    def changes(self) -> dict[str, Any]:
        """What stands in the fields, once all of them are right."""
        return {
            "phone": self.phone.value() or "",
            "email": self.email.value() or "",
            "address": self.address.value() or "",
            "emergency_contact": self.emergency.value() or "",
            "language": self.language.value() or "en",
        }
