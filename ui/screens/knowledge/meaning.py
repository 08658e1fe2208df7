"""What an entry and its figures mean for the work, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from needlelog.domain.findings import Level
from needlelog.i18n import Words
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
    SevereGrade,
    ShelfRule,
    Site,
    TimeOutItem,
    VisitMoment,
    WeightRule,
)
from needlelog.knowledge.own_values import spoken
from ui.widgets.trade_words import device_kind


def figure_text(tr: Words, figure: Figure, value: str) -> str:
    """``0.75 mm``, ``Stop``, or that nobody gives one."""
    if not value:
        return tr("no figure")
    unit = tr(figure.kind.unit)
    return f"{spoken(tr, value)} {unit}".strip()


def plain_words(tr: Words, entry: Entry, knowledge: Knowledge) -> tuple[str, ...]:
    """What the entry means, one paragraph each."""
    say = _SAY.get(type(entry))
    said = say(tr, entry, knowledge) if say else ()
    return tuple(paragraph for paragraph in (*said, tr(entry.note)) if paragraph)


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
    if entry.wait is not None and entry.ahead:
        said.append(tr("It holds from {days} days before it begins.", days=entry.wait.days))
    elif entry.wait is not None:
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


def _preparation(tr: Words, entry: PreparationItem, knowledge: Knowledge) -> tuple[str, ...]:
    return (tr("Asked at the consultation of each visit."), tr(knowledge.detail_of(entry)))


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


def _preparing(tr: Words, entry: PreparationRule, knowledge: Knowledge) -> tuple[str, ...]:
    kinds = {
        "leave": tr("Stands on the preparation sheet among what to leave."),
        "do": tr("Stands on the preparation sheet among what to do."),
        "ask": tr("Stands on the preparation sheet among what to ask first."),
        "call": tr("Stands on the preparation sheet among the reasons to call."),
    }
    return (kinds[entry.kind], tr(knowledge.detail_of(entry)))


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
    return (
        tr(
            "Usual: {first} to {last} days. Less than {least} days since a zone was last needled is asked; since "
            "other zones of the same part of the body were, it is a note.",
            **values,
        ),
        tr("Parts of the body: {parts}.", parts="; ".join(tr(part.name) for part in entry.parts)),
    )


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
