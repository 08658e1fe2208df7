"""A numbing cream that must not come again within some hours: here, or after an earlier visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from needlelog.clock import local
from needlelog.domain.findings import Finding, Source
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.i18n import record_date, record_time
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.label_figures import (
    finding_of_label,
    not_again_of,
    sources_on_label,
    together,
)


def judge_again(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A cream that must not come again within some hours, put on again here or after an earlier visit.

    Where the labels of both differ, the longer wait counts.
    """
    for numbing in draft.numbing:
        if numbing.on_at is None:
            continue
        earlier = [*(one for one in draft.numbing if _is_repeat(one, numbing)), *around.numbed_before]
        soon = [
            (one.on_at, hours, label)
            for one in earlier
            if _same_content(one, numbing) and one.on_at and one.on_at < numbing.on_at
            for hours, label in _longest_wait((numbing, one), around)
            if numbing.on_at - one.on_at < timedelta(hours=hours)
        ]
        if soon:
            last, hours, label = max(soon, key=lambda one: one[0])
            yield _too_soon(numbing, last, hours, sources_on_label(label, "not_again_h", hours, around), draft, around)


def _longest_wait(pair: tuple[Numbing, Numbing], around: Circumstances) -> list[tuple[int, Numbing]]:
    """The longer wait of two labels with the application whose label has it; nothing where neither says any."""
    told = [(hours, one) for one in pair if (hours := not_again_of(one, around)) is not None]
    return sorted(told, key=lambda one: -one[0])[:1]


def _too_soon(
    numbing: Numbing,
    last: datetime,
    hours: int,
    sources: tuple[Source, ...],
    draft: SessionDraft,
    around: Circumstances,
) -> Finding:
    tr, before = around.tr, local(last, draft.time_zone)
    return finding_of_label(
        numbing,
        "numbing-again",
        tr("{name} again too soon", name=numbing.name),
        tr(
            "The last was put on at {time} on {day}; not again within {hours} hours.",
            time=record_time(before),
            day=record_date(before.date()),
            hours=hours,
        ),
        facts=last.isoformat(),
        sources=sources,
    )


def _is_repeat(one: Numbing, later: Numbing) -> bool:
    """Whether ``later`` comes on top of ``one`` or after it, and is not the same cream on other skin meanwhile."""
    if one.id == later.id or one.on_at is None or later.on_at is None or one.on_at >= later.on_at:
        return False
    after = one.removed_at is not None and one.removed_at <= later.on_at
    return after or not one.zones or not later.zones or bool(set(one.zones) & set(later.zones))


def _same_content(one: Numbing, other: Numbing) -> bool:
    return len(together((one, other))) == 1
