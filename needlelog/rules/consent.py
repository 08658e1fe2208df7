"""Consent: whether the person in the chair is the one on file, and whether what was refused was left out."""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.domain.consent import PhotoConsent
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold
from needlelog.i18n import record_date
from needlelog.rules.circumstances import Circumstances


def judge_identity(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """Whether the name and the date of birth that were said are those on file."""
    tr, consent, client = around.tr, draft.consent, around.client
    born = consent.confirmed_birth_date
    other_name = bool(consent.confirmed_name) and fold(consent.confirmed_name) != fold(client.full_name)
    other_birth = born is not None and born != client.birth_date
    if other_name or other_birth:
        yield Finding(
            key=f"identity-differs:{fold(consent.confirmed_name)}:{born.isoformat() if born else '-'}",
            code="identity-differs",
            step=StepId.CONSENT,
            level=Level.HOLD,
            gate=Gate.NEEDLING,
            title=tr("Name or date of birth is not the one on file"),
            detail=tr(
                "On file: {name}, born {born}. Is this the right client?",
                name=client.full_name,
                born=record_date(client.birth_date),
            ),
            overridable=True,
            field="identity",
        )


def _judge_photos(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    count = len(draft.consultation.photos) + len(draft.reactions.photos)
    if draft.consent.photo is PhotoConsent.DECLINED and count:
        yield Finding(
            key=f"photos-declined:{count}",
            code="photos-declined",
            step=StepId.CONSENT,
            level=Level.HOLD,
            gate=Gate.SIGNING,
            title=around.tr("The client said no to photos"),
            detail=around.tr.plural(
                "{count} photo is with this visit: take it out, or ask again.",
                "{count} photos are with this visit: take them out, or ask again.",
                count,
            ),
            overridable=True,
            field="photo",
        )


def judge_consent(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What the client said about themselves and about photos, against the file and what was done."""
    yield from judge_identity(draft, around)
    yield from _judge_photos(draft, around)
