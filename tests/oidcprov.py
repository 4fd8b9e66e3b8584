"""A small but true OpenID provider in a process of its own, for the tests of logging in by way of one.

It keeps the protocol (code flow, PKCE, codes that work once, signed tokens, keys that can be changed) and can be told
to break it in one way at a time, as an attacker or a faulty provider would. `python -m tests.oidcprov` prints its
issuer and serves until it is ended.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

ROT = Path(__file__).parents[1]
CLIENT_ID, CLIENT_SECRET = "bokslut", "hemligt som bara de två vet"
PERSON = {"sub": "s-1", "email": "anna@exempel.se", "email_verified": True}


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Lage:
    """What the provider is and how it misbehaves.

    pastaenden: claims over the right ones; None takes one away, and exp_om = -60 is a minute ago.
    """

    nyckel: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    pastaenden: dict[str, Any] = field(default_factory=dict)
    beskrivning: dict[str, Any] = field(default_factory=dict)
    svar: dict[str, Any] = field(default_factory=dict)
    signatur: str = "RS256"
    koder: dict[str, dict[str, str]] = field(default_factory=dict)
    sett: list[dict[str, str]] = field(default_factory=list)
    nere: bool = False
    fyllnad: int = 0


class Svarare(BaseHTTPRequestHandler):
    """Answers; `server.lage` is shared by all its threads."""

    server: Provserver

    def log_message(self, *_: object) -> None:
        """Says nothing: the tests read what it answers."""

    def do_GET(self) -> None:
        lage, vag, fraga = self.server.lage, urlsplit(self.path), dict(parse_qsl(urlsplit(self.path).query))
        if lage.nere:
            return self._json({"error": "server_error"}, 503)
        match vag.path:
            case "/.well-known/openid-configuration":
                return self._json(self._beskrivning())
            case "/nycklar":
                return self._json({"keys": [lage.nyckel.as_dict(private=False, use="sig")]})
            case "/in":
                return self._in(fraga)
            case "/sett":
                return self._json(lage.sett)
        return self._json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        kropp = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/lage":
            andrat = json.loads(kropp)
            if andrat.pop("ny_nyckel", False):
                self.server.lage.nyckel = RSAKey.generate_key(2048, {"kid": token_urlsafe(4)})
            for namn, varde in andrat.items():
                setattr(self.server.lage, namn, varde)
            return self._json({})
        if self.path == "/token" and not self.server.lage.nere:
            return self._token(dict(parse_qsl(kropp.decode())))
        return self._json({"error": "server_error"}, 503)

    def _beskrivning(self) -> dict[str, Any]:
        rot = self.server.issuer
        return {
            "issuer": rot,
            "authorization_endpoint": f"{rot}/in",
            "token_endpoint": f"{rot}/token",
            "jwks_uri": f"{rot}/nycklar",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
        } | self.server.lage.beskrivning

    def _in(self, fraga: dict[str, str]) -> None:
        """The person is logged in here already, and comes back with a code."""
        lage = self.server.lage
        lage.sett.append(fraga)
        assert fraga["client_id"] == CLIENT_ID, fraga
        assert (fraga["response_type"], fraga["code_challenge_method"]) == ("code", "S256"), fraga
        kod = token_urlsafe(16)
        lage.koder[kod] = fraga
        svar = {"code": kod, "state": fraga["state"], "iss": self.server.issuer} | lage.svar
        self.send_response(303)
        ut = urlencode({namn: varde for namn, varde in svar.items() if varde is not None})
        self.send_header("Location", f"{fraga['redirect_uri']}?{ut}")
        self.end_headers()

    def _token(self, falt: dict[str, str]) -> None:
        if not self._ar_klienten(falt):
            return self._json({"error": "invalid_client"}, 401)
        fraga = self.server.lage.koder.pop(falt.get("code", ""), None)
        ratt = fraga is not None and fraga["redirect_uri"] == falt["redirect_uri"]
        if not ratt or fraga is None or fraga["code_challenge"] != self._utmaning(falt["code_verifier"]):
            return self._json({"error": "invalid_grant"}, 400)
        token = self._intyg(fraga["nonce"])
        return self._json({"access_token": token_urlsafe(), "token_type": "Bearer", "id_token": token})

    def _ar_klienten(self, falt: dict[str, str]) -> bool:
        if "client_secret_post" in self._beskrivning().get("token_endpoint_auth_methods_supported", []):
            return (falt.get("client_id"), falt.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        vem = base64.b64encode(f"{quote_plus(CLIENT_ID)}:{quote_plus(CLIENT_SECRET)}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {vem}"

    @staticmethod
    def _utmaning(hemlig: str) -> str:
        return _b64(sha256(hemlig.encode()).digest())

    def _intyg(self, nonce: str) -> str:
        """The ID token, signed as it should be or as the tests want it."""
        lage, nu = self.server.lage, int(time.time())
        alla = {"iss": self.server.issuer, "aud": CLIENT_ID, "nonce": nonce, "iat": nu, "exp": nu + 300, **PERSON}
        alla |= {namn.removesuffix("_om"): nu + v if namn.endswith("_om") else v for namn, v in lage.pastaenden.items()}
        om = {namn: varde for namn, varde in alla.items() if varde is not None}
        kid = lage.nyckel.kid
        match lage.signatur:
            case "none":
                huvud = _b64(json.dumps({"alg": "none", "kid": kid}).encode())
                return f"{huvud}.{_b64(json.dumps(om).encode())}."
            case "HS256":  # the public key taken for a secret that both share
                nyckel = OctKey.import_key(_b64(lage.nyckel.as_pem(private=False)))
                return jwt.encode({"alg": "HS256", "kid": kid}, om, nyckel)
            case "annans":
                return jwt.encode({"alg": "RS256", "kid": kid}, om, RSAKey.generate_key(2048))
            case "egen":  # a key that the token brings with it
                nyckel = RSAKey.generate_key(2048)
                return jwt.encode({"alg": "RS256", "jwk": nyckel.as_dict(private=False)}, om, nyckel)
            case "strunt":
                return "inte.en.token"
        return jwt.encode({"alg": "RS256", "kid": kid}, om, lage.nyckel)

    def _json(self, svar: Any, kod: int = 200) -> None:
        kropp = json.dumps(svar).encode() + b" " * self.server.lage.fyllnad
        self.send_response(kod)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(kropp)))
        self.end_headers()
        self.wfile.write(kropp)


class Provserver(ThreadingHTTPServer):
    """On a free port of this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Svarare)
        self.lage = Lage()
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"


@dataclass
class Provleverantor:
    """The process, from the tests' side."""

    issuer: str

    def satt(self, **lage: Any) -> None:
        """Tell it how to be; what is not named stays as it is."""
        bud = urllib.request.Request(f"{self.issuer}/lage", json.dumps(lage).encode())
        urllib.request.urlopen(bud, timeout=5).close()

    def aterstall(self) -> None:
        """As at the start, but for keys and codes."""
        self.satt(pastaenden={}, beskrivning={}, svar={}, signatur="RS256", nere=False, fyllnad=0, sett=[])

    def logga_in(self, adress: str) -> str:
        """What a browser does with the address it was sent to. Returns where it is sent back, on our own side."""
        try:
            with _UTAN_VIDARE.open(adress, timeout=5) as svar:
                raise AssertionError(svar.status)
        except urllib.error.HTTPError as fel:
            with fel:
                tillbaka = urlsplit(fel.headers["Location"])
        return f"{tillbaka.path}?{tillbaka.query}"

    def sett(self) -> list[dict[str, str]]:
        """Every question that browsers came with."""
        with urllib.request.urlopen(f"{self.issuer}/sett", timeout=5) as svar:
            fragor: list[dict[str, str]] = json.load(svar)
        return fragor


class _Stanna(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_UTAN_VIDARE = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stanna())


@contextmanager
def leverantorsprocess() -> Iterator[Provleverantor]:
    """A provider that lives as long as the block."""
    kommando = [sys.executable, "-m", "tests.oidcprov"]
    with subprocess.Popen(kommando, cwd=ROT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Provleverantor(process.stdout.readline().strip())
        finally:
            process.terminate()


def main() -> None:
    server = Provserver()
    print(server.issuer, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
