"""Rows that somebody or something damaged: read one by one, so that one of them hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import String, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col, select

from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault

T = TypeVar("T")

ROW_ERRORS = (ValueError, TypeError, LookupError, AttributeError, DBAPIError)
"""What reading a row raises when a column holds what no row of ours ever held."""

CONTENT_ERRORS = (*ROW_ERRORS, Fault)
"""The same for a document within a row."""


def attempt(read: Callable[..., T], *given: Any) -> T | None:
    """What ``read`` returns for what is given; ``None`` when the row cannot be read."""
    try:
        return read(*given)
    except CONTENT_ERRORS:
        return None


def raw_ids(session: Session, table: type[SQLModel], key: str = "id") -> Iterator[UUID | None]:
    """The id of every row as it stands in the file; ``None`` for one that is no id at all."""
    columns: Any = table
    for text in session.exec(select(type_coerce(col(getattr(columns, key)), String))).all():
        yield as_id(text)


def as_id(text: object) -> UUID | None:
    """The id that stands in a column."""
    return attempt(UUID, str(text))


def contents(session: Session, table: type[SQLModel]) -> Iterator[str]:
    """The document of every row of ``table`` that can be read."""
    column: Any = table
    try:
        yield from session.exec(select(column.content)).all()
    except ROW_ERRORS:
        for row_id in raw_ids(session, table):
            found = content_of(session, table, row_id)
            if found is not None:
                yield found


def content_of(session: Session, table: type[SQLModel], row_id: UUID | None) -> str | None:
    """The document of one row, if there is such a row and it can be read."""
    column: Any = table
    query = select(column.content).where(column.id == row_id)
    return attempt(lambda: session.exec(query).first())


def draft_in(content: str) -> SessionDraft | None:
    """The draft in this document, if it can be read."""
    return attempt(SessionDraft.model_validate_json, content)
