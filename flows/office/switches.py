"""Switches of faults: refusals in Google's own words, and rules for `Faults` that give them.

The office by itself is kinder than Google: nothing is late, nothing is limited, a listing knows everything. A test turns
on what it asks about. Bodies are spelt as recorded traffic and public threads show them; a proxy's or a load balancer's
answers (502, 504, 408) are pages, as from Google's own front end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from flows.office import discovery
from flows.office.errors import STATUS
from flows.office.faults import Passing, Rule, Verdict
from flows.office.wire import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

Answering = Literal["before", "after", "cut"] | Response | Callable[[Request], Verdict]
"""A verdict, or what makes one of the request."""
HTML, JSON = "text/html; charset=UTF-8", "application/json; charset=UTF-8"
SIGN_IN_PAGE = (
    "<!DOCTYPE html><html><head><title>Вход в сеть</title></head><body>Введите номер телефона</body></html>"
)
_BROKEN_DRIVE = {
    500: ("internalError", "Internal Error"),
    503: ("backendError", "The service is currently unavailable."),
}
_BROKEN_SHEETS = {500: "Internal error encountered.", 503: "The service is currently unavailable."}
_PAGES = {408: "Request Timeout", 502: "Server Error", 504: "Gateway Timeout"}
_HINT = "https://console.cloud.google.com/apis/api/drive.googleapis.com/quotas?project=100200300"
_CONSUMER = "project_number:100200300"


def refusal(
    request: Request, status: int, message: str, reason: str = "", domain: str = "global"
) -> Response:
    """Refuse in the shape of the service that was asked: Drive names reasons, Sheets a status."""
    error: dict[str, Any] = {"code": status, "message": message}
    if "/drive/" in request.path:
        error["errors"] = [{"domain": domain, "reason": reason or "unknown", "message": message}]
    else:
        error["status"] = STATUS.get(status, "UNKNOWN")
    return _json(status, error)


def broken(request: Request, status: int) -> Response:
    """Answer as a server that fell over does; 408, 502 and 504 come as a page of the load balancer."""
    if status in _PAGES:
        text = f"<!DOCTYPE html><title>Error {status} ({_PAGES[status]})!!1</title><p><b>{status}.</b> That’s an error."
        return Response(status, {"Content-Type": HTML}, text.encode())
    if "/drive/" in request.path:
        reason, message = _BROKEN_DRIVE[status]
        return refusal(request, status, message, reason)
    return refusal(request, status, _BROKEN_SHEETS[status])


def limited(request: Request, after: int | None = None, reason: str = "userRateLimitExceeded") -> Response:
    """Answer that a user asks too often: Drive by 403 with a reason, Sheets by 429; `after` seconds in Retry-After."""
    if "/drive/" in request.path:
        usual = "User Rate Limit Exceeded" if reason.startswith("user") else "Rate Limit Exceeded"
        said = refusal(request, 403, f"{usual}. {_HINT}", reason, "usageLimits")
    else:
        said = _json(429, _spent("Read" if request.method == "GET" else "Write"))
    return (
        said
        if after is None
        else Response(said.status, {**said.headers, "Retry-After": str(after)}, said.body)
    )


def _spent(kind: str) -> dict[str, Any]:
    """Spell what Sheets says when reads or writes of a minute are used up."""
    metric, limit = f"{kind} requests", f"{kind} requests per minute per user"
    about = {
        "service": "sheets.googleapis.com", "consumer": _CONSUMER, "quota_location": "global", "quota_limit_value": "60",
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests", "quota_limit": f"{kind}RequestsPerMinutePerUser",
    }  # fmt: skip
    info = "type.googleapis.com/google.rpc.ErrorInfo"
    return {
        "code": 429,
        "message": f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service 'sheets.googleapis.com' for consumer '{_CONSUMER}'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": info, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": about}
        ],
    }


def spent_for_today(request: Request) -> Response:
    """Answer that the calls of a day are used up."""
    return refusal(request, 403, "Daily Limit Exceeded", "dailyLimitExceeded", "usageLimits")


def revoked(request: Request) -> Response:
    """Answer that the token is no good (any more)."""
    return refusal(request, 401, "Invalid Credentials", "authError")


def no_room(request: Request) -> Response:
    """Answer that there is no room for a file."""
    return refusal(request, 403, "The user's Drive storage quota has been exceeded.", "storageQuotaExceeded")


def forbidden(request: Request) -> Response:
    """Answer that the account may read only."""
    text = "The user does not have sufficient permissions for this file."
    drive = "/drive/" in request.path
    return refusal(
        request, 403, text if drive else "The caller does not have permission", "insufficientFilePermissions"
    )


def protected(request: Request) -> Response:
    """Answer that a cell of the batch is protected."""
    text = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit."
    return refusal(request, 400, f"Invalid requests[0]: {text}")


def page(_request: Request) -> Response:
    """Answer with the page of a network that wants a person to sign in."""
    return Response(200, {"Content-Type": HTML}, SIGN_IN_PAGE.encode())


def late(seconds: float, sleep: Callable[[float], None] = time.sleep) -> Callable[[Request], Passing]:
    """Do what was asked at once and answer so many seconds later."""

    def passed(response: Response) -> Response:
        sleep(seconds)
        return response

    return lambda _: passed


def of(request: Request) -> str:
    """Name the method of a request as Google's documents do; empty when there is none."""
    found = discovery.match(request.method, request.path)
    return found[0].id if found else ""


def at(number: int, verdict: Answering) -> Rule:
    """Give a verdict at one call."""
    return _when(lambda count, _: count == number, verdict)


def since(number: int, verdict: Answering) -> Rule:
    """Give a verdict at a call and at every later one."""
    return _when(lambda count, _: count >= number, verdict)


def on(method: str, verdict: Answering, times: int | None = None) -> Rule:
    """Give a verdict at calls of a method (`drive.files.create`), at the first `times` of them alone where told."""
    left = [times]

    def fits(_: int, request: Request) -> bool:
        if of(request) != method or left[0] == 0:
            return False
        left[0] = None if left[0] is None else left[0] - 1
        return True

    return _when(fits, verdict)


def together(*rules: Rule) -> Rule:
    """Ask rules in turn: the first that has something to say decides, and every one sees every call."""

    def rule(number: int, request: Request) -> Verdict:
        verdicts = [each(number, request) for each in rules]
        return next((each for each in verdicts if each is not None), None)

    return rule


def _when(fits: Callable[[int, Request], bool], verdict: Answering) -> Rule:
    def rule(number: int, request: Request) -> Verdict:
        if not fits(number, request):
            return None
        return verdict(request) if callable(verdict) else verdict

    return rule


class Lagging:
    """A listing that lags: a new file is not in it for so many `calls` of it, or for so many `seconds`.

    A look by id finds the file at once. `incomplete` has the listing say that it did not look everywhere, `empty` has it
    show nothing at all.
    """

    def __init__(
        self,
        calls: int = 0,
        seconds: float = 0.0,
        *,
        incomplete: bool = False,
        empty: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._calls, self._seconds, self._now = calls, seconds, now
        self._incomplete, self._empty = incomplete, empty
        self._made: dict[str, tuple[int, float]] = {}
        self._lists = 0

    def __call__(self, _number: int, request: Request) -> Verdict:
        """Learn of what is made, and leave it out of listings for its time."""
        method = of(request)
        if method == "drive.files.create":
            return self._learnt
        return self._shown if method == "drive.files.list" else None

    def _learnt(self, response: Response) -> Response:
        if response.status == 200:  # noqa: PLR2004 - HTTP's own
            self._made[json.loads(response.body)["id"]] = (self._lists, self._now())
        return response

    def _shown(self, response: Response) -> Response:
        if response.status != 200:  # noqa: PLR2004 - HTTP's own
            return response
        self._lists += 1
        told = json.loads(response.body)
        told["files"] = (
            [] if self._empty else [each for each in told.get("files", ()) if self._known(each["id"])]
        )
        if self._incomplete:
            told["incompleteSearch"] = True
        body = json.dumps(told, ensure_ascii=False).encode()
        return Response(200, response.headers, body)

    def _known(self, file_id: str) -> bool:
        lists, since_ = self._made.get(file_id, (-self._calls - 1, float("-inf")))
        return self._lists - lists > self._calls and self._now() - since_ >= self._seconds


def on_tabs(sheet_ids: Iterable[int]) -> Rule:
    """Protect tabs: a batch that types into one of them is refused whole."""
    closed = set(sheet_ids)

    def rule(_: int, request: Request) -> Verdict:
        if of(request) != "sheets.spreadsheets.batchUpdate":
            return None
        return protected(request) if closed & set(_typed_into(json.loads(request.body))) else None

    return rule


def _typed_into(body: dict[str, Any]) -> Iterable[int]:
    for each in body.get("requests", ()):
        for name in ("updateCells", "appendCells", "repeatCell"):
            told = each.get(name)
            if told:
                area = told.get("range") or told.get("start") or told
                yield int(area.get("sheetId", 0))


def _json(status: int, error: dict[str, Any]) -> Response:
    return Response(status, {"Content-Type": JSON}, json.dumps({"error": error}, ensure_ascii=False).encode())
