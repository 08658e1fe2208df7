"""The shelf: packs, what came in and went out, recalls, cartridges with numbers of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "pack",
        sa.Column("gtin", sa.String(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(gtin) = 14", name="gtin_whole"),
        sa.CheckConstraint("pieces >= 0", name="pieces_positive"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("gtin"),
    )
    op.create_index("ix_pack_product_id", "pack", ["product_id"])

    kinds = sa.Enum(
        "received", "taken-off", name="movementkind_known", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "lot_movement",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("quantity_milli", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("quantity_milli > 0", name="movement_of_something"),
        sa.CheckConstraint("\"by\" <> ''", name="movement_signed"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lot.id"],
        ),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", name="movement_once"),
    )
    op.create_index("ix_lot_movement_lot_id", "lot_movement", ["lot_id"])

    op.create_table(
        "lot_recall",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="recall_reasoned"),
        sa.CheckConstraint("lot <> '' AND product <> ''", name="recall_of_something"),
        sa.CheckConstraint("\"by\" <> ''", name="recall_signed"),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", name="recall_once"),
    )
    op.create_table(
        "needle",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cartridge", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id", "sequence"),
    )
    op.create_index("ix_needle_serial", "needle", ["serial"])
    op.create_index("ix_needle_session", "needle", ["session_id", "sequence"], unique=True)
