"""The sets, the figures that each has to reach, and what the answers of one come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.measure import cells, forms, headers, lists, parties, results, terms
from tests.measure.cells import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.measure.cells import Judged


@dataclass(frozen=True, slots=True)
class Measure:
    """A set: how it is measured, per cent that have to be right, and how many may be silently wrong.

    `answered` is for sets where refusing is an answer of its own: per cent are of the cells that got a form.
    """

    name: str
    file: str
    measured: Callable[[str], list[Judged]]
    right: float
    silent: float | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What the cells of one part come to."""

    cells: int
    right: int
    silent: int
    refused: int  # not answered where there is an answer
    asked: int  # rightly not answered
    percent: float  # of right ones, as the set counts them
    silent_percent: float

    def reaches(self, measure: Measure) -> bool:
        """Tell whether both figures are reached."""
        limit = measure.silent
        return self.percent >= measure.right and (limit is None or self.silent_percent <= limit)


MEASURES = (
    Measure("terms", "terms", terms.measured, right=90, silent=1),
    Measure("result cells", "results", results.measured, right=90),
    Measure("responsible cells", "parties", parties.measured, right=92),
    Measure("headers of plans", "headers", headers.measured, right=95),
    Measure("headers of lists", "lists", lists.measured, right=95),
    Measure("names and posts", "names", forms.measured_names, right=99, answered=True),
    Measure("organisations and titles", "titles", forms.measured_titles, right=97, answered=True),
)


def score(measure: Measure, judged: Sequence[Judged]) -> Score:
    """Count the verdicts of one part of a set."""
    verdicts = Counter(one.verdict for one in judged)
    right, silent, refused = (verdicts[verdict] for verdict in Verdict)
    asked = sum(one.verdict is Verdict.RIGHT and one.answer == cells.REFUSE for one in judged)
    counted, base = (right - asked, right - asked + silent) if measure.answered else (right, len(judged))
    return Score(
        len(judged), right, silent, refused, asked, _percent(counted, base), _percent(silent, len(judged))
    )


def _percent(some: int, whole: int) -> float:
    return 100 * some / whole if whole else 0.0
