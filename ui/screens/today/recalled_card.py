"""Recalled lots with clients to call, first of all that is to be done today."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from needlelog.domain.stock import Recall
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark
from ui.widgets.elided import ElidedLabel
from ui.widgets.tap_card import TapCard


class RecalledCard(TapCard):
    """One tap leads to the clients."""

    def __init__(self, kit: Kit, recalls: Iterable[Recall], clients: int) -> None:
        tr = kit.tr
        title = tr.plural("Recalled lots: {count} client to call", "Recalled lots: {count} clients to call", clients)
        lots = "   ·   ".join(tr("{product}, lot {lot}", product=one.product, lot=one.lot) for one in recalls)
        super().__init__(kit.theme, f"{title}, {lots}", accent="stop")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_mark(kit, "stop", "stop", 28))
        words = QVBoxLayout()
        words.setSpacing(2)
        said = ElidedLabel(lots)
        said.setProperty("tone", "muted")
        for line in (ElidedLabel(title, "heading"), said):
            beside = QHBoxLayout()
            beside.addWidget(line)
            beside.addStretch(1)
            words.addLayout(beside)
        row.addLayout(words, 1)
        row.addWidget(_mark(kit, "chevron-right", "muted", 24))
        self.body.addLayout(row)


def _mark(kit: Kit, icon: str, tint: str, size: int) -> IconMark:
    mark = IconMark(kit.theme, icon, tint, size)
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return mark
