"""What a row of the register was before a change lies beside the log, and goes when the row does.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABELL = "deltagare_andring"
_VAGRAR = "a change of a deltagare is told as it was"


def upgrade() -> None:
    """Make the table, which nobody changes a row of; a row goes only with the deltagare that it is about."""
    op.create_table(
        _TABELL,
        sa.Column("handelse_nr", sa.Integer(), sa.ForeignKey("handelse.nr"), primary_key=True, autoincrement=False),
        sa.Column("deltagare_id", sa.Integer(), sa.ForeignKey("deltagare.id", ondelete="CASCADE"), nullable=False),
        sa.Column("fore", sa.String(), nullable=False),
        sa.Column("efter", sa.String(), nullable=False),
        sa.CheckConstraint("fore <> efter", "deltagare_andring_andrar"),
    )
    op.create_index(f"ix_{_TABELL}_deltagare_id", _TABELL, ["deltagare_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {_TABELL}_andras BEFORE UPDATE ON {_TABELL} BEGIN SELECT RAISE(ABORT, '{_VAGRAR}'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {_TABELL}_andras BEFORE UPDATE ON {_TABELL}"
            " FOR EACH STATEMENT EXECUTE FUNCTION handelse_vagrar()"
        )


def downgrade() -> None:
    """Remove it, with what it holds."""
    op.drop_table(_TABELL)
