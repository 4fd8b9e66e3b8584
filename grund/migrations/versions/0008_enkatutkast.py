"""The table of the questionnaires' versions.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "enkatversion",
        sa.Column("enkat_id", sa.String(), primary_key=True),
        sa.Column("nr", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("konto_id", sa.String()),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("orsak", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("nr >= 1", "enkatversion_nr"),
        sa.CheckConstraint("length(orsak) BETWEEN 1 AND 300", "enkatversion_orsak"),
    )


def downgrade() -> None:
    """Take it away, with every version but the one in force."""
    op.drop_table("enkatversion")
