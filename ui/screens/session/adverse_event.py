"""An adverse event: what happened, how serious, what was done. Once recorded it can only be added to."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.reactions import AdverseEvent, Outcome, Seriousness
from needlelog.domain.session import SessionDraft
from needlelog.domain.value import PARAGRAPHS_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.trade_words import outcome


def seriousness_words(tr: Words) -> dict[Seriousness, str]:
    """How serious, in words."""
    return {
        Seriousness.NOT_SERIOUS: tr("Not serious"),
        Seriousness.NEEDED_TREATMENT: tr("Needed treatment to prevent harm"),
        Seriousness.PERMANENT_HARM: tr("Lasting harm"),
        Seriousness.LIFE_THREATENING: tr("Life-threatening"),
    }


class AdverseEventForm(Card):
    """Closed to one button until it is needed; ``kept`` once an event was recorded."""

    kept = Signal()

    def __init__(self, kit: Kit, presenter: SessionPresenter, knowledge: Knowledge) -> None:
        self._open = button(kit.theme, kit.tr("Record an adverse event"), "danger", "warning")
        super().__init__(kit.tr("Adverse event"), self._open)
        self._kit = kit
        self._presenter = presenter
        self._knowledge = knowledge
        self._open.clicked.connect(self.open_form)
        self._recorded = QVBoxLayout()
        self.add(self._recorded)
        self._form = self._build_form()
        self.add(self._form)
        self._form.hide()
        self._shown: tuple[AdverseEvent, ...] = ()

    def _build_form(self) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        what, action = tr("What happened?"), tr("What was done about it?")
        self._what = ParagraphField(
            theme,
            tr,
            what,
            lambda text: parse_paragraphs(text, field=what, limit=PARAGRAPHS_LIMIT, required=True),
            required=True,
        )
        self._action = ParagraphField(
            theme, tr, action, lambda text: parse_paragraphs(text, field=action, limit=PARAGRAPHS_LIMIT)
        )
        self._seriousness = ChipRow(theme, tr("How serious?"), list(seriousness_words(tr).items()), clearable=False)
        self._unweighed = label("", "caption", wrap=True)
        set_tone(self._unweighed, "stop")
        self._unweighed.hide()
        self._seriousness.changed.connect(lambda _: self._unweighed.hide())
        self._zones = ChipRow(theme, tr("Where?"), [], multiple=True)
        self._outcome = ChipRow(theme, tr("How does it stand?"), [(one, outcome(tr, one)) for one in Outcome])
        keep = button(theme, tr("Record it"), "primary", "check")
        keep.clicked.connect(self._on_keep_clicked)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (
            self._what,
            label(tr("How serious? *"), "strong"),
            self._seriousness,
            self._unweighed,
            label(tr("Where?"), "strong"),
            self._zones,
            self._action,
            label(tr("How does it stand?"), "strong"),
            self._outcome,
            keep,
        ):
            column.addWidget(part)
        return form

    def open_form(self) -> None:
        """Open the form and put the focus into it."""
        tr = self._kit.tr
        zones = self._presenter.draft.treated_zones
        self._zones.set_options([(zone, tr(self._knowledge.zones[zone].name)) for zone in zones])
        self._form.show()
        self._open.hide()
        self._what.editor.setFocus()

    def show_draft(self, draft: SessionDraft) -> None:
        """List what has been recorded."""
        events = draft.reactions.adverse_events
        if events == self._shown:
            return
        self._shown = events
        clear(self._recorded)
        words = seriousness_words(self._kit.tr)
        for event in events:
            line = label(f"{words[event.seriousness]}: {event.what}", "strong", wrap=True)
            set_tone(line, "stop")
            self._recorded.addWidget(line)

    def _on_keep_clicked(self) -> None:
        seriousness = self._seriousness.value()
        if not isinstance(seriousness, Seriousness):
            self._unweighed.setText(str(self._kit.tr.fault(Fault(FaultCode.EVENT_UNWEIGHED))))
            self._unweighed.show()
        for field in (self._what, self._action):
            if not field.check():
                field.editor.setFocus()
                return
        if not isinstance(seriousness, Seriousness):
            self._seriousness.setFocus()
            return
        zones, stands, now = self._zones.value(), self._outcome.value(), self._kit.clock.now()
        event = AdverseEvent(
            id=uuid4(),
            what=self._what.value() or "",
            seriousness=seriousness,
            action_taken=self._action.value() or "",
            zones=tuple(sorted(zones)) if isinstance(zones, frozenset) else (),
            at=now,
            onset_at=now,
            outcome=stands if isinstance(stands, Outcome) else None,
        )
        kept = self._presenter.edit(
            lambda draft: draft.with_(
                reactions=draft.reactions.with_(
                    adverse_events=(*draft.reactions.adverse_events, event),
                    none_observed_at=None,
                    nothing_seen=(),
                )
            )
        )
        if kept:
            self._what.set_value(None)
            self._action.set_value(None)
            self._seriousness.set_value(None)
            self._outcome.set_value(None)
            self._form.hide()
            self._open.show()
            self.kept.emit()
