"""The rules. Each module holds one class; adding a module here is all it takes to add a rule."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from indikatorer.indikator import Indikator


def _hitta() -> dict[str, type[Indikator]]:
    regler = {}
    for modul in sorted(m.name for m in iter_modules(__path__)):
        for klass in vars(import_module(f"{__name__}.{modul}")).values():
            if isinstance(klass, type) and issubclass(klass, Indikator) and klass.__module__ == f"{__name__}.{modul}":
                regler[klass.regel] = klass
    return regler


REGLER: Final = _hitta()
"""regel → the class of such indicators."""
