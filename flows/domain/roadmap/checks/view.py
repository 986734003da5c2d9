"""All a check of a roadmap may look at, and how it tells what it found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.model import Problem, Severity
from flows.domain.terms.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity
    from flows.domain.periods import Period
    from flows.domain.roadmap.grids import Document

__all__ = [
    "Facts",
    "RoadmapView",
    "ends",
    "finding",
    "kinds_of",
    "neighbours",
    "stamp_day",
    "starts",
    "text_of",
]

DATED = re.compile(r"\d{1,2}\.\d{2}\.\d{4}|\d{1,2}\s+[а-яё]+\s+20\d\d", re.IGNORECASE)
MOST_WORDS = 40
Facts = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """The roadmap as read: its activities, its document, its years, the roles its columns play, facts of single rows.

    `names` are the whole names of people whom the book knows. Facts are told by the code of the row: `joined` (torn by a page), `merged-term` and the like (repeated from above).
    """

    activities: tuple[Activity, ...]
    document: Document
    period: Period | None
    columns: frozenset[str]
    facts: Facts = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def fact(self, activity: Activity, name: str) -> bool:
        """Tell whether a fact was noted about a row."""
        return name in self.facts.get(activity.code, frozenset())

    def chosen(self, activity: Activity) -> bool:
        """Tell whether a person has said which papers a row calls for: there is nothing to ask about that."""
        return self.fact(activity, "chosen")

    @property
    def heading(self) -> str:
        """Return the organisation and the title as one text."""
        return f"{self.document.organisation} {self.document.title}"


def finding(  # noqa: PLR0913, PLR0917 - the parts of a finding
    at: Activity, weight: Severity, code: str, message: str, proposal: str = "", column: str = ""
) -> Problem:
    """Tell a finding on a row's cell; `column` is the header staff know."""
    origin = replace(at.origin, column=column or at.origin.column)
    return Problem(weight, code, origin, message, proposal, subject=at.code or at.number)


def called(row: Activity) -> str:
    """Call a row by what its reader sees: its number, or its first words in quotation marks where it has none."""
    return row_name(row.number, row.activity or row.content)


def points_of(activities: Iterable[Activity]) -> dict[tuple[str, int], str]:
    """Return what the reader of a file calls each of its rows, by its tab, or the file where it has none, and its row."""
    return {
        (each.origin.tab or each.origin.book, each.origin.row): called(each)
        for each in activities
        if each.origin.row
    }


def row_name(number: str, doing: str) -> str:
    """Call a row by its number, else by the first words of what is done."""
    words = " ".join(doing.split())
    short = words if len(words) <= MOST_WORDS else words[:MOST_WORDS].rsplit(" ", 1)[0] + "…"
    return number.rstrip(".) ") or f"«{short}»"


def point_of(row: Activity) -> str:
    """Name a row in a sentence: «пункт 6.1»."""
    told = called(row)
    return told if told.startswith("«") else f"пункт {told}"


def text_of(row: Activity) -> str:
    """Return all the words of a row."""
    return f"{row.activity} {row.content} {row.result}"


def kinds_of(row: Activity) -> list[Kind]:
    """Return the kinds of paper that a row calls for."""
    return [record.of(kind) for kind in row.documents]


def starts(activity: Activity) -> list[date]:
    """Return the days a row's windows open; «до …» opens on its last day."""
    return [day for window in activity.term.windows if (day := window.start or window.end)]


def ends(activity: Activity) -> list[date]:
    """Return the days a row's windows close."""
    return [day for window in activity.term.windows if (day := window.end or window.start)]


def neighbours(plan: RoadmapView) -> Iterator[tuple[Activity | None, Activity, Activity | None]]:
    """Walk the rows with the one above and the one below, each only within the same stage."""
    rows = plan.activities
    for at, each in enumerate(rows):
        above = rows[at - 1] if at and rows[at - 1].stage == each.stage else None
        below = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].stage == each.stage else None
        yield above, each, below


def stamp_day(plan: RoadmapView, word: str) -> date | None:
    """Return the day of the stamp above the plan that begins with a word: «приказ», «протокол»."""
    line = next(
        (line for line in plan.document.stamps if line.lower().startswith(word) and DATED.search(line)), ""
    )
    windows = parse(found[0], None).windows if (found := DATED.search(line)) else ()
    return windows[0].end if windows else None
