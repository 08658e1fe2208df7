"""What was done to the zones in hand at the visit looked back on, how they took it, and one tap to do it again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge
from needlelog.workflow.last_time import LastTime
from ui.screens.session.needling.depths import written
from ui.screens.session.taken import taken_text
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE


class BeforeRow(QWidget):
    """Tells nothing where the zones were not treated then."""

    as_before_wanted = Signal()

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        self._tr = kit.tr
        self._knowledge = knowledge
        self._tells = False
        self._told = label("", "body", muted=True, wrap=True)
        again = button(kit.theme, kit.tr("As then"), "secondary", "repeat")
        again.setAccessibleName(kit.tr("Set the depths of that visit"))
        again.clicked.connect(self.as_before_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._told, 1)
        row.addWidget(again)

    def tells(self) -> bool:
        """Whether these zones were treated then."""
        return self._tells

    def show_before(self, before: LastTime | None, zones: frozenset[str]) -> None:
        """Say what was done to these zones at ``before``."""
        tr = self._tr
        here = before.of(zones) if before else {}
        self._tells = bool(here)
        if before is None or not here:
            return
        least, most = min(one.least_mm for one in here.values()), max(one.depth_mm for one in here.values())
        told = tr(
            "{day}: {depth} mm, {passes}",
            day=record_date(before.day),
            depth=written(least, most),
            passes=tr.plural("{count} pass", "{count} passes", sum(one.passes for one in here.values())),
        )
        taken = before.taken(zones, self._knowledge.scales)
        worst = taken_text(tr, self._knowledge, taken, before.red_on_day)
        if worst:
            told = tr("{before}. Worst: {worst}", before=told, worst=worst)
        self._told.setText(told)
