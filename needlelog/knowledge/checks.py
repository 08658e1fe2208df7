"""What no single entry can know of itself: references between files, and numbers that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from needlelog.domain.materials import DeviceKind, ProductKind
from needlelog.knowledge.model import (
    AftercareRule,
    DeviceEntry,
    Knowledge,
    PreparationRule,
    ProductEntry,
    Scale,
    Site,
    Zone,
)
from needlelog.knowledge.references import Problem, reference_problems

SOURCE_KINDS = ("A", "B", "C", "D", "SEED", "U")
"""Regulator or label, peer-reviewed, clinic or vendor, advert, founding article, general knowledge."""

UNVERIFIED = "U"
"""The kind of what nobody read anywhere."""

SEEN = ("yes", "part", "no")
OUTPUT_UNITS = ("", "rpm", "Hz", "mJ", "W")
AMOUNT_UNITS = ("", "ml", "g", "drop", "piece", "spray")
AREAS: tuple[str, ...] = get_args(Zone.model_fields["area"].annotation)


def problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Everything that contradicts something else, one by one."""
    for site in knowledge.sites.values():
        yield from _site(site, knowledge.ceiling.shipped_mm)
    for zone in knowledge.zones.values():
        if zone.site not in knowledge.sites:
            yield "zones.toml", zone.id, "site", f"{zone.site} is not in sites.toml"
    for device in knowledge.devices.values():
        yield from _device(device, knowledge.ceiling.shipped_mm)
    for product in knowledge.products.values():
        yield from _product(product)
    for scale in knowledge.scales.values():
        yield from _scale(scale)
    for rule in knowledge.aftercare.values():
        yield from _rule(rule)
    for preparing in knowledge.preparing.values():
        yield from _preparing(preparing)
    yield from _concerns(knowledge)
    yield from _contraindications(knowledge)
    yield from _reactions(knowledge)
    yield from _interval(knowledge)
    yield from reference_problems(knowledge)


def _ascending(file: str, entry: str, *steps: tuple[str, Decimal | int | None]) -> Iterator[Problem]:
    given = [(key, number) for key, number in steps if number is not None]
    for (lower_key, lower), (key, number) in pairwise(given):
        if lower > number:
            yield file, entry, key, f"{number} is below {lower_key} {lower}"


def _site(site: Site, ceiling: Decimal) -> Iterator[Problem]:
    bands = (
        ("default_from_mm", site.default_from_mm),
        ("default_to_mm", site.default_to_mm),
        ("warn_above_mm", site.warn_above_mm),
        ("confirm_above_mm", site.confirm_above_mm),
    )
    if site.never:
        for key, number in (*bands, ("rf_above_mm", site.rf_above_mm)):
            if number is not None:
                yield "sites.toml", site.id, key, "a site that is never treated has no depth"
        return
    yield from _ascending("sites.toml", site.id, *bands)
    for key, number in bands:
        if number is not None and number > ceiling:
            yield "sites.toml", site.id, key, f"{number} is above the general ceiling {ceiling}"
    if site.confirm_above_mm is None:
        yield "sites.toml", site.id, "confirm_above_mm", "is missing"


def _device(device: DeviceEntry, ceiling: Decimal) -> Iterator[Problem]:
    settings = device.settings
    if settings.kind is not DeviceKind.RF and settings.depth_max_mm > ceiling:
        yield "devices.toml", device.id, "settings.depth_max_mm", f"is above the general ceiling {ceiling}"
    evaluated = settings.depth_evaluated_mm
    if evaluated is not None and evaluated > settings.depth_max_mm:
        yield "devices.toml", device.id, "settings.depth_evaluated_mm", f"is above depth_max_mm {settings.depth_max_mm}"
    if settings.depth_step_mm > settings.depth_max_mm:
        yield "devices.toml", device.id, "settings.depth_step_mm", f"is above depth_max_mm {settings.depth_max_mm}"
    if settings.output_unit not in OUTPUT_UNITS:
        yield "devices.toml", device.id, "settings.output_unit", f"{settings.output_unit} is not a known unit"
    if any(not 1 <= skin_type <= 6 for skin_type in device.fitzpatrick):
        yield "devices.toml", device.id, "fitzpatrick", "skin types run from 1 to 6"


def _product(product: ProductEntry) -> Iterator[Problem]:
    file, limits = "products.toml", product.anaesthetic
    if product.amount_unit not in AMOUNT_UNITS:
        yield file, product.id, "amount_unit", f"{product.amount_unit} is not a known unit"
    if (product.kind is ProductKind.ANAESTHETIC) != (limits is not None):
        yield file, product.id, "anaesthetic", "belongs to anaesthetics and to nothing else"
    if limits is None:
        return
    if any(not 0 < percent <= 100 for _, percent in limits.agents):
        yield file, product.id, "anaesthetic.agents", "a strength lies above 0 and up to 100 percent"
    for key in ("dwell_min_min", "dwell_max_min", "max_g", "max_area_cm2"):
        number = getattr(limits, key)
        if number is not None and number <= 0:
            yield file, product.id, f"anaesthetic.{key}", "must be above 0"
    for key in ("g_per_10cm2", "not_again_h"):
        if getattr(limits, key) is not None:
            yield file, product.id, f"anaesthetic.{key}", "stands beside the limits and not in them"
    yield from _ascending(
        file,
        product.id,
        ("anaesthetic.dwell_min_min", limits.dwell_min_min),
        ("anaesthetic.dwell_max_min", limits.dwell_max_min),
    )


def _scale(scale: Scale) -> Iterator[Problem]:
    if scale.severity and (len(scale.severity) != len(scale.grades) or list(scale.severity) != sorted(scale.severity)):
        yield "scales.toml", scale.id, "severity", "must rise with the grades, one for each"
    values = [grade.value for grade in scale.grades]
    if values != sorted(set(values)) or values[0] < 0:
        yield "scales.toml", scale.id, "grades", "grades must rise from 0 or above, each once"


def _rule(rule: AftercareRule) -> Iterator[Problem]:
    file = "aftercare.toml"
    for key in ("from_h", "until_h", "rf_until_h", "until_days"):
        number = getattr(rule, key)
        if number is not None and number < 0:
            yield file, rule.id, key, "must not be negative"
    if rule.until_h is not None and rule.until_days is not None:
        yield file, rule.id, "until_days", "until_h is given as well"
    if rule.rf_until_h is not None and rule.until_h is None:
        yield file, rule.id, "rf_until_h", "there is no until_h it could replace"
    yield from _ascending(file, rule.id, ("until_h", rule.until_h), ("rf_until_h", rule.rf_until_h))
    end = rule.until_h if rule.until_days is None else rule.until_days * 24
    if end is not None and rule.from_h >= end:
        yield file, rule.id, "from_h", "does not lie before the end"
    if "{until}" in rule.text and end is None:
        yield file, rule.id, "text", "names {until} but has no end"
    if "{reactions}" in rule.text and rule.only_after != ("reaction",):
        yield file, rule.id, "text", "names {reactions} but is not bound to them"
    if rule.text.replace("{until}", "").replace("{reactions}", "").count("{"):
        yield file, rule.id, "text", "holds a field other than {until}"
    if rule.fitzpatrick_from is not None and not 1 <= rule.fitzpatrick_from <= 6:
        yield file, rule.id, "fitzpatrick_from", "skin types run from 1 to 6"
    for area in rule.areas:
        if area not in AREAS:
            yield file, rule.id, "areas", f"{area} is no area"


def _preparing(rule: PreparationRule) -> Iterator[Problem]:
    file = "preparation.toml"
    if rule.days_before is not None and rule.days_before <= 0:
        yield file, rule.id, "days_before", "must be above 0"
    for key in ("text", "brief"):
        told = getattr(rule, key)
        if "{by}" in told and rule.days_before is None:
            yield file, rule.id, key, "names {by} but no days_before"
        if told.replace("{by}", "").count("{"):
            yield file, rule.id, key, "holds a field other than {by}"
    for area in rule.areas:
        if area not in AREAS:
            yield file, rule.id, "areas", f"{area} is no area"


def _concerns(knowledge: Knowledge) -> Iterator[Problem]:
    for concern in knowledge.concerns.values():
        for low, high in (
            ("depth_from_mm", "depth_to_mm"),
            ("interval_min_days", "interval_max_days"),
            ("sessions_min", "sessions_max"),
        ):
            pair = ((low, getattr(concern, low)), (high, getattr(concern, high)))
            yield from _ascending("concerns.toml", concern.id, *pair)
            for key, number in pair:
                if number is not None and number <= 0:
                    yield "concerns.toml", concern.id, key, "must be above 0"
        ceiling = knowledge.ceiling.shipped_mm
        for key in ("depth_to_mm", "never_deeper_mm"):
            depth = getattr(concern, key)
            if depth is not None and depth > ceiling:
                yield "concerns.toml", concern.id, key, f"is above the general ceiling {ceiling}"


def _contraindications(knowledge: Knowledge) -> Iterator[Problem]:
    for row in knowledge.contraindications.values():
        if row.group == "skin-today" and row.wait is not None:
            yield "contraindications.toml", row.id, "wait", "what is on the skin today has no waiting time"
        if row.ahead and row.wait is None:
            yield "contraindications.toml", row.id, "wait", "what is to come has a time to keep before it begins"


def _reactions(knowledge: Knowledge) -> Iterator[Problem]:
    for reaction in knowledge.reactions.values():
        if reaction.scale not in knowledge.scales:
            yield "reactions.toml", reaction.id, "scale", f"{reaction.scale} is not in scales.toml"
        if reaction.expected_until_h is not None and reaction.expected_until_h <= 0:
            yield "reactions.toml", reaction.id, "expected_until_h", "must be above 0"
        yield from _ascending(
            "reactions.toml",
            reaction.id,
            ("expected_until_h", reaction.expected_until_h),
            ("escalate_after_h", reaction.escalate_after_h),
        )
        if reaction.one_sided_by is not None and (reaction.one_sided_by <= 0 or not reaction.one_sided):
            yield "reactions.toml", reaction.id, "one_sided_by", "must be above 0 and stand beside one_sided"
        if reaction.action not in knowledge.follow_up_actions:
            yield "reactions.toml", reaction.id, "action", f"{reaction.action or 'nothing'} is no action"


def _interval(knowledge: Knowledge) -> Iterator[Problem]:
    rule = knowledge.interval
    yield from _ascending(
        "interval.toml",
        "interval",
        ("shallow_shortest_days", rule.shallow_shortest_days),
        ("shortest_days", rule.shortest_days),
        ("usual_from_days", rule.usual_from_days),
        ("usual_to_days", rule.usual_to_days),
    )
    yield from _ascending(
        "interval.toml", "interval", ("shallow_to_mm", rule.shallow_to_mm), ("deep_above_mm", rule.deep_above_mm)
    )
    for key in ("shallow_shortest_days", "shortest_days", "deep_usual_from_days"):
        days = getattr(rule, key)
        if days is not None and days <= 0:
            yield "interval.toml", "interval", key, "must be above 0"
    for area in rule.exempt_areas:
        if area not in AREAS:
            yield "interval.toml", "interval", "exempt_areas", f"{area} is no area"
    for part in rule.parts:
        yield from (
            ("interval.toml", "interval", "parts", f"{one} of {part.id} is no area or zone")
            for one in (*part.areas, *part.zones)
            if one not in (AREAS if one in part.areas else knowledge.zones)
        )
    for zone in knowledge.zones.values():
        count = sum(part.holds(zone) for part in rule.parts)
        if count != 1:
            yield "interval.toml", "interval", "parts", f"{zone.id} lies in {count} of them, and not in one"
