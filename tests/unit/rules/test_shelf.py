"""The shelf: what wants a look, on both sides of its line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.materials import ProductKind
from needlelog.domain.stock import LotStanding, Recall, Shelf
from needlelog.rules.shelf import ShelfState, to_look_after
from tests import builders

TODAY = date(2026, 11, 20)
SOON = 30


def lot(code: str, days: int | None, received: str | None = "10", **changes: Any) -> LotStanding:
    return LotStanding(
        lot_id=builders.an_id(1),
        product_id=builders.an_id(2),
        product="12-pin cartridge",
        kind=ProductKind.CARTRIDGE,
        lot=code,
        unit="piece",
        expires_on=None if days is None else TODAY + timedelta(days=days),
        received=Decimal(received) if received else None,
        **changes,
    )


def look(*lots: LotStanding, recalls: tuple[Recall, ...] = ()) -> list[tuple[str, ShelfState]]:
    return [(one.lot.lot, one.state) for one in to_look_after(lots, Shelf(recalls=recalls), TODAY, SOON)]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, ShelfState.EXPIRED),
        (0, ShelfState.EXPIRES_SOON),
        (SOON, ShelfState.EXPIRES_SOON),
        (SOON + 1, None),
        (None, None),
    ],
)
def test_a_lot_by_its_last_good_day(days: int | None, state: ShelfState | None) -> None:
    assert look(lot("A", days)) == ([("A", state)] if state else [])


def test_what_is_used_up_or_was_never_counted_in_asks_for_nothing() -> None:
    assert look(lot("gone", -5, used=Decimal(10)), lot("uncounted", -5, received=None)) == []


def test_recalled_first_then_expired_then_what_expires_soonest() -> None:
    recall = Recall(
        id=builders.an_id(9),
        product="12-pin cartridge",
        lot="R",
        reason="not sterile",
        by="Mara",
        at=builders.a_moment(0),
    )
    lots = (lot("later", 20), lot("sooner", 2), lot("out", -3), lot("R", 400, received=None))
    assert look(*lots, recalls=(recall,)) == [
        ("R", ShelfState.RECALLED),
        ("out", ShelfState.EXPIRED),
        ("sooner", ShelfState.EXPIRES_SOON),
        ("later", ShelfState.EXPIRES_SOON),
    ]
    assert look(lot("R", 400, used=Decimal(10)), recalls=(recall,)) == []
