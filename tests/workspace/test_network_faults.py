"""What stands between the computer and Google, made on loopback: each has a sentence with its cure, whoever wraps it (G6)."""

from __future__ import annotations

import errno
import socket
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Thread

import pytest
import requests
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from google.auth.transport.requests import Request
from requests.adapters import HTTPAdapter

from flows.domain.errors import Misconfigured, TryLater
from flows.workspace.drive import Drive
from flows.workspace.refusals import translated
from flows.workspace.session import Paced
from flows.workspace.sheets import Sheets
from tests.workspace.test_session import FOUND, Scripted, Waiting


def certificate(folder, begins, ends):
    """Make a certificate of loopback that nobody else has signed; a file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + timedelta(days=begins))
        .not_valid_after(now + timedelta(days=ends))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = folder / "certificate.pem"
    file.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(file)


@contextmanager
def listening(serve):
    """Listen on loopback and let `serve` have each connection; give the address and the list of connections."""
    seen = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                seen.append(connection)
                with connection:
                    serve(connection)

        Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", seen
        server.shutdown(socket.SHUT_RDWR)


def secured(file):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def serve(connection):
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            return

    return serve


def saying(line):
    def serve(connection):
        connection.recv(4096)
        connection.sendall(line)

    return serve


class Wires(HTTPAdapter):
    """Reaches for an address instead of Google's, and counts how often."""

    def __init__(self, address="127.0.0.1:9", **options):
        super().__init__()
        self.address, self.options, self.tries = address, options, 0

    def send(self, request, stream=False, timeout=None, *_):
        self.tries += 1
        request.url = f"https://{self.address}/v4/spreadsheets/b"
        return super().send(request, timeout=timeout, **({"verify": True, "proxies": {}} | self.options))


CLIENTS = {
    "gspread": lambda session: Sheets(session).read("b"),
    "Drive's": lambda session: Drive(session).entry("f"),
    "a batch": lambda session: Sheets(session).batch("b", [{"addSheet": {}}]),
    "google-auth": lambda session: signed(Request(session)),
}


def signed(request):
    with translated("Вход"):
        request("https://oauth2.googleapis.com/token")


def told(client, wires, tries, kind, *cures):
    clock, session = Waiting(), requests.Session()
    session.mount("https://", Paced(wires, clock=clock))
    with pytest.raises(kind) as caught:
        CLIENTS[client](session)
    for cure in cures:
        assert cure in str(caught.value)
    assert wires.tries == tries


each_client = pytest.mark.parametrize("client", CLIENTS)


@each_client
def test_a_certificate_of_a_filter_is_named_with_its_cure_and_tried_once(client, tmp_path):
    with listening(secured(certificate(tmp_path, -1, 1))) as (address, _):
        told(client, Wires(address), 1, Misconfigured, "REQUESTS_CA_BUNDLE", "фильтр")


@pytest.mark.parametrize(("begins", "ends"), [(-9, -8), (8, 9)], ids=["over", "not yet"])
def test_a_certificate_of_another_time_asks_for_the_clock(begins, ends, tmp_path):
    file = certificate(tmp_path, begins, ends)
    with listening(secured(file)) as (address, _):
        told("gspread", Wires(address, verify=file), 1, Misconfigured, "дату, время")


@each_client
def test_a_list_of_certificates_that_is_not_there_is_named_by_its_variable(client, tmp_path):
    wires = Wires(verify=str(tmp_path / "gone.pem"))
    told(client, wires, 1, Misconfigured, "REQUESTS_CA_BUNDLE", "Исправьте путь")


@each_client
@pytest.mark.parametrize(
    ("line", "cure"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "имя и пароль"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "не пропускает"),
    ],
    ids=["407", "403"],
)
def test_a_proxy_that_refuses_is_named_with_its_cure_and_tried_once(client, line, cure):
    with listening(saying(line)) as (address, _):
        wires = Wires("sheets.invalid", proxies={"https": f"http://{address}"})
        told(client, wires, 1, Misconfigured, "HTTPS_PROXY", cure)


@pytest.mark.parametrize("spelt", ["socks5://127.0.0.1:9", "127.0.0.1::9", "htp://127.0.0.1:9"])
def test_a_proxy_that_is_misspelt_is_named_and_tried_once(spelt):
    told("gspread", Wires(proxies={"https": spelt}), 1, Misconfigured, "HTTPS_PROXY", "написан неверно")


@each_client
@pytest.mark.parametrize(
    ("proxies", "cure"), [(True, "прокси не отвечает"), (False, "порт 443")], ids=["proxy", "server"]
)
def test_whoever_listens_to_nobody_is_tried_again_even_for_a_batch_but_not_for_long(client, proxies, cure):
    """Nothing has left the computer; and who was never reached in this run is not waited for."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        wires = Wires("sheets.invalid", proxies={"https": f"http://{address}"}) if proxies else Wires(address)
        told(client, wires, 3, TryLater, cure)


@each_client
@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (socket.gaierror(-2, "Name or service not known"), "DNS"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "не в сети"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "не в сети"),
        (TimeoutError("timed out"), "сервер молчит"),
    ],
    ids=["name", "network", "route", "silence"],
)
def test_a_computer_without_a_network_is_told_so(client, error, cure, monkeypatch):
    def connect(*_, **__):
        raise error

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    told(client, Wires(), 3, TryLater, cure)


def test_a_network_that_goes_away_in_the_middle_of_a_run_is_waited_for():
    adapter, clock = Scripted(FOUND), Waiting()
    gone = requests.ConnectionError(urllib3.exceptions.NewConnectionError(None, "gone"))
    adapter.script[1:] = [*[gone] * 6, FOUND]
    session = requests.Session()
    session.mount("https://", Paced(adapter, clock=clock))
    drive = Drive(session)
    drive.found("q")
    drive.found("q")
    assert len(adapter.sent) == 8


def test_a_handshake_that_is_broken_off_is_told_and_a_batch_is_not_sent_again():
    with listening(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as (address, _):
        told("a batch", Wires(address), 1, TryLater, "защищённое соединение")


def test_a_connection_that_is_lost_on_the_way_says_nothing_of_filters():
    with listening(lambda connection: connection.recv(64)) as (address, _):
        told("a batch", Wires(address), 1, TryLater, "")
