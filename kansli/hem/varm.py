"""Works out the latest years anew as soon as something may have changed, so that the next page does not wait for it.

What a year is made of is read and evaluated by whoever asks first, and kept until a file of it changes. After a page
that changes things, and while somebody logs in or waits for long work, a thread of the server asks first.
"""

from __future__ import annotations

import gc
import threading
from contextlib import suppress
from typing import Final

from flask import Flask, Response, current_app, request

from bokslut.publicering.godkannande import GodkannandeFel
from bokslut.publicering.kontrollsumma import SaltFel
from bokslut.publicering.manifest import ManifestFel
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.publicering.utkastet import las_utkastet
from kansli.signaler.jamfort import jamfor_med_publicerat
from kansli.texter.lasning import lagen

FLEST_AR: Final = 2
# Pages that come before others which show figures: on the way in, and while work goes on that changes files.
_FORE: Final = frozenset({"konto.logga_in", "jobb.visa"})
# What the page itself tells of, when somebody opens it.
_KANDA_FEL: Final = (UnderlagFel, GodkannandeFel, SaltFel, ManifestFel, OSError)
_arbetar: Final = threading.Lock()
_vantar: Final = threading.Event()


def init_varm(app: Flask) -> None:
    """Let the application do so; not in tests, where what has been measured must not hang on a thread.

    The program itself is never garbage. Set aside here, it is not searched through when what pages leave is collected,
    which took longer than most pages do.
    """
    gc.collect()
    gc.freeze()
    app.after_request(_efter)


def _efter(svar: Response) -> Response:
    if not current_app.testing and (request.method == "POST" or request.endpoint in _FORE):
        mapp = current_app.extensions["kansli"].mapp
        threading.Thread(target=varm, args=(mapp,), name="varm", daemon=True).start()
    return svar


def varm(mapp: Arbetsmapp) -> None:
    """Read the latest years. What has not changed costs nothing.

    One thread does so at a time; what is asked for meanwhile it does once more when it is through.
    """
    _vantar.set()
    if not _arbetar.acquire(blocking=False):
        return
    try:
        while _vantar.is_set():
            _vantar.clear()
            for ar in mapp.ar()[:FLEST_AR]:
                with suppress(*_KANDA_FEL):
                    _las(mapp, ar)
    finally:
        _arbetar.release()


def _las(mapp: Arbetsmapp, ar: int) -> None:
    aret = las_aret(mapp, ar)
    if aret is not None:
        lagen(mapp.underlag(ar), aret)
        jamfor_med_publicerat(aret)
        las_utkastet(mapp, ar)
