"""The client's body weight at this visit: asked where an agent is limited by it, and never required."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.domain.session import Numbing, SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import AgentDose, Knowledge
from needlelog.rules.anaesthetic import dose_of, most_mg
from ui.screens.session.holding import show_number
from ui.screens.session.record_card import plain_number
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.number import NumberStepper

_LEAST_KG, _MOST_KG, _STEP_KG, _START_KG = Decimal(2), Decimal(400), Decimal(1), Decimal(60)


class BodyWeight(QFrame):
    """Gone where nothing applied is limited by weight."""

    weighed = Signal(object)
    """Kilograms as a ``Decimal``, or None."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        tr = kit.tr
        self._knowledge = knowledge
        self.setProperty("surface", "card")
        self.kilograms = NumberStepper(
            kit.theme, tr, tr("Body weight"), _LEAST_KG, _MOST_KG, _STEP_KG, tr("kg"), 1, start=_START_KG, optional=True
        )
        self.kilograms.changed.connect(self.weighed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("Body weight"), "strong"))
        words.addWidget(label(tr("Not required: the most for this body is worked out with it."), "body", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        row.setSpacing(SPACE * 2)
        row.addLayout(words, 1)
        row.addWidget(self.kilograms, 1)

    def show_draft(self, draft: SessionDraft) -> None:
        """Show the weight; a number being typed is left alone."""
        agents = (agent for one in draft.numbing for agent, _ in one.limits.agents)
        self.setVisible(any(dose_of(self._knowledge, agent) for agent in agents))
        show_number(self.kilograms, draft.consultation.weight_kg)

    def leave(self) -> None:
        """Take what is half-typed where it is right."""
        self.kilograms.commit()


def body_limits(tr: Words, knowledge: Knowledge, numbing: Numbing, weight_kg: Decimal | None) -> str:
    """What is the most of each agent for this body, as advice; says so where the weight is not recorded."""
    known = [dose for agent, _ in numbing.limits.agents if (dose := dose_of(knowledge, agent))]
    if not known:
        return ""
    told = "; ".join(_limit(tr, one, weight_kg) for one in known)
    if weight_kg is None:
        return tr(
            "Injection limits, advice on the skin: {limits}. Body weight not recorded, so no limit by weight.",
            limits=told,
        )
    return tr("Injection limits, advice on the skin: {limits} at {kg} kg.", limits=told, kg=plain_number(weight_kg))


def _limit(tr: Words, dose: AgentDose, weight_kg: Decimal | None) -> str:
    most, name = most_mg(dose, weight_kg), tr(dose.name).lower()
    each = plain_number(dose.mg_per_kg)
    if most is None:
        return tr("{agent} {each} mg for each kg", agent=name, each=each)
    if weight_kg is not None and most == dose.mg_per_kg * weight_kg:
        return tr("{agent} {most} mg ({each} mg for each kg)", agent=name, most=plain_number(most), each=each)
    return tr("{agent} {most} mg in all", agent=name, most=plain_number(most))
