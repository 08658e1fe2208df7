"""Buttons by what they mean: primary (one on a screen), secondary, quiet, danger."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.toolkit.plain import caption
from ui.toolkit.theme import TARGET, Theme

_ICON_TOKEN = {"primary": "on_accent", "secondary": "ink", "quiet": "accent", "danger": "stop"}


def button(
    theme: Theme,
    text: str,
    kind: str = "secondary",
    icon: str | None = None,
    *,
    chair: bool = False,
    icon_after: bool = False,
) -> QPushButton:
    """A push button; ``chair`` makes it 76 px high for a gloved hand; ``icon_after`` puts the icon last."""
    made = QPushButton(caption(text))
    made.setProperty("kind", kind)
    if chair:
        made.setProperty("chair", "true")
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_after:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if icon:
        theme.set_icon(made, icon, _ICON_TOKEN[kind], 24)
    return made


def icon_button(theme: Theme, icon: str, name: str, tint: str = "ink", size: int = TARGET) -> QToolButton:
    """A square button with an icon only; ``name`` is its accessible name and tooltip."""
    made = QToolButton()
    made.setProperty("kind", "icon")
    theme.set_icon(made, icon, tint, 24)
    made.setFixedSize(QSize(size, size))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
