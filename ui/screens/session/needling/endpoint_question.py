"""What was seen when passes ended: asked once for all zones that they went over, with a way to tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from ui.screens.session.needling.pass_words import passes_in_words
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.trade_words import endpoint


def endpoint_chips(kit: Kit, name: str) -> ChipRow:
    """What can be seen when a pass ends, one of it; nothing is chosen for anybody."""
    seen = [(one, endpoint(kit.tr, one)) for one in Endpoint]
    return ChipRow(kit.theme, name, seen, clearable=False, tight=True)


def common_endpoint(passes: Sequence[NeedlingPass]) -> Endpoint | None:
    """What was stated of all of them; None where it differs or is open."""
    stated = {one.endpoint for one in passes}
    return stated.pop() if len(stated) == 1 else None


class EndpointQuestion(QWidget):
    """Names the passes it is about; hidden while there are none."""

    stated = Signal(object)
    """The ``Endpoint`` that was tapped for the passes that were asked about."""
    zone_by_zone = Signal()
    """It was not the same on all of these zones."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        self._tr: Words = kit.tr
        self._knowledge = knowledge
        self._name = label("", "strong", wrap=True)
        self._apart = button(kit.theme, kit.tr("Zone by zone"), "quiet")
        self._apart.clicked.connect(self.zone_by_zone)
        self._chips = endpoint_chips(kit, kit.tr("Endpoint"))
        self._chips.changed.connect(self.stated)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._name, 1)
        head.addWidget(self._apart, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._chips)
        self.hide()

    def ask(self, about: tuple[NeedlingPass, ...], time_zone: str) -> None:
        """Ask what was seen when these passes ended, by name; none: there is nothing to say yet."""
        tr = self._tr
        self._chips.set_value(common_endpoint(about))
        self.setVisible(bool(about))
        self._apart.setVisible(len({one.zone for one in about}) > 1)
        if not about:
            return
        what = passes_in_words(tr, self._knowledge, about, time_zone)
        waiting = any(one.endpoint is None for one in about)
        asked = tr("What did you see? {passes}", passes=what) if waiting else tr("Endpoint: {passes}", passes=what)
        self._name.setText(asked)
