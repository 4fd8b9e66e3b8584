"""Gets small JSON answers from another server, and never more of them than we read.

For servers that the installation itself names: an identity provider, a statistics office. Only https (http for this
machine alone), no redirects, no proxy, little time, few bytes.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urlsplit

_BIT: Final = 65_536
_HEMMA: Final = frozenset({"127.0.0.1", "::1", "localhost"})

Orsak = Literal["adress", "svarar-inte", "nekar", "for-stort", "inte-json"]


class HamtningFel(RuntimeError):
    """What came was nothing to read.

    orsak: adress (not one that may be asked), svarar-inte, nekar (a status above 399, or a redirect; see kod),
    for-stort, inte-json. innehall: what was said with a refusal, as far as it is JSON.
    """

    def __init__(self, orsak: Orsak, kod: int | None = None, innehall: Any = None) -> None:
        super().__init__(f"fetch: {orsak}" + ("" if kod is None else f" {kod}"))
        self.orsak, self.kod, self.innehall = orsak, kod, innehall


@dataclass(frozen=True)
class Fraga:
    """What is asked. data: the body of a POST; None asks with GET. hogst: bytes of an answer. sekunder: in all."""

    adress: str
    data: bytes | None = None
    huvuden: Mapping[str, str] = field(default_factory=dict)
    hogst: int = 1_000_000
    sekunder: float = 10.0


class _Stanna(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer that we did not ask for."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPPNA: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stanna())


def far_hamtas(adress: str) -> bool:
    """Whether an address may be asked: https, or http to this machine; without a name and a password in it."""
    try:
        delar = urlsplit(adress)
        vard, _ = delar.hostname, delar.port
    except ValueError:
        return False
    hemma = delar.scheme == "http" and vard in _HEMMA
    return bool(vard) and (delar.scheme == "https" or hemma) and delar.username is None and adress.isascii()


def hamta_json(fraga: Fraga) -> Any:
    """What the address answers, read as JSON.

    Raises:
        HamtningFel: it does not answer, or not with what can be read.
    """
    return las_json(hamta(fraga))


def las_json(innehall: bytes) -> Any:
    """JSON as UTF-8.

    Raises:
        HamtningFel: it is not, or nested deeper than anything we read.
    """
    try:
        return json.loads(innehall)
    except (ValueError, RecursionError) as fel:
        raise HamtningFel("inte-json") from fel


def hamta(fraga: Fraga) -> bytes:
    """The bytes of an answer.

    Raises:
        HamtningFel: see there.
    """
    if not far_hamtas(fraga.adress):
        raise HamtningFel("adress")
    slut = time.monotonic() + fraga.sekunder
    bud = urllib.request.Request(fraga.adress, fraga.data, {"Accept": "application/json", **fraga.huvuden})
    try:
        with _OPPNA.open(bud, timeout=fraga.sekunder) as svar:
            return _las(svar, fraga.hogst, slut)
    except urllib.error.HTTPError as fel:
        with fel:
            raise HamtningFel("nekar", fel.code, _sagt(fel, slut)) from fel
    except (OSError, http.client.HTTPException, ValueError) as fel:
        raise HamtningFel("svarar-inte") from fel


def _sagt(svar: Any, slut: float) -> Any:
    """What a refusal says, when it says it in JSON."""
    try:
        return las_json(_las(svar, _BIT, slut))
    except (HamtningFel, OSError, http.client.HTTPException):
        return None


def _las(svar: Any, hogst: int, slut: float) -> bytes:
    """Read until the end, the limit or the deadline; more than the limit is never held."""
    innehall = bytearray()
    while bit := svar.read1(_BIT):
        innehall += bit
        if len(innehall) > hogst:
            raise HamtningFel("for-stort")
        if time.monotonic() > slut:
            raise HamtningFel("svarar-inte")
    return bytes(innehall)
