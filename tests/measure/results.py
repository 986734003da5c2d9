"""Result cells: result and activity against the kinds of papers that they call for.

The truth is a list of ids with commas, `-` for no paper; an id in brackets may be called for or not. A row that calls for
papers and of which none was seen is «refused»: nothing false is made of it, and people see that no paper is known.
"""

from __future__ import annotations

from flows.domain.documents import kinds_for
from tests.measure import cells
from tests.measure.cells import Judged, Verdict


def measured(part: str) -> list[Judged]:
    """Measure every cell of the set."""
    return [judged(place, *fields) for place, fields in cells.lines("results", part)]


def judged(place: str, result: str, activity: str, truth: str) -> Judged:
    """Ask which papers one row calls for, and say what the answer is worth."""
    kinds = frozenset(kinds_for(result, activity))
    if any(_needed(one) <= kinds <= _allowed(one) for one in truth.split(cells.OR)):
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.SILENT if kinds else Verdict.REFUSED
    return Judged(
        place, cells.shown(f"{result} ← {activity}"), truth, ", ".join(sorted(kinds)) or "-", verdict
    )


def _allowed(truth: str) -> frozenset[str]:
    return frozenset(one.strip(" ()") for one in truth.split(",")) - {"-"}


def _needed(truth: str) -> frozenset[str]:
    return frozenset(one.strip() for one in truth.split(",") if "(" not in one) - {"-"}
