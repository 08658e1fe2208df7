"""What is running in a visit, as start moments taken from its draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from needlelog.domain.client import client_label, initials
from needlelog.domain.findings import StepId
from needlelog.domain.session import DraftSummary, RunningTimer, SessionDraft
from needlelog.i18n import Words

SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Running:
    """One running timer. ``key`` is ``step:<step id>:<field>`` in this visit, ``draft:<id>`` in another."""

    key: str
    label: str
    since: datetime
    warn_after_s: int | None = None
    over_after_s: int | None = None
    enough_after_s: int | None = None
    usual_to_min: int | None = None
    short: str = ""
    """Whose it is, or of which step, where there is no room for more."""


def running(draft: SessionDraft, tr: Words, warn_before_min: int) -> tuple[Running, ...]:
    """Every timer of this visit that has started and not ended."""
    labels = {StepId.NUMBING: tr("Numbing: {name}"), StepId.NEEDLING: tr("Needling")}
    short = {StepId.NUMBING: tr("Numbing"), StepId.COOLING: tr("Cooling")}
    # Of two at one step only the name tells which is which.
    alone = {step for step, count in Counter(one.step for one in draft.running).items() if count == 1}
    return tuple(
        _running(
            f"step:{one.step}:{one.field}",
            labels.get(one.step, "{name}").format(name=one.name),
            one,
            warn_before_min,
            short.get(one.step, "") if one.step in alone else one.name,
        )
        for one in draft.running
    )


def running_elsewhere(
    others: tuple[DraftSummary, ...], here: SessionDraft, tr: Words, warn_before_min: int
) -> tuple[Running, ...]:
    """What is still on the skin of clients whose visit is open in another room.

    They are named by initials and number: whoever sits in the chair reads the screen as well.
    """
    return tuple(
        _running(
            f"draft:{other.id}",
            tr("{client}: {name}", client=_discreet(other), name=one.name),
            one,
            warn_before_min,
            _discreet(other),
        )
        for other in others
        if other.id != here.id
        for one in other.numbing_on
    )


def _running(key: str, label: str, one: RunningTimer, warn_before_min: int, short: str) -> Running:
    warn = max(0, one.most_min - warn_before_min) if one.most_min is not None else None
    return Running(
        key, label, one.since, _seconds(warn), _seconds(one.most_min), _seconds(one.least_min), one.usual_min, short
    )


def _discreet(other: DraftSummary) -> str:
    return f"{initials(other.client_name)} {client_label(other.client_number)}".strip()


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * SECONDS_PER_MINUTE
