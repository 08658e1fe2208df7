"""All rules over one draft, the weightiest finding first."""

from __future__ import annotations

from needlelog.domain.findings import Finding, Gate, Level
from needlelog.domain.session import SessionDraft
from needlelog.rules.aftermath import judge_aftermath
from needlelog.rules.allergies import judge_allergies
from needlelog.rules.anaesthetic import judge_numbing
from needlelog.rules.another_day import judge_another_day
from needlelog.rules.authorised_use import judge_authorised_use
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.client_age import judge_age
from needlelog.rules.combinations import judge_combinations
from needlelog.rules.completeness import judge_completeness
from needlelog.rules.consent import judge_consent
from needlelog.rules.considered import considered_of
from needlelog.rules.depth import judge_depths
from needlelog.rules.intervals import judge_interval
from needlelog.rules.items import MISSING
from needlelog.rules.listed import judge_listed
from needlelog.rules.next_visit import judge_next_visit
from needlelog.rules.no_anaesthetic import judge_no_anaesthetic
from needlelog.rules.said_aloud import told_of
from needlelog.rules.screening import UNANSWERED, judge_screening
from needlelog.rules.traceability import judge_lots

_WEIGHT = {level: weight for weight, level in enumerate(Level)}


def judge(draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    """Every finding on ``draft``, overridden or not."""
    found = (
        *judge_age(draft, around),
        *judge_another_day(draft, around),
        *judge_listed(draft, around),
        *judge_aftermath(draft, around),
        *judge_screening(draft, around),
        *judge_consent(draft, around),
        *judge_allergies(draft, around),
        *judge_authorised_use(draft, around),
        *judge_interval(draft, around),
        *judge_combinations(draft, around),
        *judge_next_visit(draft, around),
        *judge_no_anaesthetic(draft, around),
        *judge_numbing(draft, around),
        *judge_depths(draft, around),
        *told_of(judge_lots(draft, around), draft, around),
        *judge_completeness(draft, around),
    )
    return tuple(sorted(found, key=lambda finding: _WEIGHT[finding.level]))


def still_open(draft: SessionDraft, findings: tuple[Finding, ...], gate: Gate) -> tuple[Finding, ...]:
    """The findings that hold ``gate`` shut, not overridden. Signing also waits for what needling waits for."""
    gates = {gate} if gate is Gate.NEEDLING else {Gate.NEEDLING, Gate.SIGNING}
    return tuple(finding for finding in findings if finding.gate in gates and not answered(draft, finding))


def answered(draft: SessionDraft, finding: Finding) -> bool:
    """Whether a precaution was considered; of anything else, whether a reason stands against it, and one may."""
    if finding.is_precaution:
        return considered_of(draft, finding) is not None
    return finding.overridable and draft.override_of(finding.key) is not None


def merely_undone(finding: Finding) -> bool:
    """Whether ``finding`` only says that something was not done yet, as opposed to judging what was."""
    return finding.code == UNANSWERED or finding.code.startswith(MISSING)
