"""Preparation sheets as a kind of their own, and papers that were given in error.

The table of papers is made anew, because the list of known kinds stands in it. A preparation sheet that was kept as an
aftercare sheet, told only by its template, becomes one; its seal still covers what it was called then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("aftercare", "preparation", "consent", "record", "adverse-event")
KEPT = "id, session_id, client_id, language, template_version, sha256, size_bytes, made_at, data"
KIND = (
    "CASE WHEN kind = 'aftercare' AND substr(template_version, 1, 12) = 'preparation-' THEN 'preparation' ELSE kind END"
)


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "paper_new",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="paperkind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
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
    op.execute(f"INSERT INTO paper_new ({KEPT}, kind) SELECT {KEPT}, {KIND} FROM paper ORDER BY rowid")  # noqa: S608
    op.drop_table("paper")
    op.rename_table("paper_new", "paper")
    op.create_index("ix_paper_client_id", "paper", ["client_id"])
    op.create_index("ix_paper_session_id", "paper", ["session_id"])
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("handovers", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("handovers >= 0", name="withdrawal_of_some"),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_withdrawal_paper_id", "withdrawal", ["paper_id"])
    op.create_index("ix_withdrawal_session_id", "withdrawal", ["session_id"])
