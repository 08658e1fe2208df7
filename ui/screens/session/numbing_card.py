"""One application of an anaesthetic: time on the skin, dose against the label, zones, lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.i18n import record_date
from needlelog.rules.anaesthetic import applied_mg
from needlelog.services.desk import Desk
from ui.screens.session.clock_field import ClockField
from ui.screens.session.columns import Columns
from ui.screens.session.dwell_timer import DwellTimer
from ui.screens.session.finding_lines import FindingLines
from ui.screens.session.lot_picker import LotPicker
from ui.screens.session.use_card import SEPARATOR, plain_number, unbroken
from ui.screens.session.zone_chips import ZoneChips
from ui.toolkit.buttons import icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.elided import ElidedLabel
from ui.widgets.number import NumberStepper

# Bounds of what can be typed at all; the limits that matter are the label's and come with the product.
_LEAST_G, _MOST_G, _STEP_G = Decimal("0.1"), Decimal(500), Decimal(1)
_LEAST_CM2, _MOST_CM2, _STEP_CM2 = Decimal(1), Decimal(20000), Decimal(10)


class NumbingCard(QFrame):
    """Shows one ``Numbing`` and asks for changes of it."""

    change_requested = Signal(object, object)
    """The id, and the fields to replace as a dict."""
    apply_requested = Signal(object)
    off_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        numbing: Numbing,
        zone: Callable[[], str],
        day: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._numbing = numbing
        self._zone = zone
        self._people: list[tuple[str, str]] = []
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 16)
        column.setSpacing(12)
        column.addLayout(self._build_head())
        self.timer = DwellTimer(kit, numbing.name)
        self.timer.apply_requested.connect(lambda: self.apply_requested.emit(self._numbing.id))
        self.timer.remove_requested.connect(lambda: self.off_requested.emit(self._numbing.id))
        column.addWidget(self.timer)
        self.findings = FindingLines(kit)
        column.addWidget(self.findings)
        self.body = QWidget()
        self._build_body(day)
        column.addWidget(self.body)

    def _build_head(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self.title = ElidedLabel(self._numbing.name, "heading")
        self.summary = label("", "caption", muted=True, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        self.edit = icon_button(theme, "edit", tr("Details of {name}", name=self._numbing.name))
        self.edit.setCheckable(True)
        self.edit.clicked.connect(self.set_open)
        self.remove = icon_button(theme, "trash", tr("Remove {name}", name=self._numbing.name))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._numbing.id))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(words, 1)
        row.addWidget(self.edit)
        row.addWidget(self.remove)
        return row

    def _build_body(self, day: Callable[[], date]) -> None:
        kit, tr = self._kit, self._kit.tr
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(SPACE * 2)
        self.grams = NumberStepper(
            kit.theme, tr, tr("Grams"), _LEAST_G, _MOST_G, _STEP_G, tr("g"), 2, start=Decimal(10)
        )
        self.grams.changed.connect(lambda value: self._ask(applied_g=value))
        self.area = NumberStepper(
            kit.theme, tr, tr("Area"), _LEAST_CM2, _MOST_CM2, _STEP_CM2, tr("cm²"), 0, start=Decimal(100)
        )
        for stepper in (self.grams, self.area):
            stepper.line.setPlaceholderText("–")
        self.area.changed.connect(lambda value: self._ask(area_cm2=value))
        column.addWidget(
            Columns(self._titled(tr("Amount applied"), self.grams), self._titled(tr("Area"), self.area), gap=SPACE * 2)
        )
        self.dose = label("", "body", wrap=True)
        self.printed = label("", "caption", muted=True, wrap=True)
        doses = QVBoxLayout()
        doses.setSpacing(2)
        doses.addWidget(self.dose)
        doses.addWidget(self.printed)
        column.addLayout(doses)
        self.zones = ZoneChips(kit, self._desk.knowledge, tr("Zones"))
        self.zones.changed.connect(lambda zones: self._ask(zones=zones))
        column.addWidget(self.zones)
        self.lot = LotPicker(kit, self._desk, day)
        self.lot.taken.connect(lambda code, until: self._ask(lot=code, expires_on=until))
        column.addWidget(self.lot)
        column.addWidget(self._build_times())

    def _build_times(self) -> QWidget:
        tr = self._kit.tr
        self.on_at = ClockField(self._kit, self._zone, tr("On at"))
        self.on_at.committed.connect(self._on_on_at)
        self.off_at = ClockField(self._kit, self._zone, tr("Removed at"))
        self.off_at.committed.connect(lambda moment: self._ask(removed_at=moment))
        self.by = ChipRow(self._kit.theme, tr("By"), [], clearable=False)
        self.by.changed.connect(lambda who: self._ask(by=str(who or "")))
        times = QWidget()
        row = QHBoxLayout(times)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.on_at, 1)
        row.addWidget(self.off_at, 1)
        row.addStretch(1)
        self._who = self._titled(tr("By"), self.by)
        return Columns(times, self._who)

    def _titled(self, text: str, part: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(text, "strong"))
        column.addWidget(part)
        return box

    # showing

    @property
    def numbing(self) -> Numbing:
        """What the card shows."""
        return self._numbing

    def set_open(self, is_open: bool) -> None:
        """Show or hide the entries below the timer."""
        self.body.setVisible(is_open)
        self.edit.setChecked(is_open)

    def show_numbing(
        self, numbing: Numbing, draft: SessionDraft, first_zones: Sequence[str], people: Sequence[str]
    ) -> None:
        """Paint ``numbing``; an entry being typed is left alone."""
        self._numbing = numbing
        said = self._summary(numbing)
        self.summary.setText(SEPARATOR.join(unbroken(part) for part in said))
        self.setAccessibleName(", ".join((numbing.name, *said)))
        if self.grams.value() != numbing.applied_g:
            self.grams.set_value(numbing.applied_g)
        if self.area.value() != numbing.area_cm2:
            self.area.set_value(numbing.area_cm2)
        self._show_dose(numbing)
        self.zones.show_zones(numbing.zones, first_zones)
        self.lot.show_lot(numbing.product_id, numbing.lot, numbing.expires_on)
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
        self.tick()

    def show_findings(self, findings: Sequence[Finding], draft: SessionDraft) -> None:
        """Show what the rules say of this application."""
        self.findings.show_findings(findings, draft)

    def tick(self) -> None:
        """A second has passed: read the clock."""
        self.timer.show_dwell(self._numbing, self._kit.clock.now(), self._zone())

    def leave(self) -> None:
        """Take what is half-typed where it is right."""
        self.grams.commit()
        self.area.commit()
        self.lot.leave()
        self.on_at.commit()
        self.off_at.commit()

    def _summary(self, numbing: Numbing) -> tuple[str, ...]:
        tr = self._kit.tr
        parts = [numbing.strength] if numbing.strength else []
        if numbing.applied_g is not None:
            parts.append(tr("{grams} g", grams=plain_number(numbing.applied_g)))
        parts.append(tr("Lot {lot}", lot=numbing.lot) if numbing.lot else tr("No lot yet"))
        if numbing.expires_on:
            parts.append(tr("expires {day}", day=record_date(numbing.expires_on)))
        if numbing.zones:
            parts.append(tr.plural("{count} zone", "{count} zones", len(numbing.zones)))
        if numbing.by:
            parts.append(numbing.by)
        return tuple(parts)

    def _show_dose(self, numbing: Numbing) -> None:
        tr, limits = self._kit.tr, numbing.limits
        doses = [tr("{agent} {mg} mg", agent=agent, mg=plain_number(mg)) for agent, mg in applied_mg(numbing)]
        self.dose.setText(tr("Applied: {doses}", doses=", ".join(doses)) if doses else "")
        self.dose.setVisible(bool(doses))
        printed = []
        if limits.max_g is not None:
            printed.append(tr("at most {grams} g", grams=plain_number(limits.max_g)))
        if limits.max_area_cm2 is not None:
            printed.append(tr("on at most {area} cm²", area=plain_number(limits.max_area_cm2)))
        text = (
            tr("Label: {limits}.", limits=", ".join(printed)) if printed else tr("No greatest amount or area is known.")
        )
        if limits.source:
            text += " " + tr("Source: {source}", source=limits.source)
        self.printed.setText(text)

    # asking

    def _ask(self, **fields: Any) -> None:
        self.change_requested.emit(self._numbing.id, fields)

    def _on_on_at(self, moment: object) -> None:
        if moment is None:
            self._ask(on_at=None, removed_at=None)
        else:
            self._ask(on_at=moment)
