"""who looks after each moment, what teams believed of it, and what came of each comment"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "duties",
        sa.Column("moment", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("duty", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("moment", "team", name=op.f("pk_duties")),
    )
    op.create_table(
        "estimates",
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("moment", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", "moment", name=op.f("pk_estimates")),
    )
    op.create_table(
        "moments",
        sa.Column("moment", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("walked_on", sa.Date(), nullable=True),
        sa.Column("walked_by", sa.String(length=200), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("moment", name=op.f("pk_moments")),
    )
    op.create_table(
        "outcomes",
        sa.Column("response_id", sa.String(length=300), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("mood", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("thanks", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_outcomes")),
    )


def downgrade() -> None:
    """Bring the database back."""
    for name in ("outcomes", "moments", "estimates", "duties"):
        op.drop_table(name)
