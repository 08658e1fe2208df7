"""When which zones of a client were needled, and how deep: out of the typed rows, of the visits that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from needlelog.clock import local
from needlelog.domain.history import NeedledVisit
from needlelog.domain.unreadable import Kept
from needlelog.storage.damage import attempt, readable
from needlelog.storage.tables.base import MICROMETRES, unscaled
from needlelog.storage.tables.series import SeriesVisitRow
from needlelog.storage.tables.sessions import InvalidationRow, NeedlingPassRow, SessionRow

_VOID = col(InvalidationRow.session_id) == col(SessionRow.id)
_Zone = tuple[UUID, str, Decimal | None, datetime, date]


def needled_visits(session: Session, client_id: UUID, now: datetime) -> tuple[NeedledVisit, ...]:
    """The visits of a client in which was needled, the one done last first, each by the day of its last pass.

    One dated after ``now`` was dated by a wrong clock and is left out.
    """
    counts = ~sql_select(col(InvalidationRow.session_id)).where(_VOID).exists()
    query = (
        sql_select(
            col(NeedlingPassRow.session_id),
            col(SessionRow.time_zone),
            col(NeedlingPassRow.zone),
            func.max(NeedlingPassRow.depth_um),
            func.max(NeedlingPassRow.at),
        )
        .join(SessionRow, col(SessionRow.id) == col(NeedlingPassRow.session_id))
        .where(col(SessionRow.client_id) == client_id, counts)
        .group_by(col(NeedlingPassRow.session_id), col(NeedlingPassRow.zone))
    )
    visits: defaultdict[UUID, list[_Zone]] = defaultdict(list)
    for one in readable(session, query, _zone, Kept.VISIT):
        visits[one[0]].append(one)
    series = _series(session, client_id)
    found = []
    for session_id, zones in visits.items():
        done_at, day = max((at, day) for *_, at, day in zones)
        if done_at <= now:
            depths = tuple((zone, depth) for _, zone, depth, _, _ in zones)
            found.append((done_at, NeedledVisit(on=day, depths=depths, series_id=series.get(session_id))))
    return tuple(visit for _, visit in sorted(found, key=lambda one: one[0], reverse=True))


def _series(session: Session, client_id: UUID) -> Mapping[UUID, UUID]:
    """The series of each visit that was a session of one."""
    query = (
        sql_select(col(SeriesVisitRow.session_id), col(SeriesVisitRow.series_id))
        .join(SessionRow, col(SessionRow.id) == col(SeriesVisitRow.session_id))
        .where(col(SessionRow.client_id) == client_id)
    )
    return dict(readable(session, query, lambda visit, series: (visit, series), Kept.VISIT))


def _zone(session_id: UUID, time_zone: str, zone: str, depth_um: int, at: datetime) -> _Zone:
    # A depth that cannot be read may have been any.
    return session_id, zone, attempt(unscaled, depth_um, MICROMETRES, 2), at, local(at, time_zone).date()
