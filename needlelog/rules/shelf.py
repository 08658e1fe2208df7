"""What on the shelf wants a look: packs that are recalled, out of date, or soon will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from needlelog.domain.stock import LotStanding, Shelf


class ShelfState(StrEnum):
    """What is the matter with a lot; the weightiest first."""

    RECALLED = "recalled"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"


@dataclass(frozen=True, slots=True)
class ToLookAfter:
    """One lot and what is the matter with it."""

    lot: LotStanding
    state: ShelfState


def to_look_after(lots: Iterable[LotStanding], recalls: Shelf, today: date, soon_days: int) -> tuple[ToLookAfter, ...]:
    """The lots that want a look, the weightiest first, then by their last good day.

    A lot that was never counted in may long be used up: it counts only where it stands recalled.
    """
    found: list[ToLookAfter] = []
    for lot in lots:
        if lot.left is not None and lot.left <= 0:
            continue
        state = _state(lot, recalls, today, soon_days)
        if state is not None:
            found.append(ToLookAfter(lot, state))
    weight = list(ShelfState)
    return tuple(sorted(found, key=lambda one: (weight.index(one.state), one.lot.expires_on or date.max)))


def _state(lot: LotStanding, recalls: Shelf, today: date, soon_days: int) -> ShelfState | None:
    if recalls.recall(lot.product, lot.lot) is not None:
        return ShelfState.RECALLED
    if lot.left is None or lot.expires_on is None or (lot.expires_on - today).days > soon_days:
        return None
    return ShelfState.EXPIRED if lot.expires_on < today else ShelfState.EXPIRES_SOON
