"""The table of long work.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jobb",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("slag", sa.String(), nullable=False),
        sa.Column("konto_id", sa.String(), nullable=False),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("lage", sa.String(), nullable=False),
        sa.Column("steg", sa.String(), nullable=False),
        sa.Column("andel", sa.Integer()),
        sa.Column("besked", sa.String(), nullable=False),
        sa.Column("till", sa.String(), nullable=False),
        sa.Column("borjade", sa.DateTime(timezone=True), nullable=False),
        sa.Column("puls", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lage IN ('pagar', 'klart', 'stoppat')", "jobb_lage"),
        sa.CheckConstraint("andel BETWEEN 0 AND 100", "jobb_andel"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("jobb")
