"""The client form. What was typed stays until it is saved or thrown away on purpose."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.client import Client
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from ui.screens.client_form.entries import EDITED, Meeting, changed_fields, meet
from ui.screens.client_form.facts import HistoryCard
from ui.screens.client_form.skin import AllergyCard, SkinCard
from ui.screens.client_form.who import ContactCard, WhoCard, paragraphs_parser
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen, ToClient, ToClients
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.elided import ElidedLabel
from ui.widgets.labelled_field import marked_in, not_saved_text
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.scroll_column import ScrollColumn, growing

FITZPATRICK = "fitzpatrick"


class ClientFormScreen(Screen):
    """A new client, or the details of one that is known."""

    asks_before_leaving = True

    def __init__(self, kit: Kit, desk: Desk, client_id: UUID | None, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("New client") if client_id is None else kit.tr("Client details"), parent)
        self._kit = kit
        self._desk = desk
        self._base = desk.clients.get(client_id) if client_id else None
        self._meeting: Meeting | None = None
        self._untouched: tuple[Any, ...] = ()
        self._today = today(desk.clock, desk.practice.clinic().time_zone)
        self.client_id = client_id
        self._build()
        if self._base is not None:
            self._show(self._base)
        else:
            self.contact.language.set_value(desk.practice.clinic().language)
        self._rest()

    # building

    def _build(self) -> None:
        self._build_cards()
        self.scroller = ScrollColumn(self.title, margins=(4 * SPACE, 0, 4 * SPACE, 4 * SPACE))
        for card in (self.who, self.contact, self.skin, self.allergy, self.history, self._note_card):
            self.scroller.add(growing(card))
        self.notice = Notice(self._kit.theme, "stop")
        self.merge = self.notice.add_verb(self._kit.tr("Save my changes too"), "secondary")
        self.merge.clicked.connect(self._on_merge)
        self.merge.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 3 * SPACE, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(self._build_head())
        held = QHBoxLayout()
        held.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        held.addWidget(self.notice)
        whole.addLayout(held)
        whole.addWidget(self.scroller, 1)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._on_save)

    def _build_cards(self) -> None:
        kit, knowledge = self._kit, self._desk.knowledge
        ages = tuple(knowledge.ages.values())
        self.who = WhoCard(kit, self._desk.clients, ages, self._today, self.client_id)
        self.who.existing_wanted.connect(lambda found: self.go.emit(ToClient(found)))
        self.contact = ContactCard(kit)
        self.skin = SkinCard(kit, knowledge.scales.get(FITZPATRICK))
        self.allergy = AllergyCard(kit)
        self.history = HistoryCard(kit, tuple(knowledge.contraindications.values()), self._today)
        self._note_card = Card(kit.tr("Notes"))
        notes = kit.tr("Notes")
        self.notes = ParagraphField[str](
            kit.theme,
            kit.tr,
            notes,
            paragraphs_parser(notes),
            lines=4,
            hint=kit.tr("Seen at every visit of this client"),
        )
        self._note_card.add(self.notes)
        for part in (self.who, self.contact, self.skin, self.allergy, self.history, self.notes):
            part.edited.connect(self._on_edited)

    def _build_head(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        head = QHBoxLayout()
        head.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        head.setSpacing(SPACE)
        head.addWidget(label(self.title, "title"))
        if self._base is not None:
            named = ElidedLabel(f"{self._base.full_name}, {self._base.label}", "lead")
            named.setProperty("tone", "muted")
            head.addSpacing(SPACE)
            head.addWidget(named)
        head.addStretch(1)
        self._state = label("", "body", muted=True)
        self.cancel = button(theme, tr("Discard"), "secondary")
        self.save = button(theme, tr("Save"), "primary", "check")
        self.cancel.clicked.connect(self._on_cancel)
        self.save.clicked.connect(self._on_save)
        head.addWidget(self._state)
        head.addSpacing(SPACE)
        head.addWidget(self.cancel)
        head.addWidget(self.save)
        return head

    # coming and going

    def activate(self) -> None:
        """The focus goes to the name, unless it is already somewhere in the form."""
        if not self.scroller.isAncestorOf(self.focusWidget() or self):
            self.who.full_name.setFocus()

    def deactivate(self) -> bool:
        """Offer to save what was typed; False while it cannot be saved, or on the wish to stay."""
        if not self.unsaved:
            return True
        tr = self._kit.tr
        if self._base is None:
            title = tr("This new client is not saved yet")
            text = tr("Save the client, discard what you typed for good, or stay here?")
        else:
            title = tr("The changes to this client are not saved yet")
            text = tr("Save the changes, discard them for good, or stay here?")
        answer = self._kit.dialogs.ask_leaving(self, title, text)
        if answer is Leaving.DISCARD:
            self._rest()
            return True
        return answer is Leaving.SAVE and self._keep()

    def keep(self) -> bool:
        return not self.unsaved or self._keep()

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed or chosen since the last save."""
        return self._typed() != self._untouched

    # reading and showing

    def _show(self, client: Client) -> None:
        for card in (self.who, self.contact, self.skin, self.allergy, self.history):
            card.show_client(client)
        self.notes.set_value(client.notes or None)

    def _rest(self) -> None:
        """What stands in the form now counts as nothing left to save."""
        self._untouched = self._typed()
        self._state.setText("")

    def _typed(self) -> tuple[Any, ...]:
        """Everything that stands in the form, right or wrong, to tell whether it changed."""
        allergies = [(one.substance.raw_text(), one.reaction.raw_text()) for one in self.allergy.rows.entries()]
        facts = [
            (
                one.kind.value(),
                one.what.raw_text(),
                one.since.raw_text(),
                one.until.raw_text(),
                one.link.value(),
            )
            for one in self.history.rows.entries()
        ]
        lines = [field.raw_text() for field in (*self.who.fields(), *self.contact.fields(), self.notes)]
        return (*lines, self.skin.type.value(), self.allergy.state.value(), tuple(allergies), tuple(facts))

    def _client(self) -> Client | None:
        """The client as typed, or None while something is wrong; the first mistake gets the focus."""
        fields = (*self.who.fields(), *self.contact.fields(), self.notes)
        checked = [field.check() for field in fields]
        rows_right = all([self.allergy.is_right(), self.history.is_right()])
        if not all(checked):
            wrong = next(field for field, right in zip(fields, checked, strict=True) if not right)
            wrong.setFocus()
            self.scroller.ensureWidgetVisible(wrong, 0, 4 * SPACE)
            return None
        if not rows_right:
            self.scroller.ensureWidgetVisible(self.allergy if not self.allergy.is_right() else self.history)
            return None
        changes = self.who.changes() | self.contact.changes() | self.skin.changes()
        changes |= self.allergy.changes() | self.history.changes() | {"notes": self.notes.value() or ""}
        if self._base is not None:
            return self._base.with_(**changes)
        # The store gives the number; this one only has to be one.
        return Client.model_validate({"id": uuid4(), "number": 1, "added_at": self._desk.clock.now(), **changes})

    # saving

    def _keep(self) -> bool:
        client = self._client()
        if client is None:
            self._say_wrong()
            return False
        if self._base is not None and not changed_fields(self._base, client):
            self._rest()
            return True
        return self._store(client)

    def _store(self, client: Client) -> bool:
        try:
            saved = self._desk.clients.add(client) if self._base is None else self._desk.clients.save(client)
        except Fault as fault:
            self._on_fault(fault, client)
            return False
        self._base = saved
        self.client_id = saved.id
        self._meeting = None
        self._show(saved)
        self._rest()
        self._say_nothing()
        return True

    def _on_fault(self, fault: Fault, mine: Client) -> None:
        tr = self._kit.tr
        said = str(tr.fault(fault))
        if fault.code is FaultCode.RECORD_CHANGED_ELSEWHERE and self._base is not None:
            self._meeting = meet(self._base, mine, self._desk.clients.get(self._base.id))
            theirs = self._meeting.theirs + self._meeting.both
            names = ", ".join(self._names(theirs)) or tr("nothing that this form shows")
            said = tr(
                "This client was changed in another window: {fields}. What you typed is still here.", fields=names
            )
            if self._meeting.both:
                clash = ", ".join(self._names(self._meeting.both))
                said += " " + tr("You both changed {fields}; yours would replace theirs.", fields=clash)
        self.merge.setVisible(self._meeting is not None)
        self.notice.say(said)

    def _names(self, fields: tuple[str, ...]) -> list[str]:
        tr = self._kit.tr
        names = dict(
            zip(
                EDITED,
                (
                    tr("full name"),
                    tr("known as"),
                    tr("date of birth"),
                    tr("phone"),
                    tr("e-mail"),
                    tr("address"),
                    tr("emergency contact"),
                    tr("language"),
                    tr("skin type"),
                    tr("allergies"),
                    tr("allergies"),
                    tr("history"),
                    tr("notes"),
                ),
                strict=True,
            )
        )
        return list(dict.fromkeys(names[field] for field in fields))

    def _say_wrong(self) -> None:
        self.merge.hide()
        # That a list needs a first row is said by its card, not by a field.
        marked = marked_in(self) + bool(self.allergy.message())
        self.notice.say(not_saved_text(self._kit.tr, marked))

    def _say_nothing(self) -> None:
        self.merge.hide()
        self.notice.say("")

    # asking

    def _on_edited(self) -> None:
        if self._meeting is None:
            self._say_nothing()
        self._state.setText(self._kit.tr("Not saved yet") if self.unsaved else "")

    def _on_save(self) -> None:
        if self._keep() and self.client_id is not None:
            self.go.emit(ToClient(self.client_id))

    def _on_merge(self) -> None:
        mine = self._client()
        if self._meeting is None or mine is None or self._base is None:
            return
        stored = self._desk.clients.get(self._base.id)
        merged = meet(self._base, mine, stored).client
        if self._store(merged):
            self.go.emit(ToClient(merged.id))

    def _on_cancel(self) -> None:
        tr = self._kit.tr
        if self.unsaved and not self._kit.dialogs.ask(
            self,
            tr("Discard what you typed?"),
            tr("It was not saved and cannot be brought back."),
            tr("Discard"),
            tr("Keep editing"),
            danger=True,
        ):
            return
        self._rest()
        self.go.emit(ToClient(self.client_id) if self.client_id else ToClients())
