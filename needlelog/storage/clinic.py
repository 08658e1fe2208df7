"""The clinic and its practitioners, stored."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from needlelog.clock import Clock
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.errors import Fault, FaultCode
from needlelog.storage.database import Database
from needlelog.storage.tables.clinic import ClinicRow, PractitionerRow


class ClinicRepository:
    """The one clinic of this database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self) -> Clinic | None:
        """The clinic, or ``None`` before set-up."""
        with self._database.reading() as session:
            row = session.get(ClinicRow, 1)
        return None if row is None else Clinic.model_validate(row.model_dump(exclude={"id"}))

    def save(self, clinic: Clinic) -> None:
        """Keep the clinic's details in place of the old ones."""
        with self._database.writing() as session:
            session.merge(ClinicRow(id=1, **clinic.model_dump()))


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
            row = session.get(PractitionerRow, practitioner.id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            row.sqlmodel_update(practitioner.model_dump())

    def get(self, practitioner_id: UUID) -> Practitioner:
        """One practitioner; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.reading() as session:
            row = session.get(PractitionerRow, practitioner_id)
        if row is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return Practitioner.model_validate(row.model_dump())

    def all(self, *, active_only: bool = True) -> tuple[Practitioner, ...]:
        """Everybody, in the order they joined."""
        query = select(PractitionerRow).order_by(col(PractitionerRow.added_at), col(PractitionerRow.name))
        if active_only:
            query = query.where(col(PractitionerRow.active))
        with self._database.reading() as session:
            rows = session.exec(query).all()
        return tuple(Practitioner.model_validate(row.model_dump()) for row in rows)
