"""What stands on the label of a numbing cream, with its source: as the record has it, the list, the reference data."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from needlelog.domain.findings import Finding, Gate, Level, Source, StepId
from needlelog.domain.session import Numbing
from needlelog.domain.text import fold
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.labels import has_label
from needlelog.knowledge.model import ProductEntry
from needlelog.rules.circumstances import Circumstances


def entry_of(numbing: Numbing, around: Circumstances) -> ProductEntry | None:
    """The entry of the reference data that a cream was listed from, or that has the very same label."""
    product = around.products.get(numbing.product_id) if numbing.product_id else None
    listed = around.knowledge.products.get(product.knowledge_id) if product else None
    if listed is not None or not numbing.limits.agents:
        return listed
    return next((one for one in around.knowledge.products.values() if has_label(one, numbing.limits)), None)


def layer_of(numbing: Numbing, around: Circumstances) -> Decimal | None:
    """The thickest layer in grams on 10 cm²: as its own record and list have it, else as the reference data does."""
    if numbing.limits.g_per_10cm2 is not None:
        return numbing.limits.g_per_10cm2
    entry = entry_of(numbing, around)
    return entry.g_per_10cm2 if entry else None


def not_again_of(numbing: Numbing, around: Circumstances) -> int | None:
    """The hours within which it is not put on again, from where ``layer_of`` has the layer."""
    if numbing.limits.not_again_h is not None:
        return numbing.limits.not_again_h
    entry = entry_of(numbing, around)
    return entry.not_again_h if entry else None


def sources_on_label(numbing: Numbing, key: str, value: object, around: Circumstances) -> tuple[Source, ...]:
    """Where this figure of a label stands: in the reference data while it has the same, else on the label itself."""
    entry = entry_of(numbing, around)
    return sources_of(entry, key) if entry is not None and getattr(entry, key) == value else ()


def together(used: Iterable[Numbing]) -> tuple[tuple[Numbing, ...], ...]:
    """Applications of the same agents in the same strengths, whatever entry they were taken from."""
    alike: dict[object, tuple[Numbing, ...]] = {}
    for one in used:
        content = frozenset((fold(agent), percent) for agent, percent in one.limits.agents)
        key = content or one.product_id or one.name
        alike[key] = (*alike.get(key, ()), one)
    return tuple(alike.values())


def plain(number: Decimal) -> str:
    """A figure without the noughts of its storage."""
    return f"{number.normalize():f}"


def finding_of_label(
    numbing: Numbing, code: str, title: str, detail: str, *, facts: str, sources: tuple[Source, ...] = ()
) -> Finding:
    """What speaks against an application by its label, held back until a reason is written."""
    label = (Source(address=numbing.limits.source),) if numbing.limits.source else ()
    return Finding(
        key=f"{code}:{numbing.id}:{facts}",
        code=code,
        step=StepId.NUMBING,
        level=Level.HOLD,
        gate=Gate.NEEDLING,
        title=title,
        detail=detail,
        sources=sources or label,
        overridable=True,
        field=f"numbing:{numbing.id}",
    )
