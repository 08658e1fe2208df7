"""The client's body weight at this visit: asked where the dose is told, and never required."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.findings import Source
from needlelog.domain.session import Numbing
from needlelog.i18n import Words
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import AgentDose, Knowledge
from needlelog.rules.anaesthetic import applied_mg, dose_of, most_mg
from ui.screens.session.holding import show_number
from ui.screens.session.record_card import plain_number
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.widgets.number import NumberStepper

_LEAST_KG, _MOST_KG, _STEP_KG, _START_KG = Decimal(2), Decimal(400), Decimal(1), Decimal(60)


class BodyWeight(QWidget):
    """Gone where nothing applied is limited by weight."""

    weighed = Signal(object)
    """Kilograms as a ``Decimal``, or None."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        tr = kit.tr
        self._knowledge = knowledge
        self.kilograms = NumberStepper(
            kit.theme, tr, tr("Body weight"), _LEAST_KG, _MOST_KG, _STEP_KG, tr("kg"), 1, start=_START_KG, optional=True
        )
        self.kilograms.changed.connect(self.weighed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(tr("Body weight, if known"), "strong"))
        column.addWidget(self.kilograms)

    def asked_for(self, numbing: Numbing) -> bool:
        """Whether an agent of it is limited by weight."""
        return any(dose_of(self._knowledge, agent) for agent, _ in numbing.limits.agents)

    def show_weight(self, weight_kg: Decimal | None, doubt: str) -> None:
        """Show the weight with what is doubted of it; a number being typed is left alone."""
        show_number(self.kilograms, weight_kg)
        self.kilograms.set_note(doubt, "hold" if doubt else "muted")

    def leave(self) -> None:
        """Take what is half-typed where it is right."""
        self.kilograms.commit()


def dose_statement(tr: Words, knowledge: Knowledge, numbing: Numbing, weight_kg: Decimal | None) -> str:
    """Agent by agent what was applied, beside the most of it for this body; nothing before grams are known."""
    told = []
    for agent, milligrams in applied_mg(numbing):
        dose = dose_of(knowledge, agent)
        applied = tr("{agent} {mg} mg applied", agent=agent, mg=plain_number(milligrams))
        told.append(f"{applied}; {_limit(tr, dose, weight_kg)}" if dose else applied)
    return ". ".join(told) + "." if told else ""


def _limit(tr: Words, dose: AgentDose, weight_kg: Decimal | None) -> str:
    """``by injection at most 270 mg (4.5 mg/kg at 60 kg)``."""
    most, each = most_mg(dose, weight_kg), plain_number(dose.mg_per_kg)
    if weight_kg is None:
        if most is None:
            return tr("by injection at most {each} mg/kg, weight not recorded", each=each)
        return tr("by injection at most {most} mg and {each} mg/kg", most=plain_number(most), each=each)
    values = {"most": plain_number(most or dose.mg_per_kg * weight_kg), "each": each, "kg": plain_number(weight_kg)}
    if most is not None and most < dose.mg_per_kg * weight_kg:
        return tr("by injection at most {most} mg in all ({each} mg/kg at {kg} kg is more)", **values)
    return tr("by injection at most {most} mg ({each} mg/kg at {kg} kg)", **values)


def dose_sources(knowledge: Knowledge, numbing: Numbing) -> tuple[Source, ...]:
    """Where the most for a body comes from, each source once."""
    known: Iterable[AgentDose | None] = (dose_of(knowledge, agent) for agent, _ in numbing.limits.agents)
    return tuple({one.address: one for dose in known if dose for one in sources_of(dose, "mg_per_kg")}.values())
