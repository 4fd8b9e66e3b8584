"""The year that a page is about, opened; a page of its own when it cannot be."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret


def mappen() -> Arbetsmapp:
    """The instance's folders."""
    mapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    return mapp


def oppna(ar: int) -> Aret:
    """The year; a page that there is none when it has no goals."""
    return las_aret(mappen(), ar) or abort(404)


def till_senaste(sida: str, rubrik: str) -> ResponseReturnValue:
    """On to the page of the latest year; with no year, what to do first."""
    aren = mappen().ar()
    if aren:
        return redirect(url_for(sida, ar=aren[0]), 303)
    return render_template("kansli/texter/inget_ar.html", rubrik=rubrik)


def visa_malfel(fel: UnderlagFel) -> ResponseReturnValue:
    """The goals' file cannot be read far enough: every fault of it."""
    return render_template("kansli/texter/malfel.html", fel=fel.diagnoser), 422
