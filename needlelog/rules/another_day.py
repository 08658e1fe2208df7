"""A visit that was left open and goes on on another day: what was said of the client then is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from needlelog.clock import local
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date
from needlelog.rules.circumstances import Circumstances

CODE = "another-day"


def asked_again(draft: SessionDraft, now: datetime) -> SessionDraft:
    """The consultation as it stands, read out again at ``now`` and confirmed: each old answer keeps its first day."""
    consultation, zone = draft.consultation, draft.time_zone
    today = local(now, zone).date()

    def day(at: datetime) -> date:
        return local(at, zone).date()

    screening = tuple(
        one.with_(at=now, confirmed_from=one.confirmed_from or day(one.at)) if day(one.at) < today else one
        for one in consultation.screening
    )
    preparation = tuple(one.with_(at=now) if day(one.at) < today else one for one in consultation.preparation)
    confirmed = consultation.allergies_confirmed_at
    return draft.with_(
        consultation=consultation.with_(
            screening=screening,
            preparation=preparation,
            allergies_confirmed_at=now if confirmed is not None and day(confirmed) < today else confirmed,
        )
    )


def judge_another_day(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """That answers of an earlier day stand, while nothing was needled yet.

    A consent is not among them: it may well be signed days before. Cream and cartridge speak for themselves.
    """
    if draft.needling.passes:
        return
    tr, today = around.tr, local(around.now, draft.time_zone).date()
    consultation = draft.consultation
    said: tuple[tuple[str, datetime | None], ...] = (
        (tr("screening"), min((one.at for one in consultation.screening), default=None)),
        (tr("preparation"), min((one.at for one in consultation.preparation), default=None)),
        (tr("allergies"), consultation.allergies_confirmed_at),
        (tr("cleansing"), draft.cleansing.done_at),
    )
    days = {what: local(at, draft.time_zone).date() for what, at in said if at is not None}
    stale = {what: day for what, day in days.items() if day < today}
    if not stale:
        return
    named = "; ".join(f"{what} {record_date(day)}" for what, day in stale.items())
    yield Finding(
        key=f"{CODE}:{today.isoformat()}:{named}",
        code=CODE,
        step=StepId.CONSULTATION,
        level=Level.HOLD,
        gate=Gate.NEEDLING,
        title=tr("Part of this visit is of another day"),
        detail=tr("{named}. Ask and look again, and confirm it in its step.", named=named),
        overridable=True,
        field="screening",
    )
