"""the customer's preference that an action serves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column("actions", sa.Column("preference", sa.String(length=200), server_default="", nullable=False))


def downgrade() -> None:
    """Bring the database back."""
    op.drop_column("actions", "preference")
