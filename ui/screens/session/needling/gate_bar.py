"""The bar that says why needling is not cleared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from needlelog.domain.findings import Finding, Level
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import SPACE


class GateBar(QFrame):
    """The first open finding, how many more there are, and the way to them; gone while needling is cleared."""

    resolve_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._tr = kit.tr
        self.setProperty("surface", "hold")
        self._mark = IconMark(kit.theme, "hold", "hold", 24)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "strong", wrap=True)
        resolve = button(kit.theme, kit.tr("Resolve"), "secondary")
        resolve.clicked.connect(self.resolve_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(resolve)

    def show_shut(self, shut: Sequence[Finding]) -> None:
        """Show what holds the gate shut."""
        self.setVisible(bool(shut))
        if not shut:
            return
        tr = self._tr
        more = tr.plural(" and {count} more", " and {count} more", len(shut) - 1) if len(shut) > 1 else ""
        self._text.setText(tr("Needling is not cleared: {first}{more}", first=shut[0].title, more=more))
        tone = "stop" if any(one.level is Level.STOP for one in shut) else "hold"
        self._mark.show_icon(tone, tone)
        set_style(self, "surface", tone)
