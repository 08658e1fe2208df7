"""Many treated clients at once, put in as rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel import SQLModel

from needlelog.storage.records import Record, record_text, session_row, typed_rows
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.sessions import NeedlingPassRow, SessionRow
from tests.integration.storage import builders
from tests.integration.storage.conftest import Store


def _columns(row: SQLModel) -> dict[str, Any]:
    return row.model_dump()


def many_treated(store: Store, clients: int, lots: int) -> None:
    """So many clients with one visit of three passes each; the lots take turns, one client each."""
    one = builders.client(allergies=(), allergy_state="none-known", facts=())
    store.clients.add(one)
    pattern = builders.draft(one.id)
    record = Record(draft=pattern, client=builders.as_signed(one), signed_at=builders.NOON, signed_by="Ana")
    session = session_row(record, record_text(record), "0" * 64).model_dump() | {"content": "{}"}
    passes = [row.model_dump() for row in typed_rows(pattern) if isinstance(row, NeedlingPassRow)]
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {ClientRow: [], SessionRow: [], NeedlingPassRow: []}
    with store.database.reading() as reading:
        client = reading.get_one(ClientRow, one.id).model_dump()
    for number in range(clients):
        client_id, session_id = uuid4(), uuid4()
        rows[ClientRow].append(client | {"id": client_id, "number": number + 2, "full_name": f"Client {number}"})
        started_at = builders.NOON - timedelta(minutes=number)
        rows[SessionRow].append(session | {"id": session_id, "client_id": client_id, "started_at": started_at})
        rows[NeedlingPassRow].extend(
            one | {"id": uuid4(), "session_id": session_id, "lot": f"Lot {number % lots}", "expires_on": date.max}
            for one in passes
        )
    with store.database.writing_rows() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)
