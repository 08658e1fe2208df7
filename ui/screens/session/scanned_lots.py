"""Lots on the cards of a visit: which record a scanned pack belongs to, and what the rules say of a lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from needlelog.domain.findings import Finding, StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import Numbing
from needlelog.domain.text import fold_lot
from needlelog.i18n import Words, record_date
from needlelog.services.stock import Scanned
from ui.widgets.phrases import unbroken

AnyRecord = TypeVar("AnyRecord", MaterialUse, Numbing)
_OF_LOTS = ("lot-expired", "lot-recalled", "lot-used-up", "lot-expires-soon")


def record_for(scanned: Scanned, records: Sequence[AnyRecord]) -> AnyRecord | None:
    """Which of ``records`` a scanned pack belongs to: that of the same lot, else the product's first without a lot.

    Where each bears another lot it is the product's last: what the scanner read takes the place of what was assumed.
    """
    product = scanned.product
    mine = [one for one in records if product is not None and one.product_id == product.id]
    same = (one for one in mine if one.lot and fold_lot(one.lot) == fold_lot(scanned.lot_code))
    bare = (one for one in mine if not one.lot)
    return next(same, None) or next(bare, None) or (mine[-1] if mine else None)


def lot_findings(found: Sequence[Finding], step: StepId, name: str, lot: str) -> tuple[Finding, ...]:
    """What the rules hold against this lot of a product on ``step``."""
    mine = f":{name}:{lot}"
    return tuple(
        one
        for one in found
        if one.step is step and one.code in _OF_LOTS and (one.key.endswith(mine) or f"{mine}:" in one.key)
    )


def lot_words(tr: Words, scanned: Scanned) -> str:
    """``12-pin cartridge: lot CT-2291, to 30-Nov-2027``."""
    name = scanned.product.name if scanned.product else ""
    if scanned.expires_on is None:
        return tr("{name}: lot {lot}", name=name, lot=scanned.lot_code)
    return tr(
        "{name}: lot {lot}, to {day}", name=name, lot=scanned.lot_code, day=unbroken(record_date(scanned.expires_on))
    )
