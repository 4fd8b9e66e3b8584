"""The folder of frozen sets: tables that never change, one manifest, and the salt that its sums are made with."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from enkat.frysning.frysta_rader import Rader
from grund.settings import skriv_privat, synka_mapp

SALT: Final = "salt"
SALT_BYTE: Final = 32
MANIFEST: Final = "manifest.json"
UNDERLAG: Final = "underlag.toml"
ALLA_I_GRUPPEN: Final = 0o440
BARA_AGARE: Final = 0o400

# What the manifest says of one källa.
Uppgift: TypeAlias = dict[str, Any]


def parquet(rader: Rader) -> bytes:
    """The table as Parquet: text columns as dictionaries, empty as null, no names of programs' objects, no times."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    spalter = list(zip(*rader.rader, strict=True)) or [()] * len(rader.kolumner)
    typ = pa.dictionary(pa.int32(), pa.string())
    kolumner = [pa.array([varde or None for varde in spalt], pa.string()).cast(typ) for spalt in spalter]
    ut = io.BytesIO()
    pq.write_table(pa.table(kolumner, names=list(rader.kolumner)), ut, compression="zstd")
    return ut.getvalue()


def skriv(
    mapp: Path,
    filer: Mapping[str, bytes],
    kalla: str,
    uppgift: Uppgift,
    underlag: str,
    rattigheter: int = ALLA_I_GRUPPEN,
) -> None:
    """Put tables in the folder, say so in underlag.toml and last in the manifest. Each file is whole or not there."""
    mapp.mkdir(parents=True, exist_ok=True)
    salt = las_salt(mapp)
    for namn, data in filer.items():
        _ersatt(mapp / namn, data, rattigheter)
    _ersatt(mapp / UNDERLAG, underlag.encode(), 0o640)
    manifest = las_manifest(mapp)
    manifest[kalla] = uppgift | {"filer": {namn: summa(salt, data) for namn, data in filer.items()}}
    text = json.dumps({"kallor": manifest}, ensure_ascii=False, indent=1, sort_keys=True)
    _ersatt(mapp / MANIFEST, text.encode(), 0o640)


def las_manifest(mapp: Path) -> dict[str, Uppgift]:
    """What the manifest says, by källa."""
    fil = mapp / MANIFEST
    kallor: dict[str, Uppgift] = json.loads(fil.read_bytes())["kallor"] if fil.exists() else {}
    return kallor


def las_underlag(mapp: Path) -> str:
    """underlag.toml as it is."""
    fil = mapp / UNDERLAG
    return fil.read_text("utf-8") if fil.exists() else ""


def las_salt(mapp: Path) -> bytes:
    """The folder's salt, made when the first table comes. It is shown to the revisor alone, and never published."""
    fil = mapp / SALT
    if not fil.exists():
        skriv_privat(fil, secrets.token_bytes(SALT_BYTE), behall=True)
    return fil.read_bytes()


def summa(salt: bytes, data: bytes) -> str:
    """HMAC-SHA-256: a plain hash would let a reader test guesses about who answered what."""
    return hmac.new(salt, data, hashlib.sha256).hexdigest()


def andrade(mapp: Path) -> list[str]:
    """The frozen files that are gone or are not what the manifest says."""
    salt = las_salt(mapp)
    summor = {namn: s for uppgift in las_manifest(mapp).values() for namn, s in uppgift["filer"].items()}
    return [n for n, s in summor.items() if not (mapp / n).is_file() or summa(salt, (mapp / n).read_bytes()) != s]


def _ersatt(fil: Path, data: bytes, rattigheter: int) -> None:
    bredvid = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    skriv_privat(bredvid, data)
    bredvid.chmod(rattigheter)
    os.replace(bredvid, fil)
    synka_mapp(fil.parent)
