"""The clinic's own wording of its papers, stored: versions are added and never changed, what is being written is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, literal, type_coerce
from sqlmodel import Session, col, delete, func, select

from needlelog.domain.own_texts import OwnTextsDraft, OwnTextsVersion, SheetKind
from needlelog.domain.unreadable import Kept, Unreadable
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import attempt, cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.reference import OwnTextsDraftRow, OwnTextsRow

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

    def add(self, version: OwnTextsVersion, *, written_by: UUID | None = None) -> None:
        """Keep one more, and with it drop what ``written_by`` was writing on that paper, in one transaction.

        Raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` where its number is not the next one.
        """
        with self._database.writing() as session:
            if version.number != _next_number(session, version.sheet, version.language):
                raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
            last = session.exec(select(func.max(col(OwnTextsRow.sequence)))).one() or 0
            base = None if version.base is None else _as_json(version.base)
            values = version.model_dump() | {"texts": _as_json(version.texts), "base": base}
            session.add(OwnTextsRow(sequence=last + 1, **values))
            if written_by is not None:
                _drop(session, written_by, version.sheet, version.language)

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

    # what is being written

    def save_draft(self, draft: OwnTextsDraft) -> None:
        """Make half-written wording durable, in the place of what the same person wrote on it before."""
        with self._database.writing() as session:
            _drop(session, draft.practitioner_id, draft.sheet, draft.language)
            values = draft.model_dump(exclude={"texts", "left_out"})
            content = json.dumps({"texts": draft.texts, "left_out": draft.left_out}, ensure_ascii=False, sort_keys=True)
            session.add(OwnTextsDraftRow(id=uuid4(), content=content, **values))

    def draft(self, practitioner_id: UUID, sheet: SheetKind, language: str) -> OwnTextsDraft | None:
        """What this practitioner was writing on a paper, if it can be read."""
        query = select(OwnTextsDraftRow).where(*_of(practitioner_id, sheet, language))
        with self._database.reading() as session:
            row = attempt(lambda: session.exec(query).first())
            return attempt(draft_of, row) if row is not None else None

    def drop_draft(self, practitioner_id: UUID, sheet: SheetKind, language: str) -> None:
        """Throw half-written wording away."""
        with self._database.writing() as session:
            _drop(session, practitioner_id, sheet, language)


def _of(practitioner_id: UUID, sheet: SheetKind, language: str) -> tuple[Any, ...]:
    row = OwnTextsDraftRow
    return col(row.practitioner_id) == practitioner_id, col(row.sheet) == sheet, col(row.language) == language


def _drop(session: Session, practitioner_id: UUID, sheet: SheetKind, language: str) -> None:
    session.exec(delete(OwnTextsDraftRow).where(*_of(practitioner_id, sheet, language)))


def _as_json(texts: Mapping[str, str]) -> str:
    return json.dumps(texts, ensure_ascii=False, sort_keys=True)


def _next_number(session: Session, sheet: SheetKind, language: str) -> int:
    # As they stand in the file: a damaged number is none, and hides no other.
    query = select(type_coerce(col(OwnTextsRow.number), String)).where(
        type_coerce(col(OwnTextsRow.sheet), String) == sheet.value, col(OwnTextsRow.language) == language
    )
    found = (str(one) for one in session.exec(query).all())
    return max((int(one) for one in found if one.isdecimal()), default=0) + 1


def own_texts_of(row: OwnTextsRow) -> OwnTextsVersion:
    """The version in this row; raises ``ROW_ERRORS``."""
    base = None if row.base is None else json.loads(row.base)
    written = {"texts": json.loads(row.texts), "base": base}
    return OwnTextsVersion.model_validate(cells(row, "sequence", *written) | written)


def draft_of(row: OwnTextsDraftRow) -> OwnTextsDraft:
    """The half-written wording in this row; raises ``ROW_ERRORS``."""
    written = json.loads(row.content)
    known = {"texts": written["texts"], "left_out": written["left_out"]}
    return OwnTextsDraft.model_validate(cells(row, "id", "content") | known)


def _placed(row: OwnTextsRow) -> tuple[int, OwnTextsVersion]:
    return row.sequence, own_texts_of(row)


def _damaged(one: Unreadable) -> DamagedTexts:
    sheet, _, language = one.named.partition(" ")
    known: Sequence[str] = [kind.value for kind in SheetKind]
    sequence = int(one.place) if one.place.isdecimal() else 0
    return DamagedTexts(sequence, sheet if sheet in known else "", language if language.isalpha() else "")
