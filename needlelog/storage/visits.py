"""A client's visits at a glance, out of the typed rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, func, select

from needlelog.clock import local
from needlelog.domain.history import GradedReaction, VisitSummary
from needlelog.storage.tables.base import MICROMETRES, unscaled
from needlelog.storage.tables.sessions import (
    AddendumRow,
    AdverseEventRow,
    InvalidationRow,
    NeedlingPassRow,
    ObservationRow,
    OverrideRow,
    SessionRow,
)

Row = TypeVar("Row", bound=SQLModel)


class VisitParts:
    """The typed rows of all of one client's visits, read once."""

    def __init__(self, session: Session, client_id: UUID) -> None:
        self._session = session
        self._visits = select(SessionRow.id).where(SessionRow.client_id == client_id)
        self._passes = self._rows(NeedlingPassRow)
        self._observations = self._rows(ObservationRow)
        self._events = self._counts(AdverseEventRow)
        self._overrides = self._counts(OverrideRow)
        self._addenda = self._counts(AddendumRow)
        self._invalid = self._counts(InvalidationRow)

    def summaries(self, rows: Sequence[SessionRow]) -> tuple[VisitSummary, ...]:
        """The summaries of all visits, handed in by the order of their seals; the one sealed last first."""
        # Two visits begin at the same moment only where a clock stood wrong; the seal then says which was first.
        counting = [(row.started_at, place) for place, row in enumerate(rows) if row.id not in self._invalid]
        found = []
        for place, row in enumerate(rows):
            before = max((one for one in counting if one < (row.started_at, place)), default=None)
            later = max((one for one in counting if one[0] > row.started_at and one[1] < place), default=None)
            found.append(
                self._summary(
                    row,
                    previous=rows[before[1]] if before else None,
                    signed_after=rows[later[1]] if later else None,
                )
            )
        return tuple(reversed(found))

    def _summary(
        self, row: SessionRow, *, previous: SessionRow | None, signed_after: SessionRow | None
    ) -> VisitSummary:
        passes = self._passes[row.id]
        deepest = max(passes, key=lambda one: one.depth_um, default=None)
        return VisitSummary(
            id=row.id,
            client_id=row.client_id,
            started_at=row.started_at,
            signed_at=row.signed_at,
            time_zone=row.time_zone,
            practitioner=row.practitioner,
            concerns=tuple(row.concerns.split("\n")) if row.concerns else (),
            zones=tuple(dict.fromkeys(one.zone for one in passes)),
            deepest_mm=unscaled(deepest.depth_um, MICROMETRES, 2) if deepest else None,
            deepest_zone=deepest.zone if deepest else "",
            devices=tuple(dict.fromkeys(one.device for one in passes)),
            reactions=tuple(_graded(one) for one in self._observations[row.id]),
            none_observed=row.none_observed,
            adverse_events=self._events.get(row.id, 0),
            overrides=self._overrides.get(row.id, 0),
            addenda=self._addenda.get(row.id, 0),
            invalidated=row.id in self._invalid,
            days_since_previous=_days_between(previous, row) if previous else None,
            signed_after=_day(signed_after) if signed_after else None,
        )

    def _rows(self, table: type[Row]) -> Mapping[UUID, list[Row]]:
        columns: Any = table
        found: defaultdict[UUID, list[Row]] = defaultdict(list)
        query = select(table).where(col(columns.session_id).in_(self._visits)).order_by(col(columns.sequence))
        for row in self._session.exec(query):
            found[getattr(row, "session_id")].append(row)  # noqa: B009
        return found

    def _counts(self, table: type[SQLModel]) -> Mapping[UUID, int]:
        columns: Any = table
        query = (
            select(columns.session_id, func.count())
            .where(col(columns.session_id).in_(self._visits))
            .group_by(columns.session_id)
        )
        return {session_id: count for session_id, count in self._session.execute(query)}  # noqa: C416


def _graded(one: ObservationRow) -> GradedReaction:
    return GradedReaction(reaction=one.reaction, scale=one.scale, grade=one.grade)


def _days_between(earlier: SessionRow, later: SessionRow) -> int:
    """Calendar days from one visit to the next, each on its own wall clock."""
    return (_day(later) - _day(earlier)).days


def _day(row: SessionRow) -> date:
    return local(row.started_at, row.time_zone).date()
