"""Written reasons: whatever is gone on against, given up or taken off, one letter does not say why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk

WAYS: dict[str, Callable[[Desk, str], object]] = {
    "a visit is given up": lambda desk, reason: desk.sessions.discard(uuid4(), reason),
    "a visit was entered in error": lambda desk, reason: desk.sessions.invalidate(uuid4(), reason),
    "a lot is recalled": lambda desk, reason: desk.stock.recall("Test Pen tip", "CT-1", reason),
    "a recall ends": lambda desk, reason: desk.stock.end_recall("Test Pen tip", "CT-1", reason),
    "stock is taken off": lambda desk, reason: desk.stock.take_off(uuid4(), Decimal(1), reason),
    "a value of ours gives way": lambda desk, reason: desk.reference.decide(
        ("sites", "forehead", "warn_above_mm"), "0.6", reason
    ),
    "a value of ours comes back": lambda desk, reason: desk.reference.take_back(
        ("sites", "forehead", "warn_above_mm"), reason
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize(
    ("reason", "code"), [(" ", FaultCode.REASON_MISSING), (" x. ", FaultCode.REASON_TOO_SHORT)], ids=["none", "letter"]
)
def test_nothing_is_done_for_a_reason_that_says_nothing(
    desk: Desk, way: Callable[[Desk, str], object], reason: str, code: FaultCode
) -> None:
    with pytest.raises(Fault) as refused:
        way(desk, reason)
    assert refused.value.code is code
    assert desk.stock.recalls() == ()
