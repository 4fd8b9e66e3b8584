"""The first page after logging in."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("hem", __name__, url_prefix="/kansli")


@bp.get("")
def hem() -> ResponseReturnValue:
    """What there is to do here."""
    return render_template("kansli/hem.html")
