"""How the skin looks, place by place: one tap per grade; the main reactions at once, others when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.reactions import Observation
from needlelog.knowledge.model import Knowledge, ReactionEntry
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.reaction_row import ReactionRow

WHOLE_AREA = ""


class SkinGrades(QWidget):
    """Choose where, then tap; what is graded at places that are not treated any more stays within reach."""

    graded = Signal(str, str, object)
    """The reaction's id, the zone ("" for the whole treated area), and its grade or None."""

    def __init__(self, kit: Kit, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._knowledge = knowledge
        self._known = knowledge.reactions
        self._zone = WHOLE_AREA
        self._rows: dict[str, ReactionRow] = {}
        self._wanted: set[str] = set()
        self._offered: tuple[tuple[str, str], ...] = ()
        self._observations: tuple[Observation, ...] = ()
        self._besides: tuple[tuple[str, Observation], ...] = ()
        self._treated: tuple[str, ...] = ()
        tr = kit.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self.where = ChipRow(kit.theme, tr("Where"), [(WHOLE_AREA, tr("Whole treated area"))], clearable=False)
        self.where.changed.connect(self._on_where_changed)
        column.addWidget(self.where)
        # The main ones first; a reaction that is asked for comes below them in the order of the reference data.
        for entry in sorted(self._known.values(), key=lambda one: not one.main):
            row = ReactionRow(kit, entry, knowledge.scales[entry.scale])
            row.graded.connect(self._on_graded)
            if not entry.main:
                row.hide()
            self._rows[entry.id] = row
            column.addWidget(row)
        self._add = button(kit.theme, tr("Add a reaction"), "quiet", "plus")
        self._add.clicked.connect(self._on_add_clicked)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        named = [(entry.id, tr(entry.name)) for entry in self._others()]
        self._more = ChipRow(kit.theme, tr("More reactions"), named, multiple=True)
        self._more.changed.connect(self._on_more_changed)
        self._more.hide()
        column.addWidget(self._more)

    def _others(self) -> list[ReactionEntry]:
        """What is offered under "Add a reaction": the common ones first."""
        return sorted((one for one in self._known.values() if not one.main), key=lambda one: not one.common)

    def row(self, reaction: str) -> ReactionRow:
        """The row of this reaction, shown or not."""
        return self._rows[reaction]

    def show_grades(
        self,
        observations: Sequence[Observation],
        treated: Sequence[str],
        besides: Sequence[tuple[str, Observation]] = (),
    ) -> None:
        """Show these grades; ``besides`` are others that are only told of, each with the name of its time."""
        self._observations, self._treated, self._besides = tuple(observations), tuple(treated), tuple(besides)
        self._show_where()
        seen = {one.reaction for one in self._observations}
        for entry in self._known.values():
            self._show_row(entry, entry.main or entry.id in seen or entry.id in self._wanted)
        self._more.set_value(frozenset(seen | self._wanted))

    def _show_row(self, entry: ReactionEntry, visible: bool) -> None:
        tr, row = self._kit.tr, self._rows[entry.id]
        grades = {one.zone: one.grade for one in self._observations if one.reaction == entry.id}
        here = grades.pop(self._zone, None)
        told = [(self._place(zone), grade) for zone, grade in grades.items()]
        told += [
            (tr("{time}, {place}", time=time, place=self._place(one.zone)) if one.zone else time, one.grade)
            for time, one in self._besides
            if one.reaction == entry.id
        ]
        row.show_grade(here, told)
        row.setVisible(visible)

    def _show_where(self) -> None:
        # A grade on a zone of which the passes were taken out can still be seen there, and taken back.
        graded = dict.fromkeys(one.zone for one in self._observations if one.zone)
        left = [zone for zone in graded if zone not in self._treated]
        zones = (WHOLE_AREA, *self._treated, *left)
        offered = tuple((zone, self._offer(zone)) for zone in zones)
        if offered != self._offered:
            self._offered = offered
            self.where.set_options(list(offered))
            if self._zone not in zones:
                self._zone = WHOLE_AREA
        self.where.set_value(self._zone)

    def _offer(self, zone: str) -> str:
        gone = zone != WHOLE_AREA and zone not in self._treated
        return self._kit.tr("{zone} (not treated)", zone=self._place(zone)) if gone else self._place(zone)

    def _place(self, zone: str) -> str:
        if zone == WHOLE_AREA:
            return self._kit.tr("Whole treated area")
        entry = self._knowledge.zones.get(zone)
        return self._kit.tr(entry.name) if entry else zone

    def _again(self) -> None:
        self.show_grades(self._observations, self._treated, self._besides)

    def _on_graded(self, reaction: str, grade: int | None) -> None:
        # A row that was asked for stays where it is when its grade is taken back.
        self._wanted.add(reaction)
        self.graded.emit(reaction, self._zone, grade)

    def _on_where_changed(self, zone: object) -> None:
        self._zone = str(zone)
        self._again()

    def _on_add_clicked(self) -> None:
        self._open_others(self._more.isHidden())

    def _open_others(self, is_open: bool) -> None:
        self._more.setVisible(is_open)
        if is_open:
            self._more.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_more_changed(self, ticked: frozenset[str] | None) -> None:
        seen = {one.reaction for one in self._observations}
        before = {entry.id for entry in self._others()} & (seen | self._wanted)
        now = set(ticked or ())
        self._wanted = (self._wanted | (now - before)) - (before - now)
        added = now - before
        self._again()
        if added:
            self._open_others(False)
            self._rows[added.pop()].grades.setFocus(Qt.FocusReason.TabFocusReason)
