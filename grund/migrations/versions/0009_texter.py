"""The versions of texts, what the last examination of a bokslut found, and why a version is to be corrected.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TID = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "textversion",
        sa.Column("ar", sa.Integer(), primary_key=True),
        sa.Column("fil", sa.String(), primary_key=True),
        sa.Column("nr", sa.Integer(), primary_key=True),
        sa.Column("slag", sa.String(), nullable=False),
        sa.Column("text", sa.String()),
        sa.Column("summa", sa.String(), nullable=False),
        sa.Column("konto_id", sa.String()),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("anteckning", sa.String(), nullable=False),
        sa.Column("tid", _TID, nullable=False),
        sa.CheckConstraint("slag IN ('skrivet', 'granskat', 'aterlamnat', 'borttaget')", "textversion_slag"),
        sa.CheckConstraint("nr >= 1 AND ar BETWEEN 2000 AND 2999", "textversion_nr"),
        sa.CheckConstraint("length(summa) = 64", "textversion_summa"),
        sa.CheckConstraint("text IS NULL OR fil LIKE 'texter/%'", "textversion_utan_berattelser"),
    )
    op.create_table(
        "granskat",
        sa.Column("slag", sa.String(), primary_key=True),
        sa.Column("ar", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("stampel", sa.String(), nullable=False),
        sa.Column("fynd", sa.String(), nullable=False),
        sa.Column("anmarkning", sa.String(), nullable=False),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("tid", _TID, nullable=False),
        sa.CheckConstraint("slag IN ('utkast', 'verifiering')", "granskat_slag"),
        sa.CheckConstraint("version >= 0 AND ar BETWEEN 2000 AND 2999", "granskat_version"),
        sa.CheckConstraint("length(stampel) = 64", "granskat_stampel"),
    )
    op.create_table(
        "rattelseskal",
        sa.Column("ar", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("skal", sa.String(), nullable=False),
        sa.Column("vem", sa.String(), nullable=False),
        sa.Column("tid", _TID, nullable=False),
        sa.CheckConstraint("version >= 2 AND ar BETWEEN 2000 AND 2999", "rattelseskal_version"),
        sa.CheckConstraint("length(trim(skal)) BETWEEN 1 AND 1000", "rattelseskal_skal"),
    )


def downgrade() -> None:
    """Take them away."""
    for tabell in ("rattelseskal", "granskat", "textversion"):
        op.drop_table(tabell)
