"""which answers a meeting was given, in their order"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "action_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_answers_action_id_actions")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_action_answers_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_answers")),
        sa.UniqueConstraint("action_id", name=op.f("uq_action_answers_action_id")),
    )
    with op.batch_alter_table("action_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_answers_meeting_id"), ["meeting_id"], unique=False)


def downgrade() -> None:
    """Bring the database back."""
    with op.batch_alter_table("action_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_answers_meeting_id"))

    op.drop_table("action_answers")
