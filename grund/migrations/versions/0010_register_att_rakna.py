"""The register is counted by the last day first: a year's page then reads the year, and not all that was before it.

Revision ID: 0010
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INDEX = "deltagare_att_rakna"


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index(_INDEX, "deltagare")
    op.create_index(_INDEX, "deltagare", ["insats_id", "kon", "slut", "start", "utfall"])


def downgrade() -> None:
    """As it was."""
    op.drop_index(_INDEX, "deltagare")
    op.create_index(_INDEX, "deltagare", ["insats_id", "kon", "start", "slut", "utfall"])
