"""What left a client: every request of a run, and those that were sent again blindly, not knowing what had become of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.office import Request, Response, switches

if TYPE_CHECKING:
    from flows.office import Rule, Verdict

REFUSED = frozenset({400, 401, 403, 404, 409, 412, 429})
"""Answers that say that nothing was done."""


@dataclass
class Recorder:
    """A rule that writes every request down and asks another rule what is to happen to it."""

    rule: Rule | None = None
    methods: list[str] = field(default_factory=list)
    sent: list[tuple[str, str, bytes, bool]] = field(default_factory=list)
    count: int = 0

    def begin(self, rule: Rule | None = None) -> None:
        """Begin a new run: calls are counted from one again."""
        self.rule, self.count = rule, 0
        self.methods.clear()
        self.sent.clear()

    def __call__(self, _: int, request: Request) -> Verdict:
        self.count += 1
        verdict = self.rule(self.count, request) if self.rule else None
        method = switches.of(request)
        self.methods.append(method)
        safe = isinstance(verdict, Response) and verdict.status in REFUSED
        self.sent.append((method, request.path, request.body, safe))
        return verdict

    def blind(self) -> list[str]:
        """Name what was sent again without a look in between, though it might have been done: it may not be repeated."""
        told, open_ = [], set()
        for method, path, body, safe in self.sent:
            if not _once(method, body):
                open_ = open_ if method == "drive.files.create" else set()
                continue
            if (path, body) in open_:
                told.append(f"blind re-send of {method}")
            if not safe:
                open_.add((path, body))
        return told


def _once(method: str, body: bytes) -> bool:
    """Tell a request that doubles its effect when it is sent twice."""
    if method == "sheets.spreadsheets.batchUpdate":
        return True
    return method == "drive.files.create" and "id" not in _metadata(body)


def _metadata(body: bytes) -> dict[str, Any]:
    """Read the resource of a create, bare or the first part of an upload."""
    begins = body.find(b"{")
    try:
        told, _ = (
            json.JSONDecoder().raw_decode(body[begins:].decode("utf-8", "ignore")) if begins >= 0 else ({}, 0)
        )
    except ValueError:
        return {}
    return dict(told)
