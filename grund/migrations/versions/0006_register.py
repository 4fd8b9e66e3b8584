"""The register: insatser, who answers for them, and those who take part.

Revision ID: 0006
"""

from __future__ import annotations

from functools import reduce

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KON = ("kvinna", "man", "annat", "vill_inte_svara")
_ALDER = ("under_20", *(f"{fran}_{fran + 4}" for fran in range(20, 65, 5)), "minst_65", "okand")
_UTFALL = ("arbete", "extratjanst", "studier", "fortsatt", "saknar_arbetsformaga", "avbrott_halsa", "avbrott_ovrigt")
_FORE = ("arbete", "subventionerat", "studier", "arbetssokande", "inget", "okant")
_TID = ("ingen", "under_1", "ar_1_2", "ar_3_5", "ar_6_9", "minst_10", "okand")
_UTBILDNING = ("utan_grundskola", "grundskola", "gymnasium", "eftergymnasial", "okand")
_UTFALL_ELLER_TOMT = "coalesce(utfall, '')"
_ANSTALLNING = ("osubventionerad", "subventionerad", "eget_foretag")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "insats",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("namn", sa.String(), nullable=False, unique=True),
        sa.Column("enhet", sa.String(), nullable=False),
        sa.Column("aktiv", sa.Boolean(), nullable=False),
        sa.CheckConstraint(_namn("namn"), "insats_namn"),
        sa.CheckConstraint(_namn("enhet"), "insats_enhet"),
    )
    op.create_table(
        "insatsansvarig",
        sa.Column(
            "insats_id",
            sa.Integer(),
            sa.ForeignKey("insats.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("konto_id", sa.String(), primary_key=True, index=True),
    )
    op.create_table(
        "deltagare",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("insats_id", sa.Integer(), sa.ForeignKey("insats.id"), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("kon", sa.String(), nullable=False),
        sa.Column("alder", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("slut", sa.Date()),
        sa.Column("utfall", sa.String()),
        sa.Column("anstallning", sa.String()),
        sa.Column("omfattning", sa.Integer()),
        sa.Column("fore", sa.String(), nullable=False),
        sa.Column("tid", sa.String(), nullable=False),
        sa.Column("utbildning", sa.String(), nullable=False),
        sa.Column("handlingsplan", sa.String(), nullable=False),
        sa.Column("plan_klar", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("andrad", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("insats_id", "nummer", name="deltagare_en_gang"),
        sa.CheckConstraint("nummer BETWEEN 1 AND 999999", "deltagare_nummer"),
        sa.CheckConstraint(_nagot_av("kon", _KON), "deltagare_kon"),
        sa.CheckConstraint(_nagot_av("alder", _ALDER), "deltagare_alder"),
        sa.CheckConstraint(_nagot_av("utfall", _UTFALL), "deltagare_utfall"),
        sa.CheckConstraint(_nagot_av("fore", _FORE), "deltagare_fore"),
        sa.CheckConstraint(_nagot_av("tid", _TID), "deltagare_tid"),
        sa.CheckConstraint(_nagot_av("utbildning", _UTBILDNING), "deltagare_utbildning"),
        sa.CheckConstraint("start >= '1990-01-01'", "deltagare_start"),
        sa.CheckConstraint("slut >= start AND (slut IS NULL) = (utfall IS NULL)", "deltagare_slut"),
        sa.CheckConstraint(
            f"anstallning IS NULL OR ({_nagot_av('anstallning', _ANSTALLNING)} AND {_UTFALL_ELLER_TOMT} = 'arbete')",
            "deltagare_anstallning",
        ),
        sa.CheckConstraint(
            "omfattning IS NULL OR (omfattning BETWEEN 10 AND 100"
            f" AND {_nagot_av(_UTFALL_ELLER_TOMT, ('arbete', 'extratjanst'))})",
            "deltagare_omfattning",
        ),
        sa.CheckConstraint(_nagot_av("handlingsplan", ("ja", "nej", "okant")), "deltagare_handlingsplan"),
        sa.CheckConstraint("plan_klar IS NULL OR (plan_klar >= start AND handlingsplan = 'ja')", "deltagare_plan_klar"),
        sa.CheckConstraint("version >= 1", "deltagare_version"),
    )
    op.create_index("deltagare_att_rakna", "deltagare", ["insats_id", "kon", "start", "slut", "utfall"])
    op.create_index("deltagare_efter_start", "deltagare", ["start"])
    op.create_index("deltagare_efter_slut", "deltagare", ["slut"])


def downgrade() -> None:
    """Take them away, with everything in them."""
    for tabell in ("deltagare", "insatsansvarig", "insats"):
        op.drop_table(tabell)


def _nagot_av(kolumn: str, koder: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"{kolumn} = '{kod}'" for kod in koder) + ")"


def _namn(kolumn: str) -> str:
    """A name of at most 80 signs with too few digits for a personnummer."""
    utan = reduce(lambda uttryck, siffra: f"replace({uttryck}, '{siffra}', '')", "0123456789", kolumn)
    return f"length(trim({kolumn})) BETWEEN 1 AND 80 AND length({kolumn}) - length({utan}) <= 5"
