"""What is open in a visit, in a drawer over the page.

What asks for a decision, what asks to be considered, what is simply still to do, and what was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from needlelog.domain.findings import Considered, Finding, Gate, Source, StepId
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.considered import considered_of
from needlelog.rules.places import place_of
from needlelog.workflow.due import OpenPoint
from ui.toolkit.buttons import icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.one_tap import OneTap
from ui.toolkit.theme import SPACE
from ui.widgets.finding_bar import FindingList, FindingShown
from ui.widgets.phrases import considered_text, time_text
from ui.widgets.to_do_list import ToDoList, ToDoShown

WIDTH = 480
DETAIL_LIMIT = 240
"""Characters: a list of every question not answered would push all else out of sight; its place shows them."""
_L = TypeVar("_L", FindingList, ToDoList)


class FindingsDrawer(QFrame):
    """Lies over the right side of the visit, between banner and bar; Esc or a tap beside it closes it."""

    show_requested = Signal(str)
    override_requested = Signal(str)
    read_requested = Signal(str)
    """The entry of the reference data that the finding of this key rests on is wanted."""
    considered = Signal(str)
    """The precaution of this key was considered."""
    note_requested = Signal(str)
    """A note on the considered precaution of this key is wanted."""
    taken_back = Signal(str)
    """The considered precaution of this key is to be open again."""

    def __init__(self, kit: Kit, parent: QWidget, above: QWidget, below: QWidget, opener: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._above = above
        self._below = below
        self._opener = opener
        self._theme = kit.theme
        self._tr = kit.tr
        self._knowledge: Knowledge | None = None
        self._headings: dict[QWidget, QLabel] = {}
        self._one_tap = OneTap(kit.clock, kit.pause_s)
        self.setProperty("surface", "drawer")
        self.setAccessibleName(kit.tr("Findings and open points"))
        close = self._close = icon_button(kit.theme, "cross", kit.tr("Close findings"))
        close.clicked.connect(self.close_drawer)
        head = QHBoxLayout()
        head.addWidget(label(kit.tr("Findings and open points"), "heading"), 1)
        head.addWidget(close)
        inside = self._inside = QWidget()
        inside.setProperty("scrolled", "true")
        inside.installEventFilter(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, SPACE, SPACE, 0)
        self._column.setSpacing(SPACE)
        self._none = label(kit.tr("Nothing asks for a decision now."), "body", muted=True, wrap=True)
        self._column.addWidget(self._none)
        self._decide = self._group(kit.tr("Needs a decision"), FindingList(kit.theme, kit.tr))
        self._precautions = self._group(kit.tr("Precautions to consider"), FindingList(kit.theme, kit.tr))
        self._to_do = self._group(kit.tr("Still to do"), ToDoList(kit.theme, kit.tr))
        self._noted = self._group(kit.tr("Good to know"), FindingList(kit.theme, kit.tr))
        self._decided = self._group(kit.tr("Decided, with a reason"), FindingList(kit.theme, kit.tr))
        self._done = self._group(kit.tr("Considered"), FindingList(kit.theme, kit.tr))
        self._column.addStretch(1)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE * 2)
        self._margins = column.contentsMargins()
        column.addLayout(head)
        column.addWidget(area, 1)
        QShortcut(QKeySequence("Esc"), self, self.close_drawer, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def _group(self, title: str, shown: _L) -> _L:
        heading = label(title, "lead", wrap=True)
        heading.setContentsMargins(0, SPACE, 0, 0)
        self._headings[shown] = heading
        shown.setAccessibleName(title)
        shown.go_to.connect(self.show_requested)
        shown.override.connect(self.override_requested)
        if isinstance(shown, FindingList):
            shown.read.connect(self.read_requested)
            shown.consider.connect(self._on_consider)
            shown.note.connect(self.note_requested)
            shown.take_back.connect(self._on_take_back)
        self._column.addWidget(heading)
        self._column.addWidget(shown)
        return shown

    def show_points(
        self,
        points: Sequence[OpenPoint],
        findings: Sequence[Finding],
        draft: SessionDraft,
        places: dict[StepId, str],
        knowledge: Knowledge,
    ) -> None:
        """Show the open points, and of ``findings`` those that were answered; ``places`` names the steps."""
        self._knowledge = knowledge
        held = self.window().focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        due = [one for one in points if one.due]
        decide = [self._shown(one.finding, one.reason_asked) for one in due if one.finding.gate is not Gate.NONE]
        precautions = [self._shown(one.finding) for one in due if one.finding.is_precaution]
        free = [one.finding for one in due if one.finding.gate is Gate.NONE]
        noted = [self._shown(one) for one in free if not one.is_precaution]
        waits = sorted((one for one in points if not one.due), key=lambda one: list(places).index(one.finding.step))
        decided = [
            self._shown(finding, reason=override.reason)
            for finding in findings
            if (override := draft.override_of(finding.key))
        ]
        done = [
            self._considered(finding, said, draft)
            for finding in findings
            if finding.is_precaution and (said := considered_of(draft, finding))
        ]
        self._decide.show_findings(decide)
        self._precautions.show_findings(precautions)
        self._noted.show_findings(noted)
        self._decided.show_findings(decided)
        self._done.show_findings(done)
        self._to_do.show_lines(
            [ToDoShown(one.finding.key, one.finding.title, places[one.finding.step], one.reason_asked) for one in waits]
        )
        self._none.setVisible(not decide)
        filled: tuple[tuple[FindingList | ToDoList, Sequence[object]], ...] = (
            (self._decide, decide),
            (self._precautions, precautions),
            (self._to_do, waits),
            (self._noted, noted),
            (self._decided, decided),
            (self._done, done),
        )
        for part, lines in filled:
            part.setVisible(bool(lines))
            heading = self._headings[part]
            heading.setVisible(bool(lines))
            heading.setText(self._tr("{group} ({count})", group=part.accessibleName(), count=len(lines)))
        if inside and self.window().focusWidget() is not held:
            self._focus_next()

    def _focus_next(self) -> None:
        """Whoever answers one after the other by keys goes on to the next when the line that was answered goes."""
        waiting = (one for one in (self._precautions, self._decide) if one.isVisible())
        if not any(one.focus_first() for one in waiting):
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.verticalScrollBar().setValue(0)

    def _on_consider(self, key: str) -> None:
        # The next one comes up where this one stood: a double tap must not answer what nobody has read.
        if not self._one_tap.is_same():
            self._one_tap.acted()
            self.considered.emit(key)

    def _on_take_back(self, key: str) -> None:
        if not self._one_tap.is_same():
            self._one_tap.acted()
            self.taken_back.emit(key)

    def _empty(self) -> None:
        for part in (self._decide, self._precautions, self._noted, self._decided, self._done):
            part.show_findings(())
        self._to_do.show_lines(())

    def _shown(self, finding: Finding, can_override: bool = False, *, reason: str = "") -> FindingShown:
        entry = self._knowledge.entry(place_of(finding, self._knowledge)) if self._knowledge is not None else None
        source = sources_text(finding.sources, self._tr, self._knowledge)
        if entry is not None and entry.differs and not entry.own:
            source = self._tr("{source}. Sources differ; the safer value is used.", source=source)
        return FindingShown(
            key=finding.key,
            level=finding.level,
            title=finding.title,
            detail=shorten(finding.detail, DETAIL_LIMIT, placeholder=" …"),
            source=source,
            can_show=True,
            can_read=entry is not None,
            can_override=can_override,
            can_consider=finding.is_precaution,
            overridden=reason,
        )

    def _considered(self, finding: Finding, said: Considered, draft: SessionDraft) -> FindingShown:
        """A precaution with who considered it; its figures and sources were read, and stand in the record.

        What was said in the time-out is taken back there.
        """
        tapped = draft.considered_of(finding.key) is not None
        return FindingShown(
            key=finding.key,
            level=finding.level,
            title=finding.title,
            can_show=not tapped,
            can_consider=tapped,
            considered=considered_text(self._tr, said, time_text(said.at, draft.time_zone)),
            note=said.note,
        )

    def open_drawer(self) -> None:
        """Open over the page, at the top, and take the focus."""
        self.place()
        self._area.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_drawer(self) -> None:
        """Close; the focus goes back to what opened it."""
        if self.isHidden():
            return
        held = self.window().focusWidget()
        self.hide()
        if held is not None and self.isAncestorOf(held):
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A tap beside the drawer lands on some other widget: only the application sees every one of them.
        application = QCoreApplication.instance()
        if application:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        application = QCoreApplication.instance()
        if application:
            application.removeEventFilter(self)
        super().hideEvent(event)
        # What is out of sight is out of the way of screen readers too.
        self._empty()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # New rows count in the layout only once they are shown: what they need is known after the opening.
            self.place()
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            beside = watched is not self and not self.isAncestorOf(watched) and watched is not self._opener
            if beside and watched.window() is self.window():
                self.close_drawer()
        return super().eventFilter(watched, event)

    def _least_width(self) -> int:
        margins = self.contentsMargins() + self._margins
        bar = self._area.verticalScrollBar().sizeHint().width()
        return self._inside.minimumSizeHint().width() + bar + margins.left() + margins.right()

    def place(self) -> None:
        """Keep to the right edge, between what stands above and the bar below, as wide as the widest answer needs."""
        home = self._home
        width = min(max(self._theme.px(WIDTH), self._least_width()), home.width())
        top = self._above.geometry().bottom() + 1
        self.setGeometry(home.width() - width, top, width, max(0, self._below.geometry().top() - top))


def sources_text(sources: tuple[Source, ...], tr: Words, knowledge: Knowledge | None) -> str:
    """Where a statement comes from: the first source, which gives its figure; says when that was only partly seen."""
    if not sources:
        return ""
    first = sources[0]
    more = len(sources) - 1
    text = knowledge.cited(first) if knowledge is not None else first.address
    if first.seen != "yes":
        text += tr(" (only partly seen)")
    return text + (tr(" and {count} more", count=more) if more else "")
