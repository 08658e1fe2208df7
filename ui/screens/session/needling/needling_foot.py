"""Below the map: how many passes are recorded, and whether needling is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from needlelog.domain.session import Needling
from ui.screens.session.treatment_map import TreatmentMap
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.plain import caption, tooltip

READOUT_FROM = 1000
LONG_WORDS_FROM = 700
"""The widths in px at text scale 1 from which the zone in hand is named beside the keys, and from which these say all
they mean."""


class NeedlingFoot(QObject):
    """Two keys in the foot of ``drawn``; there are none before the first pass."""

    recorded_clicked = Signal()
    over_clicked = Signal()

    def __init__(self, kit: Kit, drawn: TreatmentMap, clock_time: Callable[[datetime], str]) -> None:
        super().__init__(drawn)
        self._kit = kit
        self._map = drawn
        self._clock_time = clock_time
        self._recorded = button(kit.theme, "", "quiet", "list")
        self._recorded.clicked.connect(self.recorded_clicked)
        self._over = button(kit.theme, "", "quiet", "stop")
        self._over.clicked.connect(self.over_clicked)
        drawn.foot.addWidget(self._recorded)
        drawn.foot.addWidget(self._over)

    def show_needling(self, needling: Needling, width: int) -> None:
        """Show what is recorded, in words that fit a page of this width in px."""
        tr, theme = self._kit.tr, self._kit.theme
        passes, ended_at = needling.passes, needling.ended_at
        for part in (self._recorded, self._over):
            part.setVisible(bool(passes))
        # The map must not be pushed wider by what stands below it: one word has to do where text is large.
        short = width < theme.px(LONG_WORDS_FROM)
        # Beside the keys there is room for its first letters only; what is said aloud says it whole.
        self._map.readout.setVisible(not passes or width >= theme.px(READOUT_FROM))
        count = sum(one.count for one in passes)
        text = tr.plural("{count} pass recorded", "{count} passes recorded", count)
        self._recorded.setText(caption(tr.plural("{count} pass", "{count} passes", count) if short else text))
        self._recorded.setAccessibleName(text)
        text = tr("Over at {time}: go on", time=self._clock_time(ended_at)) if ended_at else tr("Needling is over")
        word = (tr("Go on") if ended_at else tr("Over")) if short else text
        if (text, caption(word)) != (self._over.accessibleName(), self._over.text()):
            self._over.setText(caption(word))
            self._over.setAccessibleName(text)
            self._over.setToolTip(tooltip(text) if short else "")
            theme.set_icon(self._over, "check" if ended_at else "stop", "accent", 24)
