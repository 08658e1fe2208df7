"""A recall in a clinic of many years."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

from tests.integration.storage.conftest import Store
from tests.integration.storage.recalls import many_treated

CLIENTS = 5000


def test_a_recall_among_thousands_takes_a_handful_of_questions(store: Store) -> None:
    many_treated(store, CLIENTS, lots=4)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = store.lots.treated_with("lot3")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(found) == CLIENTS / 4
    assert {one.client_number % 4 for one in found} == {1}
    assert [one.started_at for one in found] == sorted(one.started_at for one in found)
    assert all(one.zones == ("cheek_left", "forehead") for one in found)
    # Two for each table of uses, and two for each few hundred visits found: not one for each client.
    assert len(asked) <= 12
