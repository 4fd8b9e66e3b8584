"""What kansli names is fetched with care: only https, only public addresses, little time, never more than the limit."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bokslut.jamforelse import hamta_grannar
from bokslut.jamforelse.grannfil import HOGST_BYTE, Grannfel
from bokslut.jamforelse.hamta_grannar import Natverk, hamta, hamta_alla
from tests.unit.bokslut.test_grannfil import fil


@dataclass
class Grannserver:
    """A server of another förbund. svar: path → (status, headers, bytes); skickat: bytes that were sent at most."""

    adress: str
    natverk: Natverk
    svar: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    skickat: int = 0
    vardnamn: list[str] = field(default_factory=list)


def make_certificate(mapp: Path) -> Path:
    """A certificate for localhost that signs itself."""
    nyckel = ec.generate_private_key(ec.SECP256R1())
    namn = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    nu = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(namn)
        .issuer_name(namn)
        .public_key(nyckel.public_key())
        .serial_number(1)
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(nyckel, hashes.SHA256())
    )
    privat = nyckel.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = mapp / "server.pem"
    pem.write_bytes(privat + cert.public_bytes(serialization.Encoding.PEM))
    return pem


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grannserver]:
    pem = make_certificate(tmp_path_factory.mktemp("tls"))
    litar = ssl.create_default_context(cafile=str(pem))
    granne = Grannserver("", Natverk(tillaten=lambda ip: ip_address(ip).is_loopback, sammanhang=litar, sekunder=(1, 1)))

    class Svar(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, huvuden, innehall = granne.svar.get(self.path, (404, {}, b""))
            granne.vardnamn.append(self.headers["Host"])
            self.send_response(status)
            for k, v in huvuden.items():
                self.send_header(k, v)
            self.end_headers()
            granne.skickat = 0
            try:
                if "X-Langsam" in huvuden:
                    time.sleep(1.6)
                for i in range(0, len(innehall), 65_536):
                    granne.skickat += self.wfile.write(innehall[i : i + 65_536])
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)

    class Server(ThreadingHTTPServer):
        def process_request_thread(self, request: Any, client_address: Any) -> None:
            try:
                with tls.wrap_socket(request, server_side=True) as sakrad:
                    self.finish_request(sakrad, client_address)
            except OSError:
                request.close()

    httpd = Server(("127.0.0.1", 0), Svar)
    granne.adress = f"https://localhost:{httpd.server_port}"
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield granne
    httpd.shutdown()
    httpd.server_close()


def fel(var: str, natverk: Natverk | None = None) -> str:
    with pytest.raises(Grannfel) as f:
        hamta(var, natverk)
    return str(f.value)


def test_a_file_over_https_is_fetched(server: Grannserver) -> None:
    server.svar["/resultat.json"] = (200, {}, fil())
    (granne,), fel_ = hamta_alla([f"{server.adress}/resultat.json"], "Vi", 2020, server.natverk)
    assert (granne.namn, fel_) == ("Granne 2020", [])


def test_a_file_on_disk_is_read_and_a_missing_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(fil())
    assert hamta(str(tmp_path / "a.json")) == fil()
    assert "Filen går inte att läsa" in fel(str(tmp_path / "b.json"))
    assert "Filen går inte att läsa" in fel(str(tmp_path))
    assert "Kontrollera sökvägen." in fel("a\0b")


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    stor = tmp_path / "stor.json"
    with stor.open("wb") as f:
        f.truncate(100_000_000)
    lasta: list[int] = []
    riktig = Path.open

    def raknande(self: Path, *a: Any, **k: Any) -> Any:
        handtag = riktig(self, *a, **k)
        lasa = handtag.read

        class Fil:
            def __enter__(self) -> Any:
                return self

            def __exit__(self, *_: object) -> None:
                handtag.close()

            def read(self, n: int) -> bytes:
                lasta.append(n)
                return bytes(lasa(n))

        return Fil()

    with pytest.MonkeyPatch.context() as m:
        m.setattr(Path, "open", raknande)
        assert "större än 10 MB" in fel(str(stor))
    assert lasta == [HOGST_BYTE + 1]


@pytest.mark.parametrize("huvuden", [{}, {"Content-Length": "100000000"}])
def test_an_answer_of_100_mb_is_cut_off_at_the_limit(server: Grannserver, huvuden: dict[str, str]) -> None:
    server.svar["/stor"] = (200, huvuden, b"x" * 100_000_000)
    assert "större än 10 MB" in fel(f"{server.adress}/stor", server.natverk)
    time.sleep(0.3)
    assert server.skickat < 60_000_000


def test_a_slow_server_is_given_up(server: Grannserver) -> None:
    server.svar["/trog"] = (200, {"X-Langsam": "ja"}, fil())
    fore = time.monotonic()
    assert "Servern svarar för långsamt." in fel(f"{server.adress}/trog", server.natverk)
    assert time.monotonic() - fore < 1.5


def test_a_drip_of_bytes_is_given_up_at_the_deadline(server: Grannserver, monkeypatch: pytest.MonkeyPatch) -> None:
    server.svar["/dropp"] = (200, {}, b"x" * 200_000)
    klocka = iter([0.0, *(100.0 * n for n in range(1, 50))])
    monkeypatch.setattr(hamta_grannar.time, "monotonic", lambda: next(klocka))
    assert "för långsamt" in fel(f"{server.adress}/dropp", server.natverk)


@pytest.mark.parametrize(
    ("adress", "text"),
    [
        ("http://granne.example/resultat.json", "Bara adresser som börjar med https:// hämtas"),
        ("ftp://granne.example/x", "Bara adresser som börjar med https:// hämtas"),
        ("file:///etc/passwd", "Bara adresser som börjar med https:// hämtas"),
        ("https:///x", "Bara adresser som börjar med https:// hämtas"),
        ("https://a:b@granne.example/x", "inloggning"),
        ("https://[::1/x", "är ingen adress"),
        ("https://granne.example:99999/x", "är ingen adress"),
        ("https://127.0.0.1/x", "internt nät"),
        ("https://localhost/x", "internt nät"),
        ("https://10.0.0.8/x", "internt nät"),
        ("https://192.168.1.1/x", "internt nät"),
        ("https://169.254.169.254/latest/meta-data", "internt nät"),
        ("https://[::1]/x", "internt nät"),
        ("https://[::ffff:10.0.0.8]/x", "internt nät"),
        ("https://[fe80::1]/x", "internt nät"),
        ("https://0.0.0.0/x", "internt nät"),
        ("https://2130706433/x", "internt nät"),
    ],
)
def test_what_may_not_be_asked_is_refused_before_it_is_asked(
    adress: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ring(*_: object, **__: object) -> None:
        raise AssertionError("ingen anslutning")

    monkeypatch.setattr(hamta_grannar.socket, "create_connection", ring)
    assert text in fel(adress)


@pytest.mark.parametrize(
    ("mal", "text"),
    [
        ("http://localhost:1/x", "Bara adresser som börjar med https:// hämtas"),
        ("file:///etc/passwd", "Bara adresser som börjar med https:// hämtas"),
        ("https://10.0.0.8/x", "internt nät"),
        ("https://[::1/x", "inte är en adress"),
    ],
)
def test_a_redirect_is_held_to_the_same_rules(server: Grannserver, mal: str, text: str) -> None:
    server.svar["/bort"] = (302, {"Location": mal}, b"")
    assert text in fel(f"{server.adress}/bort", server.natverk)


def test_a_redirect_within_the_rules_is_followed_a_few_times(server: Grannserver) -> None:
    server.svar |= {"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, fil()), "/o": (302, {"Location": "/o"}, b"")}
    assert hamta(f"{server.adress}/a", server.natverk) == fil()
    assert "skickar vidare mer än 3 gånger" in fel(f"{server.adress}/o", server.natverk)


def test_the_checked_address_is_the_one_that_is_asked(server: Grannserver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with a public address first and an inner one later gets no second question."""
    server.svar["/resultat.json"] = (200, {}, fil())
    fragor: list[str] = []
    riktig = hamta_grannar.socket.getaddrinfo

    def fraga(namn: str, *a: Any, **k: Any) -> Any:
        fragor.append(namn)
        return riktig(namn, *a, **k)

    monkeypatch.setattr(hamta_grannar.socket, "getaddrinfo", fraga)
    hamta(f"{server.adress}/resultat.json", server.natverk)
    assert fragor.count("localhost") == 1
    assert server.vardnamn[-1].startswith("localhost")


def test_a_certificate_that_nobody_vouches_for_is_refused(server: Grannserver) -> None:
    natverk = Natverk(tillaten=lambda _: True, sekunder=(1, 1))
    assert "Serverns certifikat godtas inte" in fel(f"{server.adress}/resultat.json", natverk)


def test_an_error_of_the_server_is_told(server: Grannserver) -> None:
    assert "svarar med kod 404" in fel(f"{server.adress}/saknas", server.natverk)
    assert "Filen går inte att hämta" in fel("https://localhost:1/x", server.natverk)


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    for namn, innehall in (("a", b"{"), ("b", fil()), ("c", fil()), ("d", json.dumps([]).encode())):
        (tmp_path / namn).write_bytes(innehall)
    lasta, fel_ = hamta_alla([str(tmp_path / n) for n in "abcd"], "Vi", 2020)
    assert [Path(f.var).name for f in fel_] == ["a", "d", "c"]
    assert len(lasta) == 2
