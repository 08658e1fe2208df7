"""Other treatments on the plan of a series: each with its day, and what it is too near to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_date, parse_line
from needlelog.domain.series import CombinedTreatment, day_ahead
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.combinations import Collision, collision_text, collisions
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.line_fields import DateField, LineField

NEEDLING_ITSELF = "another-session"


def nearest(hits: Sequence[Collision]) -> tuple[Collision, ...]:
    """The nearest day of needling before and the nearest after: those further off say nothing more."""
    sides = ([one for one in hits if one.needled_first], [one for one in hits if not one.needled_first])
    return tuple(min(side, key=lambda one: one.days) for side in sides if side)


class TreatmentsCard(Card):
    """``needled`` gives the days of needling, done and planned, that the treatments are held against."""

    edited = Signal()

    def __init__(self, kit: Kit, knowledge: Knowledge, today: date, needled: Callable[[], Sequence[date]]) -> None:
        super().__init__(kit.tr("Other treatments"))
        self._kit = kit
        self._knowledge = knowledge
        self._needled = needled
        self._held: tuple[CombinedTreatment, ...] = ()
        tr, theme = kit.tr, kit.theme
        day, note = tr("On"), tr("Note")
        self.add(
            label(
                tr("Peels, lasers, injections and the like, done or planned. Days that stand too near are said here."),
                "body",
                muted=True,
                wrap=True,
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE)
        self.add(self._list)
        offered = [(one.id, tr(one.name)) for one in knowledge.combinations.values() if one.id != NEEDLING_ITSELF]
        self.kind = ChoiceField[str](theme, tr, tr("Treatment"), offered, required=True)
        self.day = DateField[date](
            theme,
            tr,
            day,
            lambda text: day_ahead(parse_date(text, field=day, today=today, future=True), today, day),
            record_date,
            required=True,
            hint="",
        )
        self.note = LineField[str](theme, tr, note, lambda text: parse_line(text, field=note, limit=LINE_LIMIT))
        self.put = button(theme, tr("Add it"), "secondary", "plus")
        self.put.clicked.connect(self._on_add)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.kind, 0, 0, top)
        grid.addWidget(self.day, 0, 1, top)
        grid.addWidget(self.note, 0, 2, top)
        grid.addWidget(self.put, 1, 0, Qt.AlignmentFlag.AlignLeft)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        self.add(grid)
        for field in (self.kind, self.day, self.note):
            field.edited.connect(self.edited)

    def treatments(self) -> tuple[CombinedTreatment, ...]:
        """What stands on the plan, by day."""
        return self._held

    def set_treatments(self, treatments: tuple[CombinedTreatment, ...]) -> None:
        """Show these."""
        self._held = treatments
        self.refresh()

    def typed(self) -> tuple[str, ...]:
        """What stands in the line for a new one."""
        return (self.kind.raw_text(), self.day.raw_text(), self.note.raw_text())

    def take_typed(self) -> bool:
        """Put what is typed on the plan; False while it cannot be."""
        return not any(text.strip() for text in self.typed()) or self._on_add()

    def refresh(self) -> None:
        """Say anew what collides: the days of needling may have changed."""
        clear(self._list)
        days = tuple(dict.fromkeys(self._needled()))
        for one in self._held:
            self._list.addWidget(self._row(one, days))

    def _row(self, one: CombinedTreatment, days: tuple[date, ...]) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        entry = self._knowledge.combinations.get(one.combination)
        name = tr(entry.name) if entry else one.combination
        hits = nearest(collisions((one,), days, self._knowledge))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(IconMark(theme, "warning" if hits else "calendar", "hold" if hits else "muted", 22))
        words = QVBoxLayout()
        words.setSpacing(0)
        said = "   ·   ".join(part for part in (name, record_date(one.on), one.note) if part)
        words.addWidget(label(said, "strong", wrap=True))
        for hit in hits:
            warned = label(collision_text(hit, tr), "body", wrap=True)
            set_tone(warned, "hold")
            words.addWidget(warned)
        if entry and not hits:
            words.addWidget(label(tr(entry.text), "caption", muted=True, wrap=True))
        row.addLayout(words, 1)
        remove = icon_button(theme, "trash", tr("Remove {name}", name=name))
        remove.clicked.connect(self._remover(one.id))
        row.addWidget(remove)
        return holder

    def _remover(self, treatment_id: UUID) -> Callable[[], None]:
        def remove() -> None:
            self.set_treatments(tuple(one for one in self._held if one.id != treatment_id))
            self.edited.emit()

        return remove

    def _on_add(self) -> bool:
        if not all([self.kind.check(), self.day.check(), self.note.check()]):
            return False
        kind, on = self.kind.value(), self.day.value()
        if kind is None or on is None:
            return False
        if any((one.combination, one.on) == (kind, on) for one in self._held):
            self.day.show_finding(str(self._kit.tr.fault(Fault(FaultCode.TREATMENT_PLANNED))))
            return False
        new = CombinedTreatment(id=uuid4(), combination=kind, on=on, note=self.note.value() or "")
        for field in (self.kind, self.day, self.note):
            field.set_value(None)
        self.set_treatments(tuple(sorted((*self._held, new), key=lambda one: one.on)))
        self.edited.emit()
        return True
