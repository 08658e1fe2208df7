"""The figures of a product: what a device can be set to, what a label says of an anaesthetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from needlelog.domain.entry import parse_decimal, parse_line
from needlelog.domain.materials import AnaestheticLimits, DeviceKind, DeviceSettings
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.figures import KINDS
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField
from ui.widgets.numbers import number
from ui.widgets.trade_words import device_kind

# What the record can hold, not what is sensible: the clinical limits are reference data.
_MOST_MM = Decimal("99.99")
_MOST = Decimal(99_999)
_LABEL = KINDS["products"]
_AGENT = re.compile(r"(?P<name>\D.*?)\s+(?P<percent>[\d.,]+)\s*%?")


def decimal_parser(
    field: str, *, most: Decimal, places: int, least: Decimal = Decimal(0), unit: str = ""
) -> Callable[[str], Decimal]:
    """Reads a number for a field of this name."""
    return lambda text: parse_decimal(text, field=field, minimum=least, maximum=most, places=places, unit=unit)


def parse_agents(text: str, *, field: str) -> tuple[tuple[str, Decimal], ...]:
    """``lidocaine 2.5 + prilocaine 2.5`` as agents and percent; raises ``Fault`` where a strength is missing."""
    line = parse_line(text, field=field, limit=LINE_LIMIT)
    agents = []
    for part in re.split(r"[+;]", line):
        found = _AGENT.fullmatch(part.strip())
        if found is None:
            raise Fault(FaultCode.ENTRY_NOT_A_NUMBER, field=field)
        percent = parse_decimal(found["percent"], field=field, minimum=Decimal(0), maximum=Decimal(100), places=3)
        agents.append((found["name"].strip(), percent.normalize()))
    return tuple(agents)


def agents_text(agents: tuple[tuple[str, Decimal], ...]) -> str:
    """``lidocaine 2.5 % + prilocaine 2.5 %``."""
    return " + ".join(f"{name} {number(percent)} %" for name, percent in agents)


class _Figures(QWidget):
    """Fields in two columns."""

    edited = Signal()

    def __init__(self, fields: tuple[LabelledField[Any], ...]) -> None:
        super().__init__()
        self.fields = fields
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for place, each in enumerate(fields):
            row, column = divmod(place, 2)
            grid.addWidget(each, row, column, Qt.AlignmentFlag.AlignTop)
            each.edited.connect(self.edited)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def is_right(self) -> bool:
        """Check every field and show what is wrong."""
        checked = [each.check() for each in self.fields]
        return all(checked)


class DeviceFigures(_Figures):
    """Range, step and output of a device."""

    def __init__(self, kit: Kit) -> None:
        tr, theme = kit.tr, kit.theme
        least, most, step = tr("Least depth, mm"), tr("Greatest depth, mm"), tr("Step, mm")
        evaluated, unit, fixed, source = (
            tr("Deepest evaluated, mm"),
            tr("Output unit"),
            tr("Fixed output"),
            tr("Source"),
        )
        mm = tr("mm")

        def depth(name: str, **options: Any) -> LineField[Decimal]:
            least_mm = options.pop("least", Decimal(0))
            parse = decimal_parser(name, most=_MOST_MM, places=2, least=least_mm, unit=mm)
            return LineField[Decimal](theme, tr, name, parse, show=number, **options)

        self.kind = ChoiceField[DeviceKind](
            theme, tr, tr("How it works"), [(kind, device_kind(tr, kind)) for kind in DeviceKind], required=True
        )
        self.least = depth(least)
        self.most = depth(most, required=True)
        self.step = depth(step, required=True, least=Decimal("0.01"))
        self.evaluated = depth(evaluated, hint=tr("The deepest that its label mentions, if you know it"))
        self.unit = LineField[str](
            theme, tr, unit, lambda text: parse_line(text, field=unit, limit=LINE_LIMIT), hint=tr("rpm, Hz, mJ or W")
        )
        self.fixed = LineField[Decimal](
            theme,
            tr,
            fixed,
            decimal_parser(fixed, most=_MOST, places=2),
            show=number,
            hint=tr("Leave empty if it can be adjusted"),
        )
        self.source = LineField[str](theme, tr, source, lambda text: parse_line(text, field=source, limit=LINE_LIMIT))
        fields = (self.kind, self.step, self.least, self.most, self.evaluated, self.unit, self.fixed, self.source)
        super().__init__(fields)
        self._tr = tr

    def show_settings(self, settings: DeviceSettings | None) -> None:
        """Show what is stored, or nothing."""
        self.kind.set_value(settings.kind if settings else None)
        self.least.set_value(settings.depth_min_mm if settings else None)
        self.most.set_value(settings.depth_max_mm if settings else None)
        self.step.set_value(settings.depth_step_mm if settings else None)
        self.evaluated.set_value(settings.depth_evaluated_mm if settings else None)
        self.unit.set_value((settings.output_unit or None) if settings else None)
        self.fixed.set_value(settings.output_fixed if settings else None)
        self.source.set_value((settings.source or None) if settings else None)

    def is_right(self) -> bool:
        right = super().is_right()
        least, most = self.least.value() or Decimal(0), self.most.value()
        if right and most is not None and least > most:
            self.most.show_finding(self._tr("This is less than the least depth. Check both."))
            return False
        return right

    def settings(self) -> DeviceSettings:
        """The settings, once every field is right."""
        return DeviceSettings(
            kind=self.kind.value() or DeviceKind.MOTOR_PEN,
            depth_min_mm=self.least.value() or Decimal(0),
            depth_max_mm=self.most.value() or Decimal(0),
            depth_step_mm=self.step.value() or Decimal(0),
            depth_evaluated_mm=self.evaluated.value(),
            output_unit=self.unit.value() or "",
            output_fixed=self.fixed.value(),
            source=self.source.value() or "",
        )


class AnaestheticFigures(_Figures):
    """Agents, times and limits as the label has them."""

    def __init__(self, kit: Kit) -> None:
        tr, theme = kit.tr, kit.theme
        agents, source = tr("Agents and strength"), tr("Source")
        self.agents = LineField[tuple[tuple[str, Decimal], ...]](
            theme,
            tr,
            agents,
            lambda text: parse_agents(text, field=agents),
            show=agents_text,
            hint=tr("For example lidocaine 2.5 + prilocaine 2.5"),
        )
        self.source = LineField[str](
            theme,
            tr,
            source,
            lambda text: parse_line(text, field=source, limit=LINE_LIMIT),
            hint=tr("Label, leaflet or page"),
        )

        def figure(key: str, name: str, **more: Any) -> LineField[Decimal]:
            # As wide as where the clinic sets a value of its own: a slip of the finger gets no further here.
            kind = _LABEL[key]
            least = max(kind.least, Decimal(1).scaleb(-kind.places))
            unit = tr(kind.unit)
            parse = decimal_parser(name, most=kind.most, places=kind.places, least=least, unit=unit)
            return LineField[Decimal](theme, tr, name, parse, show=number, **more)

        self.dwell_min = figure("anaesthetic.dwell_min_min", tr("Shortest time on, min"))
        self.dwell_max = figure("anaesthetic.dwell_max_min", tr("Longest time on, min"))
        self.max_g = figure("anaesthetic.max_g", tr("Most, g"))
        self.max_area = figure("anaesthetic.max_area_cm2", tr("Largest area, cm²"))
        self.layer = figure("g_per_10cm2", tr("Thickest layer, g on 10 cm²"))
        self.not_again = figure("not_again_h", tr("Not again within, hours"))
        times = (self.dwell_min, self.dwell_max)
        amounts = (self.max_g, self.max_area, self.layer, self.not_again)
        super().__init__((self.agents, self.source, *times, *amounts))
        self._tr = tr

    def show_limits(self, limits: AnaestheticLimits | None) -> None:
        """Show what is stored, or nothing."""
        limits = limits or AnaestheticLimits()
        self.agents.set_value(limits.agents or None)
        self.source.set_value(limits.source or None)
        self.dwell_min.set_value(None if limits.dwell_min_min is None else Decimal(limits.dwell_min_min))
        self.dwell_max.set_value(None if limits.dwell_max_min is None else Decimal(limits.dwell_max_min))
        self.max_g.set_value(limits.max_g)
        self.max_area.set_value(limits.max_area_cm2)
        self.layer.set_value(limits.g_per_10cm2)
        self.not_again.set_value(None if limits.not_again_h is None else Decimal(limits.not_again_h))

    def is_right(self) -> bool:
        right = super().is_right()
        least, most = self.dwell_min.value(), self.dwell_max.value()
        if right and least is not None and most is not None and least > most:
            self.dwell_max.show_finding(self._tr("This is less than the shortest time. Check both."))
            return False
        return right

    def limits(self) -> AnaestheticLimits:
        """The limits, once every field is right."""
        least, most, hours = self.dwell_min.value(), self.dwell_max.value(), self.not_again.value()
        return AnaestheticLimits(
            agents=self.agents.value() or (),
            dwell_min_min=None if least is None else int(least),
            dwell_max_min=None if most is None else int(most),
            max_g=self.max_g.value(),
            max_area_cm2=self.max_area.value(),
            source=self.source.value() or "",
            g_per_10cm2=self.layer.value(),
            not_again_h=None if hours is None else int(hours),
        )
