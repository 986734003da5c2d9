"""Two ways to the office: an adapter of requests inside the process, and a server on loopback."""

from __future__ import annotations

import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from flows.office.errors import OfficeUnavailable, Refusal, body_of
from flows.office.faults import Faults, played
from flows.office.wire import Request, Response, answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from flows.office.service import Office


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


def _as_requests(request: requests.PreparedRequest, response: Response) -> requests.Response:
    built = requests.Response()
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
    server: _Listener

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else b""
        asked = Request(self.command, self.path, dict(self.headers.items()), body)
        try:
            response, halved = played(self.server.office, self.server.faults, asked)
        except OfficeUnavailable as busy:
            response, halved = (
                answer(body_of(Refusal(503, str(busy)), drive="/drive/" in self.path), 503),
                False,
            )
        if response is None:
            self._break()
            return
        self._send(response, len(response.body) // 2 if halved else len(response.body))
        if halved:
            self.wfile.flush()
            self._break()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - names of http.server

    def _send(self, response: Response, sent: int) -> None:
        self.send_response(response.status)
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
    allow_reuse_address = False

    def __init__(self, office: Office, port: int, faults: Faults | None) -> None:
        self.office = office
        self.faults = faults
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that went away; anything else must be seen."""
        import sys  # noqa: PLC0415 - only here

        if not isinstance(
            sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], OSError | ValueError
        ):
            super().handle_error(request, client_address)


class Server:
    """A running server; also a context manager that stops it."""

    def __init__(self, office: Office, port: int = 0, faults: Faults | None = None) -> None:
        office.hold()
        self._listener = _Listener(office, port, faults)
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(office: Office, port: int = 0, faults: Faults | None = None) -> Server:
    """Serve the office on loopback; port 0 takes a free one. The folder is held until the office is closed."""
    return Server(office, port, faults)
