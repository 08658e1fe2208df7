"""The clinic's own values for figures of the reference data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "clinic_value",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="clinic_value_reasoned"),
        sa.CheckConstraint("\"by\" <> ''", name="clinic_value_signed"),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", name="clinic_value_once"),
    )
