"""How fast calls may leave: Google's quotas of 2026 as windows that allow bursts, and its refusals above them.

Sheets count 60 reads and 60 writes a minute for an account, Drive counts units of its own and, by what its makers
advise, about three writes a second that last. Other programs of the account spend the same quotas unseen, so a refusal
says more than any count: the window is taken as spent and half as wide, and widens again while nothing is refused.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

READS, WRITES, UNITS, UPLOADS = "sheets reads", "sheets writes", "drive units", "drive writes"
GET, LIST, DOWNLOAD, MODIFY = 5, 100, 200, 50  # units of Drive; what is not named costs as much as a get
SHARES = 60
NARROWEST = 1 / 12


@dataclass
class Window:
    """So many `units` in any stretch of so many `seconds`; moments are seconds of one clock that never goes back."""

    units: float
    seconds: float
    allowed: float = field(init=False)
    spent: deque[tuple[float, float]] = field(default_factory=deque, init=False)
    narrowed: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.allowed = self.units

    def wait(self, price: float, now: float) -> float:
        """Return the seconds until a call of this price may leave."""
        self._pass(now)
        over = sum(units for _, units in self.spent) + price - self.allowed
        for moment, units in self.spent:
            if over <= 0:
                break
            over -= units
            if over <= 0:
                return moment + self.seconds - now
        return 0.0

    def spend(self, price: float, now: float) -> None:
        """Count a call that was answered at this moment: the other side had counted it by then."""
        self.spent.append((now, price))

    def refuse(self, now: float) -> None:
        """Take the window as spent, evenly over its length, and as half as wide: somebody else spends it too."""
        self.allowed = max(self.allowed / 2, self.units * NARROWEST)
        step = self.seconds / SHARES
        begun = now - self.seconds
        self.spent = deque((begun + step * at, self.allowed / SHARES) for at in range(1, SHARES + 1))
        self.narrowed = now

    def _pass(self, now: float) -> None:
        while self.spent and self.spent[0][0] + self.seconds <= now:
            self.spent.popleft()
        while self.allowed < self.units and self.narrowed + self.seconds <= now:
            self.allowed = min(self.allowed * 2, self.units)
            self.narrowed += self.seconds


@dataclass
class Pace:
    """The windows that calls must fit into; none of them for a store without quotas. Threads may share it."""

    windows: Mapping[str, Window] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def wait(self, method: str, url: str, now: float) -> float:
        """Return the seconds until this request may leave."""
        with self._lock:
            return max((window.wait(price, now) for window, price in self._weighed(method, url)), default=0.0)

    def spend(self, method: str, url: str, now: float) -> None:
        """Count a request that was answered, or whose answer was lost."""
        with self._lock:
            for window, price in self._weighed(method, url):
                window.spend(price, now)

    def refuse(self, method: str, url: str, now: float) -> None:
        """Slow down: this request was refused for speed."""
        with self._lock:
            for window, _ in self._weighed(method, url):
                window.refuse(now)

    def _weighed(self, method: str, url: str) -> list[tuple[Window, float]]:
        return [
            (self.windows[name], price) for name, price in prices(method, url).items() if name in self.windows
        ]


def of_google() -> Pace:
    """Return the quotas that Google gives one account (limits pages of both services, 2026)."""
    return Pace({
        READS: Window(60, 60), WRITES: Window(60, 60), UNITS: Window(325_000, 60), UPLOADS: Window(90, 30),
    })  # fmt: skip


def prices(method: str, url: str) -> dict[str, int]:
    """Tell what a request costs of each quota; what belongs to neither service costs nothing."""
    parts = urlsplit(url)
    if "/v4/spreadsheets" in parts.path:
        return {READS if method == "GET" else WRITES: 1}
    if "/drive/v3/" not in parts.path:
        return {}
    if method != "GET":
        return {UNITS: MODIFY, UPLOADS: 1}
    if "alt=media" in parts.query or parts.path.endswith("/export"):
        return {UNITS: DOWNLOAD}
    return {UNITS: LIST if parts.path.endswith(("/files", "/permissions")) else GET}
