"""Asking why somebody goes on: one written reason for each finding, before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.text import LEAST_IN_REASON
from ui.screens.session.reasons import override_phrases
from ui.toolkit.kit import Kit

Reasons = tuple[tuple[Finding, str], ...]
"""Findings, each with why somebody goes on against it."""


def ask_reasons(kit: Kit, parent: QWidget, against: Iterable[Finding]) -> Reasons | None:
    """Why each of these is gone on against; None as soon as one is not given."""
    tr, reasons = kit.tr, list[tuple[Finding, str]]()
    for finding in against:
        reason = kit.dialogs.ask_text(
            parent,
            finding.title,
            tr("{detail} Why are you going ahead? Your reason is kept in the record.", detail=finding.detail).strip(),
            tr("Go ahead with this reason"),
            True,
            override_phrases(finding, tr),
            least=LEAST_IN_REASON,
        )
        if not reason:
            return None
        reasons.append((finding, reason))
    return tuple(reasons)
