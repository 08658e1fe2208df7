"""One application of an anaesthetic: time on the skin and the action that is due, amount and area, the rest below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.session import Numbing, SessionDraft
from needlelog.i18n import record_date
from needlelog.knowledge.labels import has_label
from needlelog.services.desk import Desk
from ui.screens.session.body_weight import BodyWeight, dose_sources, dose_statement
from ui.screens.session.clock_field import ClockField
from ui.screens.session.columns import Columns
from ui.screens.session.drawer import sources_text
from ui.screens.session.dwell_timer import DwellTimer
from ui.screens.session.lot_picker import LotPicker, Recalled
from ui.screens.session.record_card import RecordCard, plain_number
from ui.screens.session.use_card import titled
from ui.screens.session.zone_chips import ZoneChips
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.elided import ElidedLabel
from ui.widgets.number import NumberStepper

# Bounds of what can be typed at all; the limits that matter are the label's and come with the product.
_LEAST_G, _MOST_G, _STEP_G = Decimal("0.1"), Decimal(500), Decimal(1)
_LEAST_CM2, _MOST_CM2, _STEP_CM2 = Decimal(1), Decimal(20000), Decimal(10)


@dataclass(frozen=True, slots=True)
class AppliedLastTime:
    """What the client had of it at the last visit: to be taken by a tap, never by itself."""

    on: date
    applied_g: Decimal | None
    area_cm2: Decimal | None


class NumbingCard(RecordCard):
    """Shows one ``Numbing`` and asks for changes of it."""

    apply_requested = Signal(object)
    off_requested = Signal(object)
    weighed = Signal(object)
    """The body weight in kilograms as a ``Decimal``, or None."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        numbing: Numbing,
        zone: Callable[[], str],
        day: Callable[[], date],
        recalled: Recalled,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, desk, numbing.id, numbing.name, mark="", parent=parent)
        self._numbing = numbing
        self._zone = zone
        self._last: AppliedLastTime | None = None
        self._counting = numbing
        self._layer_g: Decimal | None = None
        self._people: list[tuple[str, str]] = []
        self._build_quick()
        self._build_details(day, recalled)
        self.set_open(False)

    def _build_quick(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self.timer = DwellTimer(kit, self._numbing.name)
        self.timer.apply_requested.connect(lambda: self.apply_requested.emit(self._numbing.id))
        self.timer.remove_requested.connect(lambda: self.off_requested.emit(self._numbing.id))
        self.quick.addWidget(self.timer)
        self.grams = NumberStepper(
            kit.theme, tr, tr("Amount"), _LEAST_G, _MOST_G, _STEP_G, tr("g"), 2, start=Decimal(10), optional=True
        )
        self.grams.changed.connect(lambda value: self.ask_change(applied_g=value))
        self.area = NumberStepper(
            kit.theme, tr, tr("Area"), _LEAST_CM2, _MOST_CM2, _STEP_CM2, tr("cm²"), 0, start=Decimal(100), optional=True
        )
        self.area.changed.connect(lambda value: self.ask_change(area_cm2=value))
        self.amounts = Columns(titled(tr("Amount applied"), self.grams), titled(tr("Area"), self.area), gap=SPACE * 2)
        self.quick.addWidget(self.amounts)
        self.as_last = button(kit.theme, "", "secondary", "repeat")
        self.as_last.clicked.connect(self._on_as_last)
        row = QHBoxLayout()
        row.addWidget(self.as_last)
        row.addStretch(1)
        self.quick.addLayout(row)
        self.dose = label("", "strong", wrap=True)
        self.printed = label("", "caption", muted=True, wrap=True)
        self.weight = BodyWeight(kit, self._desk.knowledge)
        self.weight.weighed.connect(self.weighed)
        told = QWidget()
        doses = QVBoxLayout(told)
        doses.setContentsMargins(0, 0, 0, 0)
        doses.setSpacing(4)
        doses.addWidget(self.dose)
        doses.addWidget(self.printed)
        self.source = ElidedLabel("", "caption")
        set_tone(self.source, "muted")
        doses.addWidget(self.source)
        self.quick.addWidget(Columns(told, self.weight, gap=SPACE * 2))

    def _build_details(self, day: Callable[[], date], recalled: Recalled) -> None:
        kit, tr = self._kit, self._kit.tr
        self.lot = LotPicker(kit, self._desk, day, recalled)
        self.lot.taken.connect(lambda code, until: self.ask_change(lot=code, expires_on=until))
        self.add_section(self.lot, "lot", "expiry", ask=lambda key: self.lot.ask(for_expiry=key == "expiry"))
        self.zones = ZoneChips(kit, self._desk.knowledge, tr("Zones"))
        self.zones.changed.connect(lambda zones: self.ask_change(zones=zones))
        self.add_section(self.zones, "zones", lasting=True, ask=lambda _key: self.zones.chips.setFocus())
        self.add_section(self._build_times(), "times")

    def _build_times(self) -> QWidget:
        tr = self._kit.tr
        self.on_at = ClockField(self._kit, self._zone, tr("On at"))
        self.on_at.committed.connect(self._on_on_at)
        self.off_at = ClockField(self._kit, self._zone, tr("Removed at"))
        self.off_at.committed.connect(lambda moment: self.ask_change(removed_at=moment))
        self.by = ChipRow(self._kit.theme, tr("By"), [], clearable=False)
        self.by.changed.connect(lambda who: self.ask_change(by=str(who or "")))
        times = QWidget()
        row = QHBoxLayout(times)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.on_at, 1)
        row.addWidget(self.off_at, 1)
        row.addStretch(1)
        self._who = titled(tr("By"), self.by)
        return Columns(times, self._who)

    # showing

    @property
    def numbing(self) -> Numbing:
        """What the card shows."""
        return self._numbing

    def set_open(self, is_open: bool) -> None:
        """Show or hide the details; what is over and complete also folds its amounts."""
        super().set_open(is_open)
        self._fold_amounts()

    def show_limits(self, counting: Numbing, changed: str, layer_g: Decimal | None) -> None:
        """Take the figures that count, what was changed of them since, and the thickest layer in grams on 10 cm²."""
        self._counting, self._layer_g = counting, layer_g
        self.timer.show_note(changed)

    def show_numbing(
        self,
        numbing: Numbing,
        draft: SessionDraft,
        first_zones: Sequence[str],
        people: Sequence[str],
        last: AppliedLastTime | None = None,
        doubt: str = "",
    ) -> None:
        """Paint ``numbing``, with what is doubted of the body weight; an entry being typed is left alone."""
        self._numbing = numbing
        self._last = last
        self.show_summary(self._summary(numbing), self._what_is_missing(numbing))
        if self.grams.value() != numbing.applied_g:
            self.grams.set_value(numbing.applied_g)
        if self.area.value() != numbing.area_cm2:
            self.area.set_value(numbing.area_cm2)
        self._show_last()
        self._show_dose(numbing, draft.consultation.weight_kg, doubt)
        self.zones.show_zones(numbing.zones, first_zones)
        self.lot.show_lot(numbing.product_id, numbing.name, numbing.lot, numbing.expires_on)
        self.on_at.set_bounds(None, numbing.removed_at)
        self.on_at.show_moment(numbing.on_at, draft.started_at)
        self.off_at.set_bounds(numbing.on_at, None)
        self.off_at.show_moment(numbing.removed_at, numbing.on_at or draft.started_at)
        self.off_at.setEnabled(numbing.on_at is not None)
        everybody = [(one, one) for one in dict.fromkeys((*people, *((numbing.by,) if numbing.by else ())))]
        if everybody != self._people:
            self._people = everybody
            self.by.set_options(everybody)
            self._who.setVisible(len(everybody) > 1)
        if self.by.value() != (numbing.by or None):
            self.by.set_value(numbing.by or None)
        self._fold_amounts()
        self.tick()

    def tick(self) -> None:
        """A second has passed: read the clock."""
        counting = {"limits": self._counting.limits, "usual_to_min": self._counting.usual_to_min}
        self.timer.show_dwell(self._numbing.with_(**counting), self._kit.clock.now(), self._zone())

    def leave(self) -> None:
        """Take what is half-typed where it is right."""
        self.grams.commit()
        self.area.commit()
        self.weight.leave()
        self.lot.leave()
        self.on_at.commit()
        self.off_at.commit()

    def _fold_amounts(self) -> None:
        one = self._numbing
        over = one.removed_at is not None and one.applied_g is not None and one.area_cm2 is not None
        for part in (self.amounts, self.printed):
            part.setVisible(self.is_open() or not over)
        self.source.setVisible((self.is_open() or not over) and bool(self.source.text()))
        self.weight.setVisible((self.is_open() or not over) and self.weight.asked_for(one))

    def _what_is_missing(self, numbing: Numbing) -> dict[str, str]:
        tr, lacking = self._kit.tr, {}
        if not numbing.lot:
            lacking["lot"] = tr("lot number")
        elif numbing.expires_on is None:
            lacking["expiry"] = tr("expiry date of the lot")
        if not numbing.zones:
            lacking["zones"] = tr("zones")
        return lacking

    def _summary(self, numbing: Numbing) -> tuple[str, ...]:
        tr = self._kit.tr
        parts = [numbing.strength] if numbing.strength else []
        if numbing.applied_g is not None:
            parts.append(tr("{grams} g", grams=plain_number(numbing.applied_g)))
        if numbing.lot:
            parts.append(tr("Lot {lot}", lot=numbing.lot))
        if numbing.expires_on:
            parts.append(tr("expires {day}", day=record_date(numbing.expires_on)))
        parts.extend(self.zones_said(numbing.zones))
        parts.extend(self.worker_said(numbing.by))
        return tuple(parts)

    def _show_last(self) -> None:
        tr, last, one = self._kit.tr, self._last, self._numbing
        self.as_last.setVisible(last is not None and one.applied_g is None and one.area_cm2 is None)
        if last is None:
            return
        amounts = []
        if last.applied_g is not None:
            amounts.append(tr("{grams} g", grams=plain_number(last.applied_g)))
        if last.area_cm2 is not None:
            amounts.append(tr("{area} cm²", area=plain_number(last.area_cm2)))
        text = tr("{amount} as on {day}", amount=", ".join(amounts), day=record_date(last.on))
        self.as_last.setText(caption(text))
        self.as_last.setAccessibleName(text)

    def _show_dose(self, numbing: Numbing, weight_kg: Decimal | None, doubt: str) -> None:
        """One statement: what was applied and the most for this body; below it what the label says, and the sources."""
        tr, limits, knowledge = self._kit.tr, self._counting.limits, self._desk.knowledge
        self.dose.setText(dose_statement(tr, knowledge, numbing, weight_kg))
        self.dose.setVisible(bool(self.dose.text()))
        printed = []
        if limits.max_g is not None:
            printed.append(tr("at most {grams} g", grams=plain_number(limits.max_g)))
        if limits.max_area_cm2 is not None:
            printed.append(tr("on at most {area} cm²", area=plain_number(limits.max_area_cm2)))
        if self._layer_g is not None:
            printed.insert(0, tr("at most {grams} g on 10 cm²", grams=plain_number(self._layer_g)))
        if limits.not_again_h is not None:
            printed.append(tr("not again within {hours} hours", hours=limits.not_again_h))
        told = [
            tr("Label: {limits}.", limits=", ".join(printed)) if printed else tr("No greatest amount or area is known.")
        ]
        if self._sources_differ(numbing):
            told.append(tr("Sources differ; the safer value is used."))
        by_body = sources_text(dose_sources(knowledge, numbing), tr, knowledge)
        if by_body:
            told.append(tr("On the skin the limit of injections is advice only."))
        self.printed.setText(" ".join(told))
        named = "; ".join(one for one in (limits.source, by_body) if one)
        self.source.setText(tr("Sources: {sources}", sources=named) if named else "")
        self.source.setVisible(bool(named))
        self.weight.show_weight(weight_kg, doubt)

    def _sources_differ(self, numbing: Numbing) -> bool:
        listed = self._desk.knowledge.products.values()
        return any(entry.differs and has_label(entry, numbing.limits) for entry in listed)

    # asking

    def _on_as_last(self) -> None:
        if self._last is None:
            return
        taken: dict[str, Any] = {"applied_g": self._last.applied_g, "area_cm2": self._last.area_cm2}
        self.ask_change(**{field: value for field, value in taken.items() if value is not None})
        self.grams.setFocus()

    def _on_on_at(self, moment: object) -> None:
        if moment is None:
            self.ask_change(on_at=None, removed_at=None)
        else:
            self.ask_change(on_at=moment)
