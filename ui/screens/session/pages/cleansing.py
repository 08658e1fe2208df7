"""Step 3: what the skin was cleansed with, by whom, and when it was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, ProductKind
from needlelog.domain.session import SessionDraft
from ui.screens.session.clock_field import ClockField
from ui.screens.session.use_card import UseFacts
from ui.screens.session.uses_page import UsesPage
from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import CHAIR_TARGET, SPACE
from ui.widgets.chips import ChipRow


class CleansingPage(UsesPage):
    """Cleansers, who did it, and one big action that says the skin is clean."""

    step = StepId.CLEANSING
    kinds = (ProductKind.CLEANSER,)
    facts = UseFacts(amount=False)

    def picker_title(self) -> str:
        return self.tr_("Tap the cleanser that was used")

    def records_of(self, draft: SessionDraft) -> tuple[MaterialUse, ...]:
        return draft.cleansing.uses

    def with_records(self, draft: SessionDraft, records: tuple[MaterialUse, ...]) -> SessionDraft:
        return draft.with_(cleansing=draft.cleansing.with_(uses=records))

    def again_verb(self) -> str:
        return self.tr_("Skin is clean, and next")

    def with_again(self, draft: SessionDraft, records: tuple[MaterialUse, ...], now: datetime) -> SessionDraft:
        draft = super().with_again(draft, records, now)
        who = draft.cleansing.done_by or self.by
        return draft.with_(cleansing=draft.cleansing.with_(done_at=draft.cleansing.done_at or now, done_by=who))

    def take_again_back(self, before: SessionDraft, records: tuple[MaterialUse, ...]) -> None:
        super().take_again_back(before, records)
        self._cleansing(done_at=before.cleansing.done_at, done_by=before.cleansing.done_by)

    def worker(self) -> str:
        return self.presenter.draft.cleansing.done_by or self.by

    def build_below(self) -> None:
        self._people: list[tuple[str, str]] = []
        self.ending = QFrame()
        self.ending.setProperty("surface", "card")
        column = QVBoxLayout(self.ending)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(SPACE * 2)
        self._who_row = QWidget()
        who = QHBoxLayout(self._who_row)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(SPACE * 2)
        who.addWidget(label(self.tr_("Done by"), "strong"))
        self.who = ChipRow(self.kit.theme, self.tr_("Done by"), [], clearable=False)
        self.who.changed.connect(self._on_who)
        who.addWidget(self.who, 1)
        column.addWidget(self._who_row)
        column.addLayout(self._build_verdict())
        self.column.addWidget(self.ending)

    def _build_verdict(self) -> QVBoxLayout:
        tr, theme = self.tr_, self.kit.theme
        self.done = button(theme, tr("Skin is clean: done now"), "primary", "check", chair=True)
        self.done.setMinimumHeight(CHAIR_TARGET)
        self.done.clicked.connect(self._on_done)
        self.mark = IconMark(theme, "check", "ok", 32)
        self.verdict = label("", "heading", wrap=True)
        self.signed = label("", "caption", muted=True, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.verdict)
        words.addWidget(self.signed)
        self.at = ClockField(self.kit, self.zone_name_of_clock, tr("Done at"))
        self.at.committed.connect(self._on_at)
        self.undo = button(theme, tr("Not done yet"), "secondary", "undo")
        self.undo.clicked.connect(self._on_undo)
        self._done_row = QWidget()
        row = QHBoxLayout(self._done_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.at)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout()
        whole.addWidget(self.done)
        whole.addWidget(self._done_row)
        return whole

    def show_draft(self, draft: SessionDraft) -> None:
        super().show_draft(draft)
        cleansing = draft.cleansing
        who = cleansing.done_by or self.by
        people = [(one, one) for one in dict.fromkeys((*self.people(), who))]
        if people != self._people:
            self._people = people
            self.who.set_options(people)
            self._who_row.setVisible(len(people) > 1)
        if self.who.value() != who:
            self.who.set_value(who)
        is_done = cleansing.done_at is not None
        # One primary action at a time: the offer says that the skin is clean, too.
        offered = not self.offer.isHidden()
        set_style(self.done, "kind", "secondary" if offered else "primary")
        self.kit.theme.set_icon(self.done, "check", "ink" if offered else "on_accent", 24)
        self.done.setVisible(not is_done)
        self._done_row.setVisible(is_done)
        set_style(self.ending, "surface", "ok" if is_done else "card")
        if cleansing.done_at is not None:
            time = self.clock_time(cleansing.done_at)
            self.verdict.setText(self.tr_("Cleansed at {time}", time=time))
            self.signed.setText(who)
        self.at.show_moment(cleansing.done_at, draft.started_at)

    def leaving(self) -> None:
        super().leaving()
        self.at.commit()

    def _cleansing(self, **fields: Any) -> None:
        self.presenter.edit(lambda draft: draft.with_(cleansing=draft.cleansing.with_(**fields)))

    def _on_done(self) -> None:
        draft = self.presenter.draft
        self._cleansing(done_at=self.now(), done_by=draft.cleansing.done_by or self.by)
        # The button that had the focus is gone; a stray key must not leave the visit.
        self.picker.focus_first()
        self.offer_undo(self.tr_("Cleansing recorded"), self._on_undo)

    def _on_undo(self) -> None:
        self._cleansing(done_at=None)
        self.done.setFocus()

    def _on_who(self, who: object) -> None:
        self._cleansing(done_by=str(who or ""))

    def _on_at(self, moment: datetime | None) -> None:
        self._cleansing(done_at=moment)
