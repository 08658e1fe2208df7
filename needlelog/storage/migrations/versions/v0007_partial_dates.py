"""How much is known of the dates of a standing fact: what was noted so far are whole days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema."""
    # Made anew and filled: SQLite adds no constraint to a table that stands.
    op.create_table(
        "client_fact_dated",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("factkind_known", "condition", "medicine", "procedure"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("contraindication", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("since_precision", _codes("since_precision_known", "day", "month", "year"), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("until_precision", _codes("until_precision_known", "day", "month", "year"), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("text <> ''", name="fact_worded"),
        sa.CheckConstraint("(since IS NULL) = (since_precision IS NULL)", name="since_with_precision"),
        sa.CheckConstraint("(until IS NULL) = (until_precision IS NULL)", name="until_with_precision"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO client_fact_dated (id, client_id, position, kind, text, contraindication, "
        "since, since_precision, until, until_precision, noted_on) "
        "SELECT id, client_id, position, kind, text, contraindication, "
        "since, CASE WHEN since IS NOT NULL THEN 'day' END, "
        "until, CASE WHEN until IS NOT NULL THEN 'day' END, noted_on "
        "FROM client_fact"
    )
    op.drop_table("client_fact")
    op.rename_table("client_fact_dated", "client_fact")
    op.create_index("ix_client_fact_client_id", "client_fact", ["client_id"])


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
