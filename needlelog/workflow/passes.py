"""What can be done with the passes of a visit before it is signed: record, take off, say what was seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from needlelog.domain.session import Needling
from needlelog.domain.treatment import Endpoint, NeedlingPass


def with_passes(needling: Needling, new: Iterable[NeedlingPass], now: datetime) -> Needling:
    """These passes as well, in the order of their times; needling begins with the first and is not over any more."""
    passes = tuple(sorted((*needling.passes, *new), key=lambda one: one.at))
    return needling.with_(passes=passes, started_at=needling.started_at or now, ended_at=None)


def without_passes(needling: Needling, ids: Collection[UUID]) -> Needling:
    """The passes of these ids taken off."""
    return needling.with_(passes=tuple(one for one in needling.passes if one.id not in ids))


def awaiting_endpoint(needling: Needling, zones: Collection[str]) -> dict[UUID, Endpoint | None]:
    """The passes that a statement about these zones is about, with what was said of them before.

    These are all without an endpoint, since they led up to what is seen now; where each has one, the newest of every
    zone, so that a wrong tap can be put right.
    """
    here = [one for one in needling.passes if one.zone in zones]
    newest = {one.zone: one for one in here}
    meant = [one for one in here if one.endpoint is None] or list(newest.values())
    return {one.id: one.endpoint for one in meant}


def with_endpoints(needling: Needling, seen: Mapping[UUID, Endpoint | None]) -> Needling:
    """These passes with what was seen when they ended."""
    return needling.with_(
        passes=tuple(one.with_(endpoint=seen[one.id]) if one.id in seen else one for one in needling.passes)
    )
