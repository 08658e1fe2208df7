"""The session's nine steps as data (design section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import SessionDraft

Holds = Callable[[SessionDraft], bool]


def _always(_draft: SessionDraft) -> bool:
    return True


def _cleansed(draft: SessionDraft) -> bool:
    return bool(draft.cleansing.uses) or draft.cleansing.done_at is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, the draft fields it owns, whether it may be skipped, and the gate it stands at.

    ``holds`` says whether something was done in it: what was done cannot be called not applying.
    """

    id: StepId
    title: str
    owns: tuple[str, ...]
    skippable: bool = True
    requires: Gate = Gate.NONE
    holds: Holds = _always


SESSION_STEPS: tuple[Step, ...] = (
    Step(StepId.CONSULTATION, "Consultation", ("consultation",), skippable=False),
    Step(StepId.CONSENT, "Consent", ("consent",), skippable=False),
    Step(StepId.CLEANSING, "Cleansing", ("cleansing",), holds=_cleansed),
    Step(StepId.NUMBING, "Numbing", ("numbing",), holds=lambda draft: bool(draft.numbing)),
    Step(
        StepId.NEEDLING,
        "Microneedling",
        ("needling",),
        requires=Gate.NEEDLING,
        # A time-out that ends in "not today" is no treatment.
        holds=lambda draft: bool(draft.needling.passes),
    ),
    Step(StepId.SERUM, "Serum", ("serums",), holds=lambda draft: bool(draft.serums)),
    Step(StepId.COOLING, "Cooling and soothing", ("cooling",), holds=lambda draft: bool(draft.cooling)),
    Step(StepId.REACTIONS, "Reactions", ("reactions",), skippable=False),
    Step(StepId.AFTERCARE, "Aftercare and sign-off", ("aftercare",), skippable=False, requires=Gate.SIGNING),
)
