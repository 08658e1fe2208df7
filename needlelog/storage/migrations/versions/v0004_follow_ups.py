"""Follow-ups and adverse events after signing; the moment of a grade; what an adverse event came to; its report.

Three tables are made anew, because a list of known values stands in them that grows, or a column joins them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SERIOUSNESS = ("not-serious", "needed-treatment", "permanent-harm", "life-threatening")
OUTCOMES = ("ongoing", "resolving", "resolved", "lasting", "unknown")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moved_over(table: str, kept: tuple[str, ...], **new: str) -> None:
    """Bring the rows of ``table`` into ``table_new`` and give that its name; ``new`` are the values of new columns."""
    columns = ", ".join(f'"{name}"' for name in (*kept, *new))
    values = ", ".join((*(f'"{name}"' for name in kept), *new.values()))
    op.execute(f"INSERT INTO {table}_new ({columns}) SELECT {values} FROM {table} ORDER BY rowid")  # noqa: S608
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)


def upgrade() -> None:
    """Bring the tables to this schema."""
    _observations()
    _adverse_events()
    _papers()
    _follow_ups()


def _observations() -> None:
    op.create_table(
        "observation_new",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    kept = ("id", "session_id", "sequence", "reaction", "scale", "grade", "zone", "note", "at")
    _moved_over("observation", kept, moment="''")
    op.create_index("ix_observation_reaction", "observation", ["reaction"])
    op.create_index("ix_observation_session", "observation", ["session_id", "sequence"], unique=True)


def _adverse_events() -> None:
    op.create_table(
        "adverse_event_new",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("seriousness", _codes("seriousness_known", *SERIOUSNESS), nullable=False),
        sa.Column("action_taken", sa.String(), nullable=False),
        sa.Column("zones", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("onset_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", _codes("outcome_known", *OUTCOMES), nullable=True),
        sa.Column("reported_to", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    kept = ("id", "session_id", "sequence", "what", "seriousness", "action_taken", "zones", "at")
    _moved_over("adverse_event", kept, reported_to="''")
    op.create_index("ix_adverse_event_session", "adverse_event", ["session_id", "sequence"], unique=True)


def _papers() -> None:
    op.create_table(
        "paper_new",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("paperkind_known", "aftercare", "consent", "record", "adverse-event"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template_version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size_bytes = length(data)", name="paper_whole"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    kept = (
        "id",
        "session_id",
        "client_id",
        "kind",
        "language",
        "template_version",
        "sha256",
        "size_bytes",
        "made_at",
        "data",
    )
    _moved_over("paper", kept)
    op.create_index("ix_paper_client_id", "paper", ["client_id"])
    op.create_index("ix_paper_session_id", "paper", ["session_id"])


def _follow_ups() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("red", sa.Boolean(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('answer', 'attempt', 'handled')", name="follow_up_kind_known"),
        sa.CheckConstraint("(kind = 'handled') = (about IS NOT NULL)", name="follow_up_about_an_answer"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.ForeignKeyConstraint(["about"], ["follow_up.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("session_id", "red", "about"):
        op.create_index(f"ix_follow_up_{column}", "follow_up", [column])
    op.create_table(
        "follow_up_grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_up.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_follow_up_grade_answer", "follow_up_grade", ["follow_up_id", "sequence"], unique=True)
    for column in ("session_id", "reaction"):
        op.create_index(f"ix_follow_up_grade_{column}", "follow_up_grade", [column])
    op.create_table(
        "event_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("evententrykind_known", "opened", "course", "correction"), nullable=False),
        sa.Column("seriousness", _codes("seriousness_known", *SERIOUSNESS), nullable=True),
        sa.Column("outcome", _codes("outcome_known", *OUTCOMES), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("session_id", "event_id"):
        op.create_index(f"ix_event_entry_{column}", "event_entry", [column])
    op.create_table(
        "follow_up_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "moment", name="follow_up_form_once"),
    )
