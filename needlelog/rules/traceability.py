"""Lots and expiry: what touched the skin must be known, and must be in date on the day of the visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from needlelog.domain.findings import Finding, Gate, Level, Source, StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import record_date
from needlelog.rules.circumstances import Circumstances

_SINGLE_USE = (
    Source(address="510k.innolitics.com/search/DEN160029", kind="A", seen="yes"),
    Source(address="law.lawstack.com/cfr/21/803.32", kind="A", seen="yes"),
)


def judge_lot(
    name: str, lot: str, expires_on: date | None, *, step: StepId, field: str, day: date, around: Circumstances
) -> Iterator[Finding]:
    """What speaks against one lot on ``day``; the last good day is still good."""
    tr = around.tr
    if expires_on is not None and expires_on < day:
        yield Finding(
            key=f"expired:{name}:{lot}:{expires_on.isoformat()}",
            code="lot-expired",
            step=step,
            level=Level.STOP,
            gate=Gate.NEEDLING if step is StepId.NEEDLING else Gate.SIGNING,
            title=tr("{name} is out of date", name=name),
            detail=tr("Lot {lot} expired on {day}.", lot=lot or tr("unknown"), day=record_date(expires_on)),
            sources=_SINGLE_USE,
            overridable=True,
            field=field,
        )
    if not lot:
        needles = step is StepId.NEEDLING
        yield Finding(
            key=f"lot-missing:{step}:{name}",
            code="lot-missing",
            step=step,
            level=Level.MISSING if needles else Level.NOTE,
            gate=Gate.SIGNING if needles else Gate.NONE,
            title=tr("No lot for {name}", name=name),
            detail=tr("Without a lot a recall cannot find this client."),
            sources=_SINGLE_USE,
            overridable=needles,
            field=field,
        )


def _lots(draft: SessionDraft) -> Iterator[tuple[StepId, str, str, date | None]]:
    def of(
        step: StepId, used: tuple[MaterialUse, ...] | tuple[Numbing, ...]
    ) -> Iterator[tuple[StepId, str, str, date | None]]:
        for use in used:
            if not (isinstance(use, MaterialUse) and use.duration_s is not None and not use.lot):
                yield step, use.name, use.lot, use.expires_on

    yield from of(StepId.CLEANSING, draft.cleansing.uses)
    yield from of(StepId.NUMBING, draft.numbing)
    for needling_pass in draft.needling.passes:
        yield StepId.NEEDLING, cartridge_name(needling_pass), needling_pass.lot, needling_pass.expires_on
    yield from of(StepId.SERUM, draft.serums)
    yield from of(StepId.COOLING, draft.cooling)


def cartridge_name(needling_pass: NeedlingPass) -> str:
    """What the needles of a pass are called: the cartridge, or the device where it has none."""
    return needling_pass.cartridge or needling_pass.device


def judge_lots(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against the lots of this visit, each reason once."""
    seen: set[str] = set()
    day = around.visit_day(draft)
    for step, name, lot, expires_on in _lots(draft):
        for finding in judge_lot(name, lot, expires_on, step=step, field=f"lot:{name}", day=day, around=around):
            if finding.key not in seen:
                seen.add(finding.key)
                yield finding
