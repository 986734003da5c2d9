"""Faults put between a client and the office, for tests: lost requests, lost answers, half answers, errors."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Literal

from flows.office.wire import Request, Response

if TYPE_CHECKING:
    from flows.office.service import Office

Passing = Callable[[Response], Response]
Verdict = Literal["before", "after", "cut"] | Response | Passing | None
Rule = Callable[[int, Request], Verdict]


class Faults:
    """Ask `rule(n, request)` about each request, n counted from 1.

    `before`: the connection breaks and nothing was done; `after`: it was done and the answer is lost; `cut`: it
    was done and half of the answer arrives; a `Response` is given instead and nothing was done; a function: it was done
    and the answer is what the function makes of it, which may take its time; None: no fault.
    """

    def __init__(self, rule: Rule) -> None:
        self.count = 0
        self._rule = rule
        self._lock = Lock()

    def verdict(self, request: Request) -> Verdict:
        """Count the request and answer what is to happen to it."""
        with self._lock:
            self.count += 1
            number = self.count
        return self._rule(number, request)


def played(office: Office, faults: Faults | None, request: Request) -> tuple[Response | None, bool]:
    """Serve a request under the faults: the answer, None if the connection must break, and whether to halve it."""
    verdict = faults.verdict(request) if faults else None
    if isinstance(verdict, Response):
        return verdict, False
    if verdict == "before":
        return None, False
    response = office.handle(request)
    if callable(verdict):
        return verdict(response), False
    return (None if verdict == "after" else response), verdict == "cut"
