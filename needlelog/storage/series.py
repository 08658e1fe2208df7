"""Series, stored: each change is one more version, and the newest is the one that counts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from needlelog.domain.reactions import Grade
from needlelog.domain.series import CombinedTreatment, Series
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.base import MICROMETRES, scaled, unscaled
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.series import SeriesGradeRow, SeriesRow, SeriesTreatmentRow

_LISTS = {"zones", "depth_mm", "treatments", "at_start", "at_end"}


class SeriesRepository:
    """Every series of the clinic in all its versions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_client(self, client_id: UUID) -> tuple[Series, ...]:
        """The newest version of each series of a client, in the order in which they were begun."""
        with self._database.reading() as session:
            newest = (
                select(func.max(col(SeriesRow.sequence)))
                .where(SeriesRow.client_id == client_id)
                .group_by(col(SeriesRow.id))
            )
            order = (col(SeriesRow.started_on), col(SeriesRow.sequence))
            query = select(SeriesRow).where(col(SeriesRow.sequence).in_(newest)).order_by(*order)
            return tuple(_readable(session, query))

    def get(self, series_id: UUID) -> Series:
        """The newest version of one series; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        with self._database.reading() as session:
            newest = session.exec(select(func.max(col(SeriesRow.sequence))).where(SeriesRow.id == series_id)).one()
            if newest is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            found = _readable(session, select(SeriesRow).where(SeriesRow.sequence == newest))
        if not found:
            # Never an older version in its place.
            raise Fault(FaultCode.RECORD_DAMAGED)
        return found[0]

    def versions(self, series_id: UUID) -> tuple[Series, ...]:
        """Every version of one series, the oldest first."""
        with self._database.reading() as session:
            query = select(SeriesRow).where(SeriesRow.id == series_id).order_by(col(SeriesRow.version))
            return tuple(_readable(session, query))

    def keep(self, changed: Iterable[Series]) -> tuple[Series, ...]:
        """Keep a new version of each of these, all or none; version 0 is a series that is not stored yet.

        Raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` when one of them does not follow its newest version.
        """
        with self._database.writing() as session:
            return tuple(_add(session, one) for one in changed)


def _add(session: Session, series: Series) -> Series:
    newest = session.exec(select(func.max(col(SeriesRow.version))).where(SeriesRow.id == series.id)).one() or 0
    if newest != series.version:
        raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
    kept = series.with_(version=newest + 1)
    last = session.exec(select(func.max(col(SeriesRow.sequence)))).one() or 0
    sequence = last + 1
    session.add(
        SeriesRow(
            sequence=sequence,
            zones=" ".join(kept.zones),
            depth_um=scaled(kept.depth_mm, MICROMETRES),
            **kept.model_dump(exclude=_LISTS),
        )
    )
    session.flush()
    for position, one in enumerate(kept.treatments):
        session.add(SeriesTreatmentRow(series_sequence=sequence, position=position, **one.model_dump()))
    grades = [(False, one) for one in kept.at_start] + [(True, one) for one in kept.at_end]
    for position, (at_end, grade) in enumerate(grades):
        session.add(SeriesGradeRow(series_sequence=sequence, position=position, at_end=at_end, **grade.model_dump()))
    session.flush()
    return kept


def _readable(session: Session, query: Any) -> list[Series]:
    whose = query.outerjoin(ClientRow, col(ClientRow.id) == col(SeriesRow.client_id))
    return readable(session, whose, lambda row: series_of(session, row), Kept.SERIES, client=ClientRow.number)


def series_of(session: Session, row: SeriesRow) -> Series:
    """The version of a series in this row, with its lists; raises ``ROW_ERRORS``."""
    treatments = session.exec(
        select(SeriesTreatmentRow)
        .where(SeriesTreatmentRow.series_sequence == row.sequence)
        .order_by(col(SeriesTreatmentRow.position))
    ).all()
    grades = session.exec(
        select(SeriesGradeRow)
        .where(SeriesGradeRow.series_sequence == row.sequence)
        .order_by(col(SeriesGradeRow.position))
    ).all()
    by_end = {end: tuple(_grade(one) for one in found) for end, found in groupby(grades, lambda one: one.at_end)}
    return Series(
        **cells(row, "sequence", "zones", "depth_um"),
        zones=tuple(row.zones.split()),
        depth_mm=unscaled(row.depth_um, MICROMETRES, 2),
        treatments=tuple(
            CombinedTreatment(id=one.id, combination=one.combination, on=one.on, note=one.note) for one in treatments
        ),
        at_start=by_end.get(False, ()),
        at_end=by_end.get(True, ()),
    )


def _grade(row: SeriesGradeRow) -> Grade:
    return Grade(id=row.id, scale=row.scale, value=row.value, zone=row.zone, at=row.at)
