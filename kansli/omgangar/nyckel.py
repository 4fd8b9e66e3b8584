"""The private key of a round, from its file or from its paper copy."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from enkat import nycklar
from enkat.models import Omgang
from enkat.nycklar import NyckelFel, Privat
from enkat.papper import papperskopia

# oppen: a file that its owner reads. losenfras: a file under a passphrase. saknas: only the paper copy is left.
Nyckellage = Literal["oppen", "losenfras", "saknas"]


def nyckellage(mapp: Path, omgang_id: str) -> Nyckellage:
    """How the key of a round can be had. mapp: the folder of keys."""
    try:
        return "losenfras" if nycklar.har_losenfras(mapp, omgang_id) else "oppen"
    except NyckelFel:
        return "saknas"


def las_nyckel(mapp: Path, omgang: Omgang, losenfras: str | None, papper: str | None) -> Privat:
    """The key. papper: the groups as they were typed; None reads the file.

    Raises:
        NyckelFel: the file is gone or damaged, the passphrase is wrong, or the paper is another round's.
        PapperFel: a group is wrong.
    """
    if papper is not None:
        return papperskopia.las(papper, str(omgang.nyckel_id))
    return nycklar.las_privat(mapp, omgang.id, losenfras)


def finns_kvar(mapp: Path, omgang_id: str) -> bool:
    """Whether a frozen round's keys are still there: its freeze was cut off before it had cleaned up."""
    return any((mapp / f"{omgang_id}.{slag}").exists() for slag in ("nyckel", "hemlighet"))
