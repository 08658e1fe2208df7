"""What a label says of the layer of an anaesthetic, and of the hours within which it is not put on again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this schema; what is on the list already says neither."""
    op.add_column("product", sa.Column("layer_mg_per_10cm2", sa.Integer(), nullable=True))
    op.add_column("product", sa.Column("not_again_h", sa.Integer(), nullable=True))
