"""Allergies on file against what touches the skin.

Words are compared, not chemistry: it catches what is written the same way, and never stands for reading the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from needlelog.domain.client import Allergy, Client
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.materials import Product
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold
from needlelog.rules.circumstances import Circumstances

_LEAST_LETTERS = 3


def _names(name: str, agents: tuple[tuple[str, Decimal], ...] = ()) -> tuple[str, ...]:
    return (fold(name), *(fold(agent) for agent, _ in agents))


class _Used(NamedTuple):
    """What touches the skin: its step and name, the folded names of it and what is in it, and where it is entered."""

    step: StepId
    name: str
    names: tuple[str, ...]
    field: str


def _used(draft: SessionDraft) -> Iterator[_Used]:
    for numbing in draft.numbing:
        names = _names(numbing.name, numbing.limits.agents)
        yield _Used(StepId.NUMBING, numbing.name, names, f"numbing:{numbing.id}")
    steps = (
        (StepId.CLEANSING, draft.cleansing.uses),
        (StepId.SERUM, draft.serums),
        (StepId.COOLING, draft.cooling),
    )
    for step, uses in steps:
        for use in uses:
            yield _Used(step, use.name, _names(use.name), f"lot:{use.name}")


def _is_met(allergy: Allergy, names: tuple[str, ...]) -> bool:
    """Whether one name holds the other; fewer Latin letters than three name nothing."""
    substance = fold(allergy.substance)
    telling = bool(substance) and (len(substance) >= _LEAST_LETTERS or not substance.isascii())
    return any((telling and substance in name) or name in substance for name in names if name)


def allergies_met(client: Client, name: str, agents: tuple[tuple[str, Decimal], ...] = ()) -> tuple[str, ...]:
    """The substances on the client's file that a product of this name, with these agents in it, bears."""
    names = _names(name, agents)
    return tuple(dict.fromkeys(one.substance for one in client.allergies if _is_met(one, names)))


def judge_allergies(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """Each product of this visit that bears the name of something the client is allergic to."""
    seen = set[str]()
    for used in _used(draft):
        for found in _against(used, around):
            if found.key not in seen:
                seen.add(found.key)
                yield found


def allergies_against(step: StepId, product: Product, around: Circumstances) -> tuple[Finding, ...]:
    """What the client's allergies say against a product about to be used in ``step``."""
    agents = product.anaesthetic.agents if product.anaesthetic else ()
    used = _Used(step, product.name, _names(product.name, agents), f"lot:{product.name}")
    return tuple({found.key: found for found in _against(used, around)}.values())


def _against(used: _Used, around: Circumstances) -> Iterator[Finding]:
    tr = around.tr
    for allergy in around.client.allergies:
        if _is_met(allergy, used.names):
            yield Finding(
                key=f"allergy:{used.step}:{fold(allergy.substance)}:{fold(used.name)}",
                code="allergy-met",
                step=used.step,
                level=Level.STOP,
                gate=Gate.NEEDLING,
                title=tr("Allergy on file: {substance}", substance=allergy.substance),
                detail=tr("{name} contains it, or has it in its name.", name=used.name),
                overridable=True,
                field=used.field,
            )
