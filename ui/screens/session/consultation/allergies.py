"""Allergies, asked at each visit: confirmed as they stand, or corrected on the spot."""

from __future__ import annotations

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.entry import parse_line
from needlelog.domain.session import SessionDraft
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault
from needlelog.services.desk import Desk
from ui.screens.session.consultation.section import Section
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice


class AllergiesSection(Section):
    """The four states, the substances, and "confirmed with the client"."""

    key = "allergies"

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        self._state = ChipRow(
            kit.theme,
            tr("Allergies"),
            [(AllergyState.NONE_KNOWN, tr("None known")), (AllergyState.UNAVAILABLE, tr("Client cannot say"))],
        )
        self._state.changed.connect(self._on_state_changed)
        self._kept = Notice(kit.theme, "hold", icon="info")
        self._kept.hide()
        self._known = label("", "heading", wrap=True)
        self._confirmed = label("", "body", wrap=True)
        self._confirm = button(kit.theme, tr("Confirmed with the client"), "primary", "check", chair=True)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._substance = self._line(tr("Add an allergy: substance"))
        self._reaction = self._line(tr("What happened (optional)"))
        add = button(kit.theme, tr("Add allergy"), "secondary", "plus")
        add.clicked.connect(self._on_add_clicked)
        card = Card(tr("Allergies on file"))
        card.add(self._known)
        card.add(self._confirmed)
        card.add(self._confirm)
        change = Card(tr("Something else today?"))
        change.add(self._state)
        change.add(self._kept)
        change.add(self._substance)
        change.add(self._reaction)
        change.add(add)
        self.column.addWidget(card)
        self.column.addWidget(change)
        self.column.addStretch(1)

    def _line(self, caption: str) -> LineField[str]:
        return LineField(
            self.kit.theme, self.kit.tr, caption, lambda text: parse_line(text, field=caption, limit=LINE_LIMIT)
        )

    def title(self) -> str:
        """Allergies."""
        return self.kit.tr("Allergies")

    def fields(self) -> tuple[str, ...]:
        """The confirmation."""
        return ("allergies",)

    def focus_field(self, field: str) -> None:
        """Put the focus on the confirmation."""
        del field
        (self._confirm if self._confirm.isEnabled() else self._state).setFocus()

    def complete(self, draft: SessionDraft) -> bool:
        """Confirmed in this visit."""
        return draft.consultation.allergies_confirmed_at is not None

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the client and the draft."""
        tr, client = self.kit.tr, self.presenter.client
        texts = {
            AllergyState.NONE_KNOWN: tr("No known allergies"),
            AllergyState.NOT_RECORDED: tr("Allergies not recorded: ask now"),
            AllergyState.UNAVAILABLE: tr("Allergies could not be asked"),
        }
        named = ", ".join(
            f"{one.substance} ({one.reaction})" if one.reaction else one.substance for one in client.allergies
        )
        self._known.setText(texts.get(client.allergy_state, named))
        set_tone(self._known, "stop" if client.allergies else "")
        self._state.set_value(client.allergy_state)
        if not client.allergies:
            self._kept.say("")
        at = draft.consultation.allergies_confirmed_at
        same = draft.consultation.allergies == client.allergies
        if at is None:
            self._confirmed.setText(tr("Not confirmed in this visit yet."))
        elif same:
            self._confirmed.setText(tr("Confirmed with the client in this visit."))
        else:
            self._confirmed.setText(tr("Changed since it was confirmed: confirm again."))
        self._confirm.setEnabled(client.allergy_state is not AllergyState.NOT_RECORDED and (at is None or not same))

    def _on_confirm_clicked(self) -> None:
        client, now = self.presenter.client, self.kit.clock.now()
        self.change(
            lambda part: part.with_(
                allergies_confirmed_at=now, allergy_state=client.allergy_state, allergies=client.allergies
            )
        )

    def _on_state_changed(self, state: AllergyState | None) -> None:
        if state is None or self.presenter.client.allergies:
            # Named allergies are never wiped by one tap; they are taken off in the client's own form.
            self._state.set_value(self.presenter.client.allergy_state)
            self._say_kept()
            return
        self._store(state, ())

    def _say_kept(self) -> None:
        named = ", ".join(one.substance for one in self.presenter.client.allergies)
        if named:
            said = (
                "{named} stays on file: one tap takes no allergy off. Remove it in the client’s details, then confirm."
            )
            self._kept.say(self.kit.tr(said, named=named))

    def _on_add_clicked(self) -> None:
        self._kept.say("")
        substance = self._substance.value()
        if not substance:
            if self._substance.check():
                self._substance.show_finding(self.kit.tr("No substance is named yet. Type it, then add it."))
            self._substance.editor.setFocus()
            return
        if not self._reaction.check():
            self._reaction.editor.setFocus()
            return
        allergy = Allergy(substance=substance, reaction=self._reaction.value() or "")
        if self._store(AllergyState.KNOWN, (*self.presenter.client.allergies, allergy)):
            self._substance.set_value(None)
            self._reaction.set_value(None)

    def _store(self, state: AllergyState, allergies: tuple[Allergy, ...]) -> bool:
        client = self.presenter.client.with_(allergy_state=state, allergies=allergies)
        try:
            self.desk.clients.save(client)
        except Fault as fault:
            self.kit.dialogs.tell(self, self.kit.tr.fault(fault))
            return False
        self.presenter.refresh()
        self._on_confirm_clicked()
        return True
