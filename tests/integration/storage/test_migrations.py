"""Schema changes: on a copy, all or nothing, and the same schema whichever way it was made."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from needlelog.domain.materials import AnaestheticLimits, Product, ProductKind
from needlelog.domain.papers import HandOver, PaperKind
from needlelog.errors import Fault, FaultCode
from needlelog.storage import database
from needlelog.storage.clinic_values import ClinicValueRepository
from needlelog.storage.connection import SCHEMA, connect
from needlelog.storage.database import Database
from needlelog.storage.guards import guard_statements, replace_guards
from needlelog.storage.migrate import MIGRATIONS, configuration, migrate, upgrade
from needlelog.storage.own_texts import OwnTextsRepository
from needlelog.storage.sessions import SealProblem
from needlelog.storage.tables import METADATA
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store


def schema_of(statements: list[str]) -> list[str]:
    """The statements without what does not matter: blanks, quotes, and the order of the parts of a table."""
    plain = (re.sub(r"[\s\"]+", " ", one) for one in statements)
    return sorted(" ".join(sorted(re.split(r", | ?\( ?| ?\) ?", one))).strip() for one in plain)


def test_the_newest_migration_bears_the_number_of_the_schema() -> None:
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
    assert scripts.get_current_head() == f"{SCHEMA:04d}"
    assert [script.revision for script in scripts.walk_revisions()] == [f"{n:04d}" for n in range(SCHEMA, 0, -1)]


def test_migrated_and_new_databases_are_the_same() -> None:
    made: list[list[str]] = []
    for migrated in (True, False):
        with create_engine("sqlite://").begin() as connection:
            if migrated:
                upgrade(connection, 0, SCHEMA)
                assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
            else:
                METADATA.create_all(connection)
                replace_guards(connection)
            found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").scalars().all()
            made.append(schema_of([str(one) for one in found]))
    assert made[0] == made[1]
    assert len(guard_statements()) > 40


NEXT = SCHEMA + 1

REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("client", recreate="always") as client:
        client.add_column(sa.Column("pronouns", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("session", recreate="always") as session:
        session.add_column(sa.Column("room", sa.String(), nullable=False, server_default=""))
    {more}
"""


def migrations(tmp_path: Path, more: str = "pass") -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = REBUILD.format(more=more, revision=f"{NEXT:04d}", before=f"{SCHEMA:04d}")
    (folder / "versions" / f"v{NEXT:04d}_rebuild.py").write_text(step)
    return folder


def clinic_with_a_visit(path: Path) -> None:
    store = Store(path)
    client = store.clients.add(builders.client())
    store.sign(client, builders.draft(client.id))
    store.database.close()


def test_a_list_of_schema_nine_takes_layer_and_hours_of_a_label(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    store = Store(path)
    limits = AnaestheticLimits(agents=(("lidocaine", Decimal("4.0")),), dwell_max_min=60, max_g=Decimal(30))
    listed = Product(id=uuid4(), kind=ProductKind.ANAESTHETIC, name="Cream", anaesthetic=limits, added_at=builders.NOON)
    store.products.add(listed)
    store.database.close()
    with closing(connect(path, KEY)) as connection:
        builders.without_drafts_of_wording(connection)
        builders.without_label_limits(connection)
        connection.execute("PRAGMA user_version = 9")
    store = Store(path)
    again = store.products
    assert again.get(listed.id) == listed, "what stood on the list stands there, and says neither"
    told = listed.with_(anaesthetic=limits.with_(g_per_10cm2=Decimal("1.5"), not_again_h=24))
    again.save(told)
    assert again.get(listed.id) == told
    assert again.all(ProductKind.ANAESTHETIC) == (told,)
    assert again.for_rules()[listed.id] == told
    store.database.close()


def counts(path: Path) -> dict[str, int]:
    with closing(connect(path, KEY)) as connection:
        tables = ("client", "client_fact", "session", "needling_pass", "seal")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def test_rebuilding_tables_keeps_rows_guards_and_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before = counts(path)
    migrate(path, KEY, SCHEMA, NEXT, migrations(tmp_path))
    assert counts(path) == before
    assert before["needling_pass"] == 3
    with closing(connect(path, KEY)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == NEXT
        assert connection.execute("SELECT room FROM session").fetchall() == [("",)]
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
        assert triggers == len(guard_statements())
        assert connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%alembic%'").fetchall() == []
        with pytest.raises(Exception, match="signed"):
            connection.execute("UPDATE session SET room = 'x'")
    kept = path.with_name(f"clinic.db.schema-{SCHEMA}")
    assert counts(kept) == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"clinic.db", f"clinic.db.schema-{SCHEMA}", "migrations"}


@pytest.mark.parametrize(
    "more",
    [
        "raise RuntimeError('power cut')",
        'op.execute("DELETE FROM client WHERE 1 = 1")',
        'op.execute("DELETE FROM no_such_table")',
    ],
)
def test_a_migration_that_fails_leaves_the_old_database(tmp_path: Path, more: str) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before = counts(path)
    with pytest.raises(Exception):  # noqa: B017, PT011
        migrate(path, KEY, SCHEMA, NEXT, migrations(tmp_path, more))
    assert counts(path) == before
    Database.open(path, KEY).close()
    assert not list(tmp_path.glob(".*"))


def test_an_older_database_is_brought_up_to_date_when_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    monkeypatch.setattr("needlelog.storage.migrate.MIGRATIONS", migrations(tmp_path))
    monkeypatch.setattr(database, "SCHEMA", NEXT)
    Database.open(path, KEY).close()
    assert database.check(path, KEY) == NEXT
    monkeypatch.setattr(database, "SCHEMA", SCHEMA)
    before = path.read_bytes()
    with pytest.raises(Fault) as caught:
        Database.open(path, KEY)
    assert caught.value.code is FaultCode.DATABASE_NEWER
    assert (caught.value.values["found"], caught.value.values["known"]) == (NEXT, SCHEMA)
    assert path.read_bytes() == before


def test_dates_noted_before_are_whole_days() -> None:
    """From schema 6 on a fact says how much of its dates is known."""
    owner = "d" * 32
    rows = [("a" * 32, "2020-01-01", None), ("b" * 32, None, "2026-03-31"), ("c" * 32, None, None)]
    with create_engine("sqlite://").begin() as connection:
        # As it stood then: guards of later tables can only be made once these stand.
        command.upgrade(configuration(connection), "0006")
        connection.exec_driver_sql("DROP TABLE alembic_version")
        connection.exec_driver_sql(
            "INSERT INTO client VALUES (?, 1, 'Ana', '', '1988-03-12', '', '', '', '', 'en', 3, 'none-known', '',"
            " '2026-01-05', NULL, 0, 'ana', 'ana', '', 0, NULL, '2026-01-05')",
            (owner,),
        )
        for position, row in enumerate(rows):
            connection.exec_driver_sql(
                "INSERT INTO client_fact (id, since, until, client_id, position, kind, text, contraindication,"
                " noted_on) VALUES (?, ?, ?, ?, ?, 'medicine', 'Ramipril', 'C13', '2026-01-05')",
                (*row, owner, position),
            )
        upgrade(connection, 6, SCHEMA)
        found = connection.exec_driver_sql(
            "SELECT id, since, since_precision, until, until_precision, text, contraindication, noted_on, position"
            " FROM client_fact ORDER BY position"
        ).all()
    kept = ("Ramipril", "C13", "2026-01-05")
    assert [tuple(one) for one in found] == [
        ("a" * 32, "2020-01-01", "day", None, None, *kept, 0),
        ("b" * 32, None, None, "2026-03-31", "day", *kept, 1),
        ("c" * 32, None, None, None, None, *kept, 2),
    ]


def test_preparation_sheets_become_a_kind_of_their_own_and_keep_their_seals(tmp_path: Path) -> None:
    """Until schema 7 they were aftercare sheets, told by their template; their seals say so for good."""
    path = tmp_path / "clinic.db"
    store = Store(path)
    client = store.clients.add(builders.client())
    templates = ("preparation-en 1.2 v9", "aftercare-en 2.0 v9", "preparations-of-old 1", "event 1")
    kinds = (PaperKind.AFTERCARE,) * 3 + (PaperKind.ADVERSE_EVENT,)
    papers = [
        builders.paper(b"%PDF" + template.encode(), client_id=client.id, session_id=client.id, kind=kind).with_(
            template_version=template
        )
        for template, kind in zip(templates, kinds, strict=True)
    ]
    for paper, template in zip(papers, templates, strict=True):
        store.keep(paper, b"%PDF" + template.encode())
    store.database.close()
    with closing(connect(path, KEY)) as connection:
        connection.execute("DROP TABLE withdrawal")
        connection.execute("DROP TABLE own_texts_draft")
        connection.execute("DROP TABLE own_texts")
        builders.without_label_limits(connection)
        connection.execute("PRAGMA user_version = 7")
    store.database = Database.open(path, KEY)
    again = Store(path)
    found = {one.template_version: one.kind for one in again.papers.for_session(client.id)}
    assert [found[template] for template in templates] == [
        PaperKind.PREPARATION,
        PaperKind.AFTERCARE,
        PaperKind.AFTERCARE,
        PaperKind.ADVERSE_EVENT,
    ]
    assert again.sessions.verify() == ()
    assert [one.how for one in again.papers.handovers(papers[0].id)] == [HandOver.SHOWN]
    again.papers.withdraw(builders.withdrawal(papers[0].id, handovers=1))
    assert again.sessions.verify() == ()
    again.database.close()
    for change in (
        "UPDATE paper SET kind = 'aftercare'",
        "UPDATE withdrawal SET reason = ''",
        "DELETE FROM withdrawal",
    ):
        with closing(connect(path, KEY)) as connection, pytest.raises(Exception, match="only added to"):
            connection.execute(change)
    with closing(connect(path, KEY)) as connection:
        connection.execute("DROP TRIGGER paper_never_changed")
        connection.execute("UPDATE paper SET kind = 'aftercare' WHERE kind = 'preparation'")
    fault = Store(path).sessions.verify()
    assert [(one.problem, one.subject_id) for one in fault] == [(SealProblem.CONTENT_CHANGED, papers[0].id)]


def test_a_database_of_schema_eight_takes_the_clinics_own_wording(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before = counts(path)
    with closing(connect(path, KEY)) as connection:
        connection.execute("DROP TABLE own_texts_draft")
        connection.execute("DROP TABLE own_texts")
        builders.without_label_limits(connection)
        connection.execute("PRAGMA user_version = 8")
    opened = Database.open(path, KEY)
    versions = (builders.own_texts(), builders.own_texts(number=2, texts={"main": "Ruhe. הנוחו"}))
    for version in versions:
        OwnTextsRepository(opened).add(version)
    assert OwnTextsRepository(opened).all() == tuple(enumerate(versions, start=1))
    with pytest.raises(Fault) as caught:
        OwnTextsRepository(opened).add(builders.own_texts(number=2))
    assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    opened.close()
    assert counts(path) == before
    for change in ("UPDATE own_texts SET texts = '{}'", "DELETE FROM own_texts"):
        with closing(connect(path, KEY)) as connection, pytest.raises(Exception, match="only added to"):
            connection.execute(change)


def test_wording_of_schema_ten_stays_and_the_next_version_keeps_what_it_was_based_on(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before = counts(path)
    kept_then = builders.own_texts()
    store = Store(path)
    store.own_texts.add(kept_then)
    store.practitioners.add(ana := builders.practitioner())
    store.database.close()
    with closing(connect(path, KEY)) as connection:
        builders.without_drafts_of_wording(connection)
        connection.execute("PRAGMA user_version = 10")
    store = Store(path)
    assert store.own_texts.all() == ((1, kept_then),), "it says nothing of what it was based on"
    newer = builders.own_texts(number=2, base={"main": "Your skin is healing.", "rules.no-make-up.text": "No make-up."})
    store.own_texts.add(newer)
    assert store.own_texts.all() == ((1, kept_then), (2, newer))
    store.own_texts.save_draft(draft := builders.own_texts_draft(ana.id))
    assert store.own_texts.draft(ana.id, draft.sheet, "en") == draft
    store.database.close()
    assert counts(path) == before
    for change in ("UPDATE own_texts SET base = '{}'", "DELETE FROM own_texts"):
        with closing(connect(path, KEY)) as connection, pytest.raises(Exception, match="only added to"):
            connection.execute(change)


def test_a_database_of_the_first_schema_takes_the_clinics_own_values(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before = counts(path)
    with closing(connect(path, KEY)) as connection:
        series = ("series_visit", "series_grade", "series_treatment", "series")
        later = ("withdrawal", "head_begun", "clinic_value", "pack", "lot_movement", "lot_recall", "needle", *series)
        for table in (
            *later,
            "own_texts_draft",
            "own_texts",
            "follow_up_form",
            "follow_up_grade",
            "follow_up",
            "event_entry",
        ):
            connection.execute(f"DROP TABLE {table}")
        builders.without_label_limits(connection)
        connection.execute("PRAGMA user_version = 1")
    opened = Database.open(path, KEY)
    decision = builders.clinic_value()
    ClinicValueRepository(opened).add(decision)
    assert ClinicValueRepository(opened).all() == (decision,)
    opened.close()
    assert counts(path) == before
    for change in ("UPDATE clinic_value SET value = '9'", "DELETE FROM clinic_value"):
        with closing(connect(path, KEY)) as connection, pytest.raises(Exception, match="only added to"):
            connection.execute(change)
