"""Written reasons for going on against a finding, and answers that go with what they were given for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from needlelog.domain.findings import Finding, Override
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import check_reason
from needlelog.errors import Fault, FaultCode


def with_reason(draft: SessionDraft, finding: Finding, reason: str, *, by: str, at: datetime) -> SessionDraft:
    """The draft with a reason against ``finding``, in the place of any before.

    Raises ``Fault``: REASON_MISSING for an empty one, REASON_TOO_SHORT for one that says nothing,
    REASON_NOT_ENOUGH where none may stand in.
    """
    check_reason(reason)
    if not finding.overridable:
        raise Fault(FaultCode.REASON_NOT_ENOUGH)
    override = Override(finding=finding, reason=reason, by=by, at=at)
    others = tuple(one for one in draft.overrides if one.finding.key != finding.key)
    return draft.with_(overrides=(*others, override))


def without_moot_answers(draft: SessionDraft, before: Iterable[Finding], after: Iterable[Finding]) -> SessionDraft:
    """The draft without answers to findings of ``before`` that are not among those of ``after``.

    An answer that was given for a pass would else speak for another one later, unasked.
    """
    gone = {finding.key for finding in before} - {finding.key for finding in after}
    reasons = tuple(one for one in draft.overrides if one.finding.key not in gone)
    considered = tuple(one for one in draft.considered if one.finding.key not in gone)
    if (reasons, considered) == (draft.overrides, draft.considered):
        return draft
    return draft.with_(overrides=reasons, considered=considered)
