"""What stops a product before it touches the skin: asked when it is taken, when it is applied, when its lot changes."""

from __future__ import annotations

from collections.abc import Iterable

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.rules.allergies import allergies_against
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.no_anaesthetic import reasons_against_product

_ALREADY_ON = frozenset({"numbing-on", "numbing-long"})
"""What is said of a cream that is on the skin holds no application back."""

_OF_THE_LOT = frozenset({"lot-expired", "lot-recalled"})


def against_product(step: StepId, product: Product, draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    """What allergies and answers say against a product about to be used in ``step``."""
    found = list(allergies_against(step, product, around))
    if product.kind is ProductKind.ANAESTHETIC:
        found += reasons_against_product(product.name, f"lot:{product.name}", draft, around)
    return tuple(found)


def against_record(record: MaterialUse | Numbing, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of ``findings`` those that want a written reason before ``record`` is used as it stands."""
    return tuple(
        one
        for one in findings
        if one.level in {Level.STOP, Level.HOLD}
        and one.gate is not Gate.NONE
        and one.code not in _ALREADY_ON
        and (_names(one, record) or _is_of_lot(one, record.name, record.lot))
    )


def against_lot(record: MaterialUse | Numbing, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of ``findings`` those that say that the lot of ``record`` must not be used."""
    return tuple(one for one in findings if _is_of_lot(one, record.name, record.lot))


def _names(finding: Finding, record: MaterialUse | Numbing) -> bool:
    if isinstance(record, Numbing):
        return finding.field == f"numbing:{record.id}"
    return finding.field == f"lot:{record.name}" and finding.code == "allergy-met"


def _is_of_lot(finding: Finding, name: str, lot: str) -> bool:
    mine = f":{name}:{lot}"
    return finding.code in _OF_THE_LOT and (finding.key.endswith(mine) or f"{mine}:" in finding.key)
