"""Which figures of a label count for a cream on record: those it was applied with or those of today, the stricter ones.

The clinic may change a product or a value of its own while the cream is on; neither way does that lengthen anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from needlelog.domain.materials import AnaestheticLimits, Product
from needlelog.domain.session import Numbing, RunningTimer, SessionDraft
from needlelog.domain.text import fold
from needlelog.i18n import Words
from needlelog.knowledge.figures import KINDS, text_of
from needlelog.knowledge.model import Knowledge

Products = Mapping[UUID, Product]

N = TypeVar("N", int, Decimal)

_USUAL = "usual_to_min"
_LONGEST = "dwell_max_min"
_AMOUNTS = ("max_g", "max_area_cm2")
_LAYER = "g_per_10cm2"
_WAIT = "not_again_h"


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One figure that is another now than when the cream was recorded; "" where there is or was none."""

    name: str
    unit: str
    then: str
    now: str


def in_force(numbing: Numbing, products: Products, knowledge: Knowledge) -> Numbing:
    """``numbing`` with the stricter of the figures it was recorded with and those of today.

    Grams and area count only while the product on the list still has the same content.
    """
    limits, usual = numbing.limits, _usual_now(numbing, products, knowledge)
    for key, now in _today(numbing, products, knowledge):
        choose = max if key == _WAIT else min
        known = [one for one in (getattr(limits, key), now) if one is not None]
        limits = limits.with_(**{key: choose(known, default=None)})
    least, most = limits.dwell_min_min, limits.dwell_max_min
    if least is not None and most is not None and least > most:
        limits = limits.with_(dwell_min_min=most)
    if limits == numbing.limits and _stricter(numbing.usual_to_min, usual) == numbing.usual_to_min:
        return numbing
    return numbing.with_(limits=limits, usual_to_min=_stricter(numbing.usual_to_min, usual))


def draft_in_force(draft: SessionDraft, products: Products, knowledge: Knowledge) -> SessionDraft:
    """The same of every cream of a visit."""
    numbing = tuple(in_force(one, products, knowledge) for one in draft.numbing)
    return draft if numbing == draft.numbing else draft.with_(numbing=numbing)


def timer_in_force(timer: RunningTimer, products: Products, knowledge: Knowledge) -> RunningTimer:
    """The same of a running timer of which no more is known than its product."""
    product = products.get(timer.product_id) if timer.product_id else None
    if product is None or product.anaesthetic is None:
        return timer
    now = product.anaesthetic.dwell_max_min
    most = _stricter(timer.most_min, now)
    listed = knowledge.products.get(product.knowledge_id)
    usual = _stricter(timer.usual_min, listed.usual_to_min if listed else None)
    least = min(timer.least_min, most) if timer.least_min is not None and most is not None else timer.least_min
    return timer.with_(most_min=most, usual_min=usual, least_min=least, limit_changed=timer.most_min != now)


def changed_since(numbing: Numbing, products: Products, knowledge: Knowledge) -> tuple[ChangedFigure, ...]:
    """Every figure that was changed since the cream was recorded, whichever way."""
    found = []
    for key, now in _today(numbing, products, knowledge):
        then = getattr(numbing.limits, key)
        beside = key in (_LAYER, _WAIT)
        # Records from before these two were kept with them do not say what they were.
        if then != now and not (beside and then is None):
            found.append(_changed(key if beside else f"anaesthetic.{key}", then, now))
    usual = _usual_now(numbing, products, knowledge)
    if numbing.usual_to_min is not None and usual is not None and usual != numbing.usual_to_min:
        found.append(_changed(_USUAL, numbing.usual_to_min, usual))
    return tuple(found)


def change_said(numbing: Numbing, products: Products, knowledge: Knowledge, tr: Words) -> str:
    """What was changed since, in a sentence; "" where nothing was."""
    changed = changed_since(numbing, products, knowledge)
    if not changed:
        return ""
    none = tr("none")
    each = (
        tr(
            "{name}: {then}, now {now}",
            name=tr(one.name),
            then=f"{one.then} {tr(one.unit)}" if one.then else none,
            now=f"{one.now} {tr(one.unit)}" if one.now else none,
        )
        for one in changed
    )
    return tr("Changed since it was recorded ({changes}). The stricter counts.", changes="; ".join(each))


def _today(numbing: Numbing, products: Products, knowledge: Knowledge) -> Iterator[tuple[str, int | Decimal | None]]:
    """The figures of the product on the clinic's list now, by key; those of the reference data where it has none."""
    product = products.get(numbing.product_id) if numbing.product_id else None
    if product is None or product.anaesthetic is None:
        return
    now = product.anaesthetic
    yield _LONGEST, now.dwell_max_min
    if _content(now) == _content(numbing.limits):
        yield from ((key, getattr(now, key)) for key in _AMOUNTS)
        listed = knowledge.products.get(product.knowledge_id)
        for key in (_LAYER, _WAIT):
            own = getattr(now, key)
            yield key, own if own is not None or listed is None else getattr(listed, key)


def _content(limits: AnaestheticLimits) -> frozenset[tuple[str, Decimal]]:
    return frozenset((fold(agent), percent) for agent, percent in limits.agents)


def _usual_now(numbing: Numbing, products: Products, knowledge: Knowledge) -> int | None:
    product = products.get(numbing.product_id) if numbing.product_id else None
    listed = knowledge.products.get(product.knowledge_id) if product else None
    return listed.usual_to_min if listed else None


def _stricter(then: N | None, now: N | None) -> N | None:
    return min((one for one in (then, now) if one is not None), default=None)


def _changed(key: str, then: object, now: object) -> ChangedFigure:
    kind = KINDS["products"][key]
    return ChangedFigure(kind.name, kind.unit, text_of(then), text_of(now))
