"""Gets other förbund's resultat.json at build time, from a disk or over https, and never more of it than we read.

An address is given by kansli, but whoever answers there is a stranger: only https, only public addresses (checked for
the address that is connected to, not for a name that may change in between), few redirects, little time, few bytes.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from bokslut.jamforelse.grannfil import HOGST_BYTE, Grannbokslut, Grannfel, for_stor, las_grannbokslut, samma

_BIT: Final = 65_536
_FLYTTAD: Final = (301, 302, 303, 307, 308)
_FLYTTAR: Final = 3
_FRAGA: Final = "Kontrollera adressen, eller hämta filen i en webbläsare och ange den i stället."


def _publik(adress: str) -> bool:
    """Whether an IP address is one that anybody on the Internet may reach."""
    ip = ip_address(adress.partition("%")[0])
    inre = getattr(ip, "ipv4_mapped", None) or ip
    return inre.is_global and not inre.is_multicast


@dataclass(frozen=True, slots=True)
class Natverk:
    """How addresses are reached. tillaten: which IP addresses may be. sekunder: per wait, and in all."""

    tillaten: Callable[[str], bool] = _publik
    sammanhang: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    sekunder: tuple[float, float] = (10.0, 30.0)


def hamta_alla(
    var: Sequence[str], forbund: str, ar: int, natverk: Natverk | None = None
) -> tuple[tuple[Grannbokslut, ...], list[Grannfel]]:
    """All that kansli names, checked, in the order given; and every fault. forbund, ar: of the bokslut being built."""
    lasta, fel = [], []
    for v in var:
        try:
            lasta.append((v, las_grannbokslut(v, hamta(v, natverk))))
        except Grannfel as f:
            fel.append(f)
    return tuple(b for _, b in lasta), [*fel, *samma(lasta, forbund, ar)]


def hamta(var: str, natverk: Natverk | None = None) -> bytes:
    """The bytes of a file, or of what an https address answers.

    Raises:
        Grannfel: there is none, it is too large, or the address may not be used.
    """
    return _fran_adress(var, natverk or Natverk()) if "://" in var else _fran_fil(var)


def _fran_fil(var: str) -> bytes:
    try:
        with Path(var).open("rb") as fil:
            innehall = fil.read(HOGST_BYTE + 1)
    except (OSError, ValueError) as fel:
        orsak = fel.strerror if isinstance(fel, OSError) and fel.strerror else str(fel)
        raise Grannfel(var, f"Filen går inte att läsa ({orsak}).", "Kontrollera sökvägen.") from fel
    if len(innehall) > HOGST_BYTE:
        raise for_stor(var)
    return innehall


def _fran_adress(var: str, natverk: Natverk) -> bytes:
    """Follow a few redirects, each checked as the first address was."""
    adress, slut = var, time.monotonic() + natverk.sekunder[1]
    for _ in range(_FLYTTAR + 1):
        delar = _granskad(var, adress)
        svar = _fraga(var, delar, natverk, slut)
        if isinstance(svar, bytes):
            return svar
        adress = _vidare(var, adress, svar)
    raise Grannfel(var, f"Adressen skickar vidare mer än {_FLYTTAR} gånger.", _FRAGA)


def _vidare(var: str, adress: str, mal: str) -> str:
    """Where a redirect leads, from where it was met."""
    try:
        return urljoin(adress, mal)
    except ValueError as fel:
        raise Grannfel(var, "Adressen skickar vidare till något som inte är en adress.", _FRAGA) from fel


def _granskad(var: str, adress: str) -> SplitResult:
    try:
        delar = urlsplit(adress)
        port = delar.port
    except ValueError as fel:
        raise Grannfel(var, f"”{adress}” är ingen adress.", _FRAGA) from fel
    if delar.scheme.lower() != "https" or not delar.hostname:
        raise Grannfel(var, f"Bara adresser som börjar med https:// hämtas, inte ”{adress}”.", _FRAGA)
    if delar.username is not None or port == 0:
        raise Grannfel(var, f"Adressen ”{adress}” får inte ha inloggning i sig.", _FRAGA)
    return delar


def _fraga(var: str, delar: SplitResult, natverk: Natverk, slut: float) -> bytes | str:
    """One question: the answer's bytes, or where it sends us."""
    anslutning = _Anslutning(delar.hostname or "", delar.port or 443, _ip(var, delar, natverk), natverk)
    stig = (delar.path or "/") + (f"?{delar.query}" if delar.query else "")
    try:
        anslutning.request("GET", stig, headers={"Accept": "application/json", "Accept-Encoding": "identity"})
        with anslutning.getresponse() as svar:
            if svar.status in _FLYTTAD and (vidare := svar.getheader("Location")):
                return vidare
            if svar.status != 200:
                raise Grannfel(var, f"Servern svarar med kod {svar.status} i stället för filen.", _FRAGA)
            return _las_svar(var, svar, slut)
    except TimeoutError as fel:
        raise _for_lange(var) from fel
    except ssl.SSLError as fel:
        raise Grannfel(var, f"Serverns certifikat godtas inte ({fel.reason}).", _FRAGA) from fel
    except OSError as fel:
        raise Grannfel(var, f"Filen går inte att hämta ({fel.strerror or 'anslutningen bröts'}).", _FRAGA) from fel
    except (http.client.HTTPException, UnicodeError, ValueError) as fel:
        raise Grannfel(var, "Servern svarar inte som en webbserver ska.", _FRAGA) from fel
    finally:
        anslutning.close()


def _las_svar(var: str, svar: http.client.HTTPResponse, slut: float) -> bytes:
    """Read until the end, the limit or the deadline; more than the limit is never held."""
    if svar.getheader("Content-Length", "0").isdigit() and int(svar.getheader("Content-Length", "0")) > HOGST_BYTE:
        raise for_stor(var)
    innehall = bytearray()
    while bit := svar.read1(_BIT):
        innehall += bit
        if len(innehall) > HOGST_BYTE:
            raise for_stor(var)
        if time.monotonic() > slut:
            raise _for_lange(var)
    return bytes(innehall)


def _for_lange(var: str) -> Grannfel:
    return Grannfel(
        var, "Servern svarar för långsamt.", "Försök igen senare, eller hämta filen och ange den i stället."
    )


def _ip(var: str, delar: SplitResult, natverk: Natverk) -> str:
    """The address to connect to. Every address of the name must be a public one."""
    try:
        svar = socket.getaddrinfo(delar.hostname, delar.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fel:
        raise Grannfel(var, f"Det finns ingen server som heter {delar.hostname}.", _FRAGA) from fel
    adresser = list(dict.fromkeys(str(s[4][0]) for s in svar))
    if not adresser or not all(map(natverk.tillaten, adresser)):
        raise Grannfel(var, f"{delar.hostname} ligger på ett internt nät, och sådana adresser hämtas inte.", _FRAGA)
    return adresser[0]


class _Anslutning(http.client.HTTPSConnection):
    """A connection to an address that has been checked, with the certificate checked for the name."""

    def __init__(self, vard: str, port: int, ip: str, natverk: Natverk) -> None:
        super().__init__(vard, port, timeout=natverk.sekunder[0], context=natverk.sammanhang)
        self._ip, self._sammanhang = ip, natverk.sammanhang

    def connect(self) -> None:
        """Connect to the address instead of asking for the name again."""
        rak = socket.create_connection((self._ip, self.port), self.timeout)
        try:
            self.sock = self._sammanhang.wrap_socket(rak, server_hostname=self.host)
        except BaseException:
            rak.close()
            raise
