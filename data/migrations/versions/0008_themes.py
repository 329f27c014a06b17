"""themes, and what people said of single comments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "theme_labels",
        sa.Column("response_id", sa.String(length=300), nullable=False),
        sa.Column("theme", sa.String(length=64), nullable=False),
        sa.Column("is_about", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("response_id", "theme", name=op.f("pk_theme_labels")),
    )
    op.create_table(
        "themes",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_themes")),
    )


def downgrade() -> None:
    """Bring the database back."""
    op.drop_table("themes")
    op.drop_table("theme_labels")
