"""The versions of the goals, and the years that the board has decided.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "mal_version",
        sa.Column("ar", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("nr", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingeravtryck", sa.String(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("konto_id", sa.String()),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("skal", sa.String(), nullable=False),
        sa.Column("beslut", sa.String(), nullable=False),
        sa.Column("beslutsdatum", sa.Date()),
        sa.CheckConstraint("ar BETWEEN 1900 AND 2200", "mal_version_ar"),
        sa.CheckConstraint("nr >= 1", "mal_version_nr"),
        sa.CheckConstraint("length(text) <= 1000000", "mal_version_text"),
        sa.CheckConstraint("length(fingeravtryck) = 64", "mal_version_fingeravtryck"),
        sa.CheckConstraint("length(trim(skal)) BETWEEN 1 AND 500", "mal_version_skal"),
        sa.CheckConstraint("(beslut = '') = (beslutsdatum IS NULL)", "mal_version_beslut"),
    )
    op.create_table(
        "mal_beslut",
        sa.Column("ar", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ar", "nr"], ["mal_version.ar", "mal_version.nr"], "mal_beslut_version"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("mal_beslut")
    op.drop_table("mal_version")
