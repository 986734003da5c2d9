"""The seam between the road and a store: one `requests.Session` below both clients (DESIGN §7).

Nothing above knows whether Google or the local office answers: a session that reaches another store, over TCP or in
process through an adapter, is all it takes to work there. The session alone paces, waits and repeats, and only what
may be repeated.
"""

from __future__ import annotations

import os
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from flows.workspace import network_faults, sign_ins
from flows.workspace.clock import Clock
from flows.workspace.pace import Pace, of_google
from flows.workspace.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATABLE = "X-May-Repeat"
OFFICE_SECRET = "NASTAVNIK_OFFICE_SECRET"  # noqa: S105 - the name of a variable
TIMEOUT = (10.0, 180.0)
LIMITED = 429
BROKEN = frozenset({408, 500, 502, 503, 504})
LIMIT_REASONS = ("rateLimitExceeded", "userRateLimitExceeded")
BREAKS = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
GOOGLES = "google.com"
LONGEST_WAIT = 64.0  # seconds
PATIENCE = 110.0  # seconds in all for one call: a lease that stands still for longer is taken for dead
RETRIES, UNHEARD_RETRIES = 6, 2
CROWDED = "Google принимает не больше запросов в минуту, чем уже сделано: жду {seconds} с."
SLOWED = "Google просит не спешить: жду {seconds} с и повторяю"
SILENT = "Google не отвечает: жду {seconds} с и повторяю"
LISTENING = "Жду ответа Google уже {seconds} с."
Outcome = requests.Response | requests.RequestException | OSError


class NotGoogle(requests.RequestException):
    """A web page came instead of an answer: a proxy, a filter or the sign-in page of a network."""


class AskedToWait(requests.RequestException):
    """The other side asks to come back in so many `seconds`, which is longer than anybody should be kept waiting."""

    def __init__(self, seconds: float, request: requests.PreparedRequest) -> None:
        super().__init__(f"asked to wait {seconds:.0f} s", request=request)
        self.seconds = seconds


class Paced(BaseAdapter):
    """Sends through `inner`; repeats what was refused for speed, and what broke when the request may be repeated.

    A request may be repeated when it only reads, or when its caller marked it (`REPEATABLE`): its effect is then
    the same however often it arrives. So may one that has not left this computer. `base` replaces Google's address by
    the office's; `voice` tells whoever waits what for.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - each has its default
        self, inner: BaseAdapter, base: str = "", pace: Pace | None = None, clock: Clock | None = None,
        retries: int = RETRIES, voice: Voice | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._inner = inner
        self._base = base.rstrip("/")
        self._pace = pace or Pace()
        self._clock = clock or Clock()
        self._retries = retries
        self._voice = voice or Voice(self._clock)
        self._answered = False

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the whole body is read here, or a torn one would be found too late
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send until there is an answer that a repetition cannot better, or until no more is to be waited."""
        marked = request.headers.pop(REPEATABLE, "")
        repeatable = request.method in {"GET", "PATCH"} or bool(marked)
        self._aim(request)
        waited = 0.0
        for attempt in range(self._retries + 1):
            self._take_turn(request)
            outcome = self._outcome(request, timeout or TIMEOUT, verify, cert, proxies)
            tries = self._tries(outcome, repeatable=repeatable)
            if attempt >= tries:
                break
            seconds = self._delay(request, outcome, attempt)
            waited += seconds
            if waited > PATIENCE:
                raise AskedToWait(seconds, request)
            why = SLOWED if _limited(outcome) else SILENT
            self._voice.rest(seconds, f"{why} (попытка {attempt + 2} из {tries + 1}).")
        return _given(request, outcome)

    def _take_turn(self, request: requests.PreparedRequest) -> None:
        """Wait until the quotas have room for this request."""
        asked = str(request.method), str(request.url)
        while (seconds := self._pace.wait(*asked, self._clock.now())) > 0:
            self._voice.rest(seconds, CROWDED)

    def _outcome(self, request: requests.PreparedRequest, *options: Any) -> Outcome:
        """Send once: the answer, read to its end, or what came instead."""
        outcome: Outcome
        try:
            with self._voice.beating(LISTENING):
                outcome = self._inner.send(request, False, *options)
                _ = outcome.content
            self._answered = True
        except (requests.RequestException, OSError) as error:
            outcome = error
        self._pace.spend(str(request.method), str(request.url), self._clock.now())
        return outcome

    def _tries(self, outcome: Outcome, *, repeatable: bool) -> int:
        """Tell how often at most a request with this outcome may be repeated."""
        if isinstance(outcome, requests.Response):
            return self._retries if _better_later(outcome, repeatable=repeatable) else 0
        fault = network_faults.named(outcome)
        if fault is not None and fault.lasting:
            return 0
        if network_faults.unsent(outcome):
            return self._retries if self._answered else min(self._retries, UNHEARD_RETRIES)
        return self._retries if repeatable and isinstance(outcome, BREAKS) else 0

    def _delay(self, request: requests.PreparedRequest, outcome: Outcome, attempt: int) -> float:
        """Return the seconds to wait before the next try; a refusal for speed slows down the calls after it, too."""
        if _limited(outcome):
            self._pace.refuse(str(request.method), str(request.url), self._clock.now())
        asked = _asked(outcome, self._clock.wall()) if isinstance(outcome, requests.Response) else 0.0
        return max(asked, min(2.0**attempt + self._clock.jitter(), LONGEST_WAIT))

    def _aim(self, request: requests.PreparedRequest) -> None:
        if self._base and request.url:
            parts = urlsplit(request.url)
            query = f"?{parts.query}" if parts.query else ""
            request.url = f"{self._base}{parts.path}{query}"

    def close(self) -> None:
        """Close what lies below."""
        self._inner.close()


def _given(request: requests.PreparedRequest, outcome: Outcome) -> requests.Response:
    """Return the answer, or raise what came instead of one."""
    if not isinstance(outcome, requests.Response):
        raise outcome
    if _is_page(outcome):
        raise NotGoogle("a page instead of an answer", request=request)
    return outcome


def _is_page(response: requests.Response) -> bool:
    """Tell a page of somebody between from an answer.

    When Google's own servers break, they answer with a page too; its answer to a removal is an empty one that calls itself so.
    """
    page = "text/html" in response.headers.get("Content-Type", "")
    if response.status_code == requests.codes.no_content:
        return False
    return page and not (response.status_code >= requests.codes.server_error and GOOGLES in response.text)


def _limited(outcome: Outcome) -> bool:
    """Tell a refusal for speed: nothing was done."""
    if not isinstance(outcome, requests.Response):
        return False
    if outcome.status_code == requests.codes.forbidden:
        return any(reason in outcome.text for reason in LIMIT_REASONS)
    return outcome.status_code == LIMITED


def _better_later(response: requests.Response, *, repeatable: bool) -> bool:
    """Tell an answer that may change: a speed limit did nothing yet; a broken server may have done the work."""
    return _limited(response) or (repeatable and response.status_code in BROKEN)


def _asked(response: requests.Response, now: float) -> float:
    """Return the seconds that an answer asks to wait; it names them, or a moment, which its own clock is asked about first."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    moment = _moment(asked)
    if moment is None:
        return 0.0
    return max(moment - (_moment(response.headers.get("Date", "")) or now), 0.0)


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def office_session(  # noqa: PLR0913, PLR0917 - each has its default
    inner: BaseAdapter | None = None, base: str = "", clock: Clock | None = None, retries: int = 2,
    secret: str | None = None, voice: Voice | None = None,
) -> requests.Session:  # fmt: skip
    """Return a session whose every call goes to a local office: in process through `inner`, or over TCP to `base`.

    Over TCP it brings the office's `secret`, by itself the one of the environment.
    """
    session = requests.Session()
    session.trust_env = False
    known = os.environ.get(OFFICE_SECRET, "") if secret is None else secret
    if base and known:
        session.headers["Authorization"] = f"Bearer {known}"
    paced = Paced(inner or HTTPAdapter(), base, clock=clock, retries=retries, voice=voice)
    session.mount("https://", paced)
    session.mount("http://", paced)
    return session


def google_session(
    credentials: Any, clock: Clock | None = None, voice: Voice | None = None
) -> requests.Session:
    """Return a session signed by Google credentials, paced for Google's limits; ours bring what asks for their tokens."""
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415 - only with Google

    asking = getattr(credentials, "asking", None)
    session: requests.Session = AuthorizedSession(
        credentials, auth_request=asking(clock, voice) if asking else None, refresh_timeout=60
    )
    session.hooks["response"].append(sign_ins.marking(getattr(credentials, "sign_in", None)))
    quotas = of_google() if clock else _account()
    session.mount("https://", Paced(HTTPAdapter(pool_maxsize=4), pace=quotas, clock=clock, voice=voice))
    return session


@cache
def _account() -> Pace:
    """Return what this process has spent of its account's quotas, whichever session spent it."""
    return of_google()
