"""What the next visit asks first of this one: the zones as a picture, how deep, and how the skin took it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.materials import MaterialUse
from needlelog.domain.reactions import Observation
from needlelog.domain.signed import SignedSession
from needlelog.i18n import Words
from needlelog.knowledge.model import Contraindication, Knowledge
from needlelog.rules.glance import ZoneGlance, gone_around, reasons_given, views_that_show, zones_at_a_glance
from needlelog.rules.screening import left_out
from ui.screens.record.reading import Row, Table
from ui.screens.record.section_card import RowGrid, TableGrid
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.still_zone_map import StillZoneMap
from ui.widgets.trade_words import reaction_text
from ui.widgets.zone_map import view_names
from ui.widgets.zone_map_marks import ZoneMark, depth_text

MAP_HEIGHT = 232
LEAST_WORDS = 60
"""Where there is room for so many letters in a line beside the one picture, the words stand there."""


class GlanceCard(Card):
    """Zone by zone: depth, passes, the worst reaction at the visit and since; what was used, in a line each."""

    def __init__(self, kit: Kit, knowledge: Knowledge, visit: SignedSession) -> None:
        super().__init__(kit.tr("At a glance"))
        self._kit = kit
        self._knowledge = knowledge
        self._visit = visit
        self.pictures: list[StillZoneMap] = []
        treated = visit.draft.treated_zones
        self.maps = QWidget()
        self._flow = FlowLayout(self.maps, spacing=2 * SPACE)
        for view in views_that_show(treated, knowledge.zones):
            picture = StillZoneMap(kit.theme, kit.tr, knowledge, view, MAP_HEIGHT)
            self.pictures.append(picture)
            self._flow.addWidget(_named(picture, view_names(kit.tr)[view.value]))
        self._words = QVBoxLayout()
        self._words.setSpacing(2 * SPACE)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(3 * SPACE)
        if self.pictures:
            self._halves.addWidget(self.maps)
        self._halves.addLayout(self._words, 1)
        self.add(self._halves)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if self._has_room_beside() else ways.TopToBottom)

    def _has_room_beside(self) -> bool:
        """Whether the words find room beside the picture; there is none where nothing was needled."""
        if len(self.pictures) != 1:
            return False
        needed = self.pictures[0].sizeHint().width() + LEAST_WORDS * self.fontMetrics().averageCharWidth()
        return self.contentsRect().width() >= needed

    def show_since(self, since: FollowUpRecord) -> None:
        """Say it all, with what was seen ``since``."""
        zones = zones_at_a_glance(self._visit.draft, since, self._knowledge.scales)
        around = left_out(self._visit.draft, self._knowledge)
        marks = {one.zone: ZoneMark(deepest_mm=one.deepest_mm, avoid=_avoid(around.get(one.zone, ()))) for one in zones}
        numbers = {one.zone: place for place, one in enumerate(zones, start=1)}
        for picture in self.pictures:
            picture.show_marks(marks, numbers)
        clear(self._words)
        if zones:
            self._words.addWidget(TableGrid(self._table(zones, since)))
        else:
            self._words.addWidget(label(self._kit.tr("No needling in this visit"), "body", muted=True))
        self._words.addWidget(RowGrid(self._used()))

    def _table(self, zones: tuple[ZoneGlance, ...], since: FollowUpRecord) -> Table:
        tr = self._kit.tr
        headings = [tr("Zone"), tr("Depth"), tr("Passes"), tr("At the visit")]
        if since.about_skin:
            headings.append(tr("Since"))
        rows = []
        for number, one in enumerate(zones, start=1):
            row = [
                tr("{number}  {zone}", number=number, zone=self._zone(one.zone)),
                _depths(one),
                str(one.passes),
                self._seen(one.at_visit, self._without_a_grade()),
            ]
            if since.about_skin:
                row.append(self._seen(one.since, tr("Nothing noted")))
            rows.append(tuple(row))
        widths = (3, 0, 0, 4, 4)[: len(headings)]
        return Table(tr("At a glance"), tuple(headings), tuple(rows), widths)

    def _zone(self, zone: str) -> str:
        known = self._knowledge.zones.get(zone)
        return self._kit.tr(known.name) if known else zone

    def _without_a_grade(self) -> str:
        """What to say of a zone without a grade above 0: the explicit answer, or that there is none."""
        seen, tr = self._visit.draft.reactions, self._kit.tr
        if seen.none_observed_at is not None:
            return tr("None observed")
        return tr("Nothing noted") if seen.observations or seen.nothing_seen else tr("Not recorded")

    def _seen(self, worst: Observation | None, otherwise: str) -> str:
        if worst is None:
            return otherwise
        grade, name = reaction_text(self._knowledge, worst.reaction, worst)
        return f"{name} {grade}"

    def _used(self) -> tuple[Row, ...]:
        tr, draft = self._kit.tr, self._visit.draft
        devices = ", ".join(dict.fromkeys(one.device for one in draft.needling.passes if one.device))
        numbing = "; ".join(
            f"{one.name}, {_minutes(one.removed_at - one.on_at, tr)}" if one.on_at and one.removed_at else one.name
            for one in draft.numbing
        )
        rows = (
            *(
                Row(tr(one.what), ", ".join(self._zone(zone) for zone in one.zones), "hold")
                for one in gone_around(draft, self._knowledge)
            ),
            *(
                Row("\n".join(titles), tr("Gone ahead: {reason}", reason=reason), "hold")
                for reason, titles in reasons_given(draft).items()
            ),
            Row(tr("Device"), devices),
            Row(tr("Numbing"), numbing),
            Row(tr("Serum"), _names(draft.serums)),
            Row(tr("Cooling and soothing"), _names(draft.cooling)),
            Row(tr("Note on needling"), draft.needling.note),
            Row(tr("Note on reactions"), draft.reactions.note),
        )
        return tuple(row for row in rows if row.value)


def _avoid(there: tuple[Contraindication, ...]) -> str:
    return "; ".join(one.leave_out for one in there)


def _names(uses: tuple[MaterialUse, ...]) -> str:
    return ", ".join(dict.fromkeys(use.name for use in uses))


def _minutes(span: timedelta, tr: Words) -> str:
    return tr("{count} min", count=int(span.total_seconds()) // 60)


def _depths(one: ZoneGlance) -> str:
    """``0.75 to 1.00 mm``: the span of the depths a zone was treated with."""
    low, high = depth_text(one.depths_mm[0]), depth_text(one.deepest_mm)
    return f"{high} mm" if low == high else f"{low}\u2013{high} mm"


def _named(picture: QWidget, name: str) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(picture)
    column.addWidget(label(name, "caption", muted=True), 0, Qt.AlignmentFlag.AlignHCenter)
    return held
