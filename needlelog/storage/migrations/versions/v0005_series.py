"""Series of the clients, and which signed visit was a session of which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "series",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("zones", sa.String(), nullable=False),
        sa.Column("depth_um", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("usual", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("sessions >= 1", name="series_sessions_positive"),
        sa.CheckConstraint("interval_days >= 1", name="series_interval_positive"),
        sa.CheckConstraint("depth_um BETWEEN 0 AND 9999990", name="series_depth_sane"),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_reason = '')", name="series_end_reasoned"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", "version", name="series_version_once"),
    )
    op.create_index("ix_series_client", "series", ["client_id", "sequence"])
    op.create_table(
        "series_treatment",
        sa.Column("series_sequence", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("combination", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["series_sequence"], ["series.sequence"]),
        sa.PrimaryKeyConstraint("series_sequence", "position"),
    )
    op.create_table(
        "series_grade",
        sa.Column("series_sequence", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at_end", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["series_sequence"], ["series.sequence"]),
        sa.PrimaryKeyConstraint("series_sequence", "position"),
    )
    op.create_table(
        "series_visit",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1 AND sessions >= 1", name="series_visit_counted"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("session_id", "sequence"),
    )
    op.create_index("ix_series_visit_series_id", "series_visit", ["series_id"])
