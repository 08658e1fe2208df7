"""The ways to hand a sheet over, always in sight: printed, as a file, or shown; and whether that was done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE

NAME_WIDTH = 220
"""Pixels for the name of a saved file; a longer one loses its middle."""
_MIDDLE = Qt.TextElideMode.ElideMiddle


class HandOverCard(QFrame):
    """Asks; what was handed over and when is said to it."""

    print_asked = Signal()
    save_asked = Signal()
    shown_asked = Signal()
    open_asked = Signal()
    """The file that was saved last is wanted in the system's own viewer."""

    withdraw_asked = Signal()
    """What was handed over was given in error."""

    def __init__(self, kit: Kit, *, again: bool = False) -> None:
        """``again`` is for a paper that was handed over before."""
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self._kit = kit
        self.setProperty("surface", "card")
        self.setAccessibleName(tr("Hand it over"))
        self._print = button(theme, tr("Print again") if again else tr("Print"), "primary", "printer", chair=True)
        self._save = button(theme, tr("PDF"), "secondary", "save")
        self._shown = button(theme, tr("Shown"), "secondary", "eye")
        for made, whole in ((self._save, tr("Save as PDF")), (self._shown, tr("Shown on screen"))):
            made.setAccessibleName(whole)
            made.setToolTip(whole)
        self._open = button(theme, "", "quiet", "chevron-right")
        self._withdraw = button(theme, tr("Given in error…"), "quiet", "undo")
        self._print.clicked.connect(self.print_asked)
        self._save.clicked.connect(self.save_asked)
        self._shown.clicked.connect(self.shown_asked)
        self._open.clicked.connect(self.open_asked)
        self._withdraw.clicked.connect(self.withdraw_asked)
        self._said = label("", "body", wrap=True)
        pair = QHBoxLayout()
        pair.setSpacing(SPACE)
        pair.addWidget(self._save, 1)
        pair.addWidget(self._shown, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._line.setSpacing(SPACE)
        self._line.addWidget(self._print)
        self._line.addLayout(pair)
        self._language = label("", "caption", muted=True, wrap=True)
        self._counted = label("", "caption", wrap=True)
        set_tone(self._counted, "hold")
        for line in (self._language, self._counted, self._said):
            line.hide()
        self._told = QVBoxLayout()
        self._told.setSpacing(SPACE // 2)
        self._told.addWidget(self._said)
        self._told.addWidget(self._counted)
        self._told.addWidget(self._language)
        self._line.addLayout(self._told)
        for quiet in (self._open, self._withdraw):
            quiet.hide()
            self._line.addWidget(quiet)

    def lie_flat(self, on: bool) -> None:
        """All in one row, where there is more width than height."""
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if on else ways.TopToBottom)
        self._line.setStretchFactor(self._told, 1 if on else 0)

    def upright_width(self) -> int:
        """The least width while the ways lie below one another, whether they do now or not."""
        pair = self._save.minimumSizeHint().width() + SPACE + self._shown.minimumSizeHint().width()
        rows = (pair, *(one.minimumSizeHint().width() for one in (self._print, self._open, self._withdraw)))
        return max(rows) + 2 * SPACE

    def enable(self, on: bool) -> None:
        """Whether there is a sheet to hand over."""
        for one in (self._print, self._save, self._shown):
            one.setEnabled(on)

    def offer_withdrawal(self, on: bool) -> None:
        """Whether something was handed over that can be withdrawn."""
        self._withdraw.setVisible(on)

    def offer_open(self, name: str) -> None:
        """Offer to open the saved file of this name; "" takes the offer back."""
        text = self._kit.tr("Open {name}", name=name) if name else ""
        self._open.setText(caption(self._open.fontMetrics().elidedText(text, _MIDDLE, NAME_WIDTH)))
        self._open.setAccessibleName(text)
        self._open.setToolTip(text)
        self._open.setVisible(bool(name))

    def say(self, text: str, tone: str) -> None:
        """How it stands: ``tone`` is ``muted``, ``ok``, ``hold`` or ``stop``."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        set_tone(self._said, tone)

    def say_counted(self, text: str) -> None:
        """From when its times count, where that is not this moment; nothing takes no room."""
        self._counted.setText(text)
        self._counted.setVisible(bool(text))

    def say_language(self, text: str, tone: str) -> None:
        """What to know of the language of the sheet; nothing takes no room."""
        self._language.setText(text)
        self._language.setVisible(bool(text))
        set_tone(self._language, tone)
