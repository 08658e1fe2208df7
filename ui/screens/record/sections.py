"""A signed visit as sections to read, in the order of the nine steps.

Nothing recorded is left out; what was not recorded is said to be so where it matters.
"""

from __future__ import annotations

from needlelog.domain.findings import Considered, Finding, StepId, level_word
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.workflow.steps import SESSION_STEPS
from ui.screens.record.aftermath import aftercare_parts, cooling_parts, reaction_parts
from ui.screens.record.before import cleansing_parts, consent_parts, consultation_parts, numbing_parts
from ui.screens.record.reading import OverrideShown, PrecautionShown, Reader, Section
from ui.screens.record.treatment import needling_parts, serum_parts
from ui.widgets.phrases import considered_text


def step_sections(draft: SessionDraft, knowledge: Knowledge, tr: Words) -> tuple[Section, ...]:
    """The nine steps, each with everything that was recorded in it."""
    reader = Reader(draft, knowledge, tr)
    parts = {
        StepId.CONSULTATION: consultation_parts,
        StepId.CONSENT: consent_parts,
        StepId.CLEANSING: cleansing_parts,
        StepId.NUMBING: numbing_parts,
        StepId.NEEDLING: needling_parts,
        StepId.SERUM: serum_parts,
        StepId.COOLING: cooling_parts,
        StepId.REACTIONS: reaction_parts,
        StepId.AFTERCARE: aftercare_parts,
    }
    sections = []
    for place, step in enumerate(SESSION_STEPS, 1):
        skip = draft.skip_of(step.id)
        skipped = ""
        if skip is not None:
            skipped = tr("{reason} ({who}, {time})", reason=skip.reason, who=skip.by, time=reader.time(skip.at))
        made = tuple(
            part
            for part in parts[step.id](reader)
            if part.rows or part.table or part.text or part.photos or part.signature
        )
        answers = _overrides(reader, step.id), _precautions(reader, step.id)
        sections.append(Section(step.id, place, tr(step.title), skipped, made, *answers))
    return tuple(sections)


def _overrides(reader: Reader, step: StepId) -> tuple[OverrideShown, ...]:
    tr = reader.tr
    return tuple(
        OverrideShown(
            level=level_word(one.finding.level, tr),
            title=one.finding.title,
            detail=one.finding.detail,
            sources=tuple(reader.knowledge.cited(source) for source in one.finding.sources),
            reason=one.reason,
            signed=tr("{who}, {when}", who=one.by, when=reader.moment(one.at)),
        )
        for one in reader.draft.overrides
        if one.finding.step is step
    )


def _precautions(reader: Reader, step: StepId) -> tuple[PrecautionShown, ...]:
    """What was told at this step: considered first, then what nobody answered."""
    draft = reader.draft
    told: tuple[tuple[Finding, Considered | None], ...] = (
        *((one.finding, one) for one in draft.considered),
        *((one, None) for one in draft.unanswered),
    )
    return tuple(
        PrecautionShown(
            title=finding.title,
            detail=finding.detail,
            sources=tuple(reader.knowledge.cited(source) for source in finding.sources),
            considered=considered_text(reader.tr, said, reader.moment(said.at)) if said else "",
            note=said.note if said else "",
        )
        for finding, said in told
        if finding.step is step
    )
