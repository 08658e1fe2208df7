"""What an entry means for the work, in plain words, and what a source is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from needlelog.clock import local
from needlelog.domain.findings import CLINIC, Level, Source
from needlelog.i18n import Words, record_date
from needlelog.knowledge.contents import title_of
from needlelog.knowledge.figures import Figure, text_of
from needlelog.knowledge.model import (
    AftercareRule,
    AgentDose,
    AgeRule,
    AlarmRule,
    Ceiling,
    ClientQuestion,
    Combination,
    Concern,
    Conflict,
    Contraindication,
    DescribedDevice,
    DeviceEntry,
    Entry,
    FollowUpAction,
    FollowUpMoment,
    FollowUpQuestion,
    FoundingFact,
    Guidance,
    IntervalRule,
    Knowledge,
    PreparationItem,
    PreparationRule,
    ProductEntry,
    ReactionEntry,
    Scale,
    SevereGrade,
    ShelfRule,
    Site,
    TimeOutItem,
    VisitMoment,
    WeightRule,
)
from needlelog.knowledge.own_values import spoken
from ui.widgets.trade_words import device_kind, product_kind


def figure_text(tr: Words, figure: Figure, value: str) -> str:
    """``0.75 mm``, ``Stop``, or that nobody gives one."""
    if not value:
        return tr("no figure")
    unit = tr(figure.kind.unit)
    return f"{spoken(tr, value)} {unit}".strip()


def source_kind(tr: Words, kind: str) -> str:
    """What kind of place a statement comes from."""
    return {
        "A": tr("Regulator, label or manual"),
        "B": tr("Peer-reviewed"),
        "C": tr("Clinic or vendor page"),
        "D": tr("Advert or machine-written page"),
        "SEED": tr("Founding article"),
        "U": tr("General knowledge"),
        CLINIC: tr("This clinic"),
    }.get(kind, kind)


def source_seen(tr: Words, source: Source) -> str:
    """How much of it was read."""
    if source.kind == CLINIC:
        return ""
    return {"yes": tr("read as an excerpt"), "part": tr("read in part"), "no": tr("not read anywhere")}[source.seen]


def marks(tr: Words, entry: Entry) -> tuple[tuple[str, str], ...]:
    """What must be known before an entry is relied on: words and the tone of each."""
    found = []
    if entry.own:
        found.append((tr("Our own value"), "accent"))
    if entry.placeholder:
        found.append((tr("Placeholder: nobody has published a figure"), "hold"))
    if entry.proposal:
        found.append((tr("Proposal of this program, not a standard"), "raised"))
    if entry.seen == "part":
        found.append((tr("Read in part"), "raised"))
    if entry.seen == "no":
        found.append((tr("Not read in any source"), "hold"))
    return tuple(found)


def plain_words(tr: Words, entry: Entry, knowledge: Knowledge) -> tuple[str, ...]:
    """What the entry means, one paragraph each."""
    say = _SAY.get(type(entry))
    said = say(tr, entry, knowledge) if say else ()
    return tuple(paragraph for paragraph in (*said, tr(entry.note)) if paragraph)


def facts(tr: Words, entry: Entry, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """What else stands in the entry: caption and text."""
    tell = _FACTS.get(type(entry))
    told = tell(tr, entry, knowledge) if tell else ()
    return tuple((caption, text) for caption, text in told if text)


def day_and_time(entry_at: Any, zone: str) -> str:
    """The day of a moment on the clinic's wall clock."""
    return record_date(local(entry_at, zone).date())


# what it means


def _ceiling(tr: Words, entry: Ceiling, _: Knowledge) -> tuple[str, ...]:
    return (
        tr("No needle goes deeper than {most} mm anywhere: a pass above it is a stop.", most=text_of(entry.depth_mm)),
    )


def _site(tr: Words, entry: Site, _: Knowledge) -> tuple[str, ...]:
    if entry.never:
        return (tr("This skin is never needled: a pass here is a stop."), tr(entry.guidance))
    said = []
    if entry.default_from_mm is not None and entry.default_to_mm is not None:
        values = {"least": text_of(entry.default_from_mm), "most": text_of(entry.default_to_mm)}
        said.append(tr("A pass starts between {least} and {most} mm.", **values))
    if entry.warn_above_mm is not None:
        said.append(tr("Above {depth} mm NeedleLog asks you to look again.", depth=text_of(entry.warn_above_mm)))
    if entry.confirm_above_mm is not None:
        said.append(tr("Above {depth} mm it wants a written reason.", depth=text_of(entry.confirm_above_mm)))
    return (" ".join(said), tr(entry.guidance))


def _device(tr: Words, _entry: DeviceEntry, __: Knowledge) -> tuple[str, ...]:
    return (tr("A depth outside its range is a stop; deeper than its label evaluated is asked."),)


def _described(tr: Words, _entry: DescribedDevice, __: Knowledge) -> tuple[str, ...]:
    return (tr("Too little of it was read to offer it. Add it under Products with the figures of your own manual."),)


def _product(tr: Words, entry: ProductEntry, _: Knowledge) -> tuple[str, ...]:
    if entry.anaesthetic is None:
        return ()
    return (tr("Time, grams and area are held against these limits of its label; past one of them it is a hold."),)


def _concern(tr: Words, entry: Concern, _: Knowledge) -> tuple[str, ...]:
    if entry.never_deeper_mm is None:
        return ()
    return (tr("For this concern every zone is warned above {depth} mm.", depth=text_of(entry.never_deeper_mm)),)


_WEIGHT: Mapping[Level, str] = {
    Level.STOP: "Stop: needling stays shut until the answer changes or a reason is written.",
    Level.HOLD: "Hold: wait or get clearance; going on takes a written reason.",
    Level.ASK: "Ask: a precaution to talk about; needling stays open.",
}


def _contraindication(tr: Words, entry: Contraindication, _: Knowledge) -> tuple[str, ...]:
    said = [tr(_WEIGHT[entry.level])]
    if entry.wait is not None:
        said.append(tr("It is over {days} days after it ended.", days=entry.wait.days))
    if entry.area_bound:
        said.append(tr("It concerns the area only, not the whole visit."))
    if entry.anaesthetic_only:
        said.append(tr("It matters only where something numbing is used."))
    if entry.only_for:
        kinds = ", ".join(device_kind(tr, kind) for kind in entry.only_for)
        said.append(tr("Asked only for: {kinds}.", kinds=kinds))
    return (" ".join(said), tr(entry.detail))


def _age(tr: Words, entry: AgeRule, _: Knowledge) -> tuple[str, ...]:
    return (tr(_WEIGHT[entry.level]),)


def _preparation(tr: Words, entry: PreparationItem, _: Knowledge) -> tuple[str, ...]:
    return (tr("Asked at the consultation of each visit."), tr(entry.detail))


def _time_out(tr: Words, _entry: TimeOutItem, __: Knowledge) -> tuple[str, ...]:
    return (tr("Said and ticked in the pause before the first needle."),)


def _reaction(tr: Words, entry: ReactionEntry, _: Knowledge) -> tuple[str, ...]:
    return (tr("Expected: {text}", text=tr(entry.expected)), tr("Not any more: {text}", text=tr(entry.escalate)))


def _aftercare(tr: Words, entry: AftercareRule, _: Knowledge) -> tuple[str, ...]:
    kinds = {
        "avoid": tr("Stands on the client's sheet among what to leave."),
        "do": tr("Stands on the client's sheet among what to do."),
        "normal": tr("Stands on the client's sheet among what is normal."),
        "call": tr("Stands on the client's sheet among the reasons to call."),
        "results": tr("Stands on the client's sheet beside the next visit."),
    }
    return (kinds[entry.kind],)


def _preparing(tr: Words, entry: PreparationRule, _: Knowledge) -> tuple[str, ...]:
    kinds = {
        "leave": tr("Stands on the preparation sheet among what to leave."),
        "do": tr("Stands on the preparation sheet among what to do."),
        "ask": tr("Stands on the preparation sheet among what to ask first."),
        "call": tr("Stands on the preparation sheet among the reasons to call."),
    }
    return (kinds[entry.kind],)


def _moment(tr: Words, _entry: FollowUpMoment, __: Knowledge) -> tuple[str, ...]:
    return (tr("When a client is asked how the skin does, counted from the last pass."),)


def _action(tr: Words, entry: FollowUpAction, _: Knowledge) -> tuple[str, ...]:
    return (tr(entry.text),)


def _severe(tr: Words, entry: SevereGrade, knowledge: Knowledge) -> tuple[str, ...]:
    action = tr(knowledge.follow_up_actions[entry.action].text)
    return (
        tr("A grade of this severity is a red flag for any reaction, whenever it is seen. {action}", action=action),
    )


def _visit_moment(tr: Words, _entry: VisitMoment, __: Knowledge) -> tuple[str, ...]:
    return (tr("A moment of the visit itself at which the skin is graded."),)


def _question(tr: Words, entry: FollowUpQuestion, knowledge: Knowledge) -> tuple[str, ...]:
    if not entry.red_flag:
        return ()
    answers = {"yes": tr("Yes"), "no": tr("No")}
    from_ = answers.get(entry.red_flag) or tr("grade {grade} or more", grade=entry.red_flag)
    return (
        tr("Red flag: {answer}. {action}", answer=from_, action=tr(knowledge.follow_up_actions[entry.action].text)),
    )


def _interval(tr: Words, entry: IntervalRule, _: Knowledge) -> tuple[str, ...]:
    values = {"first": entry.usual_from_days, "last": entry.usual_to_days, "least": entry.shortest_days}
    return (tr("Usual: {first} to {last} days. Less than {least} days since the last visit is asked.", **values),)


def _shelf(tr: Words, entry: ShelfRule, _: Knowledge) -> tuple[str, ...]:
    return (
        tr("A lot is said to expire soon from {days} days before its last good day.", days=entry.expires_soon_days),
    )


def _dose(tr: Words, entry: AgentDose, _: Knowledge) -> tuple[str, ...]:
    return (
        tr(
            "How much {agent} for one body, as a limit of injections. On the skin far less gets in: the label's grams, "
            "area and minutes count first, and this is advice where no label says how much.",
            agent=tr(entry.name).lower(),
        ),
    )


def _weight(tr: Words, entry: WeightRule, _: Knowledge) -> tuple[str, ...]:
    values = {"years": entry.adult_from_years, "least": entry.adult_least_kg, "most": entry.adult_most_kg}
    return (tr("From {years} years on a weight below {least} kg or above {most} kg is asked about.", **values),)


def _alarm(tr: Words, entry: AlarmRule, _: Knowledge) -> tuple[str, ...]:
    return (
        tr(
            "Calls on every screen when the usual time on the skin is over, {minutes} min before the label's longest "
            "time, and again at it.",
            minutes=entry.warn_before_min,
        ),
    )


def _combination(tr: Words, entry: Combination, _: Knowledge) -> tuple[str, ...]:
    return (tr(entry.text),)


def _client_question(tr: Words, entry: ClientQuestion, _: Knowledge) -> tuple[str, ...]:
    return (tr(entry.answer),)


def _guidance(tr: Words, entry: Guidance, _: Knowledge) -> tuple[str, ...]:
    return (tr(entry.text),)


def _founding(tr: Words, entry: FoundingFact, _: Knowledge) -> tuple[str, ...]:
    return (tr(entry.statement),)


_SAY: Mapping[type[Entry], Callable[[Words, Any, Knowledge], tuple[str, ...]]] = {
    Ceiling: _ceiling,
    Site: _site,
    DeviceEntry: _device,
    DescribedDevice: _described,
    ProductEntry: _product,
    Concern: _concern,
    Contraindication: _contraindication,
    AgeRule: _age,
    PreparationItem: _preparation,
    PreparationRule: _preparing,
    TimeOutItem: _time_out,
    ReactionEntry: _reaction,
    AftercareRule: _aftercare,
    FollowUpMoment: _moment,
    FollowUpQuestion: _question,
    FollowUpAction: _action,
    SevereGrade: _severe,
    VisitMoment: _visit_moment,
    IntervalRule: _interval,
    AgentDose: _dose,
    AlarmRule: _alarm,
    WeightRule: _weight,
    ShelfRule: _shelf,
    Combination: _combination,
    ClientQuestion: _client_question,
    Guidance: _guidance,
    FoundingFact: _founding,
}

# what else stands there

Told = tuple[tuple[str, str], ...]


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
