"""A graded reaction as people read it."""

from __future__ import annotations

from needlelog.knowledge.model import Knowledge
from needlelog.rules.severity import Graded


def reaction_text(knowledge: Knowledge, reaction: str, graded: Graded) -> tuple[str, str]:
    """Digit with word, and what it was: ``("2 Well defined", "Redness")``; an id of an older set stands for itself."""
    scale = knowledge.scales.get(graded.scale)
    word = next((grade.word for grade in scale.grades if grade.value == graded.grade), "") if scale else ""
    known = knowledge.reactions.get(reaction)
    return f"{graded.grade} {word}".strip(), known.name if known else reaction
