"""What can be done with the passes of a visit before it is signed: record, take off, say what was seen, undo."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import dropwhile, groupby, takewhile
from typing import TypeVar
from uuid import UUID

from needlelog.domain.findings import Considered, Override, StepId
from needlelog.domain.session import Needling, SessionDraft
from needlelog.domain.treatment import Endpoint, NeedlingPass

_A = TypeVar("_A", bound=Override | Considered)


def with_passes(needling: Needling, new: Iterable[NeedlingPass], now: datetime) -> Needling:
    """These passes as well, after all others: needling begins with the first and is not over any more.

    They stand in the order in which they were recorded, whatever somebody does to the computer's clock.
    """
    return needling.with_(passes=(*needling.passes, *new), started_at=needling.started_at or now, ended_at=None)


def gone_on(draft: SessionDraft, step: StepId, now: datetime) -> SessionDraft:
    """The draft at the next step: whoever goes on from needling with passes has ended it, if nobody said so before."""
    needling = draft.needling
    if draft.step is StepId.NEEDLING and needling.passes and needling.ended_at is None:
        draft = draft.with_(needling=needling.with_(ended_at=now))
    return draft.with_(step=step)


def without_passes(needling: Needling, ids: Collection[UUID]) -> Needling:
    """The passes of these ids taken off; without any pass needling has not begun."""
    left = tuple(one for one in needling.passes if one.id not in ids)
    return needling.with_(passes=left) if left else needling.with_(passes=(), started_at=None, ended_at=None)


def awaiting_endpoint(needling: Needling, zones: Collection[str]) -> tuple[NeedlingPass, ...]:
    """The passes that the next statement about these zones is about, in their order.

    For each zone these are the newest pass of which nothing was said, and those right before it on this zone with
    the same device, cartridge and depth, of which nothing was said either: what others led to was seen before, and
    is asked about after this.
    """
    meant: set[UUID] = set()
    for zone in zones:
        meant.update(one.id for one in _run([one for one in needling.passes if one.zone == zone]))
    return tuple(one for one in needling.passes if one.id in meant)


def _run(passes: list[NeedlingPass]) -> Iterable[NeedlingPass]:
    newest_first = dropwhile(lambda one: one.endpoint is not None, reversed(passes))
    newest = next(newest_first, None)
    if newest is not None:
        yield newest
        alike = _in_hand(newest)
        yield from takewhile(lambda one: one.endpoint is None and _in_hand(one) == alike, newest_first)


def _in_hand(one: NeedlingPass) -> tuple[object, ...]:
    return one.device_id, one.device, one.cartridge, one.lot, one.serial, one.depth_mm, one.output


def unstated(needling: Needling) -> frozenset[UUID]:
    """The ids of the passes of which nobody said what was seen."""
    return frozenset(one.id for one in needling.passes if one.endpoint is None)


def runs(needling: Needling, ids: Collection[UUID]) -> tuple[tuple[NeedlingPass, ...], ...]:
    """The passes of these ids, those together that were made alike over one zone with none between them.

    In the order of the first of each.
    """
    found: list[tuple[NeedlingPass, ...]] = []
    for zone in dict.fromkeys(one.zone for one in needling.passes):
        here = (one for one in needling.passes if one.zone == zone)
        alike = groupby(here, key=lambda one: (one.id in ids, *_in_hand(one)))
        found += (tuple(run) for (wanted, *_), run in alike if wanted)
    places = {one.id: place for place, one in enumerate(needling.passes)}
    return tuple(sorted(found, key=lambda run: places[run[0].id]))


def with_endpoint(needling: Needling, ids: Collection[UUID], seen: Endpoint) -> Needling:
    """What was seen when the passes of these ids ended."""
    return needling.with_(passes=tuple(one.with_(endpoint=seen) if one.id in ids else one for one in needling.passes))


def undone(draft: SessionDraft, before: SessionDraft, after: SessionDraft) -> SessionDraft:
    """The draft with what changed in the needling from ``before`` to ``after`` taken back, and nothing else.

    Passes return to their place and as they were, with the times of needling and the answers that went with them.
    """
    was, became, now = before.needling, after.needling, draft.needling
    needling = now.with_(
        passes=_merged(now.passes, was.passes, became.passes),
        time_out=was.time_out if now.time_out == became.time_out else now.time_out,
        started_at=was.started_at if now.started_at == became.started_at else now.started_at,
        ended_at=was.ended_at if now.ended_at == became.ended_at else now.ended_at,
    )
    if not needling.passes:
        needling = needling.with_(started_at=None, ended_at=None)
    return draft.with_(
        needling=needling,
        overrides=_answers(draft.overrides, before.overrides, after.overrides),
        considered=_answers(draft.considered, before.considered, after.considered),
    )


def _answers(now: tuple[_A, ...], before: tuple[_A, ...], after: tuple[_A, ...]) -> tuple[_A, ...]:
    given, gone = set(after) - set(before), set(before) - set(after)
    return (*(one for one in now if one not in given), *(one for one in before if one in gone))


def _merged(
    now: tuple[NeedlingPass, ...], before: tuple[NeedlingPass, ...], after: tuple[NeedlingPass, ...]
) -> tuple[NeedlingPass, ...]:
    was, became = {one.id: one for one in before}, {one.id: one for one in after}
    touched = {one for one in {*was, *became} if was.get(one) != became.get(one)}
    back = {one.id: one for one in now if one.id not in touched}
    back.update({one: was[one] for one in was if one in touched})
    in_order = [*was, *(one.id for one in now if one.id not in was)]
    return tuple(back[one] for one in in_order if one in back)
