"""When the note of the chain's end was begun, so that one that went astray is missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "head_begun",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("after_seal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("after_seal >= 0", name="head_begun_after"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sequence", name="head_begun_in_order"),
    )
