"""Tabs over the parts of a long page; each says in words and by a tick whether it is complete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from needlelog.i18n import Words
from ui.toolkit.labels import set_style
from ui.toolkit.plain import caption
from ui.toolkit.theme import Theme

AROUND = 44
"""What the style sheet leaves around a title and its mark, px."""


class SectionTabs(QTabBar):
    """``chosen`` carries the key of the part that was tapped."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._keys: list[str] = []
        self._complete: tuple[bool, ...] = ()
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self._dress)

    def show_sections(self, sections: Sequence[tuple[str, str, bool]], current: str) -> None:
        """Show (key, title, complete); ``current`` is the open one. Says nothing."""
        self.blockSignals(True)
        keys = [key for key, _, _ in sections]
        if keys != self._keys:
            while self.count():
                self.removeTab(0)
            for _, title, _ in sections:
                self.addTab(caption(title))
            self._keys = keys
        self._complete = tuple(complete for _, _, complete in sections)
        for index, (_, title, complete) in enumerate(sections):
            text = self._words("{title}, complete", title=title) if complete else title
            self.setTabToolTip(index, text)
            self.setAccessibleTabName(index, text)
        self._dress()
        self.setCurrentIndex(self._keys.index(current))
        self.blockSignals(False)

    def _dress(self) -> None:
        self._fit()
        for index, complete in enumerate(self._complete):
            self.setTabIcon(index, self._theme.icon("check" if complete else "ring", "ok" if complete else "muted"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the titles would be cut, the white space between them gives way first."""
        metrics = QFontMetrics(self._theme.font(12, bold=True))
        titles = sum(metrics.horizontalAdvance(self.tabText(index)) for index in range(self.count()))
        needed = titles + self.count() * (self.iconSize().width() + AROUND)
        set_style(self, "tight", "true" if needed > self.width() else "false")

    def _on_current_changed(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.chosen.emit(self._keys[index])
