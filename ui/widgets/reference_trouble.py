"""What is said where the reference data is not what was shipped: damaged files, own values that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from needlelog.domain.clinic_values import ClinicValue
from needlelog.errors import Fault
from needlelog.i18n import Words


def trouble_text(tr: Words, fault: Fault, version: str) -> str:
    """Which file is damaged, and which set is in use instead."""
    said = tr("The program's reference data is damaged, so the last good set ({version}) is used.", version=version)
    return f"{said} {tr.fault(fault)}"


def misfit_text(tr: Words, misfits: Sequence[ClinicValue]) -> str:
    """Which own values do not count any more; "" for none."""
    if not misfits:
        return ""
    named = "; ".join(f"{one.kind} {one.entry} {one.key} = {one.value}" for one in misfits)
    return tr("These own values do not fit the reference data any more, so ours count: {named}.", named=named)
