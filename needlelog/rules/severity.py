"""Which of several graded reactions is the worst, though each has a scale of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol, TypeVar

from needlelog.knowledge.model import Scale

UNKNOWN = 6
"""Beyond every severity: what cannot be compared must not be passed over."""


class Graded(Protocol):
    """A reaction with its grade."""

    @property
    def scale(self) -> str:
        """The id of its scale."""
        ...

    @property
    def grade(self) -> int:
        """Its grade on that scale."""
        ...


G = TypeVar("G", bound=Graded)


def worst(reactions: Iterable[G], scales: Mapping[str, Scale]) -> G | None:
    """The severest by ``Scale.severity``; of equals the one further up its own scale, then the first.

    None where nothing was seen. Redness 3 of 4 (moderate) is worse than pain 3 of 10 (mild).
    """
    seen = [one for one in reactions if one.grade > 0]
    return max(seen, key=lambda one: _rank(one, scales), default=None)


def severity(one: Graded, scales: Mapping[str, Scale]) -> int:
    """0 none to 5 death as ``Scale.severity`` has it; ``UNKNOWN`` for a scale or grade that is not known."""
    scale = scales.get(one.scale)
    values = [grade.value for grade in scale.grades] if scale else []
    if scale is None or one.grade not in values or not scale.severity:
        return UNKNOWN
    return scale.severity[values.index(one.grade)]


def _rank(one: Graded, scales: Mapping[str, Scale]) -> tuple[int, Fraction]:
    scale = scales.get(one.scale)
    top = max(grade.value for grade in scale.grades) if scale else one.grade
    return severity(one, scales), Fraction(one.grade, top)
