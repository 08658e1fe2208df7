"""Who is in the chair: shown on every page of a client, always in the same place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words, record_date
from ui.toolkit.labels import IconMark, label, set_style, set_tone
from ui.toolkit.theme import Theme
from ui.widgets.elided import ElidedLabel


class AllergyShown(StrEnum):
    """What is known of the client's allergies."""

    KNOWN = "known"
    NONE_KNOWN = "none-known"
    NOT_RECORDED = "not-recorded"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class BannerFacts:
    """What the banner says of a client."""

    name: str
    born: date | None
    age: int | None
    """Full years today."""
    number: str
    known_as: str = ""
    under_age: bool = False
    allergy: AllergyShown = AllergyShown.NOT_RECORDED
    allergies: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    """The lots that stand recalled with which the client was treated."""


class Badge(QFrame):
    """An icon and a few words on a tinted ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 14, 6)
        self._row.setSpacing(8)
        self._mark = IconMark(theme, "info", "ink", 24)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = ElidedLabel("", "strong")
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words."""
        return self._text.text()

    def say(self, text: str, icon: str, tone: str) -> None:
        """Show this; ``tone`` is ``stop``, ``hold``, ``ok``, ``accent`` or ``muted``."""
        self._text.setText(text)
        self._mark.show_icon(icon, tone)
        set_tone(self._text, tone)
        set_style(self, "surface", "raised" if tone == "muted" else tone)
        self.setAccessibleName(text)


class ClientBanner(QFrame):
    """Name, date of birth, age, client number, and the allergy state in words."""

    HEIGHT = 72
    LINE = 52
    """Height in px at text scale 1, with two lines and with one."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._theme = theme
        self._words = words
        self.setProperty("surface", "banner")
        self._name = ElidedLabel("", "heading")
        self._known_as = ElidedLabel("", "lead")
        self._known_as.setProperty("tone", "muted")
        self._facts = label("", "body", muted=True)
        self._under_age = Badge(theme)
        self.recalled = Badge(theme)
        self.allergy = Badge(theme)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(16)
        row.addLayout(self._build_who(), 1)
        row.addWidget(self._under_age)
        row.addWidget(self.recalled)
        row.addWidget(self.allergy)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def _build_who(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name)
        first.addWidget(self._known_as)
        first.addStretch(1)
        self._who = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._who.setSpacing(0)
        self._who.addLayout(first)
        self._who.addWidget(self._facts)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(self._who)
        column.addStretch(1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._one_line:
            self._fit()

    def show_client(self, facts: BannerFacts) -> None:
        """Show this client."""
        tr = self._words
        self._name.setText(facts.name)
        self._known_as.setText(tr("“{name}”", name=facts.known_as) if facts.known_as else "")
        self._known_as.setVisible(bool(facts.known_as))
        born = record_date(facts.born) if facts.born else tr("date of birth not recorded")
        age = tr.plural("{count} year", "{count} years", facts.age) if facts.age is not None else ""
        self._facts.setText("   ·   ".join(part for part in (born, age, facts.number) if part))
        self._under_age.setVisible(facts.under_age)
        self._under_age.say(tr("Under age") if facts.under_age else "", "warning", "hold")
        self.allergy.say(*self._allergy(facts))
        lots = facts.recalled
        one = tr("Recalled lot: {lot}", lot=lots[0]) if lots else ""
        self.recalled.say(tr("{count} recalled lots", count=len(lots)) if len(lots) > 1 else one, "warning", "stop")
        self.recalled.setVisible(bool(lots))
        parts = (
            self._name.text(),
            self._facts.text(),
            self._under_age.text(),
            self.recalled.text(),
            self.allergy.text(),
        )
        self.setAccessibleName(", ".join(part for part in parts if part))
        if self._one_line:
            self._fit()

    def _allergy(self, facts: BannerFacts) -> tuple[str, str, str]:
        tr = self._words
        if facts.allergy is AllergyShown.KNOWN:
            named = ", ".join(facts.allergies) or tr("known, not named")
            return tr("Allergy: {named}", named=named), "stop", "stop"
        if facts.allergy is AllergyShown.NONE_KNOWN:
            return tr("No known allergies"), "check", "ok"
        if facts.allergy is AllergyShown.UNAVAILABLE:
            return tr("Allergies: client could not say"), "question", "hold"
        return tr("Allergies not recorded"), "missing", "hold"

    def _fit(self) -> None:
        if not self._one_line:
            self.setFixedHeight(max(self.HEIGHT, round(self.HEIGHT * self._theme.scale * 0.85)))
            return
        # All in one line where the whole of it fits; a name is not cut short to save a line.
        shown = [part for part in (self._name, self._known_as, self._facts) if not part.isHidden()]
        badges = [part for part in (self._under_age, self.recalled, self.allergy) if not part.isHidden()]
        margins = self._row.contentsMargins()
        needed = sum(part.sizeHint().width() for part in (*shown, *badges)) + 16 * (len(badges) + 1)
        needed += 12 * len(shown) + margins.left() + margins.right()
        fits = needed <= self.width()
        ways = QBoxLayout.Direction
        self._who.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        self._who.setSpacing(20 if fits else 0)
        self._who.setStretch(0, 0)
        self._who.setStretch(1, 1 if fits else 0)
        lines = [part.sizeHint().height() for part in (self._name, self._facts)]
        text = max(lines) if fits else sum(lines)
        self.setFixedHeight(max(self.LINE, 8 + max([text, *(part.sizeHint().height() for part in badges)])))
