"""The findings of a visit in a drawer over the page: what, why, from where, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding, Source
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from ui.toolkit.buttons import icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.finding_bar import FindingLevel, FindingList, FindingShown

WIDTH = 460
TOP = 72
BOTTOM = 92


class FindingsDrawer(QFrame):
    """Slides over the right side of the visit; Esc closes it."""

    show_requested = Signal(str)
    override_requested = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._tr = kit.tr
        self.setProperty("surface", "drawer")
        self.setAccessibleName(kit.tr("Findings"))
        close = icon_button(kit.theme, "cross", kit.tr("Close findings"))
        close.clicked.connect(self.close_drawer)
        head = QHBoxLayout()
        head.addWidget(label(kit.tr("Findings"), "heading"), 1)
        head.addWidget(close)
        self._list = FindingList(kit.theme, kit.tr)
        self._list.go_to.connect(self.show_requested)
        self._list.override.connect(self.override_requested)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE * 2)
        column.addLayout(head)
        column.addWidget(area, 1)
        QShortcut(QKeySequence("Esc"), self, self.close_drawer, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def show_findings(self, findings: tuple[Finding, ...], draft: SessionDraft) -> None:
        """Show these; those with a written reason come last, with it."""
        shown = []
        for finding in findings:
            override = draft.override_of(finding.key)
            shown.append(
                FindingShown(
                    key=finding.key,
                    level=FindingLevel(finding.level.value),
                    title=finding.title,
                    detail=finding.detail,
                    source=sources_text(finding.sources, self._tr),
                    can_show=True,
                    can_override=finding.overridable and override is None,
                    overridden=override.reason if override else "",
                )
            )
        self._list.show_findings(sorted(shown, key=lambda one: bool(one.overridden)))

    def toggle(self) -> None:
        """Open or close."""
        if self.isVisible():
            self.close_drawer()
        else:
            self.open_drawer()

    def open_drawer(self) -> None:
        """Open over the page and take the focus."""
        self.place()
        self.show()
        self.raise_()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_drawer(self) -> None:
        """Close."""
        self.hide()

    def place(self) -> None:
        """Keep to the right edge between banner and bar."""
        home = self._home
        width = min(WIDTH, home.width())
        self.setGeometry(home.width() - width, TOP, width, max(0, home.height() - TOP - BOTTOM))


def sources_text(sources: tuple[Source, ...], tr: Words) -> str:
    """Where a statement comes from, the best source first; says when it was only partly seen."""
    if not sources:
        return ""
    first = min(sources, key=lambda source: source.kind or "Z")
    more = len(sources) - 1
    text = tr("Source: {address}", address=first.address)
    if first.seen != "yes":
        text += tr(" (only partly seen)")
    return text + (tr(" and {count} more", count=more) if more else "")
