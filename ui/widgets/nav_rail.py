"""The slim rail at the left edge: the few places of the program, as icon and word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.labels import set_style
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE, TARGET, Theme

_ICON = 28
_WORDED_HEIGHT = 68
"""The least height of a place with its word, px."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail."""

    id: str
    name: str
    icon: str
    tip: str = ""


class NavRail(QFrame):
    """Says ``asked`` with the id of the place that was tapped; marks the present one."""

    asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        upper: Sequence[Place],
        lower: Sequence[Place],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._here = words("You are here")
        self._theme = theme
        self._narrow = False
        self._cramped = False
        """The window is too low for the words of all places."""
        self._worded_height = 0
        self._buttons: dict[str, QToolButton] = {}
        self._icons = {place.id: place.icon for place in (*upper, *lower)}
        self.setProperty("surface", "rail")
        column = self._column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        for place in upper:
            column.addWidget(self._make(place))
        column.addStretch(1)
        for place in lower:
            column.addWidget(self._make(place))
        theme.changed.connect(self._fit)
        self._fit()

    def set_narrow(self, on: bool) -> None:
        """Show icons only; the words are still spoken and stand in the tooltips."""
        if on != self._narrow:
            self._narrow = on
            self._fit()

    def button(self, place_id: str) -> QToolButton:
        """The button of a place."""
        return self._buttons[place_id]

    def mark(self, place_id: str) -> None:
        """Show that one is at this place now; "" for none."""
        for known, made in self._buttons.items():
            here = known == place_id
            set_style(made, "here", "true" if here else "false")
            self._theme.set_icon(made, self._icons[known], "accent" if here else "muted", _ICON)
            made.setAccessibleDescription(self._here if here else "")

    def _make(self, place: Place) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "rail")
        made.setText(caption(place.name))
        self._theme.set_icon(made, place.icon, "muted", _ICON)
        made.setIconSize(QSize(_ICON, _ICON))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # A place that is hidden for a while leaves its room, so that the others stay where the hand expects them.
        policy.setRetainSizeWhenHidden(True)
        made.setSizePolicy(policy)
        made.setAccessibleName(place.name)
        made.setToolTip(place.tip or place.name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _=False, asked=place.id: self.asked.emit(asked))
        self._buttons[place.id] = made
        return made

    def minimumSizeHint(self) -> QSize:
        # Icons alone always fit; the words are there as long as the window is high enough for all of them.
        side = self._side()
        count = len(self._buttons)
        return QSize(super().minimumSizeHint().width(), min(self._worded_height, count * side + (count + 2) * SPACE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cramped != (self._worded_height > self.height()):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _side(self) -> int:
        return max(TARGET, self._theme.px(_ICON) + 2 * SPACE)

    def _fit(self) -> None:
        styles = Qt.ToolButtonStyle
        # Wide enough for the words: a button that is too narrow would put an ellipsis into them.
        bold = self._theme.font(12, bold=True)
        words = max(QFontMetrics(bold).horizontalAdvance(made.text()) for made in self._buttons.values())
        self._measure()
        narrow, side = self._narrow or self._cramped, self._side()
        for made in self._buttons.values():
            made.setToolButtonStyle(styles.ToolButtonIconOnly if narrow else styles.ToolButtonTextUnderIcon)
            made.setMinimumSize(QSize(side, side) if narrow else QSize(max(80, words + 2 * SPACE), _WORDED_HEIGHT))
        self._column.setContentsMargins(*((SPACE,) * 4 if narrow else (SPACE, 2 * SPACE, SPACE, 2 * SPACE)))
        self.updateGeometry()

    def _measure(self) -> None:
        """How high the rail is with the word of every place, and whether that is higher than it may be."""
        height = 4 * SPACE
        for made in self._buttons.values():
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            height += max(_WORDED_HEIGHT, made.sizeHint().height()) + SPACE
        self._worded_height = height
        # Before it is shown its height means nothing.
        self._cramped = self.isVisible() and height > self.height()
