"""What the cells of a column look like: numbers, terms, parties, papers or long text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.catalogue.called_for import kinds_for
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_words import ACTIVITY, NUMBER, RESPONSIBLE, RESULT, TERM
from flows.domain.roadmap.responsible import names_parties
from flows.domain.terms.reading import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.roadmap.grids import Grid

__all__ = ["NUMBER_CELL", "Profile", "Profiles"]

NUMBER_CELL = re.compile(
    r"(?:п\.? ?)?(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?|[IVXivx]{1,4}\.?(?:\d+\.?)?|\d{1,3}[.)]|[а-я]\))(?:\s*#)?"
)
SAMPLE = 60
LEAST_FILLED = 2
ENOUGH = {NUMBER: 0.6, TERM: 0.5, RESPONSIBLE: 0.5, RESULT: 0.3}
FEW = 0.2
LONGEST_TERM, LONGEST_PARTIES = 90, 160


@dataclass(frozen=True, slots=True)
class Profile:
    """How many cells of a column are filled, their mean length, and the share that looks like each role."""

    filled: int = 0
    length: float = 0.0
    number: float = 0.0
    term: float = 0.0
    responsible: float = 0.0
    result: float = 0.0

    def fit(self, role: str) -> float:
        """Return the share of cells that look like the role."""
        shares = {
            NUMBER: self.number,
            TERM: self.term,
            RESPONSIBLE: self.responsible,
            RESULT: self.result,
            ACTIVITY: self.length,
        }
        return shares.get(role, 0.0)

    def fits(self, role: str) -> bool:
        """Tell whether the column may be given the role by its contents alone."""
        return self.filled >= LEAST_FILLED and self.fit(role) >= ENOUGH[role]

    def contradicts(self, role: str) -> bool:
        """Tell whether the contents speak against the role that the header claims."""
        return self.filled > LEAST_FILLED and self.fit(role) < FEW


class Profiles:
    """The profiles of a table's columns, each looked at once and only when asked for."""

    def __init__(self, rows: Grid) -> None:
        """Take the first rows of data; rows with cells merged across are sections and do not count."""
        self._rows = [row for row in rows if not any(cell.merge is Merge.ACROSS for cell in row)][:SAMPLE]
        self._seen: dict[int, Profile] = {}

    def __getitem__(self, at: int) -> Profile:
        if at not in self._seen:
            self._seen[at] = _profile(
                [row[at].text.strip() for row in self._rows if at < len(row) and row[at].text.strip()]
            )
        return self._seen[at]


def _profile(cells: Sequence[str]) -> Profile:
    if not cells:
        return Profile()
    total = len(cells)
    terms = sum(len(cell) < LONGEST_TERM and _is_term(cell) for cell in cells)
    return Profile(
        total,
        sum(map(len, cells)) / total,
        sum(bool(NUMBER_CELL.fullmatch(cell)) for cell in cells) / total,
        terms / total,
        sum(len(cell) < LONGEST_PARTIES and names_parties(cell) for cell in cells) / total,
        sum(bool(kinds_for(cell)) for cell in cells) / total,
    )


def _is_term(cell: str) -> bool:
    term = parse(cell, None)
    return term.kind not in {"unreadable", "empty"} or "no-year" in term.flags
