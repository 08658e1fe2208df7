"""How much of a numbing cream: grams, area and layer against the label, all of one content together.

The limits come with the product and with its entry of the reference data (``products.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal
from uuid import UUID

from needlelog.domain.findings import Finding, Source
from needlelog.domain.session import Numbing
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.label_figures import (
    finding_of_label,
    layer_of,
    plain,
    sources_on_label,
)

CM2_OF_A_LAYER = Decimal(10)  # labels say so many grams on 10 cm²: a unit, not a clinical figure
HUNDREDTH_OF_A_GRAM = Decimal("0.01")  # how finely a layer is told: nobody spreads it finer


@dataclass(frozen=True, slots=True)
class Layer:
    """The most grams on 10 cm², and where that stands; no sources where it stands on the label of the record."""

    most_g: Decimal
    sources: tuple[Source, ...]


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
        detail = tr("{applied} g applied; the label allows {most} g at most.", applied=plain(grams), most=plain(max_g))
        if by_area is not None and max_area is not None:
            detail = tr(
                "{applied} g applied; the label allows {layer} g on 10 cm² and {area} cm² at most: {most} g.",
                applied=plain(grams),
                layer=plain(by_area.most_g),
                area=plain(max_area),
                most=plain(max_g),
            )
        sources = by_area.sources if by_area is not None else ()
        yield finding_of_label(last, "numbing-dose", title, detail, facts=plain(grams), sources=sources)
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
        yield finding_of_label(last, "numbing-area", title, detail, facts=str(area))


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
        yield finding_of_label(
            last,
            "numbing-layer",
            around.tr("{name} thicker than its label allows", name=last.name),
            " ".join(_how_thick(patch, most.most_g, around) for patch in patches),
            facts=";".join(_layer_facts(patch) for patch in patches),
            sources=most.sources,
        )


def _layer_facts(patch: _Patch) -> str:
    amounts = "+".join(f"{plain(one.applied_g or Decimal(0))}:{plain(area)}" for one, area in _spread(patch.used))
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
        tr("{applied} g on {area} cm²", applied=plain(one.applied_g or Decimal(0)), area=plain(area))
        for one, area in spread
    ]
    if len(spread) == 1:
        ((_, area),) = spread
        return tr(
            "{amount}; the label allows {layer} g on 10 cm² at most, so {most} g here.",
            amount=amounts[0],
            layer=plain(most),
            most=plain(most * area / CM2_OF_A_LAYER),
        )
    # To the next hundredth upwards, so that what is over the label never reads as just what it allows.
    layer = _layer(patch.used).quantize(HUNDREDTH_OF_A_GRAM, ROUND_UP)
    values = {"amounts": "; ".join(amounts), "layer": plain(layer), "most": plain(most)}
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
    known = [
        Layer(most, sources_on_label(one, "g_per_10cm2", most, around)) for one, most in layers if most is not None
    ]
    return min(known, key=lambda one: one.most_g, default=None)


def _by_zones(used: Iterable[Numbing]) -> tuple[tuple[Numbing, ...], ...]:
    patches: dict[frozenset[str], tuple[Numbing, ...]] = {}
    for one in used:
        zones = frozenset(one.zones)
        patches[zones] = (*patches.get(zones, ()), one)
    return tuple(patches.values())


def _area(patch: Iterable[Numbing]) -> Decimal:
    return max((one.area_cm2 for one in patch if one.area_cm2 is not None), default=Decimal(0))


def _least(values: Iterable[Decimal | None]) -> Decimal | None:
    return min((one for one in values if one is not None), default=None)
