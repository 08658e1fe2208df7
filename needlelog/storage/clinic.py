"""The clinic and its practitioners, stored."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, func, select

from needlelog.clock import Clock
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.clinic import ClinicRow, PractitionerRow


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

    def save(self, clinic: Clinic) -> None:
        """Keep the clinic's details in place of the old ones."""
        with self._database.writing() as session:
            # The row is not read: details that were damaged are made good by what is saved.
            changed = session.execute(update(ClinicRow).values(**clinic.model_dump()))
            if not changed.rowcount:  # type: ignore[attr-defined]
                session.add(ClinicRow(id=1, **clinic.model_dump()))


def clinic_of(row: ClinicRow) -> Clinic:
    """The clinic in this row; raises ``ROW_ERRORS``."""
    return Clinic.model_validate(cells(row, "id"))


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
                raise Fault(FaultCode.RECORD_NOT_FOUND)
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
