"""Where a browser comes back to after Google: a page on this computer for one sign-in, or the address pasted by hand."""

from __future__ import annotations

import os
import queue
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

from flows.domain.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0
LONGEST_LINE = 16_384
PAGE = (
    '<!doctype html><html lang="ru"><meta charset="utf-8"><title>Наставник</title>'
    '<body style="font-family:sans-serif;margin:3em"><h1>{title}</h1><p>{text}</p>'
)
HEARD = (
    "Google ответил",
    "Вернитесь в окно, где запущен nastavnik login: там сказано, удался ли вход. Эту страницу можно закрыть.",
)
OTHER = (
    "Это ответ на другой вход",
    "Вернитесь на страницу входа Google, которая открыта сейчас, и закончите вход там.",
)
LATE = (
    "Вход не закончен: ответа Google не было {minutes} мин. Ничего не изменилось; повторите nastavnik login."
)


class Came(NamedTuple):
    """An address that came back: by the browser itself, or pasted."""

    address: str
    pasted: bool


class Redirects:
    """What came back so far, and the address to send browsers back to; `known` tells why an address is not awaited."""

    def __init__(self) -> None:
        self.known: Callable[[str], str] = lambda _: ""
        self.back = f"http://{LOOPBACK}:1/"
        self._came: queue.Queue[Came] = queue.Queue()

    def take(self, address: str, *, pasted: bool) -> str:
        """Take an address that came back; return why it is not the one awaited, empty when it is."""
        wrong = self.known(address)
        if not wrong or pasted:
            self._came.put(Came(address, pasted))
        return wrong

    def awaited(self, seconds: float, say: Callable[[str], None]) -> str:
        """Wait for the answer; what is pasted and is not it is answered with `say`. `Misconfigured` when none came in time."""
        with suppress(queue.Empty):
            while True:
                came = self._came.get(timeout=seconds)
                wrong = self.known(came.address)
                if not wrong:
                    return came.address
                say(wrong)
        raise Misconfigured(LATE.format(minutes=max(1, round(seconds / 60))))


class _Page(BaseHTTPRequestHandler):
    """Answers a browser that came back; other addresses a browser asks of itself (an icon) are not the answer."""

    timeout = PATIENCE
    redirects: Redirects

    def do_GET(self) -> None:
        """Take the address and say on the page where to look."""
        path, _, query = self.path.partition("?")
        if path != "/" or not query:
            self.send_error(404)
            return
        title, text = OTHER if self.redirects.take(f"{self.redirects.back}?{query}", pasted=False) else HEARD
        page = PAGE.format(title=title, text=text).encode()
        self.send_response(200)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("Connection", "close"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing: the address holds the code."""


class _Server(ThreadingHTTPServer):
    """A browser opens connections ahead and leaves them idle: each is served beside the others."""

    daemon_threads = True
    allow_reuse_address = False

    def handle_error(self, *_: object) -> None:
        """Say nothing of a connection that broke: the page is only a courtesy."""


@contextmanager
def listening() -> Iterator[Redirects]:
    """Await browsers on a free port of this computer; where none can be had the address has to be pasted."""
    redirects = Redirects()
    try:
        server = _Server((LOOPBACK, 0), type("_OnePage", (_Page,), {"redirects": redirects}))
    except OSError:
        yield redirects
        return
    redirects.back = f"http://{LOOPBACK}:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield redirects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def read_pasted(redirects: Redirects) -> None:
    """Take every line that is typed or pasted from now on, until there are no more; the process need not wait for it."""
    threading.Thread(target=_lines, args=(redirects,), daemon=True).start()


def _lines(redirects: Redirects) -> None:
    try:
        handle = sys.stdin.fileno()
    except (OSError, ValueError, AttributeError):
        return
    rest = b""
    # Not through sys.stdin: a thread that waits inside it would hold its lock when the process ends.
    with suppress(OSError):
        while piece := os.read(handle, LONGEST_LINE):
            *lines, rest = (rest + piece)[-LONGEST_LINE:].split(b"\n")
            for line in filter(None, (each.strip() for each in lines)):
                redirects.take(line.decode("utf-8", "replace"), pasted=True)
