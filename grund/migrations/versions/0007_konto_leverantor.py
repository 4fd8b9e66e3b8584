"""The identity providers that vouch for accounts.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "konto_leverantor",
        sa.Column("konto_id", sa.String(), sa.ForeignKey("konto.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kopplad", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="konto_leverantor_subject"),
        sa.CheckConstraint(
            "length(issuer) BETWEEN 1 AND 500 AND length(subject) BETWEEN 1 AND 255", "konto_leverantor_langd"
        ),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("konto_leverantor")
