"""The parts of the template screen and how they stand beside one another, or in turn where there is no room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from needlelog.services.desk import Desk
from ui.screens.templates.foot_bar import FootBar
from ui.screens.templates.half_written import HalfWritten
from ui.screens.templates.head_bar import HeadBar
from ui.screens.templates.history_page import HistoryPage
from ui.screens.templates.keep_page import KeepPage
from ui.screens.templates.line_form import LineForm
from ui.screens.templates.list_side import ListSide
from ui.screens.templates.preview_pane import PreviewPane
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.card import hairline
from ui.widgets.notice import Notice

LIST_PX, FORM_PX, PAGES_PX = 280, 400, 340
"""Least widths at text scale 1."""
LIST_SHARE = 0.36
"""Of the width, at most: large text leaves room for what is written."""


class Parts(QWidget):
    """The list on the left, in the middle one of three pages, the paper beside it."""

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self._theme = kit.theme
        self._on_pages = False
        zone = desk.practice.clinic().time_zone
        self.head = HeadBar(kit)
        self.head.pages_asked.connect(self._on_pages_asked)
        self.notice = Notice(kit.theme, "hold")
        self.half_written = HalfWritten(kit, zone, self)
        self.side = ListSide(kit)
        self.form = LineForm(kit, desk, _examples(kit, desk))
        self.keeping = KeepPage(kit)
        self.versions = HistoryPage(kit, zone)
        self.middle = QStackedWidget()
        self.preview = PreviewPane(kit, desk)
        self.foot = FootBar(kit, zone)
        body = QHBoxLayout()
        body.setSpacing(2 * SPACE)
        body.addWidget(self.side)
        wide: tuple[QWidget, ...] = (self.middle, self.preview)
        for part in wide:
            # Both as wide as each other, whatever they hold: nothing jumps from one page to the next.
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            body.addWidget(part, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.preview.banner)
        column = QVBoxLayout()
        page.addLayout(column, 1)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + SPACE // 2)
        column.addWidget(self.head)
        for said in (self.half_written.refused, self.half_written.restored, self.notice):
            column.addWidget(said)
        column.addLayout(body, 1)
        column.addWidget(hairline())
        column.addWidget(self.foot)
        for shown in (self.form, self.keeping, self.versions):
            self.middle.addWidget(shown)

    def turn_to(self, page: QWidget) -> None:
        """Show this page in the middle, in the place of the paper where there is room for one only."""
        self.middle.setCurrentWidget(page)
        self._on_pages = False
        self._fit()

    def shows(self, page: QWidget) -> bool:
        """Whether this page stands in the middle."""
        return self.middle.currentWidget() is page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_pages_asked(self) -> None:
        self._on_pages = not self._on_pages
        self._fit()

    def _fit(self) -> None:
        scale = self._theme.scale
        narrow = self.width() < round((LIST_PX + FORM_PX + PAGES_PX) * scale) + 10 * SPACE
        self.side.setFixedWidth(min(round(LIST_PX * scale), round(self.width() * LIST_SHARE)))
        self._on_pages = self._on_pages and narrow
        self.middle.setVisible(not self._on_pages)
        self.preview.setVisible(self._on_pages or not narrow)
        self.head.offer_pages(narrow, shown=self._on_pages)


def _examples(kit: Kit, desk: Desk) -> Mapping[str, str]:
    """What each placeholder becomes, for example."""
    tr, clinic = kit.tr, desk.practice.clinic()
    return {
        "clinic": clinic.name,
        "phone": clinic.phone,
        "practitioner": desk.me.name,
        "until": tr("Sunday 22 November, 15:33"),
        "by": tr("Friday 25 December"),
        "reactions": tr("swelling, bruising"),
    }
