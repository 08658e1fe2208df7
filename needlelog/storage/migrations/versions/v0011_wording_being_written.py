"""The shipped words beside which a clinic wrote its own, and wording that is still being written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SHEETS = ("aftercare", "preparation", "consent")


def upgrade() -> None:
    """Bring the tables to this schema; of versions kept before, the shipped words are not known any more."""
    op.add_column("own_texts", sa.Column("base", sa.String(), nullable=True))
    op.create_table(
        "own_texts_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sheet",
            sa.Enum(*SHEETS, name="sheetkind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("beside", sa.Integer(), nullable=False),
        sa.Column("shipped", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("beside >= 0", name="own_texts_draft_beside_counted"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("practitioner_id", "sheet", "language", name="own_texts_draft_once"),
    )
