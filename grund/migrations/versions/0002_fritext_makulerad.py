"""An urn for free text, and the codes that were voided.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "fritext",
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("omgang_id", sa.String(), sa.ForeignKey("omgang.id", ondelete="CASCADE"), nullable=False),
        sa.Column("nyckel_id", sa.String(), nullable=False),
        sa.Column("chiffer", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(id) = 16", "fritext_id"),
        sa.CheckConstraint("length(chiffer) = 3072", "fritext_chiffer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fritext_omgang_id", "fritext", ["omgang_id"])
    if op.get_bind().dialect.name == "postgresql":
        # A table beside this one, for what is long, would number its rows as they come.
        op.execute("ALTER TABLE fritext ALTER COLUMN chiffer SET STORAGE PLAIN")
    op.create_table(
        "makulerad",
        sa.Column("avtryck", sa.LargeBinary(), primary_key=True),
        sa.Column("bunt_id", sa.String(), sa.ForeignKey("bunt.id", ondelete="CASCADE"), nullable=False),
        sa.CheckConstraint("length(avtryck) = 32", "makulerad_avtryck"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_makulerad_bunt_id", "makulerad", ["bunt_id"])


def downgrade() -> None:
    """Remove them, with everything in them."""
    op.drop_table("makulerad")
    op.drop_table("fritext")
