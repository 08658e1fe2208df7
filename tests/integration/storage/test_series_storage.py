"""Series on a real disk: version after version, and which signed visit was a session of which."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.storage.connection import connect
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store


def test_a_series_comes_back_as_it_was_kept(store: Store) -> None:
    client = store.clients.add(builders.client())
    planned = builders.series(client.id)
    (kept,) = store.series.keep((planned,))
    assert kept == planned.with_(version=1)
    assert store.series.of_client(client.id) == (kept,)
    assert store.series.get(planned.id) == kept


def test_a_change_is_one_more_version_and_the_one_before_is_kept(store: Store) -> None:
    client = store.clients.add(builders.client())
    (first,) = store.series.keep((builders.series(client.id),))
    ended = first.with_(
        sessions=4,
        depth_mm=None,
        zones=(),
        treatments=(),
        ended_on=date(2026, 11, 2),
        ended_reason="Moved away",
        at_end=first.at_start,
    )
    (second,) = store.series.keep((ended,))
    assert second == ended.with_(version=2)
    assert store.series.of_client(client.id) == (second,)
    assert store.series.versions(first.id) == (first, second)


def test_a_change_to_an_older_version_is_refused_and_nothing_of_it_kept(store: Store) -> None:
    client = store.clients.add(builders.client())
    other = builders.series(client.id)
    (first,) = store.series.keep((builders.series(client.id),))
    store.series.keep((first.with_(sessions=5),))
    with pytest.raises(Fault) as caught:
        store.series.keep((other, first.with_(sessions=3)))
    assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert [one.sessions for one in store.series.versions(first.id)] == [6, 5]
    assert store.series.versions(other.id) == ()


@pytest.mark.parametrize("table", ["series", "series_treatment", "series_grade", "series_visit"])
def test_the_database_refuses_to_change_what_was_planned(store: Store, table: str) -> None:
    client = store.clients.add(builders.client())
    (planned,) = store.series.keep((builders.series(client.id),))
    store.sign(client, builders.of_series(builders.draft(client.id), planned))
    with closing(connect(store.path, KEY)) as connection, pytest.raises(Exception, match="only added to"):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("column", ["sessions = 0", "interval_days = 0", "depth_um = -1", "ended_on = '2026-01-01'"])
def test_the_database_repeats_what_a_series_may_be(store: Store, column: str) -> None:
    client = store.clients.add(builders.client())
    store.series.keep((builders.series(client.id),))
    with closing(connect(store.path, KEY)) as connection:
        connection.execute("DROP TRIGGER series_never_changed")
        with pytest.raises(Exception, match="CHECK constraint"):
            connection.execute(f"UPDATE series SET {column}")


def test_the_history_says_which_series_a_visit_belongs_to(store: Store) -> None:
    client = store.clients.add(builders.client())
    (planned,) = store.series.keep((builders.series(client.id, depth_mm=Decimal("1.0")),))
    alone = store.sign(client, builders.draft(client.id, started_at=builders.NOON - timedelta(days=40)))
    of_it = store.sign(client, builders.of_series(builders.draft(client.id), planned))
    said = {one.id: one.series_id for one in store.sessions.for_client(client.id)}
    assert said == {alone.id: None, of_it.id: planned.id}
    assert store.sessions.verify() == ()
