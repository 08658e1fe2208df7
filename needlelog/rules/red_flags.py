"""What in an answer is never just noted: by the questions' own flags, and by the windows of the graded reactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from needlelog.domain.findings import Source
from needlelog.domain.follow_up import FollowUpForm, RedFlag
from needlelog.domain.reactions import Observation
from needlelog.i18n import Words
from needlelog.knowledge.model import FollowUpQuestion, Knowledge, ReactionEntry
from needlelog.rules.follow_up import Comparison, Reading, compare

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


def red_flags(form: FollowUpForm, asked: Asked) -> tuple[RedFlag, ...]:
    """Every red flag of this answer, the most urgent first, each once."""
    found: dict[str, RedFlag] = {}
    for flag in (*_of_replies(form, asked), *_of_grades(form.observations, asked)):
        found.setdefault(flag.key, flag)
    urgency = list(asked.knowledge.follow_up_actions)
    return tuple(sorted(found.values(), key=lambda flag: urgency.index(flag.action)))


def _of_replies(form: FollowUpForm, asked: Asked) -> Iterator[RedFlag]:
    for question in asked.knowledge.follow_up_questions.values():
        if not question.red_flag:
            continue
        reply = form.reply_to(question.id)
        if question.answer == "yes-no" and reply and reply.value == question.red_flag:
            said = asked.tr("Yes") if reply.value == "yes" else asked.tr("No")
            yield _flag(f"question:{question.id}", f"{asked.tr(question.text)} {said}.", "", question, asked)
        elif question.answer == "grade":
            yield from _of_graded_question(form, question, asked)


def _of_graded_question(form: FollowUpForm, question: FollowUpQuestion, asked: Asked) -> Iterator[RedFlag]:
    least = int(question.red_flag)
    reply = form.reply_to(question.id)
    grades = [one.grade for one in form.observations if one.reaction == question.reaction and question.reaction]
    grades += [int(reply.value)] if reply and reply.value else []
    worst = max(grades, default=None)
    if worst is not None and worst >= least:
        said = asked.tr("A red flag from {least} on.", least=least)
        yield _flag(f"question:{question.id}", f"{asked.tr(question.text)} {worst}.", said, question, asked)


def _of_grades(observations: Sequence[Observation], asked: Asked) -> Iterator[RedFlag]:
    seen = [one for one in observations if one.grade > 0]
    for told in compare(seen, asked.earlier, asked.knowledge.reactions, asked.since, asked.now):
        entry = asked.knowledge.reactions.get(told.now.reaction)
        if entry is None or not entry.action:
            continue
        why = _why(told, entry, asked)
        if why:
            key, said = why
            place = asked.knowledge.zones.get(told.now.zone)
            where = asked.tr(place.name) if place else asked.tr("whole treated area")
            yield _flag(
                f"reaction:{entry.id}:{key}:{told.now.zone}",
                asked.tr("{reaction}, {where}", reaction=asked.tr(entry.name), where=where),
                f"{said} {asked.tr(entry.escalate)}",
                entry,
                asked,
            )
    yield from _one_sided(observations, asked)


def _why(told: Comparison, entry: ReactionEntry, asked: Asked) -> tuple[str, str] | None:
    """Why this grade is a red flag, if it is one."""
    tr, grade = asked.tr, told.now.grade
    if entry.never_expected:
        return "never-expected", tr("This is not expected at any time.")
    if not told.past_window:
        return None
    if told.before is not None and told.before.grade == 0:
        return "back", tr("It had settled and is back ({grade}).", grade=grade)
    if told.change > 0 and told.before is not None:
        return "worse", tr(
            "It is more than before ({before}, now {grade}) and should have been gone after {hours} hours.",
            before=told.before.grade,
            grade=grade,
            hours=entry.expected_until_h,
        )
    late = entry.escalate_after_h
    if late is not None and asked.now > asked.since + timedelta(hours=late):
        return "still-there", tr("It is still there ({grade}) after more than {hours} hours.", grade=grade, hours=late)
    return None


def _one_sided(observations: Sequence[Observation], asked: Asked) -> Iterator[RedFlag]:
    """One side swollen and the other, treated alike, not."""
    for entry in asked.knowledge.reactions.values():
        until = asked.since + timedelta(hours=entry.expected_until_h or 0)
        if not entry.one_sided or asked.now <= until:
            continue
        grades = {one.zone: one.grade for one in observations if one.reaction == entry.id}
        for zone, grade in grades.items():
            other = _other_side(zone)
            if grade > 0 and other in asked.treated and grades.get(other, 0) == 0:
                name = asked.tr(asked.knowledge.zones[zone].name)
                yield _flag(
                    f"reaction:{entry.id}:one-sided:{zone}",
                    asked.tr("{reaction} on one side: {where}", reaction=asked.tr(entry.name), where=name),
                    f"{asked.tr('The other side was treated as well and has none.')} {asked.tr(entry.escalate)}",
                    entry,
                    asked,
                )


def _other_side(zone: str) -> str:
    if zone.endswith(LEFT):
        return zone.removesuffix(LEFT) + RIGHT
    return zone.removesuffix(RIGHT) + LEFT if zone.endswith(RIGHT) else ""


def _flag(key: str, title: str, detail: str, entry: FollowUpQuestion | ReactionEntry, asked: Asked) -> RedFlag:
    tr, action = asked.tr, asked.knowledge.follow_up_actions[entry.action]
    sources: tuple[Source, ...] = entry.sources
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
