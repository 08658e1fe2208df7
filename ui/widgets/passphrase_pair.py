"""A new passphrase, typed twice, with a hint on how well it would keep the clinic shut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words
from needlelog.vault.passphrase import Hint, Strength, check_passphrase, passphrase_strength
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.line_fields import LineField
from ui.widgets.tick_row import TickRow

_BEST = 4
_TONES = ("stop", "hold", "hold", "ok", "ok")


def _checked(text: str) -> str:
    check_passphrase(text)
    return text


class _Bar(QWidget):
    """Four segments, as many filled as the score."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._score = 0
        self.setFixedSize(QSize(160, 8))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_score(self, score: int) -> None:
        self._score = score
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4.0
        width = (self.width() - gap * (_BEST - 1)) / _BEST
        for part in range(_BEST):
            painter.setBrush(self._theme.colour(_TONES[self._score] if part < self._score else "hairline"))
            painter.drawRoundedRect(QRectF(part * (width + gap), 0, width, self.height()), 4, 4)


class PassphrasePair(QWidget):
    """Two secret lines. Says ``entered`` when Enter is pressed in the second and both are right."""

    edited = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, words: Words, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.first = LineField(theme, words, name or words("Passphrase"), _checked, secret=True, required=True)
        self.second = LineField(theme, words, words("The same again"), str, secret=True, required=True)
        self._show = TickRow(words("Show what I type"))
        self._show.toggled.connect(self._reveal)
        self._bar = _Bar(theme)
        self._hint = label("", "caption", muted=True, wrap=True)
        self._strength = QWidget()
        strength = QHBoxLayout(self._strength)
        strength.setContentsMargins(0, 0, 0, 0)
        strength.setSpacing(SPACE + 4)
        strength.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        strength.addWidget(self._hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.first)
        column.addWidget(self._strength)
        column.addSpacing(SPACE)
        column.addWidget(self.second)
        column.addWidget(self._show)
        self.first.edited.connect(self._judge)
        # One fault, one sentence: while the line says what is wrong, the hint on its strength gives way.
        self.first.finding_shown.connect(self._strength.setHidden)
        self.second.edited.connect(self.edited)
        self.second.line.returnPressed.connect(self._enter)
        self.setFocusProxy(self.first.editor)
        self._judge()

    def passphrase(self) -> str:
        """What was typed first; call ``check`` before it is used."""
        return self.first.raw_text()

    def check(self) -> bool:
        """Show what is wrong, and go there; True when both lines are right."""
        if not self.first.check():
            self.first.editor.setFocus()
            self.second.be_quiet()
            return False
        if self.second.raw_text() != self.first.raw_text():
            self.second.show_finding(self._words("The two passphrases differ. Type the same one twice."))
            self.second.editor.setFocus()
            return False
        self.second.show_finding("")
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.set_raw_text("")
        self.second.set_raw_text("")
        self._show.setChecked(False)
        self._judge()

    def _enter(self) -> None:
        if self.check():
            self.entered.emit()

    def _reveal(self, shown: bool) -> None:
        self.first.reveal(shown)
        self.second.reveal(shown)

    def _judge(self) -> None:
        text = self.first.raw_text()
        strength = passphrase_strength(text)
        self._bar.show_score(strength.score if text else 0)
        self._hint.setText(self._sentence(strength) if text else self._words("Four unrelated words work well."))
        set_tone(self._hint, _TONES[strength.score] if text else "muted")
        self.edited.emit()

    def _sentence(self, strength: Strength) -> str:
        words = self._words
        rank = (words("Too short"), words("Weak"), words("Fair"), words("Good"), words("Strong"))[strength.score]
        advice = {
            Hint.LONGER: words("add more characters."),
            Hint.LESS_COMMON: words("common words are guessed first."),
            Hint.LESS_REPEATED: words("repeats and runs do not count."),
            Hint.ANOTHER_WORD: words("one more unrelated word helps."),
            Hint.NONE: "",
        }[strength.hint]
        return f"{rank}: {advice}" if advice else rank
