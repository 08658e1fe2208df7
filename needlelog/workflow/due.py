"""When an open point is due: what asks for a decision now, and what is simply a step nobody has come to yet.

This decides what is shown and when a reason is asked for. What is refused is decided at the gates alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.items import Item
from needlelog.rules.judgement import answered, merely_undone
from needlelog.workflow.steps import Step


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One finding without an answer. ``reason_asked``: going on against it can be offered now."""

    finding: Finding
    due: bool
    reason_asked: bool


def open_points(
    draft: SessionDraft, findings: Sequence[Finding], items: Sequence[Item], steps: Sequence[Step]
) -> tuple[OpenPoint, ...]:
    """Every open finding with its standing, in the order of ``findings``.

    What the rules judge is due at once. What is merely not done yet is due when its step was left behind: the visit
    stands at a later one, or something was recorded there. The step in hand is never left behind.
    """
    place = {step.id: number for number, step in enumerate(steps)}
    reached = max([place[draft.step], *(place[item.step] for item in items if item.done)])
    gates = {step.requires for step in steps[: reached + 1]} - {Gate.NONE}

    def standing(finding: Finding) -> OpenPoint:
        due = not merely_undone(finding) or _left_behind(finding.step, draft.step, place, reached)
        return OpenPoint(finding, due, finding.overridable and (due or finding.gate in gates))

    return tuple(standing(finding) for finding in findings if not answered(draft, finding))


def _left_behind(step: StepId, in_hand: StepId, place: dict[StepId, int], reached: int) -> bool:
    return step is not in_hand and place[step] < reached
