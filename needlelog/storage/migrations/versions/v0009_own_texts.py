"""The clinic's own wording of its papers, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHEETS = ("aftercare", "preparation", "consent")


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "own_texts",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "sheet",
            sa.Enum(*SHEETS, name="sheetkind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", sa.String(), nullable=False),
        sa.Column("shipped", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name="own_texts_counted"),
        sa.CheckConstraint("\"by\" <> ''", name="own_texts_signed"),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", name="own_texts_once"),
        sa.UniqueConstraint("sheet", "language", "number", name="own_texts_in_order"),
    )
