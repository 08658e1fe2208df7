"""What a visit needs before it can be signed: one item each, done or not, with its place.

No step is ever silently empty: it holds something, or it is marked as not applying with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.items import Item, allergies_item, consent_items, finding_of
from needlelog.rules.screening import asked
from needlelog.rules.sheet import printed_now, sheet_is_current
from needlelog.rules.time_out import changed_since, fingerprint
from needlelog.rules.time_out_denied import open_denials


def _consultation(draft: SessionDraft, around: Circumstances) -> Iterator[Item]:
    tr, consultation, step = around.tr, draft.consultation, StepId.CONSULTATION
    answered = {answer.contraindication for answer in consultation.screening}
    prepared = {answer.item for answer in consultation.preparation}
    yield Item("concern", step, tr("Concern of today"), bool(consultation.concerns), field="concerns")
    yield Item(
        "skin-type", step, tr("Fitzpatrick skin type"), consultation.fitzpatrick is not None, field="fitzpatrick"
    )
    yield Item(
        "preparation",
        step,
        tr("Preparation checked"),
        prepared >= set(around.knowledge.preparation),
        field="preparation",
    )
    yield Item(
        "screening",
        step,
        tr("Contraindications screened"),
        answered >= {entry.id for entry in asked(draft, around)},
        gate=Gate.NONE,  # judge_screening raises the finding, with what is missing
        field="screening",
    )
    yield allergies_item(draft, around)


def _consent(draft: SessionDraft, around: Circumstances) -> Iterator[Item]:
    tr = around.tr
    yield from consent_items(draft, around)
    photos = draft.consultation.photos or draft.reactions.photos
    if photos:
        answered = draft.consent.photo is not None
        yield Item("photo-consent", StepId.CONSENT, tr("Photo consent answered"), answered, field="photo")


def _treatment(draft: SessionDraft, around: Circumstances) -> Iterator[Item]:
    tr = around.tr
    yield Item("cleansing", StepId.CLEANSING, tr("Cleansing recorded"), draft.cleansing.done_at is not None)
    numbed = bool(draft.numbing) and all(one.on_at is not None for one in draft.numbing)
    yield Item("numbing", StepId.NUMBING, tr("Numbing recorded"), numbed)
    yield _time_out(draft, around)
    yield Item("passes", StepId.NEEDLING, tr("At least one pass recorded"), bool(draft.needling.passes), field="map")
    if draft.needling.passes:
        yield _endpoint(draft, around)
        over = draft.needling.ended_at is not None
        yield Item("needling-over", StepId.NEEDLING, tr("Needling is over"), over, field="map")
    yield Item("serum", StepId.SERUM, tr("Serum recorded"), bool(draft.serums))
    yield Item("cooling", StepId.COOLING, tr("Cooling and soothing recorded"), bool(draft.cooling))


def _time_out(draft: SessionDraft, around: Circumstances) -> Item:
    """Said, nothing has changed since, and nothing that is known says otherwise.

    Once needling is over, later changes ask for no second word.
    """
    entries = around.knowledge.time_out.values()
    changes = [changed_since(item, draft, around) for item in entries]
    said_once = None not in changes
    over = draft.needling.ended_at is not None and bool(draft.needling.passes)
    stands = not any(changes) and not any(open_denials(item, draft, around) for item in entries)
    done = said_once and (over or stands)
    again = said_once and not done
    text = around.tr("Time-out said again: something has changed since") if again else around.tr("Time-out done")
    about = fingerprint(draft, around) if again else ""
    return Item("time-out", StepId.NEEDLING, text, done, Gate.NEEDLING, "time-out", about=about)


def _endpoint(draft: SessionDraft, around: Circumstances) -> Item:
    """What was seen at the end of each pass; while it is missing, the item says on how many zones."""
    zones = dict.fromkeys(one.zone for one in draft.needling.passes if one.endpoint is None)
    text = around.tr("Endpoints stated")
    if len(zones) == 1:
        text = around.tr("Endpoint stated: {zone}", zone=around.zone_name(*zones))
    elif zones:
        text = around.tr("Endpoint stated: {count} zones", count=len(zones))
    return Item("endpoint", StepId.NEEDLING, text, not zones, field="endpoint", must=True)


def _after(draft: SessionDraft, around: Circumstances) -> Iterator[Item]:
    tr, reactions = around.tr, draft.reactions
    answered = bool(reactions.none_observed_at or reactions.nothing_seen or reactions.observations)
    yield Item("reactions", StepId.REACTIONS, tr("Reactions graded, or none observed"), answered)
    current = sheet_is_current(draft, around)
    given, standing = draft.aftercare.handed_over, draft.aftercare.standing
    older = bool(standing) and not current
    text = tr("Aftercare sheet given again: what it says has changed since") if older else tr("Aftercare sheet given")
    if given and not standing:
        text = tr("Aftercare sheet given: the one that was given is withdrawn")
    about = " ".join(printed_now(draft, around)).strip() if older else ""
    yield Item("sheet", StepId.AFTERCARE, text, current, field="sheet", about=about)


def items(draft: SessionDraft, around: Circumstances) -> tuple[Item, ...]:
    """Every item of the list, in the order of the steps; those of a step that does not apply are left out.

    What needling waits for is never skipped away with its step: who treats, treats with consent and a time-out.
    """
    every = (
        *_consultation(draft, around),
        *_consent(draft, around),
        *_treatment(draft, around),
        *_after(draft, around),
    )
    skipped = {skipped.step for skipped in draft.skipped}
    return tuple(item for item in every if item.step not in skipped or _cannot_be_skipped(item, draft))


def _cannot_be_skipped(item: Item, draft: SessionDraft) -> bool:
    return item.must or (
        item.gate is Gate.NEEDLING and (item.step is not StepId.NEEDLING or bool(draft.needling.passes))
    )


def judge_completeness(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One finding per item that is not done and holds a gate shut."""
    for item in items(draft, around):
        if not item.done and item.gate is not Gate.NONE:
            yield finding_of(item)
