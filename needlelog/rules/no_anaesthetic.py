"""Reasons against the numbing cream itself: what was answered speaks before the cream touches the skin, not after.

Which answers these are is data (``contraindications.toml``, rows C10, C11, C23 and C41); what must have been asked
before are these and the other questions about allergies, and the allergies on file.
"""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.domain.text import fold
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import Contraindication, Knowledge
from needlelog.rules.circumstances import Circumstances

CODE = "no-anaesthetic"
UNASKED = f"{CODE}-unasked"
_ALLERGIES = "allergies"
"""The group of questions, and the entry of the consultation, that a cream rests on as well."""


def _concerning(knowledge: Knowledge) -> tuple[Contraindication, ...]:
    return tuple(one for one in knowledge.contraindications.values() if one.anaesthetic_only or one.no_anaesthetic)


def _reasons(draft: SessionDraft, knowledge: Knowledge) -> Iterator[tuple[Contraindication, ScreeningAnswer]]:
    answers = {one.contraindication: one for one in draft.consultation.screening}
    for entry in _concerning(knowledge):
        answer = answers.get(entry.id)
        if answer is not None and answer.answer != "no":
            yield entry, answer


def not_asked_yet(draft: SessionDraft, knowledge: Knowledge) -> tuple[Contraindication, ...]:
    """The questions that a numbing cream rests on and that nobody has answered."""
    answered = {one.contraindication for one in draft.consultation.screening}
    concerning = {one.id for one in _concerning(knowledge)}
    return tuple(
        one
        for one in knowledge.contraindications.values()
        if (one.id in concerning or one.group == _ALLERGIES) and one.id not in answered
    )


def reasons_against(draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    """What speaks against any numbing cream, whether or not one was chosen, and what nobody was asked about it.

    None of it holds a gate by itself.
    """
    tr = around.tr
    found = [
        _finding(entry, answer, around, tr("Keep the numbing cream off: {reason}", reason=tr(entry.title)))
        for entry, answer in _reasons(draft, around.knowledge)
    ]
    return (*found, *_unasked(draft, around))


def _unasked(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One finding that names all that nobody was asked."""
    tr, entries = around.tr, not_asked_yet(draft, around.knowledge)
    named = [tr(one.title) for one in entries]
    missing = {one.id for one in entries}
    if draft.consultation.allergies_confirmed_at is None:
        named.append(_allergies_said(around))
        missing.add(_ALLERGIES)
    if not named:
        return
    yield Finding(
        key=_key_of_unasked(missing, draft),
        code=UNASKED,
        step=StepId.NUMBING,
        level=Level.MISSING,
        title=tr("Ask before a numbing cream goes on"),
        detail=tr("Not answered yet: {questions}", questions="; ".join(named)),
        sources=sources_of(entries[0], "level") if entries else (),
        field=f"screening:{entries[0].id}" if entries else _ALLERGIES,
    )


def _allergies_said(around: Circumstances) -> str:
    on_file = bool(around.client.allergies)
    return around.tr("Allergies on file, not confirmed") if on_file else around.tr("Allergies, not confirmed")


def _key_of_unasked(missing: set[str], draft: SessionDraft) -> str:
    """With all that is missing; whoever gave a reason for more gave it for fewer as well, under that key."""
    begins = f"{CODE}:unasked:"
    given = (one.finding.key for one in draft.overrides if one.finding.key.startswith(begins))
    covering = (key for key in given if missing <= set(key.removeprefix(begins).split(",")))
    return next(covering, begins + ",".join(sorted(missing)))


def reasons_against_product(name: str, field: str, draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against the numbing cream of this name: it needs a written reason before it is applied."""
    tr = around.tr
    for entry, answer in _reasons(draft, around.knowledge):
        title = tr("Keep {name} off: {reason}", name=name, reason=tr(entry.title))
        found = _finding(entry, answer, around, title)
        yield found.with_(key=f"{found.key}:{fold(name)}", gate=Gate.NEEDLING, overridable=True, field=field)


def judge_no_anaesthetic(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against the creams on record, each reason once for each cream; what was not asked once for all."""
    applied = [one for one in draft.numbing if one.on_at is not None]
    if applied:
        last = max(applied, key=lambda one: one.on_at or around.now)
        title = around.tr("{name} before these questions are answered", name=last.name)
        for found in _unasked(draft, around):
            yield found.with_(
                level=Level.HOLD, gate=Gate.NEEDLING, overridable=True, title=title, field=f"numbing:{last.id}"
            )
    first = {fold(one.name): one for one in reversed(draft.numbing)}
    for one in first.values():
        yield from reasons_against_product(one.name, f"numbing:{one.id}", draft, around)


def _finding(entry: Contraindication, answer: ScreeningAnswer, around: Circumstances, title: str) -> Finding:
    tr, detail = around.tr, around.tr(entry.detail)
    if entry.anaesthetic_only and answer.answer == "yes":
        # Its title says only that there are reasons: which ones is what was asked.
        detail = tr("{question} Yes. {detail}", question=tr(entry.question), detail=detail)
    if answer.answer == "unsure":
        detail = tr("Not sure. {detail}", detail=detail).strip()
    return Finding(
        key=f"{CODE}:{entry.id}:{answer.answer}",
        code=CODE,
        step=StepId.NUMBING,
        level=Level.STOP,
        title=title,
        detail=detail,
        sources=sources_of(entry, "level"),
        field=f"screening:{entry.id}",
    )
