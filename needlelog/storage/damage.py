"""Rows that somebody or something damaged: read one by one, so that one of them hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, String, TypeDecorator, func, literal, true, type_coerce
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlmodel import Session, SQLModel, col, select

from needlelog.domain.session import SessionDraft
from needlelog.domain.unreadable import Kept, Met, Unreadable
from needlelog.errors import Fault, FaultCode

T = TypeVar("T")

ROW_ERRORS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, DBAPIError, NoResultFound)
"""What reading a row raises when a column holds what no row of ours ever held, or names a row that is not there."""

CONTENT_ERRORS = (*ROW_ERRORS, Fault)
"""The same for a document within a row."""

MET = "needlelog_met"
"""Where in the ``info`` of a session stands what was met and cannot be read."""

_NAMED_LIMIT = 60

_OF_THE_DISK = {
    FaultCode.DATABASE_BUSY,
    FaultCode.DISK_FULL,
    FaultCode.WRITE_FAILED,
    FaultCode.READ_FAILED,
    FaultCode.DATA_FOLDER_READ_ONLY,
}
"""Faults that say nothing of a row: whoever tries again may read it."""


def attempt(read: Callable[..., T], *given: Any) -> T | None:
    """What ``read`` returns for what is given; ``None`` when the row cannot be read."""
    try:
        return read(*given)
    except CONTENT_ERRORS as error:
        if isinstance(error, Fault) and error.code in _OF_THE_DISK:
            raise
        return None


def readable(
    session: Session,
    query: Any,
    read: Callable[..., T],
    kept: Kept,
    *,
    client: Any = None,
    named: Any = None,
    rescue: Callable[..., T | None] | None = None,
) -> list[T]:
    """What ``read`` makes of each row of ``query``, in its order, without the rows that cannot be read.

    Those are noted as met: ``kept`` says what they keep, ``client`` is the column with the number of their client,
    ``named`` the one with a name or code of their own. All together is the way of every day; only where that fails
    are they looked at one by one, and ``rescue`` may make the value of a row's key, as it stands in the file, from
    somewhere else.
    """
    whole = attempt(lambda: [read(*row) for row in session.execute(query)])
    if whole is not None:
        return whole
    entity = query.column_descriptions[0]["entity"]
    keys = tuple(entity.__table__.primary_key.columns)
    ordered = query.order_by(*keys)
    found: list[T] = []
    for place, row in enumerate(_one_by_one(session, ordered, 0, _count(session, query))):
        value = attempt(lambda row=row: read(*row)) if row is not None else None
        if value is None and rescue is not None:
            value = attempt(rescue, *(_raw(session, ordered, place, key) for key in keys))
        if value is not None:
            found.append(value)
        else:
            note(session, _told(session, ordered, place, kept, (client, named, keys)))
    return found


def every_text(session: Session, column: Any, kept: Kept) -> list[str]:
    """Each text that stands in a column, once; what stands in it and is no text is left out."""
    found = attempt(lambda: list(session.execute(sql_select(column).distinct()).scalars()))
    if found is None:
        found = list(dict.fromkeys(readable(session, sql_select(column), lambda one: one, kept)))
    return [one for one in found if isinstance(one, str)]


def note(session: Session, *rows: Unreadable) -> None:
    """Remember rows that were met and cannot be read."""
    met: Met | None = session.info.get(MET)
    if met is not None:
        met.note(rows)


def _count(session: Session, query: Any) -> int:
    bare = query.with_only_columns(literal(1).label("one"), maintain_column_froms=True).order_by(None)
    return int(session.execute(sql_select(func.count()).select_from(bare.subquery())).scalar_one())


def _one_by_one(session: Session, ordered: Any, start: int, count: int) -> list[Any]:
    """The rows from ``start`` on, ``None`` in place of each that the driver cannot give: halved until they are told."""
    if count < 1:
        return []
    some = attempt(lambda: list(session.execute(ordered.limit(count).offset(start))))
    if some is not None:
        return some
    if count == 1:
        return [None]
    half = count // 2
    return [
        *_one_by_one(session, ordered, start, half),
        *_one_by_one(session, ordered, start + half, count - half),
    ]


def _told(session: Session, ordered: Any, place: int, kept: Kept, about: tuple[Any, Any, Sequence[Any]]) -> Unreadable:
    """What can still be told of one row, each column as it stands in the file."""
    client, named, keys = about
    columns = (client, named, *keys)
    number, name, *key = (None if one is None else _raw(session, ordered, place, one) for one in columns)
    return unreadable(kept, number, name, *key)


def _raw(session: Session, ordered: Any, place: int, column: Any) -> Any:
    """What stands in the file in one column of one row; ``None`` where not even that can be told."""
    one = ordered.with_only_columns(type_coerce(column, String), maintain_column_froms=True)
    return attempt(lambda: session.execute(one.limit(1).offset(place)).scalar())


def unreadable(kept: Kept, client: object, named: object, *key: object) -> Unreadable:
    """A row that cannot be read, by what stands in the file of it."""
    return Unreadable(
        kept,
        client if isinstance(client, int) and client > 0 else 0,
        named[:_NAMED_LIMIT] if isinstance(named, str) and named.isprintable() else "",
        "|".join(str(one) for one in key),
    )


@cache
def _kinds(table: type[SQLModel]) -> tuple[tuple[str, type, bool], ...]:
    """Each column of a table with what stands in it, and whether nothing may."""
    found = []
    for column in table.__table__.columns:  # type: ignore[attr-defined]
        plain: Any = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        kind: type = plain.python_type
        found.append((column.key, kind, bool(column.nullable)))
    return tuple(found)


def is_whole(row: SQLModel) -> bool:
    """Whether every column holds what its kind of column holds; SQLite itself would let any of them hold anything."""
    values = ((getattr(row, key), kind, empty) for key, kind, empty in _kinds(type(row)))
    return all(empty if value is None else isinstance(value, kind) for value, kind, empty in values)


def cells(row: SQLModel, *without: str) -> dict[str, Any]:
    """Every column of a row as it was read, whatever stands in it, but for these."""
    return {key: getattr(row, key) for key, _, _ in _kinds(type(row)) if key not in without}


def raw_ids(
    session: Session, table: type[SQLModel], key: str = "id", which: ColumnElement[bool] | None = None
) -> Iterator[UUID | None]:
    """The id of every row as it stands in the file; ``None`` for one that is no id at all."""
    columns: Any = table
    query = select(type_coerce(col(getattr(columns, key)), String)).where(true() if which is None else which)
    for text in session.exec(query).all():
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


def text_of(content: object) -> str:
    """What stands in a column of text, as far as it is text."""
    return (
        content.decode("utf-8", "replace")
        if isinstance(content, bytes)
        else content
        if isinstance(content, str)
        else ""
    )


def draft_in(content: str) -> SessionDraft | None:
    """The draft in this document, if it can be read."""
    return attempt(SessionDraft.model_validate_json, content)
