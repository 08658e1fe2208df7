"""A durable save against one bare SQLCipher commit of as many bytes; finding a client; a recall.

Run: ``python -m tests.benchmarks.bench_storage``
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from needlelog.storage.connection import connect
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store
from tests.integration.storage.recalls import many_treated

ROUNDS = 300
CLIENTS = 5000
RECALLED_ONE_IN = 50
QUERIES = ("", "a", "nowak lukasz", "7700 9012", "12 3 1988", "C-0042", "nobody")


def milliseconds(work: Callable[[int], object], rounds: int) -> float:
    """The median time of one call."""
    times = []
    for number in range(rounds):
        start = perf_counter()
        work(number)
        times.append((perf_counter() - start) * 1000)
    return median(times)


def saving(folder: Path) -> None:
    """Print the cost of a durable save."""
    store = Store(folder / "clinic.db")
    client = store.clients.add(builders.client())
    latest = [store.drafts.save(builders.draft(client.id))]

    def save(_number: int) -> None:
        latest[0] = store.drafts.save(latest[0])

    content = latest[0].model_dump_json()
    with closing(connect(folder / "bare.db", KEY, mode="rwc")) as bare:
        bare.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, content TEXT)")
        bare.execute("INSERT INTO draft VALUES (1, '')")

        def commit(number: int) -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE draft SET content = ?", (f"{number} {content}",))
            bare.execute("COMMIT")

        floor = milliseconds(commit, ROUNDS)
        ours = milliseconds(save, ROUNDS)
    store.database.close()
    print(f"durable save of {len(content)} bytes: {ours:.2f} ms, {ours / floor:.1f} bare commits")


def finding(folder: Path) -> None:
    """Print the time of each kind of search among many clients, as part of a 60 Hz frame."""
    store = Store(folder / "many.db")
    first, last = ("Anna", "Łukasz", "Ελένη", "Nguyễn", "Иван", "Zoë"), ("Nowak", "Trần", "Петров", "Smith", "García")
    for number in range(CLIENTS):
        store.clients.add(
            builders.client(
                full_name=f"{first[number % 6]} {last[number % 5]} {number % 97}",
                phone=f"+44 7700 {900_000 + number}",
                added_at=builders.NOON + timedelta(minutes=number),
            )
        )
    for query in QUERIES:
        found = len(store.clients.search(query))
        time = milliseconds(lambda _number, words=query: store.clients.search(words), 30)
        print(f"{query!r:16} {found:4} of {CLIENTS}: {time:5.1f} ms, {time / (1000 / 60):.2f} frames")
    store.database.close()


def recalling(folder: Path) -> None:
    """Print the time to find everybody who was treated with a lot, as part of a 60 Hz frame."""
    store = Store(folder / "recall.db")
    many_treated(store, CLIENTS, RECALLED_ONE_IN)
    found = len(store.lots.treated_with("lot 3"))
    time = milliseconds(lambda _number: store.lots.treated_with("lot 3"), 10)
    print(f"recall: {found} of {CLIENTS} clients: {time:5.1f} ms, {time / (1000 / 60):.2f} frames")
    store.database.close()


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        saving(Path(folder))
        finding(Path(folder))
        recalling(Path(folder))


if __name__ == "__main__":
    main()
