"""Letters to staff and boards, sent to a real mail server on this machine that refuses, breaks and comes back."""

import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from enkat.fragor import Enkat, las_enkat
from enkat.sprak import SPRAK, gettext_for
from enkat.utskick import brevtexter, paminnelse, smtp
from enkat.utskick.adresslista import Adresslista, Mottagare, las_mottagare
from enkat.utskick.brev import Brevinnehall
from enkat.utskick.paminnelse import Rapport, UtskickFel
from enkat.utskick.smtp import Epost, EpostFel, las_epost
from tests.unit.enkat.provenkat import enkat as provenkat

ROT = Path(__file__).parents[3]
DAG = date(2026, 3, 2)
INNEHALL = Brevinnehall(
    "Enkät till personal", "https://enkat.exempel.se/o/x", "Förbundet", "Anna Ek", date(2026, 3, 31), 4
)
PERSONER = [Mottagare(f"p{n}@exempel.se", "sv") for n in range(5)]


@dataclass
class Brevlada:
    """What arrived, and how to misbehave. fore: called with the recipient's number before each reply to DATA."""

    brev: list[Envelope] = field(default_factory=list)
    neka: dict[str, str] = field(default_factory=dict)
    fore: Callable[[SMTP, int], str | None] | None = None
    krypterat: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server: SMTP, session: Session, kuvert: Envelope, adress: str, val: list[str]) -> str:
        if adress in self.neka:
            return self.neka[adress]
        kuvert.rcpt_tos.append(adress)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, kuvert: Envelope) -> str:
        svar = self.fore(server, len(self.brev)) if self.fore is not None else None
        if svar is None or svar.startswith("avbryt efter"):
            self.brev.append(kuvert)
            self.krypterat.append(session.ssl is not None)
        if svar is not None and svar.startswith("avbryt"):
            assert server.transport is not None
            server.transport.abort()
            return "250 OK"
        return svar or "250 OK"

    def till(self) -> list[str]:
        return [kuvert.rcpt_tos[0] for kuvert in self.brev]

    def last(self, nummer: int = 0) -> email.message.EmailMessage:
        innehall = self.brev[nummer].content
        assert isinstance(innehall, bytes)
        return email.message_from_bytes(innehall, policy=email.policy.default)  # type: ignore[return-value]


@pytest.fixture
def lada() -> Brevlada:
    return Brevlada()


@pytest.fixture
def server(lada: Brevlada) -> Iterator[Controller]:
    styrning = Controller(lada, hostname="127.0.0.1", port=0)
    with _startad(styrning):
        yield styrning


class _startad:
    def __init__(self, styrning: Controller) -> None:
        self.styrning = styrning

    def __enter__(self) -> None:
        self.styrning.port = _ledig_port()
        self.styrning.start()

    def __exit__(self, *_: object) -> None:
        if self.styrning.server is not None:
            self.styrning.stop()


def _ledig_port() -> int:
    import socket

    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        port: int = uttag.getsockname()[1]
    return port


def epost(styrning: Controller, **val: Any) -> Epost:
    return Epost("127.0.0.1", styrning.port, val.pop("sakerhet", "ingen"), "Förbundet <kansli@exempel.se>", **val)


@pytest.fixture
def lista(tmp_path: Path) -> Adresslista:
    ny = Adresslista(tmp_path, "personal-2026")
    ny.lagg_till(PERSONER)
    return ny


@pytest.fixture
def personal() -> Enkat:
    fil = ROT / "config/enkater/personal.toml"
    last, _ = las_enkat(fil.name, fil.read_bytes())
    assert last is not None
    return last


def skicka(
    lista: Adresslista, enkat: Enkat, till: Epost, slag: Any = "inbjudan", dag: date = DAG, **val: Any
) -> Rapport:
    utskick = paminnelse.planera(lista, enkat, slag, dag)
    klocka = lambda: datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)  # noqa: E731
    return paminnelse.skicka(lista, utskick, INNEHALL, till, klocka, vanta=lambda _: None, **val)


def test_everyone_gets_the_same_link_once(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    rapport = skicka(lista, personal, epost(server))
    assert (rapport.skickade, rapport.klar()) == (5, True)
    assert sorted(lada.till()) == [m.epost for m in PERSONER]
    kroppar = {lada.last(n).get_content() for n in range(5)}
    assert len(kroppar) == 1, "a letter that differs between people could carry a token"
    assert INNEHALL.lank in kroppar.pop()


def test_the_same_command_again_sends_to_nobody(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    skicka(lista, personal, epost(server))
    assert skicka(lista, personal, epost(server)).skickade == 0
    assert len(lada.brev) == 5


def test_the_reminder_goes_to_everyone_and_refers_to_the_first_letter(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    skicka(lista, personal, epost(server))
    skicka(lista, personal, epost(server), "paminnelse", DAG + timedelta(days=7))
    assert len(lada.brev) == 10
    forst = {str(lada.last(n)["To"]): lada.last(n)["Message-ID"] for n in range(5)}
    for nummer in range(5, 10):
        brev = lada.last(nummer)
        assert brev["In-Reply-To"] == forst[str(brev["To"])] == brev["References"]
        assert brev["Subject"] == "Påminnelse: Enkät till personal"
        assert "Den 2 mars 2026 skrev vi till dig" in brev.get_content()
        assert brevtexter.BREV_ALLA in brev.get_content().replace("\n", " ")


@pytest.mark.parametrize("sprak", SPRAK, ids=lambda s: s.kod)
def test_a_letter_is_in_the_language_of_its_reader(
    server: Controller, lada: Brevlada, tmp_path: Path, personal: Enkat, sprak: Any
) -> None:
    lista = Adresslista(tmp_path, "ny")
    lista.lagg_till([Mottagare("a@exempel.se", sprak.kod)])
    skicka(lista, personal, epost(server))
    assert gettext_for(sprak.kod)(brevtexter.BREV_LANK) in lada.last().get_content()
    assert lada.last().get_content_type() == "text/plain"
    assert lada.last()["Content-Language"] == sprak.lang
    innehall = lada.brev[0].content
    assert isinstance(innehall, bytes)
    assert innehall.isascii(), "not every server takes eight bits"


def test_a_refused_recipient_stops_nobody_else_and_is_not_tried_again(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    lada.neka["p2@exempel.se"] = "550 5.1.1 No such user"
    rapport = skicka(lista, personal, epost(server))
    assert rapport.skickade == 4
    assert rapport.nekade == [("p2@exempel.se", "550 5.1.1 No such user")]
    lada.neka.clear()
    assert skicka(lista, personal, epost(server)).skickade == 0


def test_a_recipient_who_is_refused_for_now_is_sent_to_next_time(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    lada.neka["p2@exempel.se"] = "451 4.7.1 Greylisted"
    rapport = skicka(lista, personal, epost(server))
    assert (rapport.skickade, rapport.kvar, rapport.klar()) == (4, 1, False)
    lada.neka.clear()
    assert skicka(lista, personal, epost(server)).skickade == 1
    assert lada.till().count("p2@exempel.se") == 1


@pytest.mark.parametrize(("svar", "nekade", "kvar"), [("554 5.7.1 Spam", 5, 0), ("452 4.2.2 Full", 0, 5)])
def test_a_refused_letter_is_told_from_one_that_may_come_later(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat, svar: str, nekade: int, kvar: int
) -> None:
    lada.fore = lambda _, __: svar
    rapport = skicka(lista, personal, epost(server))
    assert (len(rapport.nekade), rapport.kvar, rapport.skickade) == (nekade, kvar, 0)


def test_a_connection_lost_after_the_letter_was_taken_gives_no_duplicate(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    lada.fore = lambda _, nummer: "avbryt efter" if nummer == 2 else None
    rapport = skicka(lista, personal, epost(server))
    assert (rapport.skickade, rapport.osakra) == (4, ["p2@exempel.se"])
    assert not rapport.klar()
    lada.fore = None
    assert skicka(lista, personal, epost(server)).skickade == 0
    assert sorted(lada.till()) == [m.epost for m in PERSONER]


def test_one_that_may_have_arrived_is_sent_again_only_on_request_and_as_the_same_letter(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    lada.fore = lambda _, nummer: "avbryt efter" if nummer == 0 else None
    skicka(lista, personal, epost(server))
    lada.fore = None
    assert skicka(lista, personal, epost(server), osakra_igen=True).skickade == 1
    assert lada.till().count("p0@exempel.se") == 2
    assert lada.last(0)["Message-ID"] == lada.last(5)["Message-ID"]


def test_a_server_that_goes_away_leaves_the_rest_for_later(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    port = server.port

    def stang(_: SMTP, nummer: int) -> str | None:
        if nummer == 2:
            assert server.server is not None
            server.server.close()
            return "avbryt före"
        return None

    lada.fore = stang
    rapport = skicka(lista, personal, epost(server))
    assert (rapport.skickade, rapport.kvar, rapport.osakra) == (2, 2, ["p2@exempel.se"])
    assert "bröts" in rapport.avbrott
    ny_lada = Brevlada()
    igen = Controller(ny_lada, hostname="127.0.0.1", port=port)
    igen.start()
    assert skicka(lista, personal, epost(igen)).skickade == 2
    igen.stop()
    assert not set(ny_lada.till()) & set(lada.till())


def test_after_a_crash_in_the_middle_nobody_gets_two(
    server: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat, monkeypatch: pytest.MonkeyPatch
) -> None:
    riktig = lista.anteckna
    antal = iter(range(100))

    def krascha(*rest: Any) -> None:
        if rest[2] == "skickat" and next(antal) == 2:
            raise KeyboardInterrupt
        riktig(*rest)

    monkeypatch.setattr(lista, "anteckna", krascha)
    with pytest.raises(KeyboardInterrupt):
        skicka(lista, personal, epost(server))
    igen = Adresslista(lista.fil.parents[1], "personal-2026")
    rapport = skicka(igen, personal, epost(server))
    assert (rapport.skickade, rapport.osakra) == (2, ["p2@exempel.se"])
    assert sorted(lada.till()) == [m.epost for m in PERSONER]


def test_letters_are_sent_at_a_measured_pace(server: Controller, lista: Adresslista, personal: Enkat) -> None:
    vantat: list[float] = []
    utskick = paminnelse.planera(lista, personal, "inbjudan", DAG)
    paminnelse.skicka(
        lista, utskick, INNEHALL, epost(server), lambda: datetime.now(UTC), per_minut=30, vanta=vantat.append
    )
    assert vantat == [2.0] * 4


@pytest.fixture(scope="module")
def certifikat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    nyckel = ec.generate_private_key(ec.SECP256R1())
    namn = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    nu = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(namn)
        .issuer_name(namn)
        .public_key(nyckel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(nyckel, hashes.SHA256())
    )
    mapp = tmp_path_factory.mktemp("certifikat")
    (mapp / "cert.pem").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    (mapp / "nyckel.pem").write_bytes(
        nyckel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return mapp / "cert.pem", mapp / "nyckel.pem"


def _logga_in(server: SMTP, session: Session, kuvert: Envelope, mekanism: str, data: Any) -> AuthResult:
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"hemligt", handled=False)


@pytest.fixture
def krypterad(lada: Brevlada, certifikat: tuple[Path, Path]) -> Iterator[Controller]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certifikat)
    styrning = Controller(
        lada,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        require_starttls=True,
        auth_required=True,
        authenticator=_logga_in,
    )
    with _startad(styrning):
        yield styrning


def test_starttls_and_login(
    krypterad: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat, certifikat: tuple[Path, Path]
) -> None:
    till = epost(krypterad, sakerhet="starttls", ca=str(certifikat[0]), anvandare="kansli", losenord="hemligt")
    assert skicka(lista, personal, till).skickade == 5
    assert all(lada.krypterat)


def test_a_wrong_password_sends_nothing_and_is_told_once(
    krypterad: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat, certifikat: tuple[Path, Path]
) -> None:
    till = epost(krypterad, sakerhet="starttls", ca=str(certifikat[0]), anvandare="kansli", losenord="fel")
    rapport = skicka(lista, personal, till)
    assert (rapport.skickade, rapport.kvar, lada.brev) == (0, 5, [])
    assert "inloggningen" in rapport.avbrott
    assert "fel" not in repr(till)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    krypterad: Controller, lada: Brevlada, lista: Adresslista, personal: Enkat
) -> None:
    rapport = skicka(lista, personal, epost(krypterad, sakerhet="starttls", anvandare="k", losenord="hemligt"))
    assert (rapport.skickade, lada.brev) == (0, [])
    assert "certificate" in rapport.avbrott.casefold()


def test_deltagare_are_never_written_to(lista: Adresslista) -> None:
    fil = ROT / "config/enkater/deltagare.toml"
    deltagare, _ = las_enkat(fil.name, fil.read_bytes())
    assert deltagare is not None
    with pytest.raises(UtskickFel, match="deltagarnas enkät"):
        paminnelse.planera(lista, deltagare, "inbjudan", DAG)


def test_only_the_other_three_are_written_to() -> None:
    for fil in (ROT / "config/enkater").glob("*.toml"):
        last, _ = las_enkat(fil.name, fil.read_bytes())
        assert last is not None
        assert paminnelse.ar_deltagarenkat(last) == (fil.stem == "deltagare")


def test_a_reminder_needs_an_invitation_and_a_day_between(
    server: Controller, lista: Adresslista, personal: Enkat
) -> None:
    with pytest.raises(UtskickFel, match="Skicka inbjudan först"):
        paminnelse.planera(lista, personal, "paminnelse", DAG)
    skicka(lista, personal, epost(server))
    skicka(lista, personal, epost(server), "paminnelse")
    with pytest.raises(UtskickFel, match="Vänta till i morgon"):
        paminnelse.planera(lista, personal, "paminnelse", DAG)


def test_the_list_is_gone_after_close(lista: Adresslista) -> None:
    assert b"p0@exempel.se" in lista.fil.read_bytes()
    assert lista.radera()
    assert not list(lista.fil.parent.iterdir())
    assert not lista.radera()


def test_the_list_is_read_by_its_owner_alone(lista: Adresslista) -> None:
    assert lista.fil.stat().st_mode & 0o077 == 0


def test_an_empty_list_sends_nothing(tmp_path: Path) -> None:
    with pytest.raises(UtskickFel, match="Läs in adresser"):
        paminnelse.planera(Adresslista(tmp_path, "x"), provenkat(), "inbjudan", DAG)


def test_addresses_are_read_with_all_faults_at_once() -> None:
    data = "epost;sprak\nA@exempel.se;\nb@exempel.se;en\nfel;sv\nc@exempel.se;tlh\na@exempel.se;\nx@y.se, z@y.se;\n"
    mottagare, fel = las_mottagare("adresser.csv", data.encode("cp1252"))
    assert mottagare == [Mottagare("a@exempel.se", "sv"), Mottagare("b@exempel.se", "en")]
    assert [(d.kod, d.plats.rad) for d in fel] == [("fel-adress", 4), ("okant-sprak", 5), ("fel-adress", 7)]


@pytest.mark.parametrize(
    ("miljo", "namn"),
    [
        ({}, "BOKSLUT_SMTP_VARD"),
        ({"BOKSLUT_SMTP_VARD": "m.exempel.se"}, "BOKSLUT_EPOST_FRAN"),
        ({"BOKSLUT_SMTP_SAKERHET": "ingen"}, "BOKSLUT_SMTP_SAKERHET"),
        ({"BOKSLUT_SMTP_SAKERHET": "tls"}, "BOKSLUT_SMTP_SAKERHET"),
        ({"BOKSLUT_SMTP_PORT": "99999"}, "BOKSLUT_SMTP_PORT"),
    ],
)
def test_a_wrong_setting_is_named(miljo: dict[str, str], namn: str) -> None:
    hel = {"BOKSLUT_SMTP_VARD": "m.exempel.se", "BOKSLUT_EPOST_FRAN": "k@exempel.se"} if len(miljo) == 1 else {}
    if namn in ("BOKSLUT_SMTP_VARD", "BOKSLUT_EPOST_FRAN"):
        hel = {}
    with pytest.raises(EpostFel, match=namn):
        las_epost(hel | miljo)


def test_the_default_is_starttls_on_its_port() -> None:
    last = las_epost({"BOKSLUT_SMTP_VARD": "m.exempel.se", "BOKSLUT_EPOST_FRAN": "F <k@exempel.se>"})
    assert (last.sakerhet, last.port) == ("starttls", 587)
    assert smtp.anslut.__doc__
