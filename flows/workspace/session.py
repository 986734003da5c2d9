"""The seam between the road and a store: one `requests.Session` below both clients (DESIGN §7).

Nothing above knows whether Google or the local office answers: a session that reaches another store, over TCP or in
process through an adapter, is all it takes to work there. The session alone paces, waits and repeats, and only what
may be repeated.
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPEATABLE = "X-May-Repeat"
OFFICE_SECRET = "NASTAVNIK_OFFICE_SECRET"  # noqa: S105 - the name of a variable
TIMEOUT = (10.0, 180.0)
LIMITED = 429
BROKEN = frozenset({408, 500, 502, 503, 504})
LIMIT_REASONS = ("rateLimitExceeded", "userRateLimitExceeded")
LONGEST_WAIT = 64.0
RETRIES = 6


class NotGoogle(requests.RequestException):
    """A web page came instead of an answer: a proxy, a filter or the sign-in page of a network."""


@dataclass
class Clock:
    """Time as the edge sees it: monotonic seconds, waiting, and the jitter of a wait; tests pass their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


@dataclass
class Pace:
    """Least seconds between calls of one kind; Google allows 60 Sheets calls a minute and 3 Drive writes a second."""

    sheets: float = 0.0
    drive_writes: float = 0.0
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, request: requests.PreparedRequest, clock: Clock) -> None:
        """Wait until this request may leave."""
        sheets = "/v4/spreadsheets" in (request.url or "")
        kind = "sheets" if sheets else "drive" if request.method != "GET" else ""
        gap = {"sheets": self.sheets, "drive": self.drive_writes, "": 0.0}[kind]
        if gap:
            ready = self.last.get(kind, -gap) + gap
            if ready > clock.now():
                clock.sleep(ready - clock.now())
            self.last[kind] = clock.now()


class Paced(BaseAdapter):
    """Sends through `inner`; repeats what was refused for speed, and what broke when the request may be repeated.

    A request may be repeated when it only reads, or when its caller marked it (`REPEATABLE`): its effect is then
    the same however often it arrives. `base` replaces Google's address by the office's.
    """

    def __init__(
        self, inner: BaseAdapter, base: str = "", pace: Pace | None = None, clock: Clock | None = None, retries: int = RETRIES
    ) -> None:  # fmt: skip
        super().__init__()
        self._inner = inner
        self._base = base.rstrip("/")
        self._pace = pace or Pace()
        self._clock = clock or Clock()
        self._retries = retries

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the whole body is read here, or a torn one would be found too late
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send until there is an answer that a repetition cannot better."""
        marked = request.headers.pop(REPEATABLE, "")
        repeatable = request.method in {"GET", "PATCH"} or bool(marked)
        self._aim(request)
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            self._pace.wait(request, self._clock)
            try:
                response = self._inner.send(request, False, timeout or TIMEOUT, verify, cert, proxies)
                _ = response.content
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                if last or not repeatable:
                    raise
                self._clock.sleep(self._delay(attempt, None))
                continue
            if _page(response):
                raise NotGoogle("a page instead of an answer", request=request)
            if last or not _better_later(response, repeatable=repeatable):
                return response
            self._clock.sleep(self._delay(attempt, response))
        raise AssertionError  # the last attempt returned or raised

    def _aim(self, request: requests.PreparedRequest) -> None:
        if self._base and request.url:
            parts = urlsplit(request.url)
            query = f"?{parts.query}" if parts.query else ""
            request.url = f"{self._base}{parts.path}{query}"

    def _delay(self, attempt: int, response: requests.Response | None) -> float:
        asked = response.headers.get("Retry-After", "") if response is not None else ""
        if asked.isdecimal():
            return float(asked)
        return min(2.0**attempt + self._clock.jitter(), LONGEST_WAIT)

    def close(self) -> None:
        """Close what lies below."""
        self._inner.close()


def _page(response: requests.Response) -> bool:
    """Tell a page for people; Google's answer to a removal is an empty one that calls itself a page too."""
    if (
        response.status_code == requests.codes.no_content
        or response.status_code >= requests.codes.server_error
    ):
        return False
    return "text/html" in response.headers.get("Content-Type", "")


def _better_later(response: requests.Response, *, repeatable: bool) -> bool:
    """Tell an answer that may change: a speed limit did nothing yet; a broken server may have done the work."""
    if response.status_code == LIMITED:
        return True
    if response.status_code == requests.codes.forbidden:
        return any(reason in response.text for reason in LIMIT_REASONS)
    return repeatable and response.status_code in BROKEN


def office_session(
    inner: BaseAdapter | None = None, base: str = "", clock: Clock | None = None, retries: int = 2, secret: str | None = None
) -> requests.Session:  # fmt: skip
    """Return a session whose every call goes to a local office: in process through `inner`, or over TCP to `base`.

    Over TCP it brings the office's `secret`, by itself the one of the environment.
    """
    session = requests.Session()
    session.trust_env = False
    known = os.environ.get(OFFICE_SECRET, "") if secret is None else secret
    if base and known:
        session.headers["Authorization"] = f"Bearer {known}"
    paced = Paced(inner or HTTPAdapter(), base, clock=clock, retries=retries)
    session.mount("https://", paced)
    session.mount("http://", paced)
    return session


def google_session(credentials: Any, clock: Clock | None = None) -> requests.Session:
    """Return a session signed by Google credentials, paced for Google's limits."""
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415 - only with Google

    session: requests.Session = AuthorizedSession(credentials, refresh_timeout=60)
    session.mount("https://", Paced(HTTPAdapter(pool_maxsize=4), pace=Pace(1.0, 0.34), clock=clock))
    return session
