"""The session's nine steps as data (design section 5)."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.domain.findings import Gate, StepId


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, the draft fields it owns, whether it may be skipped, and the gate it stands at."""

    id: StepId
    title: str
    owns: tuple[str, ...]
    skippable: bool = True
    requires: Gate = Gate.NONE


SESSION_STEPS: tuple[Step, ...] = (
    Step(StepId.CONSULTATION, "Consultation", ("consultation",), skippable=False),
    Step(StepId.CONSENT, "Consent", ("consent",), skippable=False),
    Step(StepId.CLEANSING, "Cleansing", ("cleansing",)),
    Step(StepId.NUMBING, "Numbing", ("numbing",)),
    Step(StepId.NEEDLING, "Microneedling", ("needling",), requires=Gate.NEEDLING),
    Step(StepId.SERUM, "Serum", ("serums",)),
    Step(StepId.COOLING, "Cooling and soothing", ("cooling",)),
    Step(StepId.REACTIONS, "Reactions", ("reactions",), skippable=False),
    Step(StepId.AFTERCARE, "Aftercare and sign-off", ("aftercare",), skippable=False, requires=Gate.SIGNING),
)
