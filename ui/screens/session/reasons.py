"""Reasons that can be tapped instead of typed."""

from __future__ import annotations

from needlelog.domain.findings import StepId
from needlelog.i18n import Words


def skip_phrases(step: StepId, tr: Words) -> tuple[str, ...]:
    """Why a step may not apply today."""
    if step is StepId.NUMBING:
        return (tr("Client declined numbing"), tr("Shallow depth, not needed"), tr("Client may not have anaesthetic"))
    if step is StepId.NEEDLING:
        return (tr("Consultation only"), tr("Client decided against it today"), tr("Not suitable today"))
    return (tr("Not part of today's treatment"), tr("Client declined"), tr("Done at home as agreed"))


def override_phrases(tr: Words) -> tuple[str, ...]:
    """Why a practitioner may go on against a finding."""
    return (
        tr("Prescriber agreed in writing"),
        tr("Discussed with the client, who wishes to go on"),
        tr("Outside the treated area"),
        tr("Checked on the packaging"),
    )
