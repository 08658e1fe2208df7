"""The clinic's own values, stored: rows are added and never changed."""

from __future__ import annotations

from sqlmodel import col, func, select

from needlelog.domain.clinic_values import ClinicValue
from needlelog.domain.unreadable import Kept
from needlelog.storage.damage import cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.reference import ClinicValueRow


class ClinicValueRepository:
    """Every decision of the clinic about a figure of the reference data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decision: ClinicValue) -> None:
        """Keep one more decision."""
        with self._database.writing() as session:
            last = session.exec(select(func.max(col(ClinicValueRow.sequence)))).one() or 0
            session.add(ClinicValueRow(sequence=last + 1, **decision.model_dump()))

    def all(self) -> tuple[ClinicValue, ...]:
        """Every decision in the order in which they were made."""
        with self._database.reading() as session:
            query = select(ClinicValueRow).order_by(col(ClinicValueRow.sequence))
            return tuple(readable(session, query, decision_of, Kept.OWN_VALUE, named=ClinicValueRow.entry))

    def damaged(self) -> tuple[str, ...]:
        """The entries of decisions that were met and cannot be read, "" for one of which not even that can be told."""
        return tuple(one.named for one in self._database.met.all() if one.kept is Kept.OWN_VALUE)


def decision_of(row: ClinicValueRow) -> ClinicValue:
    """The decision in this row; raises ``ROW_ERRORS``."""
    return ClinicValue.model_validate(cells(row, "sequence"))
