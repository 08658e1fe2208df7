"""What in an answer is never just noted: by the questions' own flags, and by the windows of the graded reactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from needlelog.domain.findings import Source
from needlelog.domain.follow_up import FollowUpForm, RedFlag
from needlelog.domain.reactions import Observation
from needlelog.i18n import Words
from needlelog.knowledge.model import FollowUpQuestion, Knowledge, ReactionEntry, SevereGrade
from needlelog.rules.follow_up import Comparison, Reading, compare, is_asked
from needlelog.rules.severity import severity

LEFT, RIGHT = "_left", "_right"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is held against: the readings before it, since when the hours count, and what was treated."""

    earlier: tuple[Reading, ...]
    since: datetime
    now: datetime
    treated: tuple[str, ...]
    knowledge: Knowledge
    tr: Words
    again: Mapping[str, datetime] = field(default_factory=dict)
    """Since when the hours count where the skin was needled again since, by zone; "" stands for the whole area."""


def red_flags(form: FollowUpForm, asked: Asked) -> tuple[RedFlag, ...]:
    """Every red flag of this answer, the most urgent first, each once."""
    found: dict[str, RedFlag] = {}
    for flag in (*_of_replies(form, asked), *_of_grades(form, asked)):
        found.setdefault(flag.key, flag)
    urgency = list(asked.knowledge.follow_up_actions)
    return tuple(sorted(found.values(), key=lambda flag: urgency.index(flag.action)))


def _of_replies(form: FollowUpForm, asked: Asked) -> Iterator[RedFlag]:
    for question in asked.knowledge.follow_up_questions.values():
        if not question.red_flag or not is_asked(question, form):
            continue
        reply = form.reply_to(question.id)
        if question.answer == "yes-no" and reply and reply.value == question.red_flag:
            if question.of_what_is_left and _nothing_left(form, question.reaction, asked):
                continue
            said = asked.tr("Yes") if reply.value == "yes" else asked.tr("No")
            yield _flag(f"question:{question.id}", f"{asked.tr(question.text)} {said}.", "", question, asked)
        elif question.answer == "grade":
            yield from _of_graded_question(form, question, asked)


def _nothing_left(form: FollowUpForm, reaction: str, asked: Asked) -> bool:
    """Whether no ``reaction`` is there to be less of: none seen now or, where nobody looked, at the answer before."""
    now = Reading(asked.now, form.moment, form.observations, form.none_observed_at is not None)
    for reading in (now, *(one for one in reversed(asked.earlier) if one.moment)):
        grades = [one.grade for one in reading.observations if one.reaction == reaction]
        if grades:
            return max(grades) == 0
        if reading.none:
            return True
    return False


def _of_graded_question(form: FollowUpForm, question: FollowUpQuestion, asked: Asked) -> Iterator[RedFlag]:
    least = int(question.red_flag)
    reply = form.reply_to(question.id)
    grades = [one.grade for one in form.observations if one.reaction == question.reaction and question.reaction]
    grades += [int(reply.value)] if reply and reply.value else []
    worst = max(grades, default=None)
    if worst is not None and worst >= least:
        said = asked.tr("A red flag from {least} on.", least=least)
        yield _flag(f"question:{question.id}", f"{asked.tr(question.text)} {worst}.", said, question, asked)


def _of_grades(form: FollowUpForm, asked: Asked) -> Iterator[RedFlag]:
    observations = form.observations
    seen = [one for one in observations if one.grade > 0]
    for told in compare(seen, asked.earlier, asked.knowledge.reactions, asked.since, asked.now, asked.again):
        entry = asked.knowledge.reactions.get(told.now.reaction)
        if entry is None:
            continue
        severe = _severe(told.now, asked)
        by_time, by_grade = _why(told, entry, asked), _why_severe(told.now, severe, asked)
        if by_time and by_time[0] in _settled_by_answer(form, entry, asked):
            by_time = None
        if by_time or by_grade:
            key = (by_time or by_grade or ("", ""))[0]
            said = " ".join(words for _, words in filter(None, (by_time, by_grade)))
            place = asked.knowledge.zones.get(told.now.zone)
            where = asked.tr(place.name) if place else asked.tr("whole treated area")
            yield _flag(
                f"reaction:{entry.id}:{key}:{told.now.zone}",
                asked.tr("{reaction}, {where}", reaction=asked.tr(entry.name), where=where),
                f"{said} {asked.tr(entry.escalate)}",
                entry,
                asked,
                severe,
            )
    yield from _one_sided(observations, asked)


def _settled_by_answer(form: FollowUpForm, entry: ReactionEntry, asked: Asked) -> frozenset[str]:
    """What the hours alone do not say of this reaction any more, because a question of it was answered.

    A pain that is eased by a simple painkiller is none that lasts too long; one that is not has the question's flag.
    """
    for question in asked.knowledge.follow_up_questions.values():
        if question.reaction != entry.id or question.asked_from_grade is None or not is_asked(question, form):
            continue
        reply = form.reply_to(question.id)
        if reply and reply.value:
            lasting = frozenset({"not-graded", "still-there", "worse"})
            return lasting | {"back"} if reply.value == question.red_flag else lasting
    return frozenset()


def _severe(one: Observation, asked: Asked) -> SevereGrade | None:
    """The severest rule that this grade falls under; a grade that cannot be compared falls under each."""
    weight = severity(one, asked.knowledge.scales)
    rules = [rule for rule in asked.knowledge.severe_grades.values() if weight >= rule.severity]
    return max(rules, key=lambda rule: rule.severity, default=None)


def _why_severe(one: Observation, severe: SevereGrade | None, asked: Asked) -> tuple[str, str] | None:
    """A grade that is severe by itself, unless a question of the follow-up has that grade for its own flag."""
    questions = asked.knowledge.follow_up_questions.values()
    said = any(
        question.answer == "grade"
        and question.reaction == one.reaction
        and question.red_flag
        and one.grade >= int(question.red_flag)
        for question in questions
    )
    if severe is None or said:
        return None
    return "severe", asked.tr("{severe}: grade {grade}.", severe=asked.tr(severe.name), grade=one.grade)


def _why(told: Comparison, entry: ReactionEntry, asked: Asked) -> tuple[str, str] | None:
    """Why this grade is a red flag, if it is one."""
    tr, grade = asked.tr, told.now.grade
    if entry.never_expected:
        return "never-expected", tr("This is not expected at any time.")
    if not told.past_window:
        return None
    if told.before is not None and told.before.grade == 0:
        return "back", tr("It had settled and is back ({grade}).", grade=grade)
    if told.before is not None and told.change > 0:
        return "worse", tr(
            "It is more than before ({before}, now {grade}) and should have been gone after {hours} hours.",
            before=told.before.grade,
            grade=grade,
            hours=entry.expected_until_h,
        )
    late = entry.escalate_after_h
    if late is not None and asked.now > _since(told.now.zone, asked) + timedelta(hours=late):
        return "still-there", tr("It is still there ({grade}) after more than {hours} hours.", grade=grade, hours=late)
    least = entry.ungraded_from
    if told.before is None and late is None and least is not None and grade >= least:
        # Nobody can say that it is not more than it was. A mild rest of it is no news.
        return "not-graded", tr(
            "It was never graded before (now {grade}) and should have been gone after {hours} hours.",
            grade=grade,
            hours=entry.expected_until_h,
        )
    return None


def _since(zone: str, asked: Asked) -> datetime:
    return asked.again.get(zone, asked.since)


def _one_sided(observations: Sequence[Observation], asked: Asked) -> Iterator[RedFlag]:
    """One side swollen and the other, treated alike, not, or far less."""
    tr = asked.tr
    for entry in asked.knowledge.reactions.values():
        if not entry.one_sided:
            continue
        grades = {one.zone: one.grade for one in observations if one.reaction == entry.id}
        for zone, grade in grades.items():
            other = _other_side(zone)
            until = _since(zone, asked) + timedelta(hours=entry.expected_until_h or 0)
            if grade == 0 or other not in asked.treated or asked.now <= until:
                continue
            there = grades.get(other, 0)
            far_less = entry.one_sided_by is not None and grade - there >= entry.one_sided_by
            if there == 0 or far_less:
                said = tr("The other side was treated as well and has {grade}.", grade=there or tr("none"))
                name = tr(asked.knowledge.zones[zone].name)
                yield _flag(
                    f"reaction:{entry.id}:one-sided:{zone}",
                    tr("{reaction} on one side: {where}", reaction=tr(entry.name), where=name),
                    f"{said} {tr(entry.escalate)}",
                    entry,
                    asked,
                )


def _other_side(zone: str) -> str:
    if zone.endswith(LEFT):
        return zone.removesuffix(LEFT) + RIGHT
    return zone.removesuffix(RIGHT) + LEFT if zone.endswith(RIGHT) else ""


def _flag(
    key: str,
    title: str,
    detail: str,
    entry: FollowUpQuestion | ReactionEntry,
    asked: Asked,
    severe: SevereGrade | None = None,
) -> RedFlag:
    tr, actions = asked.tr, asked.knowledge.follow_up_actions
    urgency = list(actions)
    action = actions[min((one.action for one in (entry, severe) if one), key=urgency.index)]
    sources: tuple[Source, ...] = entry.sources
    if severe:
        sources = (*sources, *(one for one in severe.sources if one not in sources))
    if isinstance(entry, FollowUpQuestion) and entry.reaction:
        reaction = asked.knowledge.reactions[entry.reaction]
        detail = f"{detail} {tr(reaction.escalate)}".strip()
        sources = (*sources, *(one for one in reaction.sources if one not in sources))
    return RedFlag(
        key=key,
        title=title,
        detail=detail,
        action=action.id,
        action_title=tr(action.title),
        action_text=tr(action.text),
        call=action.call,
        sources=sources,
    )
