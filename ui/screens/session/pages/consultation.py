"""Step 1: what brings the client, whether today is the day, and what is planned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.another_day import asked_again, judge_another_day
from needlelog.services.desk import Desk
from ui.screens.session.consultation.allergies import AllergiesSection
from ui.screens.session.consultation.as_before import AsBeforeSection
from ui.screens.session.consultation.baseline import BaselineSection
from ui.screens.session.consultation.plan import PlanSection
from ui.screens.session.consultation.preparation import PreparationSection
from ui.screens.session.consultation.screening import ScreeningSection
from ui.screens.session.consultation.section import Section
from ui.screens.session.consultation.today import TodaySection
from ui.screens.session.frames import PageStack, scrolled
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.tab_order import first_stop
from ui.toolkit.theme import SPACE
from ui.widgets.notice import Notice
from ui.widgets.section_tabs import SectionTabs

SECTIONS = (TodaySection, PreparationSection, ScreeningSection, AllergiesSection, BaselineSection, PlanSection)

SCROLLED_LEAST = 240
"""Height in px at text scale 1."""


class ConsultationPage(StepPage):
    """Six parts, any of them one tap away; only the open one is painted. A visit that repeats another has one more."""

    step = StepId.CONSULTATION
    wide = True

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._sections: dict[str, Section] = {}
        self._areas: dict[str, QWidget] = {}
        self._tabs = SectionTabs(kit.theme, kit.tr, kit.tr("Parts of the consultation"))
        self._tabs.chosen.connect(self._open)
        self._stack = PageStack()
        as_before = AsBeforeSection(kit, desk, presenter) if presenter.draft.repeats_visit_on else None
        if as_before is not None and as_before.again() is not None:
            as_before.wanted.connect(self._on_wanted)
            as_before.acted.connect(self._on_acted)
            self._add(as_before)
        for kind in SECTIONS:
            self._add(kind(kit, desk, presenter))
        self._open_key = next(iter(self._sections))
        self._seen = {self._open_key}
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._tabs)
        self.column.addWidget(self._stack, 1)
        self._other_day = Notice(kit.theme, "hold", kit.tr("Read out again: still so"), slim=True)
        self._other_day.answered.connect(self._on_asked_again)
        self.column.addWidget(self._other_day)

    def _add(self, section: Section) -> None:
        self._sections[section.key] = section
        self._areas[section.key] = section if section.wide else scrolled(section)
        self._stack.addWidget(self._areas[section.key])

    def least_height(self) -> int:
        """A part that scrolls by itself can do with little: two scroll bars side by side would only confuse."""
        wide = self._sections[self._open_key].wide
        return super().least_height() if wide else self.kit.theme.px(SCROLLED_LEAST)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint the tabs and the open part."""
        self._tabs.show_sections(
            [(key, section.title(), section.complete(draft)) for key, section in self._sections.items()],
            self._open_key,
        )
        old = next(judge_another_day(draft, self.presenter.around), None)
        unchanged = old is None or asked_again(draft, self.now()) == draft
        self._other_day.say("" if old is None or unchanged else f"{old.title}. {old.detail}")
        self._stack.setCurrentWidget(self._areas[self._open_key])
        self._sections[self._open_key].show_draft(draft)

    def _on_asked_again(self) -> None:
        now = self.now()
        self.presenter.edit(lambda draft: asked_again(draft, now))

    def entered(self) -> None:
        """Come up at the first part that is not complete."""
        for section in self._sections.values():
            section.entered()
        draft = self.presenter.draft
        left = self._left_open(draft)
        if self._sections[self._open_key].complete(draft) and left:
            self._open(left[0])

    def _left_open(self, draft: SessionDraft) -> list[str]:
        """The parts that the record needs and that are not complete."""
        return [key for key, section in self._sections.items() if section.fields() and not section.complete(draft)]

    def goes_back(self) -> bool:
        """To the part before this one."""
        if not self.has_before():
            return False
        keys = list(self._sections)
        self._open(keys[keys.index(self._open_key) - 1])
        return True

    def has_before(self) -> bool:
        return self._open_key != next(iter(self._sections))

    def goes_on(self) -> bool:
        """To the next part that is not complete; one that may be left out is shown once.

        A visit that repeats another goes on to what it still needs, and leaves nobody in a part it may do without.
        """
        draft, keys = self.presenter.draft, list(self._sections)
        repeats = AsBeforeSection.key in self._sections
        for key in keys[keys.index(self._open_key) + 1 :]:
            section = self._sections[key]
            optional = not repeats and key not in self._seen
            if not section.complete(draft) and (section.fields() or optional):
                self._open(key)
                return True
        return False

    def leaving(self) -> None:
        """Commit what is half-typed."""
        self._sections[self._open_key].leaving()

    def focus_field(self, field: str) -> None:
        """Open the part that holds this entry."""
        for key, section in self._sections.items():
            if field in section.fields():
                self._open(key)
                section.focus_field(field)
                return

    def _on_wanted(self, field: str) -> None:
        """To the entry where something is said by itself; this part is one tap away all the time."""
        self.focus_field(field)

    def _on_acted(self, said: str, undo: Callable[[], None]) -> None:
        """Go on once all three acts are said: to what is left on this page, to what is held against it, or on."""
        section = self._sections[self._open_key]
        # The button that had the focus is gone; a stray key must not say the next act.
        self._tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        if not section.complete(self.presenter.draft):
            return
        held = self.presenter.held_back(self.step)
        if not held:
            self.went_on.emit(said, undo)
        elif left := self._left_open(self.presenter.draft):
            self._open(left[0])
            self._sections[left[0]].show_left_open()
        else:
            self.presenter.findings_wanted.emit()

    def _open(self, key: str) -> None:
        if key != self._open_key:
            self._sections[self._open_key].leaving()
        self._open_key = key
        self._seen.add(key)
        self.show_draft(self.presenter.draft)
        self.turned.emit()
        held = self.window().focusWidget()
        if self.isVisible() and held is not self._tabs:
            stop = first_stop(self._sections[key])
            if stop:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
