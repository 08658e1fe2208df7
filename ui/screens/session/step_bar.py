"""The bar below every step: back, adverse reaction, what was just done, what is saved, findings, and the way on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.theme import CHAIR_TARGET, SPACE
from ui.widgets.saved_mark import SavedMark
from ui.widgets.toast import ToastPlace

OFFER_LEAST = 300
"""So much room, in px at text scale 1, is kept for an offer to undo before captions are made shorter."""


class StepBar(QFrame):
    """Everything stands at the same place on every step; where the bar is narrow the captions take less width."""

    back_asked = Signal()
    next_asked = Signal()
    adverse_asked = Signal()
    findings_asked = Signal()

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self._theme = theme
        self._tight: bool | None = None
        self._back_text, self._adverse_text = tr("Back"), tr("Adverse event")
        self._found_worn = ("", "")
        self.setProperty("surface", "bar")
        self._back = button(theme, self._back_text, "secondary", "back")
        self._adverse = button(theme, self._adverse_text, "danger", "warning")
        self.saved = SavedMark(theme, tr, zone)
        self.found = button(theme, "", "quiet", "info")
        self._next = button(theme, tr("Next"), "primary", "next", chair=True)
        self.offers = ToastPlace()
        self._lay_out()
        self._back.clicked.connect(self.back_asked)
        self._next.clicked.connect(self.next_asked)
        self._adverse.clicked.connect(self.adverse_asked)
        self.found.clicked.connect(self.findings_asked)
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        # Never lower than its captions: what does not fit on the page is scrolled there.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        stays = self._next.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self._next.setSizePolicy(stays)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE // 2, SPACE * 3, SPACE // 2)
        row.setSpacing(SPACE * 2)
        for made in (self._back, self._adverse):
            made.setProperty("chair", "tall")
            made.setMinimumWidth(CHAIR_TARGET)
            row.addWidget(made)
        row.addWidget(self.offers, 1)
        standing = QVBoxLayout()
        standing.setSpacing(0)
        standing.addStretch(1)
        standing.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignLeading)
        standing.addWidget(self.found, 0, Qt.AlignmentFlag.AlignLeading)
        standing.addStretch(1)
        # The mark of what is saved stands above the mark of the findings.
        self.saved.setContentsMargins(SPACE + 6, 0, 0, 0)
        row.addLayout(standing)
        row.addWidget(self._next)

    def show_place(self, *, first: bool, last: bool) -> None:
        """There is no way back from the first step and no way on from the last."""
        self._back.setEnabled(not first)
        self._next.setVisible(not last)

    def show_found(self, text: str, icon: str, tint: str) -> None:
        """What stands on the way to the findings."""
        self.found.setText(text)
        self.found.setAccessibleName(text)
        if (icon, tint) != self._found_worn:
            self._found_worn = (icon, tint)
            self._theme.set_icon(self.found, icon, tint, 24)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # Captions are made shorter before the bar may ask the window for more width.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # "Saving" comes and goes: the bar keeps still meanwhile.
        self.saved.setMinimumWidth(self.saved.usual_width() + SPACE + 6)
        around = self._row.contentsMargins()
        others = (self.found, self.saved, self._next)
        needed = self._wide(self._back, self._back_text) + self._wide(self._adverse, self._adverse_text)
        needed += max(self.found.sizeHint().width(), self.saved.sizeHint().width()) + self._next.sizeHint().width()
        needed += around.left() + around.right() + (len(others) + 1) * self._row.spacing()
        tight = needed + self._theme.px(OFFER_LEAST) > self.width()
        if tight != self._tight:
            self._tight = tight
            self._back.setText("" if tight else self._back_text)
            self._back.setToolTip(self._back_text if tight else "")
            self._adverse.setText(self._adverse_text.replace(" ", "\n", 1) if tight else self._adverse_text)
            self._theme.set_icon(self._back, "back", "ink", 24)

    def _wide(self, made: QPushButton, text: str) -> int:
        """The width of a button with this caption, whatever it says now."""
        return made.fontMetrics().horizontalAdvance(text) + self._theme.px(24) + 2 * 20 + SPACE
