"""Nothing signed can be changed, not even by SQL with the right key; and what was changed all the same is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from needlelog.domain.papers import Paper, PaperKind
from needlelog.domain.signed import Addendum, SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import seal_fingerprint
from needlelog.storage.head import ChainHead
from needlelog.storage.sessions import SealProblem
from needlelog.storage.tables import APPEND_ONLY
from needlelog.storage.tables.chain import SealRow
from needlelog.vault.sealing import DatabaseKey
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store

TABLES = sorted(str(row.__tablename__) for row in APPEND_ONLY)


def fill(store: Store) -> SignedSession:
    """At least one row in every table that is only added to."""
    client = store.clients.add(builders.client())
    planned = builders.series(client.id)
    store.series.keep((planned,))
    store.sign(client, builders.of_series(builders.draft(client.id), planned))
    signed = store.sign(client, builders.draft(client.id))
    store.sessions.add_addendum(Addendum(id=uuid4(), session_id=signed.id, text="Later", by="Ana", at=builders.NOON))
    data = b"%PDF"
    paper = Paper(
        id=uuid4(),
        session_id=signed.id,
        client_id=client.id,
        kind=PaperKind.AFTERCARE,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=builders.NOON,
    )
    store.keep(paper, data)
    store.papers.withdraw(builders.withdrawal(paper.id, handovers=1))
    answer = builders.answer(signed.id)
    store.follow_ups.add(answer)
    store.follow_ups.add(builders.handled(answer))
    store.follow_ups.add_event_entry(builders.event_entry(signed.id))
    store.sessions.invalidate(signed.id, reason="Error", by="Ana", at=builders.NOON)
    given_up = store.drafts.save(builders.draft(client.id))
    store.drafts.discard(given_up.id, reason="Left", by="Ana")
    store.clinic_values.add(builders.clinic_value())
    store.own_texts.add(builders.own_texts())
    builders.something_on_the_shelf(store.products, store.stock)
    return signed


@pytest.fixture
def raw(store: Store) -> Iterator[Any]:
    """Another program with the right key and none of the protections."""
    fill(store)
    ChainHead(store.path.with_name("seals.head"), DatabaseKey(KEY).sealer("head"), store.database, store.clock).follow()
    with closing(sqlcipher.connect(store.path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        yield connection


def content(raw: Any, table: str) -> list[Any]:
    return raw.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid').fetchall()


def columns(raw: Any, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]


def refused(raw: Any, table: str, statement: str, values: tuple[Any, ...] = ()) -> None:
    before = content(raw, table)
    assert before
    with pytest.raises(sqlcipher.IntegrityError, match="signed records"):
        raw.execute(statement, values)
    assert content(raw, table) == before


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed_or_removed(raw: Any, table: str) -> None:
    for column in columns(raw, table):
        refused(raw, table, f'UPDATE "{table}" SET "{column}" = "{column}"')
    refused(raw, table, f'UPDATE OR REPLACE "{table}" SET rowid = rowid + 1000')
    refused(raw, table, f'DELETE FROM "{table}"')


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced_by_its_id_or_row_number(raw: Any, table: str) -> None:
    names = columns(raw, table)
    first = raw.execute(f'SELECT rowid, * FROM "{table}"').fetchone()
    marks = ", ".join("?" * len(names))
    listed = ", ".join(f'"{name}"' for name in names)
    for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
        refused(raw, table, f'{verb} INTO "{table}" ({listed}) VALUES ({marks})', first[1:])
    # A row with nothing in common but the hidden number of the row it would push out.
    strange = [f"x{number}" if isinstance(value, str) else value for number, value in enumerate(first[1:])]
    if "sequence" in names and table in ("seal", "clinic_value", "own_texts", "lot_movement", "lot_recall"):
        return  # its sequence is the row number
    refused(raw, table, f'INSERT OR REPLACE INTO "{table}" (rowid, {listed}) VALUES (?, {marks})', (first[0], *strange))


def another(value: Any) -> Any:
    """A value that no row has yet."""
    return uuid4().hex if isinstance(value, str) else value + 7000 if isinstance(value, int) else value


def unique_keys(raw: Any, table: str) -> list[list[str]]:
    indexes = [row[1] for row in raw.execute(f'PRAGMA index_list("{table}")') if row[2]]
    return [[row[2] for row in raw.execute(f'PRAGMA index_info("{index}")')] for index in indexes]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced_by_another_unique_key_or_an_upsert(raw: Any, table: str) -> None:
    names = columns(raw, table)
    first = dict(zip(names, raw.execute(f'SELECT * FROM "{table}"').fetchone(), strict=True))
    marks = ", ".join("?" * len(names))
    listed = ", ".join(f'"{name}"' for name in names)
    for key in unique_keys(raw, table):
        values = tuple(value if name in key else another(value) for name, value in first.items())
        refused(raw, table, f'INSERT OR REPLACE INTO "{table}" ({listed}) VALUES ({marks})', values)
        target = ", ".join(f'"{name}"' for name in key)
        refused(
            raw,
            table,
            f'INSERT INTO "{table}" ({listed}) VALUES ({marks}) ON CONFLICT ({target}) DO UPDATE SET '
            f"\"{names[-1]}\" = 'x'",
            values,
        )


@pytest.mark.parametrize(
    "table",
    ["needling_pass", "material_use", "observation", "grade", "adverse_event", "session_override", "screening_answer"],
)
def test_no_row_joins_a_sealed_session(raw: Any, table: str) -> None:
    names = columns(raw, table)
    first = dict(zip(names, raw.execute(f'SELECT * FROM "{table}"').fetchone(), strict=True))
    joined = first | {"sequence": 900} | ({"id": uuid4().hex} if "id" in first else {})
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    refused(raw, table, f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', tuple(joined.values()))


def test_the_program_says_that_it_is_signed(store: Store) -> None:
    fill(store)
    with pytest.raises(Fault) as caught, store.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE session SET practitioner = 'Eve'")
    assert caught.value.code is FaultCode.RECORD_SIGNED


def tamper(store: Store, *statements: str) -> None:
    """Change records as somebody would who has the key and first removes the guards."""
    with closing(sqlcipher.connect(store.path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "problem", "kind"),
    [
        (
            "UPDATE session SET content = replace(content, 'cheek_left', 'cheek_right')",
            SealProblem.CONTENT_CHANGED,
            "session",
        ),
        ("UPDATE session SET practitioner = 'Eve'", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE session SET signed_by = 'Eve'", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE needling_pass SET depth_um = 250 WHERE depth_um = 1500", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE needling_pass SET lot = 'L-78'", SealProblem.ROWS_DIFFER, "session"),
        ("DELETE FROM observation", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE session_override SET reason = 'none'", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE screening_answer SET answer = 'no'", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE material_use SET zones = ''", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE adverse_event SET what = 'nothing'", SealProblem.ROWS_DIFFER, "session"),
        ("UPDATE addendum SET text = 'other'", SealProblem.CONTENT_CHANGED, "addendum"),
        ("UPDATE invalidation SET reason = 'other'", SealProblem.CONTENT_CHANGED, "invalidation"),
        ("UPDATE paper SET data = x'25504445'", SealProblem.CONTENT_CHANGED, "paper"),
        ("UPDATE paper SET template_version = '2'", SealProblem.CONTENT_CHANGED, "paper"),
        ("DELETE FROM addendum", SealProblem.RECORD_MISSING, "addendum"),
        ("DELETE FROM seal WHERE kind = 'paper'", SealProblem.NOT_SEALED, "paper"),
        ("DELETE FROM seal WHERE sequence = 1", SealProblem.CHAIN_BROKEN, "session"),
        ("UPDATE seal SET at = '2020-01-01 00:00:00' WHERE sequence = 2", SealProblem.CHAIN_BROKEN, "session"),
        ("UPDATE seal SET sequence = sequence + 10 WHERE sequence > 2", SealProblem.CHAIN_BROKEN, "addendum"),
    ],
)
def test_a_change_behind_the_guards_is_found_and_named(
    store: Store, statement: str, problem: SealProblem, kind: str
) -> None:
    fill(store)
    assert store.sessions.verify() == ()
    tamper(store, statement)
    faults = store.sessions.verify()
    assert any(one.problem is problem and one.kind == kind for one in faults), faults


def test_a_seal_made_again_for_other_content_breaks_the_one_after_it(store: Store) -> None:
    fill(store)
    with store.database.reading() as session:
        second = session.get_one(SealRow, 2)
    forged = seal_fingerprint(2, second.kind, second.subject_id, "f" * 64, second.previous_sha256, second.at)
    tamper(store, f"UPDATE seal SET content_sha256 = '{'f' * 64}', sha256 = '{forged}' WHERE sequence = 2")
    found = {(one.sequence, one.problem) for one in store.sessions.verify()}
    assert found == {(2, SealProblem.CONTENT_CHANGED), (3, SealProblem.CHAIN_BROKEN)}


def test_a_damaged_paper_is_not_handed_out(store: Store) -> None:
    fill(store)
    tamper(store, "UPDATE paper SET data = x'25504445'")
    with store.database.reading() as session:
        paper_id = session.connection().exec_driver_sql("SELECT id FROM paper").scalar_one()
    with pytest.raises(Fault) as caught:
        store.papers.data(UUID(paper_id))
    assert caught.value.code is FaultCode.PAPER_DAMAGED


def test_no_word_of_a_client_stands_in_any_file(store: Store, tmp_path: Path) -> None:
    fill(store)
    words = [builders.MARKER, "Marker", "7700", "lidocaine", "isotretinoin", "Fainted", "cheek_left"]
    for closed in (False, True):
        if closed:
            store.database.close()
        files = [one for one in tmp_path.rglob("*") if one.is_file()]
        assert len(files) == (1 if closed else 3)
        for file in files:
            found = file.read_bytes()
            for word in words:
                assert word.encode() not in found
                assert word.encode("utf-16-le") not in found
