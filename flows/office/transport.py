"""Two ways to the office: an adapter of requests inside the process, and a server on loopback."""

from __future__ import annotations

import os
import re
import socket
import struct
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Self

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from flows.office import bodies, gate
from flows.office.errors import OfficeUnavailable, Refusal, body_of
from flows.office.faults import Faults, played
from flows.office.spelling import loaded
from flows.office.wire import Request, Response, answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from flows.office.service import Office

_PATH = re.compile(r"/(?!/)")
_IDLE, _DRAINING, _PARTING = 600.0, 1.0, 10.0  # seconds
_MOST_DRAINED = 64
_NO_SECRET, _NO_METHOD = 401, 405


class InProcess(BaseAdapter):
    """Mount on a `requests.Session` for any base address; requests to it never leave the process."""

    def __init__(self, office: Office, faults: Faults | None = None) -> None:
        super().__init__()
        self._office = office
        self._faults = faults

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature of requests
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: ARG002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Answer as a server would; a cut or lost answer is a `ConnectionError`."""
        asked = Request(
            request.method or "GET", request.url or "", dict(request.headers), _bytes(request.body)
        )
        response, halved = played(self._office, self._faults, asked)
        if response is None or halved:
            raise requests.ConnectionError("Connection aborted.", request=request)
        return _as_requests(request, response)

    def close(self) -> None:
        """Nothing is held here: the office is closed by whoever opened it."""


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body)


class _Answer(requests.Response):
    """An answer of the office itself, whose JSON is known to be sound."""

    def json(self, **_: Any) -> Any:
        """Read the body; `JSONDecodeError` where it holds something else."""
        try:
            return loaded(self.content)
        except ValueError:
            return super().json()


def _as_requests(request: requests.PreparedRequest, response: Response) -> requests.Response:
    built = _Answer()
    built.status_code = response.status
    built.headers = CaseInsensitiveDict({**response.headers, "Content-Length": str(len(response.body))})
    built.encoding = "utf-8"
    built.raw = BytesIO(response.body)
    built.url = request.url or ""
    built.request = request
    return built


class _Handler(BaseHTTPRequestHandler):
    """One connection; header and body leave in one packet, else each answer waits 40 ms."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = _IDLE
    server: _Listener

    def parse_request(self) -> bool:
        """Read the headers: from here on the client must not keep us waiting."""
        self.connection.settimeout(bodies.LONGEST_WAIT)
        try:
            return super().parse_request()
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - whatever the standard library's parser of headers stumbles over
            self.send_error(HTTPStatus.BAD_REQUEST, "Malformed headers.")
            return False

    def handle_expect_100(self) -> bool:
        """Ask for the body at once: what is buffered would make the client wait."""
        going = super().handle_expect_100()
        self.wfile.flush()
        return going

    def _serve(self) -> None:
        try:
            body = self._admitted()
        except Refusal as refusal:
            self._refuse(refusal)
            return
        asked = Request(self.command, self.path, dict(self.headers.items()), body)
        response, halved = self._played(asked)
        if response is None:
            self._break()
            return
        self._send(response, len(response.body) // 2 if halved else len(response.body))
        if halved:
            self.wfile.flush()
            self._break()
        else:
            self.connection.settimeout(_IDLE)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - names of http.server

    def _admitted(self) -> bytes:
        """Read the body of a request that may come in."""
        if not _PATH.match(self.path):
            raise Refusal(400, "The request must name a path.", "badRequest")
        gate.check(self.headers, self.server.server_address[1], self.server.secret)
        body = bodies.body_of(self.command, self.headers, self.rfile)
        gate.check_type(self.command, self.path, self.headers, body)
        return body

    def _played(self, asked: Request) -> tuple[Response | None, bool]:
        try:
            return played(self.server.office, self.server.faults, asked)
        except OfficeUnavailable as busy:
            return _told(asked, Refusal(503, str(busy))), False
        except Exception as failure:  # noqa: BLE001 - a client must hear of it, whatever it is
            refusal = Refusal(
                500, "Внутренняя ошибка локального офиса. Ничего не записано.", type(failure).__name__
            )
            return self._noted(asked, refusal), False

    def _noted(self, asked: Request, refusal: Refusal) -> Response:
        try:
            return self.server.office.refuse(asked, refusal)
        except OfficeUnavailable:  # it keeps no journal now
            return _told(asked, refusal)

    def _refuse(self, refusal: Refusal) -> None:
        """Answer without having read the body, take what is on its way, and let the client go."""
        path = self.path if _PATH.match(getattr(self, "path", "")) else "/"
        response = self._noted(Request(getattr(self, "command", None) or "GET", path), refusal)
        self.close_connection = True
        extra = {
            "Connection": "close",
            **({"WWW-Authenticate": "Bearer"} if refusal.status == _NO_SECRET else {}),
        }
        self._send(
            Response(response.status, {**response.headers, **extra}, response.body), len(response.body)
        )
        self.wfile.flush()
        self._drain()

    def _drain(self) -> None:
        """Take what the client has sent: an answer is lost with the connection if anything lies there unread."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_DRAINING)
            for _ in range(_MOST_DRAINED):
                if not self.connection.recv(1 << 16):
                    return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP as everything else is refused: in Google's form, with a row in the journal."""
        self.request_version = (
            self.protocol_version
        )  # of a line that names none the answer would have no headers
        status = _NO_METHOD if code == HTTPStatus.NOT_IMPLEMENTED else int(code)
        self._refuse(Refusal(status, message or explain or "Bad Request", "badRequest"))

    def _send(self, response: Response, sent: int) -> None:
        self.send_response_only(response.status)
        self.send_header("Date", self.date_time_string())
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body[:sent])

    def _break(self) -> None:
        """Reset the connection, as a network that fails does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of http.server
        """Addresses may hold names of people: the journal is enough."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows the option would let two servers have one port; it has no waiting ports to need it for.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 128

    def __init__(self, office: Office, port: int, faults: Faults | None, secret: str) -> None:
        self.office = office
        self.faults = faults
        self.secret = secret
        self._open: dict[socket.socket, Thread] = {}
        self._counting = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, known until it ends."""
        thread = Thread(target=self._connection, args=(request, client_address), daemon=True)
        with self._counting:
            self._open[request] = thread
        thread.start()

    def _connection(self, request: Any, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._counting:
                self._open.pop(request, None)

    def let_go(self) -> None:
        """End every connection: one that waits at once, one that is being answered after its answer."""
        with self._counting:
            left = dict(self._open)
        for connection in left:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        for thread in left.values():
            thread.join(_PARTING)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that went away; anything else must be seen."""
        import sys  # noqa: PLC0415 - only here

        if not isinstance(
            sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], OSError | ValueError
        ):
            super().handle_error(request, client_address)


class Server:
    """A running server; also a context manager that stops it."""

    def __init__(self, office: Office, port: int = 0, faults: Faults | None = None, secret: str = "") -> None:
        office.hold()
        self._listener = _Listener(office, port, faults, secret)
        self.base = f"http://127.0.0.1:{self._listener.server_address[1]}/"
        self._thread = Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; the office itself stays open."""
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()
        self._listener.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(office: Office, port: int = 0, faults: Faults | None = None, secret: str = "") -> Server:
    """Serve the office on loopback; port 0 takes a free one. The folder is held until the office is closed.

    Every request must bring `secret`; an empty one asks for none.
    """
    return Server(office, port, faults, secret)


def _told(asked: Request, refusal: Refusal) -> Response:
    return answer(body_of(refusal, drive="/drive/" in asked.url), refusal.status)
