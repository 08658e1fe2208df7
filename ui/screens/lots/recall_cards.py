"""The lots that stand recalled, each with how many clients were treated with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from needlelog.clock import local
from needlelog.domain.stock import Recall
from needlelog.i18n import record_date
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.widgets.elided import ElidedLabel
from ui.widgets.tap_card import TapCard


class RecallCard(TapCard):
    """Tapped it leads to the clients."""

    def __init__(self, kit: Kit, recall: Recall, clients: int, zone: str) -> None:
        tr = kit.tr
        count = tr.plural("{count} client treated", "{count} clients treated", clients)
        lot = tr("{product}, lot {lot}", product=recall.product, lot=recall.lot)
        super().__init__(kit.theme, f"{lot}, {count}, {recall.reason}", accent="stop")
        self.recall = recall
        first = QHBoxLayout()
        first.setSpacing(12)
        mark = IconMark(kit.theme, "stop", "stop", 24)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        first.addWidget(mark)
        first.addWidget(ElidedLabel(lot, "strong"))
        first.addStretch(1)
        first.addWidget(label(count, "strong"))
        self.body.addLayout(first)
        day = record_date(local(recall.at, zone).date())
        said = tr("Recalled {day} by {name}: {reason}", day=day, name=recall.by, reason=recall.reason)
        reason = label(said, "body", muted=True, wrap=True)
        reason.setContentsMargins(36, 0, 0, 0)
        self.body.addWidget(reason)
