"""Checks that run through the whole set: references between entries, and values that sources give differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from needlelog.knowledge.model import (
    Combination,
    Entry,
    FollowUpMoment,
    FollowUpQuestion,
    Knowledge,
    PreparationItem,
    PreparationRule,
    Site,
    Variant,
)

Problem = tuple[str, str, str, str]
"""File, entry, key, reason."""

FILES: Mapping[str, str] = {
    "described_devices": "devices.toml",
    "ceiling": "sites.toml",
    "preparing": "preparation.toml",
    "follow_up_moments": "follow_up.toml",
    "follow_up_questions": "follow_up.toml",
    "follow_up_actions": "follow_up.toml",
    "severe_grades": "follow_up.toml",
    "visit_moments": "follow_up.toml",
    "weight": "doses.toml",
}
"""The file of a table where it does not bear the table's name."""

LONGER = frozenset({"not_again_h", "wait.days", "until_h", "rf_until_h", "until_days", "days_before"})
"""Keys of which the greatest value is the safest."""

SHORTER = frozenset({"expected_until_h", "escalate_after_h", "depth_mm", "rf_above_mm", "g_per_10cm2", "usual_to_min"})
"""Keys of which the least value is the safest."""

ROW = re.compile(r"[A-Z]\d{2}")


def file_of(table: str) -> str:
    """The file in which the entries of ``table`` stand."""
    return FILES.get(table, f"{table}.toml")


def value_at(entry: Entry, key: str) -> object:
    """What stands at ``key`` of ``entry``, a part of a part after a dot; raises ``KeyError`` for no such key."""
    found: object = entry
    for name in key.split("."):
        if found is None or name not in getattr(type(found), "model_fields", {}):
            raise KeyError(key)
        found = getattr(found, name)
    return found


def reference_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every reference that leads nowhere and every value that is not the safest of those given, one by one."""
    for table, entries in knowledge.tables().items():
        for entry in entries.values():
            yield from _rows(file_of(table), entry)
            yield from _variants(file_of(table), entry)
    for site in knowledge.sites.values():
        yield from _bands(site, knowledge)
    for item in knowledge.time_out.values():
        for row in item.denied_by:
            if row not in knowledge.contraindications:
                yield "time_out.toml", item.id, "denied_by", f"no contraindication {row}"
    preparations: tuple[PreparationItem | PreparationRule, ...]
    preparations = (*knowledge.preparation.values(), *knowledge.preparing.values())
    for one in preparations:
        yield from _behind(one, knowledge)
    for combination in knowledge.combinations.values():
        yield from _combination(combination, knowledge)
    for table in ("conflicts", "founding"):
        for entry in getattr(knowledge, table).values():
            for place in entry.serves:
                if knowledge.entry(place) is None:
                    yield file_of(table), entry.id, "serves", f"{place} is no entry"
    yield from _follow_up(knowledge)


def _rows(file: str, entry: Entry) -> Iterator[Problem]:
    for row in entry.rows:
        if not ROW.fullmatch(row):
            yield file, entry.id, "rows", f"{row} is no row of the clinical tables"


def _variants(file: str, entry: Entry) -> Iterator[Problem]:
    by_key: dict[str, list[Variant]] = {}
    for variant in entry.variants:
        by_key.setdefault(variant.key, []).append(variant)
    for key, variants in by_key.items():
        if key:
            try:
                stands = value_at(entry, key)
            except KeyError:
                yield file, entry.id, "variants", f"{key} is no key of this entry"
                continue
            yield from _safest(file, entry, key, stands, variants)
        if not any(variant.used for variant in variants):
            yield file, entry.id, "variants", f"none of the values for {key or 'the entry'} is marked as used"


def _safest(file: str, entry: Entry, key: str, stands: object, variants: list[Variant]) -> Iterator[Problem]:
    numbers = [variant.number for variant in variants if variant.number is not None]
    for variant in variants:
        differs = isinstance(stands, int | Decimal) and variant.number is not None and variant.number != stands
        if variant.used and differs and not any(own.key == key for own in entry.own):
            yield file, entry.id, "variants", f"{variant.number} is marked as used, and {key} is {stands}"
        if variant.used and variant.number is not None and key in LONGER | SHORTER:
            safest = max(numbers) if key in LONGER else min(numbers)
            if variant.number != safest:
                yield file, entry.id, "variants", f"{variant.number} is used for {key}, and {safest} is safer"


def _bands(site: Site, knowledge: Knowledge) -> Iterator[Problem]:
    for band in site.for_concerns:
        if band.concern not in knowledge.concerns:
            yield "sites.toml", site.id, "for_concerns", f"{band.concern} is not in concerns.toml"
        if site.never:
            yield "sites.toml", site.id, "for_concerns", "a site that is never treated has no depth"
        steps = (band.default_from_mm, band.default_to_mm, band.warn_above_mm, band.confirm_above_mm)
        given = [step for step in steps if step is not None]
        if given != sorted(given):
            yield "sites.toml", site.id, "for_concerns", f"the depths for {band.concern} do not rise"
        if any(step > knowledge.ceiling.shipped_mm for step in given):
            yield "sites.toml", site.id, "for_concerns", f"{band.concern} goes above the general ceiling"


def _behind(one: PreparationItem | PreparationRule, knowledge: Knowledge) -> Iterator[Problem]:
    if not one.contraindication:
        return
    if one.contraindication not in knowledge.contraindications:
        yield "preparation.toml", one.id, "contraindication", f"{one.contraindication} is no contraindication"
    if isinstance(one, PreparationItem) and one.detail:
        yield "preparation.toml", one.id, "detail", f"{one.contraindication} says it already"


def _combination(combination: Combination, knowledge: Knowledge) -> Iterator[Problem]:
    file = "combinations.toml"
    for key in ("before_days", "after_days"):
        days = getattr(combination, key)
        if days is not None and days <= 0:
            yield file, combination.id, key, "must be above 0"
    if combination.same_visit and (combination.before_days or combination.after_days):
        yield file, combination.id, "same_visit", "what goes into one visit has no days between"
    if not combination.contraindication:
        return
    row = knowledge.contraindications.get(combination.contraindication)
    if row is None:
        yield file, combination.id, "contraindication", f"{combination.contraindication} is no contraindication"
    elif row.wait is None or (row.wait.days != combination.before_days and not row.own):
        yield file, combination.id, "before_days", f"is not the waiting time of {row.id}"


def _follow_up(knowledge: Knowledge) -> Iterator[Problem]:
    moments = list(knowledge.follow_up_moments.values())
    for moment in moments:
        yield from _moment(moment, knowledge)
    if [moment.from_h for moment in moments] != sorted(moment.from_h for moment in moments):
        yield "follow_up.toml", moments[-1].id, "from_h", "the moments do not follow one another"
    for question in knowledge.follow_up_questions.values():
        yield from _question(question, knowledge)
    for severe in knowledge.severe_grades.values():
        if severe.action not in knowledge.follow_up_actions:
            yield "follow_up.toml", severe.id, "action", f"{severe.action} is no action"


def _moment(moment: FollowUpMoment, knowledge: Knowledge) -> Iterator[Problem]:
    if not 0 < moment.from_h < moment.until_h:
        yield "follow_up.toml", moment.id, "until_h", "does not come after from_h"
    if moment.missed_after_h < moment.until_h:
        yield "follow_up.toml", moment.id, "missed_after_h", "does not come after until_h"
    for question in moment.questions:
        if question not in knowledge.follow_up_questions:
            yield "follow_up.toml", moment.id, "questions", f"{question} is no question"


def _question(question: FollowUpQuestion, knowledge: Knowledge) -> Iterator[Problem]:
    file = "follow_up.toml"
    scale = knowledge.scales.get(question.scale)
    if (question.answer == "grade") != bool(question.scale):
        yield file, question.id, "scale", "belongs to a graded answer and to nothing else"
    elif question.scale and scale is None:
        yield file, question.id, "scale", f"{question.scale} is not in scales.toml"
    if question.reaction and question.reaction not in knowledge.reactions:
        yield file, question.id, "reaction", f"{question.reaction} is not in reactions.toml"
    if question.asked_from_grade is not None:
        graded = knowledge.reactions.get(question.reaction)
        of = knowledge.scales.get(graded.scale) if graded else None
        if of is None or question.asked_from_grade not in {grade.value for grade in of.grades}:
            yield file, question.id, "asked_from_grade", "is no grade of its reaction"
    if question.action and question.action not in knowledge.follow_up_actions:
        yield file, question.id, "action", f"{question.action} is no action"
    if bool(question.red_flag) != bool(question.action):
        yield file, question.id, "action", "a red flag and what is done about it stand together"
    grades = {str(grade.value) for grade in scale.grades} if scale else set()
    allowed = {"yes-no": {"yes", "no"}, "grade": grades}.get(question.answer, set())
    if question.red_flag and question.red_flag not in allowed:
        yield file, question.id, "red_flag", f"{question.red_flag} is no answer to it"
