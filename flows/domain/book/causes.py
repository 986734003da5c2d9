"""Findings told by cause: what one cause has brought about is told once, with its count and its cells, стоп first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.book.answers import key_of
from flows.domain.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# In what a sentence differs from that about another cell: something quoted, a code, a number.
OWN = re.compile(r"«[^«»]*»|[А-ЯЁ]{1,2}(?:-\d+)+|\d+(?:[.,/]\d+)*")
MOST_ROWS, MOST_ALIKE = 8, 5
Points = Mapping[tuple[str, int], str]
"""What the reader of a file calls its rows, by the tab, or the file where it has none, and the row."""
ORDER = {weight: at for at, weight in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one cause, in the order they were found; `fresh` ones are new since the last run and never folded.

    `points` name the rows of a file by what its reader sees: their numbers, or their first words.
    """

    problems: tuple[Problem, ...]
    fresh: bool = False
    points: Points = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Return how much the findings weigh: all of them the same."""
        return self.problems[0].severity

    @property
    def where(self) -> str:
        """Name the cells by tab and row, each row once; a long list ends with how many are left out."""
        places: dict[str, dict[int, None]] = {}
        for each in self.problems:
            rows = places.setdefault(each.origin.tab or each.origin.book, {})
            rows |= {each.origin.row: None} if each.origin.row else {}
        return "; ".join(filter(None, (self._place(place, [*rows]) for place, rows in places.items())))

    def _place(self, place: str, rows: list[int]) -> str:
        if not rows:
            return place
        named = [*dict.fromkeys(self.points[place, row] for row in rows if (place, row) in self.points)]
        if named:
            listed = f"пункт{'' if len(named) == 1 else 'ы'} {self._some(named, MOST_ROWS)}"
        else:
            listed = f"строк{'а' if len(rows) == 1 else 'и'} {self._some([*map(str, rows)], MOST_ROWS)}"
        return f"{place}, {listed}" if place else listed

    @property
    def message(self) -> str:
        """Say what is wrong: as the first finding does, then what the others name in its place."""
        named = [OWN.findall(each.message) for each in self.problems]
        differing = [at for at, parts in enumerate(zip(*named, strict=False)) if len({*parts}) > 1]
        others = [*dict.fromkeys(", ".join(parts[at] for at in differing) for parts in named)][1:]
        alike = f" То же: {self._some(others, MOST_ALIKE)}." if others else ""
        return " ".join(self.problems[0].message.split()) + alike

    @property
    def proposal(self) -> str:
        """Return the proposal, empty where the findings propose different things."""
        proposals = {" ".join(each.proposal.split()) for each in self.problems}
        return proposals.pop() if len(proposals) == 1 else ""

    def _some(self, parts: list[str], most: int) -> str:
        """List parts, those above `most` by their number only, unless nothing may be folded."""
        left = 0 if self.fresh or len(parts) <= most + 1 else len(parts) - most
        listed = ", ".join(parts[: len(parts) - left])
        return f"{listed} и ещё {left}" if left else listed


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Order findings: стоп, вопрос, заметка, and inside by cause, each cause where its first finding stood."""
    return [each for cause in by_cause(problems) for each in cause.problems]


def by_cause(
    problems: Iterable[Problem], fresh: Collection[str] = (), points: Points | None = None
) -> list[Cause]:
    """Group findings by cause, the heaviest first and the new before the known.

    `fresh` are keys of those that are new, `points` what the reader of a file calls its rows.
    """
    causes: dict[tuple[Severity, bool, str, str], list[Problem]] = {}
    for each in problems:
        known = key_of(each) not in fresh
        causes.setdefault((each.severity, known, each.code, OWN.sub("…", each.message)), []).append(each)
    told = sorted(causes.items(), key=lambda item: (ORDER[item[0][0]], item[0][1]))
    return [Cause(tuple(alike), not known, points or {}) for (_, known, _, _), alike in told]


def shown(causes: Iterable[Cause], most: int) -> tuple[list[Cause], list[Cause]]:
    """Part causes into those to show, `most` at the most, and the others; what stops a paper and what is new is always shown."""
    causes = [*causes]
    always = sum(each.fresh or each.severity is Severity.STOP for each in causes)
    room = max(0, most - always)
    seen: list[Cause] = []
    left: list[Cause] = []
    for each in causes:
        if each.fresh or each.severity is Severity.STOP:
            seen.append(each)
        elif room:
            seen.append(each)
            room -= 1
        else:
            left.append(each)
    return seen, left
