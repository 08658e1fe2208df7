"""One product as it was used: a line to read, and below it what can be tapped to complete it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Finding
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from ui.screens.session.clock_field import ClockField
from ui.screens.session.columns import Columns
from ui.screens.session.duration import Duration
from ui.screens.session.finding_lines import FindingLines
from ui.screens.session.lot_picker import LotPicker
from ui.screens.session.new_product import UNITS
from ui.screens.session.zone_chips import ZoneChips
from ui.toolkit.buttons import icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE
from ui.widgets.card import hairline
from ui.widgets.chips import ChipRow
from ui.widgets.elided import ElidedLabel
from ui.widgets.number import NumberStepper

LEAST_AMOUNT = Decimal("0.01")
MOST_AMOUNT = Decimal(1000)
AMOUNT_STEP = Decimal("0.5")
SEPARATOR = "  ·  "


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What a card asks for beside lot and time."""

    amount: bool = True
    zones: bool = False
    duration: bool = False


class UseCard(QFrame):
    """Shows one ``MaterialUse`` and asks for changes of it; it keeps nothing but what is being typed."""

    change_requested = Signal(object, object)
    """The id, and the fields to replace as a dict."""
    remove_requested = Signal(object)
    stop_requested = Signal(object)

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        use: MaterialUse,
        facts: UseFacts,
        zone: Callable[[], str],
        day: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._use = use
        self._facts = facts
        self._zone = zone
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(self._build_head())
        self.findings = FindingLines(kit)
        column.addWidget(self.findings)
        self.body = QWidget()
        self._build_body(day)
        column.addWidget(self.body)
        self.set_open(False)

    def _build_head(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self.title = ElidedLabel(self._use.name, "heading")
        self.summary = label("", "caption", muted=True, wrap=True)
        self.edit = icon_button(theme, "edit", tr("Details of {name}", name=self._use.name))
        self.edit.setCheckable(True)
        self.edit.clicked.connect(self.set_open)
        self.remove = icon_button(theme, "trash", tr("Remove {name}", name=self._use.name))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._use.id))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        mark = IconMark(theme, "check", "ok", 24)
        mark.setContentsMargins(0, 4, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.edit)
        row.addWidget(self.remove)
        return row

    def _build_body(self, day: Callable[[], date]) -> None:
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 4, 4)
        column.setSpacing(SPACE * 2)
        column.addWidget(hairline())
        if self._facts.duration:
            self.duration = Duration(self._kit, self._use.name)
            self.duration.start_requested.connect(self._on_start)
            self.duration.stop_requested.connect(lambda: self.stop_requested.emit(self._use.id))
            self.duration.minutes_set.connect(self._on_minutes)
            column.addWidget(self.duration)
        self.lot = LotPicker(self._kit, self._desk, day, rare=self._facts.duration)
        self.lot.taken.connect(self._on_lot)
        self.amount_box = self._build_amount()
        if not self._facts.amount:
            self.amount_box.hide()
        column.addWidget(Columns(self.lot, self.amount_box) if self._facts.amount else self.lot)
        if self._facts.zones:
            self.zones = ZoneChips(self._kit, self._desk.knowledge, self._kit.tr("Zones"))
            self.zones.changed.connect(lambda zones: self._ask(zones=zones))
            column.addWidget(self.zones)
        column.addWidget(self._build_when())

    def _build_amount(self) -> QWidget:
        tr = self._kit.tr
        box = QWidget(self.body)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("Amount"), "strong"))
        self.amount = NumberStepper(
            self._kit.theme, tr, tr("Amount"), LEAST_AMOUNT, MOST_AMOUNT, AMOUNT_STEP, places=2, start=Decimal(1)
        )
        self.amount.line.setPlaceholderText("–")
        self.amount.changed.connect(self._on_amount)
        column.addWidget(self.amount)
        units = list(dict.fromkeys((*UNITS, *((self._use.amount_unit,) if self._use.amount_unit else ()))))
        self.unit = ChipRow(self._kit.theme, tr("Unit"), [(unit, tr(unit)) for unit in units], clearable=False)
        self.unit.changed.connect(self._on_unit)
        column.addWidget(self.unit)
        return box

    def _build_when(self) -> QWidget:
        tr = self._kit.tr
        self.at = ClockField(self._kit, self._zone, tr("Applied at"))
        self.at.committed.connect(self._on_at)
        self._people = QWidget(self.body)
        column = QVBoxLayout(self._people)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("By"), "strong"))
        self.by = ChipRow(self._kit.theme, tr("By"), [], clearable=False)
        self.by.changed.connect(lambda who: self._ask(by=who))
        column.addWidget(self.by)
        self._who: list[tuple[str, str]] = []
        return Columns(self.at, self._people)

    # showing

    @property
    def use(self) -> MaterialUse:
        """What the card shows."""
        return self._use

    def set_open(self, is_open: bool) -> None:
        """Show or hide the entries below the line."""
        self.body.setVisible(is_open)
        self.edit.setChecked(is_open)

    def show_use(self, use: MaterialUse, draft: SessionDraft, first_zones: Sequence[str], who: Sequence[str]) -> None:
        """Paint ``use``; an entry being typed is left alone."""
        self._use = use
        said = self._summary(use)
        self.summary.setText(SEPARATOR.join(unbroken(part) for part in said))
        self.setAccessibleName(", ".join((use.name, *said)))
        self.lot.show_lot(use.product_id, use.lot, use.expires_on)
        if self.amount.value() != use.amount:
            self.amount.set_value(use.amount)
        if self.unit.value() != (use.amount_unit or None):
            self.unit.set_value(use.amount_unit or None)
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

    def show_findings(self, findings: Sequence[Finding], draft: SessionDraft) -> None:
        """Show what the rules say of this use."""
        self.findings.show_findings(findings, draft)

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

    def _summary(self, use: MaterialUse) -> tuple[str, ...]:
        tr = self._kit.tr
        parts = []
        if use.lot or not self._facts.duration:
            parts.append(tr("Lot {lot}", lot=use.lot) if use.lot else tr("No lot yet"))
        if use.expires_on:
            parts.append(tr("expires {day}", day=record_date(use.expires_on)))
        if use.amount is not None:
            parts.append(f"{plain_number(use.amount)} {tr(use.amount_unit) if use.amount_unit else ''}".strip())
        if use.duration_s is not None:
            parts.append(tr("{minutes} min", minutes=plain_number(minutes_of(use.duration_s))))
        if use.zones:
            parts.append(tr.plural("{count} zone", "{count} zones", len(use.zones)))
        parts.append(record_time(local(use.at, self._zone())))
        if use.by:
            parts.append(use.by)
        return tuple(parts)

    # asking

    def _ask(self, **fields: Any) -> None:
        self.change_requested.emit(self._use.id, fields)

    def _on_lot(self, code: str, expires_on: date | None) -> None:
        self._ask(lot=code, expires_on=expires_on)
        if self._facts == UseFacts(amount=False):
            # The lot was the last thing to say: what comes next moves up.
            self.set_open(False)

    def _on_amount(self, amount: Decimal) -> None:
        self._ask(amount=amount, amount_unit=self._use.amount_unit or UNITS[0])

    def _on_unit(self, unit: object) -> None:
        self._ask(amount_unit=str(unit or ""))

    def _on_at(self, moment: object) -> None:
        if moment is None:
            # A record always has its time: an emptied entry shows it again.
            self.at.show_moment(self._use.at, self._use.at)
            return
        self._ask(at=moment)

    def _on_start(self) -> None:
        now = self._kit.clock.now()
        self._ask(started_at=now, duration_s=None, at=now)

    def _on_minutes(self, minutes: Decimal) -> None:
        self._ask(duration_s=int(timedelta(minutes=float(minutes)).total_seconds()))


def minutes_of(seconds: int) -> Decimal:
    """Seconds as minutes with at most one decimal place."""
    return (Decimal(seconds) / 60).quantize(Decimal("0.1"))


def unbroken(text: str) -> str:
    """``text`` that a wrapped line never breaks, not even after the hyphen of a date."""
    return text.replace(" ", "\u00a0").replace("-", "-\u2060")


def plain_number(number: Decimal) -> str:
    """``2.00`` as ``2``, ``0.50`` as ``0.5``; never an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def use_id_of(field: str) -> UUID | None:
    """The id at the end of ``kind:id``, if there is one."""
    try:
        return UUID(field.partition(":")[2])
    except ValueError:
        return None
