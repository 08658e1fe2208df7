"""Precautions: considered at one tap, with a note if anybody wants to add one, and told as they stand at signing.

What holds a gate shut wants a written reason; a reason for each precaution would only teach people to tap through.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from needlelog.domain.findings import Considered, Finding, Level
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.rules.considered import considered_of
from needlelog.rules.judgement import answered

_TOLD = frozenset({Level.STOP, Level.HOLD, Level.ASK})


def with_considered(draft: SessionDraft, findings: Iterable[Finding], *, by: str, at: datetime) -> SessionDraft:
    """The draft with these precautions considered, each in the place of any answer before.

    Raises ``Fault(REASON_MISSING)`` for a finding that wants a written reason.
    """
    new = tuple(findings)
    if not all(one.is_precaution for one in new):
        raise Fault(FaultCode.REASON_MISSING)
    keys = {one.key for one in new}
    others = tuple(one for one in draft.considered if one.finding.key not in keys)
    return draft.with_(considered=(*others, *(Considered(finding=one, by=by, at=at) for one in new)))


def with_note(draft: SessionDraft, key: str, note: str) -> SessionDraft:
    """The draft with these words beside the precaution of this key, if it was considered; when and by whom stays."""
    noted = (one.with_(note=note) if one.finding.key == key else one for one in draft.considered)
    return draft.with_(considered=tuple(noted))


def without_considered(draft: SessionDraft, key: str) -> SessionDraft:
    """The draft with the precaution of this key open again."""
    return draft.with_(considered=tuple(one for one in draft.considered if one.finding.key != key))


def unanswered(draft: SessionDraft, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What of ``findings`` was told as a stop, a hold or a precaution, and has no answer."""
    return tuple(one for one in findings if one.level in _TOLD and not answered(draft, one))


def as_told(draft: SessionDraft, findings: Iterable[Finding]) -> SessionDraft:
    """The draft as it is signed: what stands without an answer, what was considered of it, at a tap or aloud.

    What was considered of an answer put right since would be read as if it stood. Words that somebody wrote beside it
    stay all the same, as written reasons do.
    """
    standing = tuple(findings)
    keys = {one.key for one in standing}
    tapped = tuple(one for one in draft.considered if one.finding.key in keys or one.note)
    aloud = (
        said
        for one in standing
        if one.is_precaution and draft.considered_of(one.key) is None and (said := considered_of(draft, one))
    )
    return draft.with_(considered=(*tapped, *aloud), unanswered=unanswered(draft, standing))
