"""Contraindications: what was answered, what is still unanswered, and how long to wait.

Levels and waiting periods are data (``contraindications.toml``); where sources differ the longest wait counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from needlelog.clock import local
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.materials import DeviceKind, is_unreadable
from needlelog.domain.partial_date import PartialDate, Precision, record_partial_date
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.i18n import Words, record_date
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import Contraindication, Knowledge, Wait
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.devices_meant import devices_meant

UNANSWERED = "screening-unanswered"
"""The code of the finding that names the questions nobody has answered yet."""

DAYS_OF_WEEK = 7
WEEKS_FROM = 3 * DAYS_OF_WEEK


def device_kinds(draft: SessionDraft, around: Circumstances) -> frozenset[DeviceKind]:
    """The kinds of device planned, used or in the hand in this visit."""
    meant = devices_meant(draft)
    if any(is_unreadable(around.products, one) for one in meant):
        # A device that cannot be read may be of any kind.
        return frozenset(DeviceKind)
    settings = (around.device(device_id) for device_id in meant)
    return frozenset(setting.kind for setting in settings if setting)


def asked(draft: SessionDraft, around: Circumstances) -> tuple[Contraindication, ...]:
    """The questions of this visit: those for one kind of device are asked only when such a device is meant.

    What follows from something known already is not asked.
    """
    kinds = device_kinds(draft, around)
    return tuple(
        entry
        for entry in around.knowledge.contraindications.values()
        if entry.derived_from is None and (not entry.only_for or kinds.intersection(entry.only_for))
    )


def is_clear(entry: Contraindication, answer: ScreeningAnswer, day: date) -> bool:
    """Whether the waiting period of a "yes" is over on ``day``, or has not begun for what is still to come.

    Whoever is not sure is not cleared by a date.
    """
    if entry.wait is None or answer.ended is None or answer.answer != "yes":
        return False
    if entry.ahead:
        return day <= _last_free(answer.ended, entry.wait)
    return day >= answer.ended.last_day + timedelta(days=entry.wait.days)


def _last_free(begins: PartialDate, wait: Wait) -> date:
    return begins.first_day - timedelta(days=wait.days)


def counted_from(when: PartialDate, tr: Words, *, ahead: bool = False) -> str:
    """The day a waiting period is counted from where the day itself is not known, and why; "" where it is."""
    if when.is_exact:
        return ""
    day = record_date(when.first_day if ahead else when.last_day)
    if when.precision is Precision.MONTH:
        return tr("counted from {day}, only the month is known", day=day)
    return tr("counted from {day}, only the year is known", day=day)


def asked_wait(entry: Contraindication, tr: Words) -> str:
    """How long the rule asks to wait, in the measure of its source: ``12 months``; "" where it asks nothing."""
    if entry.wait is None:
        return ""
    told = entry.wait.said and not _set_by_clinic(entry)
    return tr(entry.wait.said) if told else span_in_words(entry.wait.days, tr)


def _set_by_clinic(entry: Contraindication) -> bool:
    """Whether the clinic waits its own days; what a source says of ours does not hold for them."""
    return any(one.key == "wait.days" for one in entry.own)


def _waiting(ended: PartialDate, day: date, wait: Wait, asked: str, tr: Words) -> str:
    """How long something has ended on ``day``, how long the rule asks, and until when that is."""
    said = {
        "ended": record_partial_date(ended),
        "asked": asked,
        "until": record_date(ended.last_day + timedelta(days=wait.days)),
    }
    how = counted_from(ended, tr)
    passed = span_in_words((day - ended.last_day).days, tr)
    if ended.last_day > day:
        # Nothing has passed of a wait that may not have begun.
        if how:
            return tr("Ended {ended} ({how}); the rule asks {asked} (until {until}).", how=how, **said)
        return tr("Ends {ended}; the rule asks {asked} from then on (until {until}).", **said)
    if how:
        return tr(
            "Ended {ended}: {passed} ago ({how}); the rule asks {asked} (until {until}).",
            passed=passed,
            how=how,
            **said,
        )
    return tr("Ended {ended}: {passed} ago; the rule asks {asked} (until {until}).", passed=passed, **said)


def _to_come(begins: PartialDate, day: date, wait: Wait, asked: str, tr: Words) -> str:
    """How long something begins after ``day``, and how long before it the rule asks for."""
    said = {"begins": record_partial_date(begins), "asked": asked, "until": record_date(_last_free(begins, wait))}
    left = (begins.first_day - day).days
    if left <= 0:
        return tr("Begins {begins}: it may have begun; the rule asks {asked} before it (not after {until}).", **said)
    span, how = span_in_words(left, tr), counted_from(begins, tr, ahead=True)
    if how:
        return tr(
            "Begins {begins}: in {span} ({how}); the rule asks {asked} before it (not after {until}).",
            span=span,
            how=how,
            **said,
        )
    return tr("Begins {begins}: in {span}; the rule asks {asked} before it (not after {until}).", span=span, **said)


def told_of_begin(entry: Contraindication, answer: ScreeningAnswer, day: date, tr: Words) -> str:
    """When what is still to come begins, seen from ``day``, and how long before it the rule asks for; "" if unknown."""
    if entry.wait is None or answer.ended is None:
        return ""
    return _to_come(answer.ended, day, entry.wait, asked_wait(entry, tr), tr)


def span_in_words(days: int, tr: Words) -> str:
    """``5 days``; from three weeks on ``18 weeks (129 days)``: whole weeks to grasp it, days to be exact."""
    told = tr.plural("{count} day", "{count} days", days)
    if days < WEEKS_FROM:
        return told
    return tr("{weeks} ({days})", weeks=tr.plural("{count} week", "{count} weeks", days // DAYS_OF_WEEK), days=told)


def kept_out(draft: SessionDraft, knowledge: Knowledge) -> dict[str, tuple[Contraindication, ...]]:
    """The zones that an answer bound to an area keeps the needle out of, with what is there."""
    return _by_zone(draft, knowledge, lambda entry: entry.level in {Level.STOP, Level.HOLD})


def left_out(draft: SessionDraft, knowledge: Knowledge) -> dict[str, tuple[Contraindication, ...]]:
    """The zones that hold something to be left out, such as a tattoo, although the skin around it may be treated."""
    return _by_zone(draft, knowledge, lambda entry: bool(entry.leave_out))


def _by_zone(
    draft: SessionDraft, knowledge: Knowledge, meant: Callable[[Contraindication], bool]
) -> dict[str, tuple[Contraindication, ...]]:
    found: dict[str, tuple[Contraindication, ...]] = {}
    for answer in draft.consultation.screening:
        entry = knowledge.contraindications.get(answer.contraindication)
        if entry is None or not _in_zones_only(entry, answer) or not meant(entry):
            continue
        if is_clear(entry, answer, local(draft.started_at, draft.time_zone).date()):
            continue
        for zone in answer.zones:
            found[zone] = (*found.get(zone, ()), entry)
    return found


def _in_zones_only(entry: Contraindication, answer: ScreeningAnswer) -> bool:
    return entry.area_bound and answer.answer != "no" and bool(answer.zones)


def _met(draft: SessionDraft, answer: ScreeningAnswer) -> tuple[str, ...]:
    """The zones of the answer that are planned or were treated."""
    meant = {*(one.zone for one in draft.consultation.plan.zones), *draft.treated_zones}
    return tuple(zone for zone in answer.zones if zone in meant)


def _finding(
    entry: Contraindication,
    answer: ScreeningAnswer,
    level: Level,
    gate: Gate,
    title: str,
    detail: str,
    met: tuple[str, ...] = (),
) -> Finding:
    facts = f"{answer.answer}:{answer.ended_on.isoformat() if answer.ended_on else '-'}"
    if answer.ended and not answer.ended.is_exact:
        facts += f":{answer.ended_precision.value}"
    if met:
        facts += ":" + ",".join(sorted(met))
    return Finding(
        key=f"screening:{entry.id}:{facts}",
        code=entry.id,
        step=StepId.CONSULTATION,
        level=level,
        gate=gate,
        title=title,
        detail=detail,
        sources=sources_of(entry, "wait.days" if answer.ended_on and entry.wait else "level"),
        overridable=gate is not Gate.NONE,
        field=f"screening:{entry.id}",
    )


def _judge_answer(
    entry: Contraindication, answer: ScreeningAnswer, draft: SessionDraft, around: Circumstances
) -> Finding | None:
    tr, day = around.tr, around.visit_day(draft)
    title, detail = tr(entry.title), tr(entry.detail)
    if is_clear(entry, answer, day):
        return None
    if answer.answer == "yes" and answer.ended is not None and entry.wait is not None:
        say = _to_come if entry.ahead else _waiting
        detail = say(answer.ended, day, entry.wait, asked_wait(entry, tr), tr)
        if answer.ended.is_exact and answer.ended.last_day <= day and not _set_by_clinic(entry):
            # "1 day ago" and "24 hours" do not agree for whoever is not told how they are counted.
            detail = " ".join(filter(None, (detail, tr(entry.wait.counted))))
    if answer.answer == "unsure":
        detail = tr("Not sure. {detail}", detail=detail)
    met: tuple[str, ...] = ()
    if _in_zones_only(entry, answer):
        met = _met(draft, answer)
        where = ", ".join(around.zone_name(zone) for zone in met or answer.zones)
        title = tr("{title}: {zones}", title=title, zones=where)
        if not met:
            detail = tr("Keep the needle out of these zones. {detail}", detail=detail).strip()
            return _finding(entry, answer, Level.NOTE, Gate.NONE, title, detail)
    if entry.anaesthetic_only:
        # What it says against a cream on record stands there, for each cream (``no_anaesthetic.py``).
        return _finding(entry, answer, Level.ASK, Gate.NONE, title, detail, met)
    if entry.level in {Level.STOP, Level.HOLD}:
        return _finding(entry, answer, entry.level, Gate.NEEDLING, title, detail, met)
    return _finding(entry, answer, Level.ASK, Gate.NONE, title, detail, met)


def judge_screening(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One finding per answer that weighs, and one for all questions still unanswered."""
    answers = {answer.contraindication: answer for answer in draft.consultation.screening}
    questions = asked(draft, around)
    for entry in questions:
        answer = answers.get(entry.id)
        if answer is None or answer.answer == "no":
            continue
        finding = _judge_answer(entry, answer, draft, around)
        if finding:
            yield finding
    unanswered = [entry for entry in questions if entry.id not in answers]
    if unanswered:
        names = "; ".join(around.tr(entry.title) for entry in unanswered)
        yield Finding(
            key="screening:unanswered:" + ",".join(entry.id for entry in unanswered),
            code=UNANSWERED,
            step=StepId.CONSULTATION,
            level=Level.MISSING,
            gate=Gate.NEEDLING,
            title=around.tr.plural(
                "{count} screening question is not answered",
                "{count} screening questions are not answered",
                len(unanswered),
            ),
            detail=names,
            sources=unanswered[0].sources,
            overridable=True,
            field=f"screening:{unanswered[0].id}",
        )
