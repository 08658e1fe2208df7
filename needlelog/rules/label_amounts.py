"""How much of a numbing cream: grams and area against the label, all of one content together, and not again too soon.

The limits come with the product and with its entry of the reference data (``products.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal
from uuid import UUID

from needlelog.clock import local
from needlelog.domain.findings import Finding, Gate, Level, Source, StepId
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.text import fold
from needlelog.i18n import record_date, record_time
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.labels import has_label
from needlelog.knowledge.model import ProductEntry
from needlelog.rules.circumstances import Circumstances

CM2_OF_A_LAYER = Decimal(10)  # labels say so many grams on 10 cm²: a unit, not a clinical figure
HUNDREDTH_OF_A_GRAM = Decimal("0.01")  # how finely a layer is told: nobody spreads it finer


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


def _sources(numbing: Numbing, key: str, value: object, around: Circumstances) -> tuple[Source, ...]:
    """Where this figure of a label stands: in the reference data while it has the same, else on the label itself."""
    entry = entry_of(numbing, around)
    return sources_of(entry, key) if entry is not None and getattr(entry, key) == value else ()


@dataclass(frozen=True, slots=True)
class Layer:
    """The most grams on 10 cm², and where that stands; no sources where it stands on the label of the record."""

    most_g: Decimal
    sources: tuple[Source, ...]


def together(used: Iterable[Numbing]) -> tuple[tuple[Numbing, ...], ...]:
    """Applications of the same agents in the same strengths, whatever entry they were taken from."""
    alike: dict[object, tuple[Numbing, ...]] = {}
    for one in used:
        content = frozenset((fold(agent), percent) for agent, percent in one.limits.agents)
        key = content or one.product_id or one.name
        alike[key] = (*alike.get(key, ()), one)
    return tuple(alike.values())


def has_greatest_amount(numbing: Numbing, around: Circumstances) -> bool:
    """Whether its label says how many grams are too many: in all, or by the area it may cover at most."""
    limits = numbing.limits
    return limits.max_g is not None or (limits.max_area_cm2 is not None and layer_of(numbing, around) is not None)


def judge_amounts(used: tuple[Numbing, ...], around: Circumstances) -> Iterator[Finding]:
    """All applications of one content together: the label's limits are for the client, not for each tube.

    A second layer on the same zones adds grams but no area; on zones that only overlap it counts in full. Where
    labels differ the stricter one counts.
    """
    last, tr = used[-1], around.tr
    limits = [one.limits for one in used]
    max_area = _least(one.max_area_cm2 for one in limits)
    grams = sum((one.applied_g for one in used if one.applied_g is not None), Decimal(0))
    max_g, by_area = _most_grams(used, max_area, around)
    if max_g is not None and grams > max_g:
        title = tr("More {name} than its label allows", name=last.name)
        detail = tr(
            "{applied} g applied; the label allows {most} g at most.", applied=_plain(grams), most=_plain(max_g)
        )
        if by_area is not None and max_area is not None:
            detail = tr(
                "{applied} g applied; the label allows {layer} g on 10 cm² and {area} cm² at most: {most} g.",
                applied=_plain(grams),
                layer=_plain(by_area.most_g),
                area=_plain(max_area),
                most=_plain(max_g),
            )
        sources = by_area.sources if by_area is not None else ()
        yield _finding(last, "numbing-dose", title, detail, facts=_plain(grams), sources=sources)
    yield from _judge_area(used, max_area, around)
    yield from _judge_layer(used, around)


def _most_grams(
    used: tuple[Numbing, ...], max_area: Decimal | None, around: Circumstances
) -> tuple[Decimal | None, Layer | None]:
    """The most grams in all, with the layer that on the largest area gives it, if that does."""
    told = _least(one.limits.max_g for one in used)
    if told is not None or max_area is None:
        return told, None
    layer = _thinnest(used, around)
    return (layer.most_g * max_area / CM2_OF_A_LAYER, layer) if layer is not None else (None, None)


def _judge_area(used: tuple[Numbing, ...], most: Decimal | None, around: Circumstances) -> Iterator[Finding]:
    tr, last = around.tr, used[-1]
    area = sum((_area(one) for one in _by_zones(used)), Decimal(0))
    if most is not None and area > most:
        title = tr("{name} on a larger area than its label allows", name=last.name)
        detail = tr("{area} cm²; the label allows {most} cm² at most.", area=area, most=most)
        yield _finding(last, "numbing-area", title, detail, facts=str(area))


def _judge_layer(used: tuple[Numbing, ...], around: Circumstances) -> Iterator[Finding]:
    """Wherever zones are covered by the same applications: a thin layer elsewhere makes no thick one thinner.

    Nobody records how a cream was spread, so each application's grams count as spread evenly over its stated area.
    What one application makes too thick is said once, of all the zones it lies on.
    """
    most = _thinnest(used, around)
    if most is None:
        return
    thick = [patch for patch in _overlaps(used) if _layer(patch.used) > most.most_g]
    by_last: dict[UUID, list[_Patch]] = {}
    for patch in thick:
        if any(patch.ids < other.ids for other in thick):
            continue  # what lies on top of it says so with it
        by_last.setdefault(patch.used[-1].id, []).append(patch)
    for patches in by_last.values():
        last = patches[0].used[-1]
        yield _finding(
            last,
            "numbing-layer",
            around.tr("{name} thicker than its label allows", name=last.name),
            " ".join(_how_thick(patch, most.most_g, around) for patch in patches),
            facts=";".join(_layer_facts(patch) for patch in patches),
            sources=most.sources,
        )


def _layer_facts(patch: _Patch) -> str:
    amounts = "+".join(f"{_plain(one.applied_g or Decimal(0))}:{_plain(area)}" for one, area in _spread(patch.used))
    return f"{amounts}@{','.join(sorted(patch.zones))}"


@dataclass(frozen=True, slots=True)
class _Patch:
    """Zones with the applications that lie on them at the same time, the first put on first."""

    zones: tuple[str, ...]
    used: tuple[Numbing, ...]

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(one.id for one in self.used)


def _overlaps(used: tuple[Numbing, ...]) -> tuple[_Patch, ...]:
    """Zones with the applications that lay on them at one time, once for each different set of these.

    An application that names no zone may lie anywhere, so it counts with each of the others.
    """
    amounts = [one for one in used if one.applied_g]
    alike: dict[tuple[UUID, ...], _Patch] = {}
    for zone in tuple(dict.fromkeys(zone for one in used for zone in one.zones)) or ("",):
        here = [one for one in amounts if zone in one.zones or not one.zones]
        for patch in _at_one_time(here):
            ids = tuple(one.id for one in patch)
            zones = alike[ids].zones if ids in alike else ()
            alike[ids] = _Patch((*zones, zone) if zone not in zones else zones, patch)
    return tuple(alike.values())


def _at_one_time(used: Iterable[Numbing]) -> Iterator[tuple[Numbing, ...]]:
    """What lay on the skin together whenever one of these was put on; what was wiped off by then is gone.

    Where nobody noted when one was put on, it may lie with each of the others.
    """
    timed = sorted(((one.on_at, one) for one in used if one.on_at is not None), key=lambda pair: pair[0])
    untimed = tuple(one for one in used if one.on_at is None)
    if not timed:
        yield untimed
    for moment in dict.fromkeys(on_at for on_at, _ in timed):
        on = (one for on_at, one in timed if on_at <= moment and not _is_off(one, moment))
        yield (*on, *untimed)


def _is_off(one: Numbing, moment: datetime) -> bool:
    return one.removed_at is not None and one.removed_at <= moment


def _spread(patch: tuple[Numbing, ...]) -> tuple[tuple[Numbing, Decimal], ...]:
    """Each application with its area, or the largest it lies with where it states none; nothing where none does."""
    largest = _area(patch)
    return tuple((one, one.area_cm2 or largest) for one in patch if largest)


def _layer(patch: tuple[Numbing, ...]) -> Decimal:
    """Grams on 10 cm² where these applications lie on top of one another."""
    return sum(((one.applied_g or Decimal(0)) * CM2_OF_A_LAYER / area for one, area in _spread(patch)), Decimal(0))


def _how_thick(patch: _Patch, most: Decimal, around: Circumstances) -> str:
    tr, spread = around.tr, _spread(patch.used)
    amounts = [
        tr("{applied} g on {area} cm²", applied=_plain(one.applied_g or Decimal(0)), area=_plain(area))
        for one, area in spread
    ]
    if len(spread) == 1:
        ((_, area),) = spread
        return tr(
            "{amount}; the label allows {layer} g on 10 cm² at most, so {most} g here.",
            amount=amounts[0],
            layer=_plain(most),
            most=_plain(most * area / CM2_OF_A_LAYER),
        )
    # To the next hundredth upwards, so that what is over the label never reads as just what it allows.
    layer = _layer(patch.used).quantize(HUNDREDTH_OF_A_GRAM, ROUND_UP)
    values = {"amounts": "; ".join(amounts), "layer": _plain(layer), "most": _plain(most)}
    where = ", ".join(around.zone_name(zone) for zone in patch.zones if zone)
    said = (
        tr("Together on {zones}: {amounts}.", zones=where, **values)
        if where
        else tr("Together, no zones being named: {amounts}.", **values)
    )
    if where and not all(one.zones for one in patch.used):
        said = tr("{said} What names no zone counts as lying on all of them.", said=said)
    if any(one.area_cm2 is None for one in patch.used):
        said = tr("{said} Where no area is stated, the largest of them counts.", said=said)
    return tr(
        "{said} Each spread evenly over its area, they come to {layer} g on 10 cm²; the label allows {most} g.",
        said=said,
        **values,
    )


def _thinnest(used: Iterable[Numbing], around: Circumstances) -> Layer | None:
    """Of the labels that say how thick a layer may be, the one that allows least."""
    layers = ((one, layer_of(one, around)) for one in used)
    known = [Layer(most, _sources(one, "g_per_10cm2", most, around)) for one, most in layers if most is not None]
    return min(known, key=lambda one: one.most_g, default=None)


def _by_zones(used: Iterable[Numbing]) -> tuple[tuple[Numbing, ...], ...]:
    patches: dict[frozenset[str], tuple[Numbing, ...]] = {}
    for one in used:
        zones = frozenset(one.zones)
        patches[zones] = (*patches.get(zones, ()), one)
    return tuple(patches.values())


def _area(patch: Iterable[Numbing]) -> Decimal:
    return max((one.area_cm2 for one in patch if one.area_cm2 is not None), default=Decimal(0))


# not again too soon


def judge_again(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A cream that must not come again within some hours, put on again here or after an earlier visit.

    Where the labels of both differ, the longer wait counts.
    """
    for numbing in draft.numbing:
        if numbing.on_at is None:
            continue
        earlier = [*(one for one in draft.numbing if _is_repeat(one, numbing)), *around.numbed_before]
        soon = [
            (one.on_at, hours, label)
            for one in earlier
            if _same_content(one, numbing) and one.on_at and one.on_at < numbing.on_at
            for hours, label in _longest_wait((numbing, one), around)
            if numbing.on_at - one.on_at < timedelta(hours=hours)
        ]
        if soon:
            last, hours, label = max(soon, key=lambda one: one[0])
            yield _too_soon(numbing, last, hours, _sources(label, "not_again_h", hours, around), draft, around)


def _longest_wait(pair: tuple[Numbing, Numbing], around: Circumstances) -> list[tuple[int, Numbing]]:
    """The longer wait of two labels with the application whose label has it; nothing where neither says any."""
    told = [(hours, one) for one in pair if (hours := not_again_of(one, around)) is not None]
    return sorted(told, key=lambda one: -one[0])[:1]


def _too_soon(
    numbing: Numbing,
    last: datetime,
    hours: int,
    sources: tuple[Source, ...],
    draft: SessionDraft,
    around: Circumstances,
) -> Finding:
    tr, before = around.tr, local(last, draft.time_zone)
    return _finding(
        numbing,
        "numbing-again",
        tr("{name} again too soon", name=numbing.name),
        tr(
            "The last was put on at {time} on {day}; not again within {hours} hours.",
            time=record_time(before),
            day=record_date(before.date()),
            hours=hours,
        ),
        facts=last.isoformat(),
        sources=sources,
    )


def _is_repeat(one: Numbing, later: Numbing) -> bool:
    """Whether ``later`` comes on top of ``one`` or after it, and is not the same cream on other skin meanwhile."""
    if one.id == later.id or one.on_at is None or later.on_at is None or one.on_at >= later.on_at:
        return False
    after = one.removed_at is not None and one.removed_at <= later.on_at
    return after or not one.zones or not later.zones or bool(set(one.zones) & set(later.zones))


def _same_content(one: Numbing, other: Numbing) -> bool:
    return len(together((one, other))) == 1


# what they have in common


def _least(values: Iterable[Decimal | None]) -> Decimal | None:
    return min((one for one in values if one is not None), default=None)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _finding(
    numbing: Numbing, code: str, title: str, detail: str, *, facts: str, sources: tuple[Source, ...] = ()
) -> Finding:
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
