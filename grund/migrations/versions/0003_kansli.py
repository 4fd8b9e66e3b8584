"""The tables of the staff, and a log that refuses to be changed.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROLLER = ("forbundschef", "kansli", "insatsansvarig", "styrelse", "revisor", "granskare", "godkannare")
_VAGRAR = "loggen kan bara läggas till"


def upgrade() -> None:
    """Make the tables and the triggers."""
    op.create_table(
        "konto",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("epost", sa.String(), nullable=False, unique=True),
        sa.Column("namn", sa.String(), nullable=False),
        sa.Column("roll", sa.String(), nullable=False),
        sa.Column("losen", sa.String()),
        sa.Column("totp", sa.LargeBinary()),
        sa.Column("totp_steg", sa.Integer()),
        sa.Column("aktiv", sa.Boolean(), nullable=False),
        sa.Column("skapad", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"roll IN {_ROLLER}", "konto_roll"),
        sa.CheckConstraint("epost = lower(epost) AND epost LIKE '_%@_%' AND length(epost) <= 254", "konto_epost"),
        sa.CheckConstraint("length(trim(namn)) BETWEEN 1 AND 120", "konto_namn"),
        sa.CheckConstraint("losen LIKE '$argon2id$%'", "konto_losen"),
    )
    op.create_table(
        "reservkod",
        _konto_id(primary_key=True),
        sa.Column("hash_", sa.String(), primary_key=True),
        sa.CheckConstraint("length(hash_) = 64", "reservkod_hash"),
    )
    op.create_table(
        "inbjudan",
        sa.Column("hash_", sa.String(), primary_key=True),
        _konto_id(),
        sa.Column("slag", sa.String(), nullable=False),
        sa.Column("galler_till", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(hash_) = 64", "inbjudan_hash"),
        sa.CheckConstraint("slag IN ('inbjudan', 'nytt_losen')", "inbjudan_slag"),
    )
    op.create_table(
        "inloggning",
        sa.Column("hash_", sa.String(), primary_key=True),
        _konto_id(index=True),
        sa.Column("webblasare", sa.String(), nullable=False),
        sa.Column("visas", sa.String(), nullable=False),
        sa.Column("borjade", sa.DateTime(timezone=True), nullable=False),
        sa.Column("senast", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(hash_) = 64 AND length(webblasare) = 64", "inloggning_hash"),
    )
    op.create_table(
        "forsok",
        sa.Column("nyckel", sa.String(), primary_key=True),
        sa.Column("antal", sa.Integer(), nullable=False),
        sa.Column("senast", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("antal >= 1 AND length(nyckel) = 64", "forsok_antal"),
    )
    _handelse()


def _handelse() -> None:
    op.create_table(
        "handelse",
        sa.Column("nr", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("konto_id", sa.String()),
        *(sa.Column(namn, sa.String(), nullable=False) for namn in ("vem", "roll", "vad", "pa", "fore", "efter")),
        sa.Column("kedja", sa.String(), nullable=False),
        sa.CheckConstraint("length(vad) BETWEEN 1 AND 60", "handelse_vad"),
        sa.CheckConstraint("length(kedja) = 64", "handelse_kedja"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for gor in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER handelse_{gor.lower()} BEFORE {gor} ON handelse"
                f" BEGIN SELECT RAISE(ABORT, '{_VAGRAR}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION handelse_vagrar() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_VAGRAR}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER handelse_andras BEFORE UPDATE OR DELETE OR TRUNCATE ON handelse"
        " FOR EACH STATEMENT EXECUTE FUNCTION handelse_vagrar()"
    )


def downgrade() -> None:
    """Remove them, with everything in them."""
    for tabell in ("handelse", "forsok", "inloggning", "inbjudan", "reservkod", "konto"):
        op.drop_table(tabell)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION handelse_vagrar()")


def _konto_id(primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    nyckel = sa.ForeignKey("konto.id", ondelete="CASCADE")
    return sa.Column("konto_id", sa.String(), nyckel, primary_key=primary_key, index=index, nullable=False)
