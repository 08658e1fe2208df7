"""What else stands in an entry, beside its figures: captions with their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from needlelog.i18n import Words
from needlelog.knowledge.contents import title_of
from needlelog.knowledge.figures import text_of
from needlelog.knowledge.model import (
    Combination,
    Conflict,
    Contraindication,
    DescribedDevice,
    DeviceEntry,
    Entry,
    FollowUpMoment,
    FollowUpQuestion,
    Knowledge,
    ProductEntry,
    ReactionEntry,
    Scale,
    Site,
)
from ui.widgets.trade_words import device_kind, product_kind

Told = tuple[tuple[str, str], ...]


def facts(tr: Words, entry: Entry, knowledge: Knowledge) -> Told:
    """What else stands in the entry: caption and text."""
    tell = _FACTS.get(type(entry))
    told = tell(tr, entry, knowledge) if tell else ()
    return tuple((caption, text) for caption, text in told if text)


def _site_facts(tr: Words, entry: Site, knowledge: Knowledge) -> Told:
    zones = ", ".join(tr(zone.name) for zone in knowledge.zones.values() if zone.site == entry.id)
    bands = tuple(
        (tr("For {concern}", concern=tr(knowledge.concerns[band.concern].name)), _band(tr, band))
        for band in entry.for_concerns
    )
    return ((tr("Zones on the map"), zones), *bands)


def _band(tr: Words, band: Any) -> str:
    parts = []
    if band.default_to_mm is not None:
        parts.append(tr("usually up to {depth} mm", depth=text_of(band.default_to_mm)))
    if band.warn_above_mm is not None:
        parts.append(tr("warned above {depth} mm", depth=text_of(band.warn_above_mm)))
    if band.confirm_above_mm is not None:
        parts.append(tr("a reason above {depth} mm", depth=text_of(band.confirm_above_mm)))
    return ", ".join(parts) + (f". {tr(band.note)}" if band.note else "")


def _device_facts(tr: Words, entry: DeviceEntry, _: Knowledge) -> Told:
    settings = entry.settings
    speed = settings.output_unit
    if settings.output_fixed is not None:
        speed = f"{text_of(settings.output_fixed)} {settings.output_unit}"
    return (
        (tr("Kind"), device_kind(tr, settings.kind)),
        (tr("Maker"), entry.maker),
        (tr("Needles"), tr(entry.pins)),
        (tr("Speed or energy"), speed),
        (tr("Cleared use"), tr(entry.authorised_use)),
        (tr("Cleared for skin types"), ", ".join(str(one) for one in entry.fitzpatrick)),
    )


def _described_facts(tr: Words, entry: DescribedDevice, _: Knowledge) -> Told:
    return (
        (tr("Kind"), device_kind(tr, entry.kind)),
        (tr("Depth"), tr(entry.depth)),
        (tr("Needles"), tr(entry.pins)),
        (tr("Speed or energy"), tr(entry.speed)),
        (tr("Cleared use"), tr(entry.authorised_use)),
    )


def _product_facts(tr: Words, entry: ProductEntry, _: Knowledge) -> Told:
    agents = entry.anaesthetic.agents if entry.anaesthetic else ()
    return (
        (tr("Kind"), product_kind(tr, entry.kind)),
        (tr("Maker"), entry.maker),
        (tr("Strength"), ", ".join(f"{tr(agent)} {text_of(percent)} %" for agent, percent in agents)),
    )


def _contraindication_facts(tr: Words, entry: Contraindication, _: Knowledge) -> Told:
    waits = tr(entry.wait.all_values) if entry.wait else ""
    return ((tr("Question"), tr(entry.question)), (tr("Every waiting time given"), waits))


def _scale_facts(tr: Words, entry: Scale, _: Knowledge) -> Told:
    return tuple(
        (str(grade.value), f"{tr(grade.word)} – {tr(grade.meaning)}" if grade.meaning else tr(grade.word))
        for grade in entry.grades
    )


def _reaction_facts(tr: Words, entry: ReactionEntry, knowledge: Knowledge) -> Told:
    action = knowledge.follow_up_actions.get(entry.action)
    flags = []
    if entry.never_expected:
        flags.append(tr("any grade"))
    else:
        if entry.expected_until_h is not None:
            flags.append(tr("more than before, or back, once its time is over"))
        if entry.escalate_after_h is not None:
            flags.append(tr("still there after {hours} hours", hours=entry.escalate_after_h))
        if entry.expected_until_h is not None and entry.ungraded_from is not None:
            flags.append(
                tr("{grade} or more and never graded before, once its time is over", grade=entry.ungraded_from)
            )
        if entry.one_sided and entry.one_sided_by:
            flags.append(
                tr(
                    "on one side only, or {count} grades more than on the other, once its time is over",
                    count=entry.one_sided_by,
                )
            )
        elif entry.one_sided:
            flags.append(tr("on one side only, once its time is over"))
        flags += [tr("{severe}, at any hour", severe=tr(one.name).lower()) for one in knowledge.severe_grades.values()]
    return (
        (tr("Graded on"), tr(knowledge.scales[entry.scale].name)),
        (tr("Red flag in a follow-up"), "; ".join(flags) if action else ""),
        (tr("What is done then"), tr(action.text) if action else ""),
    )


def _question_facts(tr: Words, entry: FollowUpQuestion, knowledge: Knowledge) -> Told:
    answers = {"grade": tr("a grade"), "yes-no": tr("yes or no"), "words": tr("in words"), "photo": tr("a photo")}
    scale = knowledge.scales.get(entry.scale)
    asked = [tr(one.name) for one in knowledge.follow_up_moments.values() if entry.id in one.questions]
    return (
        (tr("Answer"), f"{answers[entry.answer]}, {tr(scale.name)}" if scale else answers[entry.answer]),
        (tr("Asked"), ", ".join(asked)),
        (tr("Only after"), ", ".join(device_kind(tr, one) for one in entry.only_for)),
        (tr("Only where"), _where_graded(tr, entry, knowledge)),
    )


def _where_graded(tr: Words, entry: FollowUpQuestion, knowledge: Knowledge) -> str:
    if entry.asked_from_grade is None:
        return ""
    reaction = tr(knowledge.reactions[entry.reaction].name)
    return tr("{reaction} has grade {grade} or more", reaction=reaction, grade=entry.asked_from_grade)


def _moment_facts(tr: Words, entry: FollowUpMoment, knowledge: Knowledge) -> Told:
    asked = (tr(knowledge.follow_up_questions[one].text) for one in entry.questions)
    return ((tr("Questions"), "\n".join(asked)),)


def _conflict_facts(tr: Words, entry: Conflict, _: Knowledge) -> Told:
    return (
        (tr("Founding article"), tr(entry.founding)),
        (tr("Other sources"), tr(entry.others)),
        (tr("Used here"), tr(entry.chosen)),
    )


def _combination_facts(tr: Words, entry: Combination, knowledge: Knowledge) -> Told:
    row = knowledge.contraindications.get(entry.contraindication)
    if row is None or row.wait is None:
        return ((tr("In the same visit"), tr("Yes") if entry.same_visit else ""),)
    return ((tr("Before needling"), tr("{days} days, as “{row}” asks", days=row.wait.days, row=title_of(row, tr))),)


_FACTS: Mapping[type[Entry], Callable[[Words, Any, Knowledge], Told]] = {
    Site: _site_facts,
    DeviceEntry: _device_facts,
    DescribedDevice: _described_facts,
    ProductEntry: _product_facts,
    Contraindication: _contraindication_facts,
    Scale: _scale_facts,
    ReactionEntry: _reaction_facts,
    FollowUpQuestion: _question_facts,
    FollowUpMoment: _moment_facts,
    Conflict: _conflict_facts,
    Combination: _combination_facts,
}
