"""One product as it was used: recorded by one tap, its amount or time set on the card, the rest under "Change"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from ui.screens.session.clock_field import ClockField
from ui.screens.session.columns import Columns
from ui.screens.session.duration import Duration
from ui.screens.session.lot_picker import LotPicker, Recalled
from ui.screens.session.new_product import UNITS
from ui.screens.session.record_card import RecordCard, plain_number
from ui.screens.session.zone_chips import ZoneChips
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.number import NumberStepper

LEAST_AMOUNT = Decimal("0.01")
MOST_AMOUNT = Decimal(1000)
AMOUNT_STEP = Decimal("0.5")
STEPPER_PX = 460


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What a card asks for beside lot and time."""

    amount: bool = True
    zones: bool = False
    duration: bool = False


@dataclass(frozen=True, slots=True)
class LastTime:
    """How much of it was used at the client's last visit, and when that was: to be taken by a tap, never by itself."""

    on: date
    amount: Decimal
    unit: str


class UseCard(RecordCard):
    """Shows one ``MaterialUse`` and asks for changes of it; it keeps nothing but what is being typed."""

    stop_requested = Signal(object)

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        use: MaterialUse,
        facts: UseFacts,
        zone: Callable[[], str],
        day: Callable[[], date],
        recalled: Recalled,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, desk, use.id, use.name, parent=parent)
        self._use = use
        self._facts = facts
        self._zone = zone
        self._last: LastTime | None = None
        self._build_quick()
        self._build_details(day, recalled)
        self.set_open(False)

    def _build_quick(self) -> None:
        if self._facts.duration:
            self.duration = Duration(self._kit, self._use.name)
            self.duration.start_requested.connect(self._on_start)
            self.duration.stop_requested.connect(lambda: self.stop_requested.emit(self._use.id))
            self.duration.minutes_set.connect(self._on_minutes)
            self.quick.addWidget(self.duration)
        self.amount = NumberStepper(
            self._kit.theme,
            self._kit.tr,
            self._kit.tr("Amount of {name}", name=self._use.name),
            LEAST_AMOUNT,
            MOST_AMOUNT,
            AMOUNT_STEP,
            places=2,
            start=Decimal(1),
            optional=True,
        )
        self.amount.setMaximumWidth(self._kit.theme.px(STEPPER_PX))
        self.amount.changed.connect(self._on_amount)
        self.as_last = button(self._kit.theme, "", "secondary", "repeat")
        self.as_last.clicked.connect(self._on_as_last)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(self._kit.tr("Amount"), "strong"))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        # All the room up to its greatest width goes to the amount, so that its pad keeps its place in the row.
        row.addWidget(self.amount, 1)
        row.addWidget(self.as_last)
        row.addStretch(0)
        column.addLayout(row)
        if not self._facts.amount:
            box.hide()
        self.quick.addWidget(box)

    def _build_details(self, day: Callable[[], date], recalled: Recalled) -> None:
        tr = self._kit.tr
        self.lot = LotPicker(self._kit, self._desk, day, recalled, rare=self._facts.duration)
        self.lot.taken.connect(lambda code, until: self.ask_change(lot=code, expires_on=until))
        self.add_section(self.lot, "lot", "expiry", ask=lambda key: self.lot.ask(for_expiry=key == "expiry"))
        if self._facts.zones:
            self.zones = ZoneChips(self._kit, self._desk.knowledge, tr("Zones"))
            self.zones.changed.connect(lambda zones: self.ask_change(zones=zones))
            self.add_section(self.zones, "zones", lasting=True, ask=lambda _key: self.zones.chips.setFocus())
        units = list(dict.fromkeys((*UNITS, *((self._use.amount_unit,) if self._use.amount_unit else ()))))
        self.unit = ChipRow(self._kit.theme, tr("Unit"), [(unit, tr(unit)) for unit in units], clearable=False)
        self.unit.changed.connect(lambda unit: self.ask_change(amount_unit=str(unit or "")))
        if self._facts.amount:
            self.add_section(titled(tr("Unit"), self.unit), "unit")
        self.at = ClockField(self._kit, self._zone, tr("Applied at"))
        self.at.committed.connect(self._on_at)
        self.by = ChipRow(self._kit.theme, tr("By"), [], clearable=False)
        self.by.changed.connect(lambda who: self.ask_change(by=who))
        self._people = titled(tr("By"), self.by)
        self._who: list[tuple[str, str]] = []
        self.add_section(Columns(self.at, self._people), "when")

    # showing

    @property
    def use(self) -> MaterialUse:
        """What the card shows."""
        return self._use

    def show_use(
        self,
        use: MaterialUse,
        draft: SessionDraft,
        first_zones: Sequence[str],
        who: Sequence[str],
        last: LastTime | None = None,
    ) -> None:
        """Paint ``use``; an entry being typed is left alone."""
        self._use = use
        self._last = last
        self.show_summary(self._summary(use), self._what_is_missing(use))
        self.lot.show_lot(use.product_id, use.name, use.lot, use.expires_on)
        self._show_amount(use)
        if self._facts.zones:
            self.zones.show_zones(use.zones, first_zones)
        if self._facts.duration:
            self.duration.show_times(use.started_at, use.duration_s, self._kit.clock.now())
        self.at.show_moment(use.at, draft.started_at)
        people = [(one, one) for one in dict.fromkeys((*who, *((use.by,) if use.by else ())))]
        if people != self._who:
            self._who = people
            self.by.set_options(people)
            self._people.setVisible(len(people) > 1)
        if self.by.value() != (use.by or None):
            self.by.set_value(use.by or None)

    def _show_amount(self, use: MaterialUse) -> None:
        tr, last = self._kit.tr, self._last
        if self.amount.value() != use.amount:
            self.amount.set_value(use.amount)
        self.amount.set_unit(tr(use.amount_unit or UNITS[0]))
        if self.unit.value() != (use.amount_unit or None):
            self.unit.set_value(use.amount_unit or None)
        self.as_last.setVisible(last is not None and use.amount is None)
        if last is not None:
            amount = f"{plain_number(last.amount)} {tr(last.unit)}"
            text = tr("{amount} as on {day}", amount=amount, day=record_date(last.on))
            self.as_last.setText(caption(text))
            self.as_last.setAccessibleName(text)

    def tick(self) -> None:
        """A second has passed: let the running time move on."""
        if self._facts.duration:
            self.duration.tick(self._kit.clock.now())

    def leave(self) -> None:
        """Take what is half-typed where it is right."""
        self.lot.leave()
        self.amount.commit()
        self.at.commit()
        if self._facts.duration:
            self.duration.commit()

    def _what_is_missing(self, use: MaterialUse) -> dict[str, str]:
        tr, lacking = self._kit.tr, {}
        # A light has no lot; whatever has one has an expiry date as well.
        if not use.lot and not self._facts.duration:
            lacking["lot"] = tr("lot number")
        if use.lot and use.expires_on is None:
            lacking["expiry"] = tr("expiry date of the lot")
        if self._facts.zones and not use.zones:
            lacking["zones"] = tr("zones")
        return lacking

    def _summary(self, use: MaterialUse) -> tuple[str, ...]:
        tr = self._kit.tr
        parts = [tr("Lot {lot}", lot=use.lot)] if use.lot else []
        if use.expires_on:
            parts.append(tr("expires {day}", day=record_date(use.expires_on)))
        if use.amount is not None:
            parts.append(f"{plain_number(use.amount)} {tr(use.amount_unit) if use.amount_unit else ''}".strip())
        if use.duration_s is not None:
            parts.append(tr("{minutes} min", minutes=plain_number(minutes_of(use.duration_s))))
        parts.extend(self.zones_said(use.zones))
        parts.append(record_time(local(use.at, self._zone())))
        parts.extend(self.worker_said(use.by))
        return tuple(parts)

    # asking

    def _on_amount(self, amount: Decimal | None) -> None:
        self.ask_change(amount=amount, amount_unit=self._use.amount_unit or UNITS[0])

    def _on_as_last(self) -> None:
        if self._last is not None:
            self.ask_change(amount=self._last.amount, amount_unit=self._last.unit)
            self.amount.setFocus()

    def _on_at(self, moment: object) -> None:
        if moment is None:
            # A record always has its time: an emptied entry shows it again.
            self.at.show_moment(self._use.at, self._use.at)
            return
        self.ask_change(at=moment)

    def _on_start(self) -> None:
        now = self._kit.clock.now()
        self.ask_change(started_at=now, duration_s=None, at=now)
        self.duration.stop.setFocus()

    def _on_minutes(self, minutes: Decimal) -> None:
        self.ask_change(duration_s=int(timedelta(minutes=float(minutes)).total_seconds()))


def titled(text: str, part: QWidget) -> QWidget:
    """``part`` with its name above it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(text, "strong"))
    column.addWidget(part)
    return box


def minutes_of(seconds: int) -> Decimal:
    """Seconds as minutes with at most one decimal place."""
    return (Decimal(seconds) / 60).quantize(Decimal("0.1"))
