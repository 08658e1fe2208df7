"""A product put on the clinic's list in the middle of a visit, from what its label says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_decimal, parse_line
from needlelog.domain.materials import AnaestheticLimits, Product, ProductKind
from needlelog.domain.text import fold
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.figures import KINDS
from needlelog.services.desk import Desk
from ui.screens.session.columns import Columns
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField

NAME_LIMIT = 120
AGENTS = 3
UNITS = ("ml", "g", "drops", "piece")
# Bounds of what can be typed at all; what is right for the skin stands on the label.
_MOST_MINUTES = Decimal(1440)
_MOST_G = Decimal(1000)
_MOST_CM2 = Decimal(20000)
_LABEL = KINDS["products"]


def kind_name(kit: Kit, kind: ProductKind) -> str:
    """What people call this kind of product."""
    tr = kit.tr
    return {
        ProductKind.CLEANSER: tr("Cleanser"),
        ProductKind.ANAESTHETIC: tr("Anaesthetic"),
        ProductKind.SERUM: tr("Serum"),
        ProductKind.COOLING: tr("Cooling or soothing product"),
        ProductKind.ADDON: tr("Add-on, such as a light"),
        ProductKind.DEVICE: tr("Device"),
        ProductKind.CARTRIDGE: tr("Cartridge"),
        ProductKind.AFTERCARE: tr("Product for home"),
    }[kind]


class NewProduct(QWidget):
    """Name, maker, unit; for an anaesthetic also what its label limits. Empty figures are not limits of zero."""

    added = Signal(object)
    """The ``Product``, already on the list."""
    cancelled = Signal()

    def __init__(self, kit: Kit, desk: Desk, kinds: tuple[ProductKind, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._kinds = kinds
        self.agents: list[tuple[LineField[str], LineField[Decimal]]] = []
        self._build()

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE * 2)
        self.name: LineField[str] = LineField(theme, tr, tr("Name"), self._read_name, required=True)
        self.maker: LineField[str] = LineField(theme, tr, tr("Maker"), self._line(tr("Maker")))
        self._column.addWidget(Columns(self.name, self.maker, gap=SPACE * 2))
        self.kind = ChipRow(
            theme, tr("Kind"), [(kind, kind_name(self._kit, kind)) for kind in self._kinds], clearable=False
        )
        self.kind.set_value(self._kinds[0])
        if len(self._kinds) > 1:
            self._column.addWidget(self.kind)
        if ProductKind.ANAESTHETIC in self._kinds:
            self._build_label()
        else:
            self._column.addWidget(label(tr("Measured in"), "strong"))
        self.unit = ChipRow(theme, tr("Measured in"), [(unit, tr(unit)) for unit in UNITS])
        self.unit.set_value(UNITS[0])
        if ProductKind.ANAESTHETIC not in self._kinds:
            self._column.addWidget(self.unit)
        self._column.addLayout(self._verbs())

    def _build_label(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self._column.addWidget(label(tr("Agents, as printed on the label"), "strong"))
        for number in range(1, AGENTS + 1):
            caption = tr("Agent {number}", number=number)
            agent: LineField[str] = LineField(theme, tr, caption, self._line(caption))
            percent = self._figure(tr("Strength {number}, %", number=number), Decimal(100), 2)
            self.agents.append((agent, percent))
            self._column.addWidget(Columns(agent, percent, gap=SPACE * 2))
        self.least = self._figure(tr("On for at least, min"), _MOST_MINUTES, 0)
        self.most = self._figure(tr("On for at most, min"), _MOST_MINUTES, 0)
        self.grams = self._figure(tr("At most, g"), _MOST_G, 1)
        self.area = self._figure(tr("On at most, cm²"), _MOST_CM2, 0)
        self._column.addWidget(label(tr("Limits, where the label prints them"), "strong"))
        self.layer = self._figure(tr("At most, g on 10 cm²"), _LABEL["g_per_10cm2"].most, 2)
        self.not_again = self._figure(tr("Not again within, h"), _LABEL["not_again_h"].most, 0)
        self._column.addWidget(Columns(self.least, self.most, self.not_again, gap=SPACE * 2))
        self._column.addWidget(Columns(self.grams, self.area, self.layer, gap=SPACE * 2))

    def _verbs(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self.add = button(theme, tr("Add to the list and use"), "primary", "plus")
        self.add.clicked.connect(self.save)
        self.cancel = button(theme, tr("Cancel"), "quiet")
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.add)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def _figure(self, caption: str, maximum: Decimal, places: int) -> LineField[Decimal]:
        def read(text: str) -> Decimal:
            number = parse_decimal(text, field=caption, minimum=Decimal(0), maximum=maximum, places=places)
            if number == 0:
                raise Fault(FaultCode.ENTRY_TOO_SMALL, field=caption, limit=Decimal(1).scaleb(-places), unit="")
            return number

        made: LineField[Decimal] = LineField(self._kit.theme, self._kit.tr, caption, read)
        made.setMinimumWidth(104)
        return made

    def save(self) -> bool:
        """Put the product on the list; False when something in the form is wrong or the name is taken."""
        fields: list[LabelledField[Any]] = [self.name, self.maker]
        for agent, percent in self.agents:
            fields += [agent, percent]
        if self.agents:
            fields += [self.least, self.most, self.not_again, self.grams, self.area, self.layer]
        wrong = [field for field in fields if not field.check()]
        wrong += [field for field in self._unpaired() if field not in wrong]
        if wrong:
            wrong[0].setFocus()
            return False
        name, kind = self.name.value(), self.kind.value()
        if name is None or not isinstance(kind, ProductKind):
            return False
        anaesthetic = kind is ProductKind.ANAESTHETIC
        unit = self.unit.value()
        product = Product(
            id=uuid4(),
            kind=kind,
            name=name,
            maker=self.maker.value() or "",
            anaesthetic=self._limits() if anaesthetic else None,
            amount_unit="g" if anaesthetic else str(unit or ""),
            added_at=self._kit.clock.now(),
        )
        self.added.emit(self._desk.materials.add(product))
        return True

    def _unpaired(self) -> list[LabelledField[Any]]:
        """An agent without a strength, a strength without an agent, a window that ends before it begins."""
        tr = self._kit.tr
        wrong: list[LabelledField[Any]] = []
        for agent, percent in self.agents:
            if agent.value() and percent.value() is None:
                percent.show_finding(tr("What strength is {agent}?", agent=agent.value()))
                wrong.append(percent)
            elif percent.value() is not None and not agent.value():
                agent.show_finding(tr("Which agent has this strength?"))
                wrong.append(agent)
        if self.agents:
            least, most = self.least.value(), self.most.value()
            if least is not None and most is not None and least > most:
                self.most.show_finding(tr("This is less than the least time."))
                wrong.append(self.most)
        return wrong

    def _limits(self) -> AnaestheticLimits:
        least, most, hours = self.least.value(), self.most.value(), self.not_again.value()
        return AnaestheticLimits(
            agents=tuple(
                (agent.value() or "", percent.value() or Decimal(0))
                for agent, percent in self.agents
                if agent.value() and percent.value()
            ),
            dwell_min_min=None if least is None else int(least),
            dwell_max_min=None if most is None else int(most),
            max_g=self.grams.value(),
            max_area_cm2=self.area.value(),
            g_per_10cm2=self.layer.value(),
            not_again_h=None if hours is None else int(hours),
            source=self._kit.tr("clinic's own entry"),
        )

    def _read_name(self, text: str) -> str:
        name = parse_line(text, field=self._kit.tr("Name"), limit=NAME_LIMIT, required=True)
        known = {fold(one.name) for kind in self._kinds for one in self._desk.materials.all(kind)}
        if fold(name) in known:
            raise Fault(FaultCode.PRODUCT_KNOWN)
        return name

    def _line(self, caption: str) -> Callable[[str], str]:
        return lambda text: parse_line(text, field=caption, limit=NAME_LIMIT)
