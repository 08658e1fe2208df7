"""In what order a client's visits were done, where the clock of the day or a late signature says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Done:
    """One visit: when it was done (its last pass, or its start where nothing was needled) and when it was signed."""

    id: UUID
    done_at: datetime
    signed_at: datetime


def by_when_done(sealed: Iterable[Done], now: datetime) -> list[Done]:
    """The visits, handed in by the order of their seals, in the order in which they were done, the last one last.

    What was last on the skin is what was done last: a visit that was left open and signed weeks later does not
    become the last one. Where a clock stood wrong its day says nothing, and the seal, which no clock can change, stands
    in: a visit dated after ``now``, or signed before one that was sealed earlier, comes after all sealed before it.
    """
    keys: list[tuple[datetime, int, Done]] = []
    signed: datetime | None = None
    for place, one in enumerate(sealed):
        ahead = max(one.done_at, one.signed_at) > now
        behind = signed is not None and one.signed_at < signed
        if ahead or behind:
            done_at = max((key[0] for key in keys), default=min(one.done_at, now))
        else:
            done_at, signed = one.done_at, one.signed_at
        keys.append((done_at, place, one))
    return [one for _, _, one in sorted(keys, key=lambda key: key[:2])]
