"""How a series stood before each change: who planned it so, and when; read when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.series import Series
from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge
from ui.screens.client.visit_card import zone_names
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.phrases import moment_text
from ui.widgets.series_words import concern_name, plan_line


class SeriesVersions(QWidget):
    """A quiet link that counts the earlier versions; tapped, it tells each, the newest first."""

    def __init__(
        self, kit: Kit, knowledge: Knowledge, series: Series, zone: str, read: Callable[[], Sequence[Series]]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._knowledge = knowledge
        self._zone = zone
        self._read = read
        self._told: QWidget | None = None
        tr = kit.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self.link = button(kit.theme, tr("Earlier versions ({count})", count=series.version - 1), "quiet")
        name = concern_name(tr, knowledge, series.concern)
        self.link.setAccessibleName(
            tr("Earlier versions of the series {series} ({count})", series=name, count=series.version - 1)
        )
        self.link.setCheckable(True)
        self.link.toggled.connect(self._show)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._show(False)

    def _show(self, on: bool) -> None:
        self._kit.theme.set_icon(self.link, "chevron-down" if on else "chevron-right", "accent", 24)
        if on and self._told is None:
            self._told = self._tell(self._read())
            if held := self.layout():
                held.addWidget(self._told)
        if self._told is not None:
            self._told.setVisible(on)

    def _tell(self, versions: Sequence[Series]) -> QWidget:
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(SPACE, 0, 0, SPACE)
        column.setSpacing(SPACE + SPACE // 2)
        for one in reversed(versions[:-1]):
            version = QVBoxLayout()
            version.setSpacing(2)
            version.addWidget(label(self._who(one), "strong", wrap=True))
            version.addWidget(label(self._plan(one), "body", muted=True, wrap=True))
            if one.reason:
                said = self._kit.tr("Against the rule: {reason}", reason=one.reason)
                version.addWidget(label(said, "body", muted=True, wrap=True))
            column.addLayout(version)
        return told

    def _who(self, one: Series) -> str:
        tr = self._kit.tr
        when = moment_text(one.at, self._zone)
        number = tr("Version {number}", number=one.version)
        return tr("{version}: {when}, {who}", version=number, when=when, who=one.by) if one.by else f"{number}: {when}"

    def _plan(self, one: Series) -> str:
        tr = self._kit.tr
        parts = (
            concern_name(tr, self._knowledge, one.concern),
            tr.plural("{count} session", "{count} sessions", one.sessions),
            plan_line(tr, one),
            zone_names(self._knowledge, tr, one.zones),
            tr("from {day}", day=record_date(one.started_on)),
            tr.plural("{count} other treatment", "{count} other treatments", len(one.treatments))
            if one.treatments
            else "",
            tr("the usual series") if one.usual else "",
        )
        return "   ·   ".join(part for part in parts if part)
