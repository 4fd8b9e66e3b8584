"""OpenID Connect: send somebody to her identity provider, and believe what comes back only when all of it holds.

The code flow with PKCE. The provider's own description is fetched and cached; an ID token is believed when its
signature, issuer, audience, time and nonce are right. Authlib has the protocol, joserfc the signatures; the fetching is
ours, so that no answer is larger or slower than we choose.
Source: OpenID Connect Core 1.0, 3.1; RFC 9700 (security of OAuth); RFC 9207 (who answers).
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from grund.hamtning import Fraga, HamtningFel, far_hamtas, hamta_json
from kansli.konto.leverantor import Leverantor
from kansli.konto.losen import fingeravtryck

# Only signatures with a key of the provider's own: never "none", never one made with a secret that we share.
ALGORITMER: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "Ed25519")
KLOCKSKILLNAD: Final = 60
# How long a provider's description and keys are believed before they are asked for again.
FARSKT_SEKUNDER: Final = 3600.0
_SANT: Final = (True, 1, "1", "true")
_ADRESSER: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcFel(RuntimeError):
    """Nobody is let in. orsak: a code for the log; svarar-inte is the only one that says nothing about the answer."""

    def __init__(self, orsak: str) -> None:
        super().__init__(f"oidc: {orsak}")
        self.orsak = orsak


@dataclass(frozen=True)
class Intygad:
    """Whom a provider vouches for. subject: its own name for the person, which never changes.

    epost: an address that it says is verified, and may vouch for; None when there is none.
    tva_faktorer: whether it says that it has asked for a second factor, in words that the installation believes.
    """

    subject: str
    epost: str | None
    tva_faktorer: bool


_minne: dict[tuple[str, str], tuple[float, Mapping[str, Any]]] = {}
_las: Final = threading.Lock()


def adress_dit(lev: Leverantor, hemlighet: bytes, state: str, tillbaka: str) -> str:
    """Where the browser is sent. state: what ties the answer to this browser. tillbaka: where the answer comes.

    Raises:
        OidcFel: the provider does not answer, or describes itself as somebody else.
    """
    extra = {"acr_values": " ".join(lev.acr)} if lev.acr else {}
    adress: str = prepare_grant_uri(
        beskrivning(lev)["authorization_endpoint"],
        lev.client_id,
        "code",
        redirect_uri=tillbaka,
        scope="openid email",
        state=state,
        nonce=_harled(hemlighet, "nonce", state),
        code_challenge=create_s256_code_challenge(_harled(hemlighet, "pkce", state)),
        code_challenge_method="S256",
        **extra,
    )
    return adress


def intyga(
    lev: Leverantor, hemlighet: bytes, nu: datetime, state: str, svar: Mapping[str, str], tillbaka: str
) -> Intygad:
    """Whom the answer is about. svar: the arguments that the browser came back with; state is the browser's own.

    Raises:
        OidcFel: it is not from the provider, not for us, not for this browser, or not now.
    """
    if not hmac.compare_digest(state.encode(), svar.get("state", "").encode()):
        raise OidcFel("fel-state")
    om = beskrivning(lev)
    kravs = om.get("authorization_response_iss_parameter_supported") is True
    if svar.get("iss", lev.issuer if not kravs else "") != lev.issuer:
        raise OidcFel("fel-avsandare")
    if svar.get("error"):
        raise OidcFel("avbrutet" if svar["error"] == "access_denied" else "nekat")
    if not svar.get("code"):
        raise OidcFel("utan-kod")
    token = _vaxla(lev, om, svar["code"], tillbaka, _harled(hemlighet, "pkce", state))
    return _intygad(lev, _las_token(lev, nu, token, _harled(hemlighet, "nonce", state)))


def beskrivning(lev: Leverantor) -> Mapping[str, Any]:
    """The provider's own description, which must be about the issuer that the installation has named."""
    om = _hamtad("beskrivning", get_well_known_url(lev.issuer, external=True))
    if om.get("issuer") != lev.issuer:
        raise OidcFel("annan-utgivare")
    try:
        OpenIDProviderMetadata(om).validate_authorization_endpoint()
    except ValueError as fel:
        raise OidcFel("trasig-beskrivning") from fel
    if not all(isinstance(om.get(namn), str) and far_hamtas(om[namn]) for namn in _ADRESSER):
        raise OidcFel("trasig-beskrivning")
    return om


def _harled(hemlighet: bytes, vad: str, state: str) -> str:
    """What belongs to a state and is known to this server alone, so that no cookie has to carry it."""
    return fingeravtryck(hemlighet, f"oidc {vad} {state}")


def _hamtad(vad: str, adress: str, om: bool = False) -> Mapping[str, Any]:
    """A document of the provider's, from memory when it is fresh. om: whatever is in memory."""
    with _las:
        tid, kant = _minne.get((vad, adress), (0.0, {}))
    if kant and not om and time.monotonic() - tid < FARSKT_SEKUNDER:
        return kant
    nytt = _objekt(Fraga(adress))
    with _las:
        _minne[vad, adress] = time.monotonic(), nytt
    return nytt


def glom() -> None:
    """Forget what providers have said of themselves."""
    with _las:
        _minne.clear()


def _objekt(fraga: Fraga) -> Mapping[str, Any]:
    try:
        svar = hamta_json(fraga)
    except HamtningFel as fel:
        raise OidcFel("koden-nekad" if fel.kod in (400, 401) else "svarar-inte") from fel
    if not isinstance(svar, dict):
        raise OidcFel("svarar-inte")
    return svar


def _vaxla(lev: Leverantor, om: Mapping[str, Any], kod: str, tillbaka: str, pkce: str) -> str:
    """The ID token that the code is good for, once."""
    falt = {"grant_type": "authorization_code", "code": kod, "redirect_uri": tillbaka, "code_verifier": pkce}
    huvuden = {"Content-Type": "application/x-www-form-urlencoded"}
    adress, huvuden, kropp = _som(lev, om).prepare("POST", om["token_endpoint"], huvuden, urlencode(falt))
    token = _objekt(Fraga(adress, kropp.encode(), huvuden)).get("id_token")
    if not isinstance(token, str):
        raise OidcFel("utan-token")
    return token


def _som(lev: Leverantor, om: Mapping[str, Any]) -> ClientAuth:
    """How we show that we are the client. In the body, where the provider takes it: there is one way to write it.

    In the header a name and a secret are to be encoded first (RFC 6749, 2.3.1), which Authlib leaves to its caller.
    """
    satt = om.get("token_endpoint_auth_methods_supported")
    if lev.hemlighet is None:
        return ClientAuth(lev.client_id, None, "none")
    if isinstance(satt, list) and "client_secret_post" in satt:
        return ClientAuth(lev.client_id, lev.hemlighet, "client_secret_post")
    return ClientAuth(quote_plus(lev.client_id), quote_plus(lev.hemlighet), "client_secret_basic")


def _las_token(lev: Leverantor, nu: datetime, token: str, nonce: str) -> Mapping[str, Any]:
    """The claims of a token whose signature and every claim about whom it is for have been checked."""
    krav = {
        "iss": {"essential": True, "value": lev.issuer},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": lev.client_id},
        "exp": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    try:
        last = _kontrollera_signatur(lev, token)
        pastaenden = CodeIDToken(last.claims, last.header, krav, {"nonce": nonce, "client_id": lev.client_id})
        pastaenden.validate(now=int(nu.timestamp()), leeway=KLOCKSKILLNAD)
    except JoseError as fel:
        raise OidcFel(f"token-{fel.error}"[:60]) from fel
    except (ValueError, TypeError, KeyError) as fel:  # what joserfc makes of a token that is none
        raise OidcFel("token-trasig") from fel
    return dict(pastaenden)


def _kontrollera_signatur(lev: Leverantor, token: str) -> jwt.Token:
    """The token, if a key of the provider's has signed it; its keys are asked for again when it has a new one."""
    register = JWSRegistry(algorithms=list(ALGORITMER), strict_check_header=False)
    try:
        return jwt.decode(token, _nycklar(lev), registry=register)
    except InvalidKeyIdError:
        return jwt.decode(token, _nycklar(lev, om=True), registry=register)


def _nycklar(lev: Leverantor, om: bool = False) -> KeySet:
    svar = _hamtad("nycklar", beskrivning(lev)["jwks_uri"], om).get("keys")
    nycklar = [n for n in svar if isinstance(n, dict)] if isinstance(svar, list) else []
    return KeySet.import_key_set(
        {"keys": [n for n in nycklar if n.get("kty") in ("RSA", "EC", "OKP") and n.get("use") != "enc"]}
    )


def _intygad(lev: Leverantor, om: Mapping[str, Any]) -> Intygad:
    subject, epost, amr = om["sub"], om.get("email"), om.get("amr")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise OidcFel("token-utan-subjekt")
    galler = isinstance(epost, str) and om.get(lev.intyg) in _SANT and lev.svarar_for(epost)
    metoder = [m for m in amr if isinstance(m, str)] if isinstance(amr, list) else []
    starkt = om.get("acr") in lev.acr or any(m in lev.amr for m in metoder)
    return Intygad(subject, str(epost) if galler else None, starkt)
