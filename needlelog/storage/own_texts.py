"""The clinic's own wording of its papers, stored: versions are added and never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import String, literal, type_coerce
from sqlmodel import Session, col, func, select

from needlelog.domain.own_texts import OwnTextsVersion, SheetKind
from needlelog.domain.unreadable import Kept, Unreadable
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.reference import OwnTextsRow

WHICH_TEXTS = type_coerce(col(OwnTextsRow.sheet), String) + literal(" ") + col(OwnTextsRow.language)
"""By what a damaged version is named, as far as it can be told: ``aftercare es``."""


@dataclass(frozen=True, slots=True)
class DamagedTexts:
    """A version that cannot be read: of which paper and language, "" where that cannot be told."""

    sequence: int
    sheet: str
    language: str

    def may_be_of(self, sheet: SheetKind, language: str) -> bool:
        """Whether it is, or may have been, a version of this paper in this language."""
        return self.sheet in {"", sheet.value} and self.language in {"", language}


class OwnTextsRepository:
    """Every version of the clinic's own wording."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, version: OwnTextsVersion) -> None:
        """Keep one more; raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` where its number is not the next one."""
        with self._database.writing() as session:
            if version.number != _next_number(session, version.sheet, version.language):
                raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
            last = session.exec(select(func.max(col(OwnTextsRow.sequence)))).one() or 0
            values = version.model_dump() | {"texts": json.dumps(version.texts, ensure_ascii=False, sort_keys=True)}
            session.add(OwnTextsRow(sequence=last + 1, **values))

    def next_number(self, sheet: SheetKind, language: str) -> int:
        """The number of the version that would be kept next, after damaged ones too."""
        with self._database.reading() as session:
            return _next_number(session, sheet, language)

    def all(self) -> tuple[tuple[int, OwnTextsVersion], ...]:
        """Every version that can be read, with its place in the order in which they were kept."""
        with self._database.reading() as session:
            query = select(OwnTextsRow).order_by(col(OwnTextsRow.sequence))
            return tuple(readable(session, query, _placed, Kept.OWN_TEXTS, named=WHICH_TEXTS))

    def damaged(self) -> tuple[DamagedTexts, ...]:
        """The versions that were met and cannot be read."""
        return tuple(_damaged(one) for one in self._database.met.all() if one.kept is Kept.OWN_TEXTS)


def _next_number(session: Session, sheet: SheetKind, language: str) -> int:
    # As they stand in the file: a damaged number is none, and hides no other.
    query = select(type_coerce(col(OwnTextsRow.number), String)).where(
        type_coerce(col(OwnTextsRow.sheet), String) == sheet.value, col(OwnTextsRow.language) == language
    )
    found = (str(one) for one in session.exec(query).all())
    return max((int(one) for one in found if one.isdecimal()), default=0) + 1


def own_texts_of(row: OwnTextsRow) -> OwnTextsVersion:
    """The version in this row; raises ``ROW_ERRORS``."""
    return OwnTextsVersion.model_validate(cells(row, "sequence", "texts") | {"texts": json.loads(row.texts)})


def _placed(row: OwnTextsRow) -> tuple[int, OwnTextsVersion]:
    return row.sequence, own_texts_of(row)


def _damaged(one: Unreadable) -> DamagedTexts:
    sheet, _, language = one.named.partition(" ")
    known: Sequence[str] = [kind.value for kind in SheetKind]
    sequence = int(one.place) if one.place.isdecimal() else 0
    return DamagedTexts(sequence, sheet if sheet in known else "", language if language.isalpha() else "")
