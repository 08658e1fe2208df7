"""The clinic and its practitioners, stored."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from needlelog.clock import Clock, zone_of
from needlelog.domain.clinic import CAPTIONS, Clinic, Practitioner
from needlelog.domain.history import UNTOLD
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import attempt, cells, raw_ids, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.clinic import ClinicRow, PractitionerRow

UTC_ZONE = "UTC"


class ClinicRepository:
    """The one clinic of this database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self) -> Clinic | None:
        """The clinic, or ``None`` before set-up; raises ``Fault(RECORD_DAMAGED)``."""
        with self._database.reading() as session:
            if session.exec(select(func.count()).select_from(ClinicRow)).one() == 0:
                return None
            found = readable(session, select(ClinicRow), clinic_of, Kept.CLINIC)
        if not found:
            raise Fault(FaultCode.RECORD_DAMAGED)
        return found[0]

    def as_told(self) -> Clinic | None:
        """The clinic with each detail that cannot be read left empty, the zone being UTC then; ``None`` as ``get``."""
        try:
            return self.get()
        except Fault as fault:
            if fault.code is not FaultCode.RECORD_DAMAGED:
                raise
        with self._database.reading() as session:
            return _told(session)[0]

    def damaged(self) -> tuple[str, ...]:
        """The fields of the clinic that cannot be read and stand empty in ``as_told``."""
        with self._database.reading() as session:
            return _damaged(session)

    def zone(self) -> str:
        """The clinic's time zone; raises ``Fault`` (RECORD_NOT_FOUND before set-up, RECORD_DAMAGED)."""
        told = self.as_told()
        if told is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        if told.time_zone == UTC_ZONE:
            with self._database.reading() as session:
                if attempt(_cell, session, "time_zone") != UTC_ZONE:
                    raise Fault(FaultCode.RECORD_DAMAGED)
        return told.time_zone

    def save(self, clinic: Clinic, put_right: Collection[str] = ()) -> None:
        """Keep the clinic's details in place of the old ones.

        Raises ``Fault(DETAIL_DAMAGED)`` while a damaged field is not among those that somebody has ``put_right``: what
        stands in its place in ``as_told`` is nobody's word.
        """
        with self._database.writing() as session:
            left = [field for field in _damaged(session) if field not in put_right]
            if left:
                raise Fault(FaultCode.DETAIL_DAMAGED, field=", ".join(CAPTIONS[field] for field in left))
            changed = session.execute(update(ClinicRow).values(**clinic.model_dump()))
            if not changed.rowcount:  # type: ignore[attr-defined]
                session.add(ClinicRow(id=1, **clinic.model_dump()))
        self._database.met.forget(Kept.CLINIC)


def _damaged(session: Session) -> tuple[str, ...]:
    if session.exec(select(func.count()).select_from(ClinicRow)).one() == 0:
        return ()
    return _told(session)[1]


def _told(session: Session) -> tuple[Clinic, tuple[str, ...]]:
    """The clinic cell by cell, and the fields that cannot be read."""
    told, damaged = Clinic(name=UNTOLD, time_zone=UTC_ZONE), []
    for field in Clinic.model_fields:
        better = attempt(_with_cell, session, told, field)
        if better is None:
            damaged.append(field)
        told = better or told
    return told, tuple(damaged)


def _with_cell(session: Session, told: Clinic, field: str) -> Clinic:
    better = told.with_(**{field: _cell(session, field)})
    zone_of(better.time_zone)
    return better


def _cell(session: Session, field: str) -> object:
    return session.exec(select(getattr(ClinicRow, field))).one()


def clinic_of(row: ClinicRow) -> Clinic:
    """The clinic in this row; raises ``ROW_ERRORS``."""
    clinic = Clinic.model_validate(cells(row, "id"))
    # Every day and every hour is told in it, so it must be one.
    zone_of(clinic.time_zone)
    return clinic


def practitioner_of(row: PractitionerRow) -> Practitioner:
    """The practitioner in this row; raises ``ROW_ERRORS``."""
    return Practitioner.model_validate(cells(row))


class PractitionerRepository:
    """Everybody who treats, past and present."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, practitioner: Practitioner) -> None:
        """Put a practitioner on the list."""
        with self._database.writing() as session:
            session.add(PractitionerRow(**practitioner.model_dump()))

    def save(self, practitioner: Practitioner) -> None:
        """Keep a change; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            values = practitioner.model_dump(exclude={"id"})
            query = update(PractitionerRow).where(col(PractitionerRow.id) == practitioner.id)
            if not session.execute(query.values(**values)).rowcount:  # type: ignore[attr-defined]
                raise Fault(FaultCode.RECORD_NOT_FOUND)

    def get(self, practitioner_id: UUID) -> Practitioner:
        """One practitioner; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        query = select(PractitionerRow).where(PractitionerRow.id == practitioner_id)
        with self._database.reading() as session:
            if session.exec(select(func.count()).where(PractitionerRow.id == practitioner_id)).one() == 0:
                # Where an id cannot be read, it may have been this one.
                unknown = None in raw_ids(session, PractitionerRow)
                raise Fault(FaultCode.RECORD_DAMAGED if unknown else FaultCode.RECORD_NOT_FOUND)
            found = readable(session, query, practitioner_of, Kept.PRACTITIONER, named=PractitionerRow.name)
        if not found:
            raise Fault(FaultCode.RECORD_DAMAGED)
        return found[0]

    def all(self, *, active_only: bool = True) -> tuple[Practitioner, ...]:
        """Everybody, in the order they joined."""
        query = select(PractitionerRow).order_by(col(PractitionerRow.added_at), col(PractitionerRow.name))
        if active_only:
            query = query.where(col(PractitionerRow.active))
        with self._database.reading() as session:
            return tuple(readable(session, query, practitioner_of, Kept.PRACTITIONER, named=PractitionerRow.name))
