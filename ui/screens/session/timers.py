"""What is running in a visit, as start moments taken from its draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from needlelog.domain.client import client_label, initials
from needlelog.domain.findings import StepId
from needlelog.domain.session import DraftSummary, SessionDraft
from needlelog.i18n import Words

SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Running:
    """One running timer. ``key`` is ``step:<step id>`` in this visit, ``draft:<id>`` in another."""

    key: str
    label: str
    since: datetime
    warn_after_s: int | None = None
    over_after_s: int | None = None


def running(draft: SessionDraft, tr: Words) -> tuple[Running, ...]:
    """Every timer of this visit that has started and not ended."""
    numbing = tuple(
        Running(
            f"step:{StepId.NUMBING}",
            tr("Numbing: {name}", name=one.name),
            one.on_at,
            _seconds(one.limits.dwell_min_min),
            _seconds(one.limits.dwell_max_min),
        )
        for one in draft.numbing
        if one.on_at is not None and one.removed_at is None
    )
    needling: tuple[Running, ...] = ()
    if draft.needling.started_at is not None and draft.needling.ended_at is None:
        needling = (Running(f"step:{StepId.NEEDLING}", tr("Needling"), draft.needling.started_at),)
    cooling = tuple(
        Running(f"step:{StepId.COOLING}", one.name, one.started_at)
        for one in draft.cooling
        if one.started_at is not None and one.duration_s is None
    )
    return (*numbing, *needling, *cooling)


def running_elsewhere(others: tuple[DraftSummary, ...], here: SessionDraft, tr: Words) -> tuple[Running, ...]:
    """What is still on the skin of clients whose visit is open in another room.

    They are named by initials and number: whoever sits in the chair reads the screen as well.
    """
    return tuple(
        Running(f"draft:{other.id}", tr("{client}: {name}", client=_discreet(other), name=one.name), one.since)
        for other in others
        if other.id != here.id
        for one in other.numbing_on
    )


def _discreet(other: DraftSummary) -> str:
    return f"{initials(other.client_name)} {client_label(other.client_number)}".strip()


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * SECONDS_PER_MINUTE
