"""The findings of a visit in a drawer over the page: what, why, from where, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
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


class FindingsDrawer(QFrame):
    """Lies over the right side of the visit, between banner and bar; Esc or a tap beside it closes it."""

    show_requested = Signal(str)
    override_requested = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, above: QWidget, below: QWidget, opener: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._above = above
        self._below = below
        self._opener = opener
        self._theme = kit.theme
        self._tr = kit.tr
        self.setProperty("surface", "drawer")
        self.setAccessibleName(kit.tr("Findings"))
        close = self._close = icon_button(kit.theme, "cross", kit.tr("Close findings"))
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
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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

    def open_drawer(self) -> None:
        """Open over the page and take the focus."""
        self.place()
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            beside = watched is not self and not self.isAncestorOf(watched) and watched is not self._opener
            if beside and watched.window() is self.window():
                self.close_drawer()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Keep to the right edge, between what stands above and the bar below."""
        home = self._home
        width = min(self._theme.px(WIDTH), home.width())
        top = self._above.geometry().bottom() + 1
        self.setGeometry(home.width() - width, top, width, max(0, self._below.geometry().top() - top))


def sources_text(sources: tuple[Source, ...], tr: Words) -> str:
    """Where a statement comes from, the best source first; says when it was only partly seen."""
    if not sources:
        return ""
    first = min(sources, key=lambda source: source.kind or "Z")
    more = len(sources) - 1
    text = first.address
    if first.seen != "yes":
        text += tr(" (only partly seen)")
    return text + (tr(" and {count} more", count=more) if more else "")
