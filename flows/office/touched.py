"""What a batch touched, and a remembered formula that may depend on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.office.book import Element
    from flows.office.grid import Area

Place = tuple[int, int]
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


@dataclass
class Touched:
    """What a batch changed, by the title of the tab in one letter case; None is the whole tab."""

    places: dict[str, set[Place] | None] = field(default_factory=dict)

    def cell(self, title: str, place: Place) -> None:
        """Remember a cell."""
        self.cells(title, (place,))

    def cells(self, title: str, places: Iterable[Place]) -> None:
        """Remember cells."""
        known = self.places.setdefault(title.casefold(), set())
        if known is not None:
            known.update(places)

    def whole(self, title: str) -> None:
        """Remember a tab with all it holds."""
        self.places[title.casefold()] = None

    def meets(self, title: str, area: Area) -> bool:
        """Whether anything in an area of a tab changed."""
        known = self.places.get(title, set())
        if known is None:
            return True
        top, left, bottom, right = area.within(MOST_ROWS, MOST_COLUMNS).edges
        if (bottom - top) * (right - left) < len(known):
            return any((row, column) in known for row in range(top, bottom) for column in range(left, right))
        return any(top <= row < bottom and left <= column < right for row, column in known)


@dataclass(frozen=True)
class Formula:
    """A formula with a result in the file: where it stands, what it covers and reads; no reads is «anything»."""

    title: str
    area: Area
    reads: tuple[tuple[str, Area], ...] | None
    cells: tuple[Element, ...]
    part: str

    def stale(self, touched: Touched) -> bool:
        """Whether its result may be untrue now."""
        return self.reads is None or any(touched.meets(title, area) for title, area in self.reads)
