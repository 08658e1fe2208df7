"""Who considered a precaution: at one tap, with a deeper pass that was meant, or aloud in the time-out."""

from __future__ import annotations

from needlelog.domain.findings import Considered, Finding
from needlelog.domain.session import SessionDraft
from needlelog.rules.depth import meant_with_deeper
from needlelog.rules.said_aloud import said_of


def considered_of(draft: SessionDraft, finding: Finding) -> Considered | None:
    """The answer to this precaution, whatever gave it; None while it is open."""
    tapped = draft.considered_of(finding.key)
    if tapped is not None:
        return tapped
    with_deeper = meant_with_deeper(draft, finding)
    if with_deeper is not None:
        return Considered(finding=finding, by=with_deeper.by, at=with_deeper.at)
    return said_of(draft, finding)
