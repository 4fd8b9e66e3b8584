"""The tables of the survey.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _omgang()
    _bunt_och_kod()
    _urna()
    op.create_table(
        "rattelse",
        _omgang_id(primary_key=True),
        sa.Column("fore", sa.String(), primary_key=True),
        sa.Column("efter", sa.String(), nullable=False),
        sa.Column("orsak", sa.String(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.CheckConstraint("length(fore) = 64 AND length(efter) = 64 AND fore <> efter", "rattelse_fingeravtryck"),
        sa.CheckConstraint("length(orsak) > 0", "rattelse_orsak"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "svarslage",
        _omgang_id(primary_key=True),
        sa.Column("enhet", sa.String(), primary_key=True),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("svar", sa.Integer(), nullable=False),
        sa.Column("utdelade", sa.Integer(), nullable=False),
        sa.CheckConstraint("svar >= 0 AND svar % 5 = 0", "svarslage_steg"),
        sa.CheckConstraint("utdelade >= 10", "svarslage_utdelade"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Remove them, with everything in them."""
    for tabell in ("svarslage", "rattelse", "kvitto", "kuvert", "kod", "bunt", "omgang"):
        op.drop_table(tabell)


def _omgang_id(primary_key: bool = False) -> sa.Column[str]:
    nyckel = sa.ForeignKey("omgang.id", ondelete="CASCADE")
    return sa.Column("omgang_id", sa.String(), nyckel, primary_key=primary_key, nullable=False)


def _omgang() -> None:
    op.create_table(
        "omgang",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("enkat_id", sa.String(), nullable=False),
        sa.Column("kalltext", sa.LargeBinary(), nullable=False),
        sa.Column("fingeravtryck", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("population", sa.String(), nullable=False),
        sa.Column("population_antal", sa.Integer()),
        sa.Column("utdelade", sa.Integer()),
        sa.Column("minsta_grupp", sa.Integer(), nullable=False),
        sa.Column("provomgang", sa.Boolean(), nullable=False),
        sa.Column("lage", sa.String(), nullable=False),
        sa.Column("oppnar", sa.DateTime(timezone=True)),
        sa.Column("stanger", sa.DateTime(timezone=True)),
        sa.Column("nad_minuter", sa.Integer(), nullable=False),
        sa.Column("publik_nyckel", sa.LargeBinary()),
        sa.Column("nyckel_id", sa.String()),
        sa.CheckConstraint("lage IN ('utkast', 'oppen', 'fryst', 'gallrad')", "omgang_lage"),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 80", "omgang_id_langd"),
        sa.CheckConstraint("length(fingeravtryck) = 64", "omgang_fingeravtryck"),
        sa.CheckConstraint(
            "coalesce(population_antal, 0) >= 0 AND coalesce(utdelade, 0) >= 0 AND minsta_grupp >= 0", "omgang_antal"
        ),
        sa.CheckConstraint("nad_minuter BETWEEN 0 AND 1440", "omgang_nad"),
        sa.CheckConstraint("stanger > oppnar", "omgang_tider"),
        sa.CheckConstraint("length(publik_nyckel) = 32 AND length(nyckel_id) = 16", "omgang_nyckel"),
        sa.CheckConstraint(
            "lage = 'utkast' OR (publik_nyckel IS NOT NULL AND nyckel_id IS NOT NULL"
            " AND oppnar IS NOT NULL AND stanger IS NOT NULL)",
            "omgang_oppnad",
        ),
        sqlite_with_rowid=False,
    )


def _bunt_och_kod() -> None:
    op.create_table(
        "bunt",
        sa.Column("id", sa.String(), primary_key=True),
        _omgang_id(),
        sa.Column("enhet", sa.String(), nullable=False),
        sa.Column("beteckning", sa.String(), nullable=False),
        sa.Column("antal", sa.Integer(), nullable=False),
        sa.Column("makulerade", sa.Integer(), nullable=False),
        sa.Column("utdelade", sa.Integer()),
        sa.Column("reserv", sa.Boolean(), nullable=False),
        sa.CheckConstraint("antal > 0 AND makulerade BETWEEN 0 AND antal", "bunt_antal"),
        sa.CheckConstraint("utdelade BETWEEN 0 AND antal", "bunt_utdelade"),
        sa.CheckConstraint("length(enhet) BETWEEN 1 AND 80", "bunt_enhet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bunt_omgang_id", "bunt", ["omgang_id"])
    op.create_table(
        "kod",
        sa.Column("avtryck", sa.LargeBinary(), primary_key=True),
        sa.Column("bunt_id", sa.String(), sa.ForeignKey("bunt.id", ondelete="CASCADE"), nullable=False),
        sa.CheckConstraint("length(avtryck) = 32", "kod_avtryck"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kod_bunt_id", "kod", ["bunt_id"])


def _urna() -> None:
    op.create_table(
        "kuvert",
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        _omgang_id(),
        sa.Column("nyckel_id", sa.String(), nullable=False),
        sa.Column("chiffer", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(id) = 16", "kuvert_id"),
        sa.CheckConstraint("length(chiffer) = 896", "kuvert_chiffer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kuvert_omgang_id", "kuvert", ["omgang_id"])
    op.create_table(
        "kvitto",
        _omgang_id(primary_key=True),
        sa.Column("avtryck", sa.LargeBinary(), primary_key=True),
        sa.CheckConstraint("length(avtryck) = 32", "kvitto_avtryck"),
        sqlite_with_rowid=False,
    )
