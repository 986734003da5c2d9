"""Google's quotas as a rule for `Faults`: buckets of one user that fill up again with time.

Sheets: 60 reads and 60 writes a minute for each user of a project. Drive, for projects made since May 2026: 325,000 units a
minute for each user; a look at a file costs 5, a listing 100, a download 200, a change 50, anything else 5.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.office import switches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.office.faults import Verdict
    from flows.office.wire import Request

MINUTE = 60.0
SHEETS_CALLS, DRIVE_UNITS = 60.0, 325_000.0
OTHER = 5.0
COSTS: Mapping[str, float] = {
    "drive.files.get": 5,
    "drive.files.list": 100,
    "drive.files.export": 200,
    "drive.files.create": 50,
    "drive.files.update": 50,
    "drive.files.copy": 50,
    "drive.files.delete": 50,
    "drive.permissions.create": 50,
    "drive.permissions.update": 50,
    "drive.permissions.delete": 50,
}
DOWNLOAD = 200.0


@dataclass
class _Bucket:
    left: float
    at: float


@dataclass
class Quota:
    """Refuse what is over the quota of a user, as Google does; `refused` counts it.

    `calls` are those of Sheets in a minute, reads and writes each; `units` those of Drive. `after` seconds stand in
    Retry-After; None leaves the header out, as Google mostly does.
    """

    calls: float = SHEETS_CALLS
    units: float = DRIVE_UNITS
    after: int | None = None
    now: Callable[[], float] = time.monotonic
    who: Callable[[Request], str] = lambda request: request.header("authorization")
    refused: int = 0
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)

    def __call__(self, _number: int, request: Request) -> Verdict:
        """Take what a call costs, or refuse it."""
        name = switches.of(request)
        if name.startswith("sheets."):
            kind, most, cost = ("reads" if request.method == "GET" else "writes"), self.calls, 1.0
        elif name.startswith("drive."):
            kind, most, cost = "units", self.units, cost_of(name, request)
        else:
            return None
        bucket = self._filled((self.who(request), kind), most)
        if bucket.left < cost:
            self.refused += 1
            return switches.limited(request, self.after)
        bucket.left -= cost
        return None

    def _filled(self, key: tuple[str, str], most: float) -> _Bucket:
        now = self.now()
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.left = min(most, bucket.left + most * (now - bucket.at) / MINUTE)
        bucket.at = now
        return bucket


def cost_of(name: str, request: Request) -> float:
    """Tell how many units of Drive a call costs."""
    return DOWNLOAD if request.one("alt") == "media" else COSTS.get(name, OTHER)
