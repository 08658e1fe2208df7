"""Recalled, used before, used up, soon out of date: each on both sides of its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.findings import CLINIC, Finding, Gate, Level, StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.stock import LotStanding, Recall, Shelf, lot_key, needle_key
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders

Around = Callable[..., Circumstances]
NEEDLES = ("12-pin cartridge", "CT-2291")
SERUM = ("Hyaluronic acid serum", "HA-77")
CREAM = ("Lidocaine cream 4 %", "LX-10")


def standing(product: str, lot: str, **changes: Any) -> LotStanding:
    usual: dict[str, Any] = {
        "lot_id": builders.an_id(1),
        "product_id": builders.an_id(2),
        "product": product,
        "kind": ProductKind.CARTRIDGE if product == NEEDLES[0] else ProductKind.SERUM,
        "lot": lot,
        "unit": "piece" if product == NEEDLES[0] else "ml",
    }
    return LotStanding(**(usual | changes))


def recall(product: str, lot: str) -> Recall:
    return Recall(
        id=builders.an_id(9), product=product, lot=lot, reason="not sterile", by="Mara", at=builders.a_moment(0)
    )


def found(code: str, draft: SessionDraft, around: Circumstances) -> list[Finding]:
    return [finding for finding in judge(draft, around) if finding.code == code]


def one_pass(**changes: Any) -> SessionDraft:
    return builders.a_full_draft(needling=builders.a_needling(passes=(builders.a_pass(**changes),)))


@pytest.mark.parametrize(
    ("product", "lot", "step", "gate"),
    [
        (*NEEDLES, StepId.NEEDLING, Gate.NEEDLING),
        ("12-PIN  cartridge", "ct 2291", None, None),
        ("12-PIN  cartridge", "ct-2291 ", StepId.NEEDLING, Gate.NEEDLING),
        (*SERUM, StepId.SERUM, Gate.SIGNING),
        (*CREAM, StepId.NUMBING, Gate.NEEDLING),
        (NEEDLES[0], "CT-2292", None, None),
        ("Another cartridge", "CT-2291", None, None),
    ],
)
def test_a_recalled_lot_stops(product: str, lot: str, step: StepId | None, gate: Gate | None, around: Around) -> None:
    findings = found("lot-recalled", builders.a_full_draft(), around(shelf=Shelf(recalls=(recall(product, lot),))))
    assert [(one.step, one.gate, one.level) for one in findings] == ([(step, gate, Level.STOP)] if step else [])
    assert all("not sterile" in one.detail for one in findings)
    # The recall is the clinic's own: nothing else was said of this lot.
    assert all([(said.kind, "Mara" in said.address) for said in one.sources] == [(CLINIC, True)] for one in findings)


@pytest.mark.parametrize(
    ("received", "taken_off", "used", "stopped"),
    [
        (None, 0, 7, False),
        (10, 0, 9, False),
        (10, 0, 10, True),
        (10, 1, 9, True),
        (10, 1, 8, False),
        (10, 0, 12, True),
        (1, 0, 0, False),
        (1, 0, 1, True),
    ],
)
def test_needles_of_which_none_can_be_left_stop(
    received: int | None, taken_off: int, used: int, stopped: bool, around: Around
) -> None:
    here = standing(*NEEDLES, received=received, taken_off=Decimal(taken_off), used=Decimal(used))
    findings = found("lot-used-up", one_pass(), around(shelf=Shelf(standings=(here,))))
    assert [one.level for one in findings] == ([Level.STOP] if stopped else [])
    assert all(one.overridable and one.gate is Gate.NEEDLING for one in findings)


@pytest.mark.parametrize(
    ("serial", "elsewhere", "stopped"),
    [
        ("S-1", ("S-1",), True),
        ("s 1", ("S-1", "S1"), True),
        ("S-2", ("S-1",), False),
        ("", ("S-1", ""), False),
    ],
)
def test_a_cartridge_on_the_record_of_another_visit_stops(
    serial: str, elsewhere: tuple[str, ...], stopped: bool, around: Around
) -> None:
    used = frozenset(needle_key(*NEEDLES, one) for one in elsewhere)
    findings = found("needles-used-before", one_pass(serial=serial), around(shelf=Shelf(used_needles=used)))
    assert [one.level for one in findings] == ([Level.STOP] if stopped else [])


def test_the_number_of_one_lot_says_nothing_of_another(around: Around) -> None:
    used = frozenset({needle_key(NEEDLES[0], "CT-1", "S-1")})
    assert found("needles-used-before", one_pass(serial="S-1"), around(shelf=Shelf(used_needles=used))) == []


@pytest.mark.parametrize(
    ("received", "used", "said"),
    [(None, 99, False), (30, 28, False), (30, Decimal("28.001"), True), (30, 30, True), (30, 45, True)],
)
def test_a_product_of_which_more_was_used_than_came_in_says_so(
    received: int | None, used: Decimal | int, said: bool, around: Around
) -> None:
    # The draft takes 2 ml of it.
    here = standing(*SERUM, received=received, used=Decimal(used))
    findings = found("lot-used-up", builders.a_full_draft(), around(shelf=Shelf(standings=(here,))))
    assert [(one.level, one.gate) for one in findings] == ([(Level.NOTE, Gate.NONE)] if said else [])
    assert all("-" not in one.detail.split("should")[0].removeprefix("Lot HA-77") for one in findings)


def test_an_amount_in_another_unit_is_not_taken_off(around: Around) -> None:
    here = standing(*SERUM, received=Decimal(1), unit="drop")
    assert found("lot-used-up", builders.a_full_draft(), around(shelf=Shelf(standings=(here,)))) == []


def test_soon_to_expire_is_said_from_the_day_of_the_reference_data_on(around: Around) -> None:
    days = around().knowledge.shelf.expires_soon_days
    for left, said in ((days + 1, False), (days, True), (1, True), (0, True), (-1, False)):
        draft = one_pass(expires_on=builders.TODAY + timedelta(days=left))
        levels = [one.level for one in found("lot-expires-soon", draft, around())]
        assert levels == ([Level.NOTE] if said else []), left


@pytest.mark.parametrize(
    ("serial", "received", "elsewhere", "asked"),
    [
        ("", None, NEEDLES, True),
        ("S-1", None, NEEDLES, False),  # told by its own number
        ("", 10, NEEDLES, False),  # told by the count of the box
        ("", None, (NEEDLES[0], "CT-OTHER"), False),
    ],
)
def test_a_cartridge_that_nothing_tells_from_those_of_other_visits_is_asked_about(
    serial: str, received: int | None, elsewhere: tuple[str, str], asked: bool, around: Around
) -> None:
    shelf = Shelf(standings=(standing(*NEEDLES, received=received),), needle_lots=frozenset({lot_key(*elsewhere)}))
    findings = found("needles-untold", one_pass(serial=serial), around(shelf=shelf))
    assert [(one.level, one.gate) for one in findings] == ([(Level.ASK, Gate.NONE)] if asked else [])
