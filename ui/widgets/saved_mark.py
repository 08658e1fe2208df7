"""Whether what is on the screen is on the disk: never says saved before it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlelog.clock import local
from needlelog.i18n import Words, record_time
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import Theme


class SavedMark(QWidget):
    """“Saved 14:22:07”, “Saving”, or “Not saved since 14:22”."""

    def __init__(self, theme: Theme, words: Words, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._zone = zone
        self._mark = IconMark(theme, "check", "ok", 20)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "body", muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._text)
        row.addStretch(1)
        self.clear()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def usual_width(self) -> int:
        """The width in px of a saved moment, whatever is said now."""
        usual = self._words("Saved {time}", time="00:00:00")
        return self._mark.sizeHint().width() + 6 + self._text.fontMetrics().horizontalAdvance(usual)

    def clear(self) -> None:
        """Nothing has been saved or changed yet."""
        self._say("", "check", "muted")

    def saving(self) -> None:
        """A change is on its way to the disk."""
        self._say(self._words("Saving"), "more", "muted")

    def saved(self, moment: datetime) -> None:
        """All that is shown was on the disk at ``moment``."""
        at = local(moment, self._zone)
        self._say(self._words("Saved {time}", time=f"{record_time(at)}:{at.second:02d}"), "check", "ok")

    def not_saved(self, since: datetime) -> None:
        """Nothing has reached the disk since ``since``."""
        at = record_time(local(since, self._zone))
        self._say(self._words("Not saved since {time}", time=at), "warning", "stop")

    def _say(self, text: str, icon: str, tone: str) -> None:
        self._mark.setVisible(bool(text))
        self._mark.show_icon(icon, tone)
        self._text.setText(text)
        set_tone(self._text, "stop" if tone == "stop" else "muted")
        self.setAccessibleName(text)
