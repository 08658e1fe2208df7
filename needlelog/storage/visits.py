"""A client's visits at a glance, out of the typed rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, not_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, func, select

from needlelog.clock import local
from needlelog.domain.adverse_events import EventEntryKind
from needlelog.domain.follow_up import RECALL
from needlelog.domain.history import GradedReaction, VisitSummary
from needlelog.domain.papers import SLIP
from needlelog.domain.unreadable import Kept
from needlelog.storage.chain import SESSION, text_fingerprint
from needlelog.storage.damage import attempt, content_of, is_whole, readable
from needlelog.storage.order import Done, by_when_done
from needlelog.storage.records import record_in, session_row
from needlelog.storage.tables.base import MICROMETRES, unscaled
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.follow_ups import EventEntryRow, FollowUpGradeRow, FollowUpRow
from needlelog.storage.tables.papers import HandOverRow, WithdrawalRow
from needlelog.storage.tables.series import SeriesVisitRow
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


_SEAL_OF = and_(col(SealRow.kind) == SESSION, col(SealRow.subject_id) == col(SessionRow.id))


def visits_of(session: Session, client_id: UUID, now: datetime) -> tuple[VisitSummary, ...]:
    """A client's visits, the one done last first, see ``by_when_done``; damaged ones among them as far as they tell."""
    order = (col(SealRow.sequence).is_(None), col(SealRow.sequence))
    query = select(SessionRow, SealRow).outerjoin(SealRow, _SEAL_OF)
    query = query.where(SessionRow.client_id == client_id).order_by(*order)
    found: list[tuple[SessionRow, SealRow | None]] | None = attempt(_all, session, query)
    damaged: set[UUID] = set()
    if found is None or not all(_is_told(row) for row, _ in found):
        ids = select(SessionRow.id).outerjoin(SealRow, _SEAL_OF).where(SessionRow.client_id == client_id)
        each = readable(session, ids.order_by(*order), lambda one: one, Kept.VISIT)
        found = [_alone(session, client_id, one, damaged) for one in each]
    for row, seal in found:
        if attempt(text_fingerprint, row.content) != (seal.content_sha256 if seal else ""):
            damaged.add(row.id)
    rows = [row for row, _ in found]
    return VisitParts(session, client_id, damaged).summaries(rows, now)


def _is_told(row: SessionRow) -> bool:
    """Whether the list can be made from this row: its day can be told, and each column holds what it should."""
    return is_whole(row) and bool(row.practitioner) and attempt(local, row.started_at, row.time_zone) is not None


def _alone(
    session: Session, client_id: UUID, session_id: UUID, damaged: set[UUID]
) -> tuple[SessionRow, SealRow | None]:
    """One visit read by itself, with its seal."""
    row = attempt(session.get, SessionRow, session_id)
    if row is None or not _is_told(row):
        row = _as_far_as_told(session, client_id, session_id)
        damaged.add(session_id)
    sealed = select(SealRow).where(SealRow.kind == SESSION, SealRow.subject_id == session_id)
    return row, next(iter(attempt(_all, session, sealed) or ()), None)


def _as_far_as_told(session: Session, client_id: UUID, session_id: UUID) -> SessionRow:
    """A row in place of one that cannot be read: from the record's own text, else with nothing but that it is there."""
    content = content_of(session, SessionRow, session_id)
    record = record_in(content) if content else None
    if content and record:
        return session_row(record, content, "")
    nowhere = datetime.fromtimestamp(0, UTC)
    return SessionRow(
        id=session_id,
        client_id=client_id,
        practitioner_id=client_id,
        practitioner="?",
        started_at=nowhere,
        time_zone="UTC",
        signed_at=nowhere,
        signed_by="?",
        none_observed=False,
        concerns="",
        content_sha256="",
        content="",
    )


class VisitParts:
    """The typed rows of all of one client's visits, read once; ``damaged`` grows by those with rows that cannot be."""

    def __init__(self, session: Session, client_id: UUID, damaged: set[UUID]) -> None:
        self._session = session
        self._damaged = damaged
        self._visits = select(SessionRow.id).where(SessionRow.client_id == client_id)
        self._passes = self._rows(NeedlingPassRow)
        self._observations = self._rows(ObservationRow)
        self._series = self._rows(SeriesVisitRow)
        self._events = self._counts(AdverseEventRow)
        self._later = self._rows(FollowUpGradeRow)
        self._opened = self._counts(EventEntryRow, col(EventEntryRow.kind) == EventEntryKind.OPENED)
        about_skin = and_(col(FollowUpRow.kind) == "answer", not_(col(FollowUpRow.moment).startswith(RECALL)))
        self._follow_ups = self._counts(FollowUpRow, about_skin)
        handled = select(FollowUpRow.about).where(col(FollowUpRow.about).is_not(None))
        self._red = self._counts(FollowUpRow, and_(col(FollowUpRow.red).is_(True), col(FollowUpRow.id).not_in(handled)))
        self._overrides = self._counts(OverrideRow)
        self._addenda = self._counts(AddendumRow)
        noted = select(func.count()).where(HandOverRow.paper_id == WithdrawalRow.paper_id).scalar_subquery()
        slip = aliased(WithdrawalRow)
        # By the hand-over: one that two withdrawals take back is still one that does not count.
        slips = (
            select(func.count(distinct(col(slip.handovers))))
            .where(slip.paper_id == WithdrawalRow.paper_id, slip.reason == SLIP)
            .where(col(slip.handovers) > col(WithdrawalRow.handovers))
            .scalar_subquery()
        )
        in_earnest = col(WithdrawalRow.reason) != SLIP
        self._withdrawn = self._counts(WithdrawalRow, and_(in_earnest, col(WithdrawalRow.handovers) + slips >= noted))
        self._invalid = self._counts(InvalidationRow)

    def summaries(self, rows: Sequence[SessionRow], now: datetime) -> tuple[VisitSummary, ...]:
        """The summaries of all visits, handed in by the order of their seals; the one done last first."""
        # Two visits begin at the same moment only where a clock stood wrong; the seal then says which was first.
        counting = [(row.started_at, place) for place, row in enumerate(rows) if row.id not in self._invalid]
        found: dict[UUID, VisitSummary] = {}
        for place, row in enumerate(rows):
            before = max((one for one in counting if one < (row.started_at, place)), default=None)
            later = max((one for one in counting if one[0] > row.started_at and one[1] < place), default=None)
            around = (rows[before[1]] if before else None, rows[later[1]] if later else None)
            summary = attempt(self._summary, row, *around)
            if summary is None:
                self._keep_whole_parts(row.id)
                summary = self._summary(row, *around)
            found[row.id] = summary
        done = by_when_done([Done(row.id, self._done_at(row), row.signed_at) for row in rows], now)
        return tuple(found[one.id] for one in reversed(done))

    def _done_at(self, row: SessionRow) -> datetime:
        return max((one.at for one in self._passes[row.id]), default=row.started_at)

    def _keep_whole_parts(self, session_id: UUID) -> None:
        """Leave what cannot be shown of one visit out, and say so of that visit."""
        self._damaged.add(session_id)
        parts: tuple[defaultdict[UUID, list[Any]], ...] = (
            self._passes,
            self._observations,
            self._series,
            self._later,
        )
        for rows in parts:
            rows[session_id] = [row for row in rows[session_id] if is_whole(row) and _is_shown(row)]

    def _summary(self, row: SessionRow, previous: SessionRow | None, signed_after: SessionRow | None) -> VisitSummary:
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
            later=tuple(_graded(one) for one in self._later[row.id]),
            follow_ups=self._follow_ups.get(row.id, 0),
            red=bool(self._red.get(row.id)),
            adverse_events=self._events.get(row.id, 0) + self._opened.get(row.id, 0),
            overrides=self._overrides.get(row.id, 0),
            addenda=self._addenda.get(row.id, 0),
            withdrawn=self._withdrawn.get(row.id, 0),
            invalidated=row.id in self._invalid,
            damaged=row.id in self._damaged,
            series_id=next((one.series_id for one in self._series[row.id]), None),
            days_since_previous=_days_between(previous, row) if previous else None,
            signed_after=_day(signed_after) if signed_after else None,
        )

    def _rows(self, table: type[Row]) -> defaultdict[UUID, list[Row]]:
        columns: Any = table
        found: defaultdict[UUID, list[Row]] = defaultdict(list)
        query = select(table).order_by(col(columns.sequence))
        rows = attempt(_all, self._session, query.where(col(columns.session_id).in_(self._visits)))
        if rows is None:
            rows = []
            for session_id in readable(self._session, self._visits, lambda one: one, Kept.VISIT):
                some = attempt(_all, self._session, query.where(columns.session_id == session_id))
                rows += some or []
                if some is None:
                    self._damaged.add(session_id)
        for row in rows:
            found[row.session_id].append(row)
        return found

    def _counts(self, table: type[SQLModel], which: ColumnElement[bool] | None = None) -> Mapping[UUID, int]:
        columns: Any = table
        query = (
            select(columns.session_id, func.count())
            .where(col(columns.session_id).in_(self._visits), true() if which is None else which)
            .group_by(columns.session_id)
        )
        return dict(readable(self._session, query, lambda session_id, count: (session_id, count), Kept.VISIT))


def _is_shown(row: SQLModel) -> bool:
    """Whether a summary can show this part."""
    if isinstance(row, ObservationRow | FollowUpGradeRow):
        return attempt(_graded, row) is not None
    return not isinstance(row, NeedlingPassRow) or attempt(unscaled, row.depth_um, MICROMETRES, 2) is not None


def _all(session: Session, query: Any) -> list[Any]:
    return list(session.exec(query))


def _graded(one: ObservationRow | FollowUpGradeRow) -> GradedReaction:
    return GradedReaction(reaction=one.reaction, scale=one.scale, grade=one.grade)


def _days_between(earlier: SessionRow, later: SessionRow) -> int:
    """Calendar days from one visit to the next, each on its own wall clock."""
    return (_day(later) - _day(earlier)).days


def _day(row: SessionRow) -> date:
    return local(row.started_at, row.time_zone).date()
