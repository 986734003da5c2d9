"""Terms: a cell and the plan's period against the kind and the windows that it means.

A truth is a kind, its windows and flags: «dated 2023-09..2023-10», «yearly ..2023-05-20; ..2024-05-20», «dated * !reversed».
A month stands for all its days, `..D` is «до D», `*` any windows; `!flag` must be told, `?flag` may be.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from flows.domain import periods, terms
from flows.domain.periods import Period
from flows.domain.statuses import STOPPING
from tests.measure import cells
from tests.measure.cells import Judged, Verdict

ANY = "*"
UNREADABLE = "unreadable"
Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Truth:
    """One reading that is right; `spans` is `None` where any will do."""

    kind: str
    spans: frozenset[Span] | None
    needed: frozenset[str]
    allowed: frozenset[str]


def measured(part: str) -> list[Judged]:
    """Measure every cell of the set."""
    return [judged(place, *fields) for place, fields in cells.lines("terms", part)]


def judged(place: str, text: str, years: str, truth: str) -> Judged:
    """Read one cell and say what the reading is worth."""
    term = terms.parse(text, period(years))
    spans = frozenset((window.start, window.end) for window in term.windows)
    verdict = worth(term.kind, spans, term.flags, [_truth(one) for one in truth.split(cells.OR)])
    answer = f"{term.kind} {'; '.join(sorted(map(_span, spans)))} {' '.join(sorted(term.flags))}"
    return Judged(place, f"{cells.shown(text)} [{years}]", truth, answer.strip(), verdict)


def worth(kind: str, spans: frozenset[Span], flags: frozenset[str], truths: list[Truth]) -> Verdict:
    """Right is a true kind with its windows and flags; a flag that stops, or «unreadable», is no silent answer."""
    for truth in truths:
        fits = truth.spans is None or truth.spans == spans
        marks = truth.needed <= flags and not (flags & STOPPING) - truth.needed - truth.allowed
        if kind == truth.kind and fits and marks:
            return Verdict.RIGHT
    return Verdict.REFUSED if kind == UNREADABLE or flags & STOPPING else Verdict.SILENT


def period(years: str) -> Period | None:
    """Read the second field: «2023-2024», one calendar year, two days with two dots, or a dash for none."""
    if years == "-":
        return None
    if ".." in years:
        return Period(*map(date.fromisoformat, years.split("..")))
    first, _, second = years.partition("-")
    return periods.of_years(int(first), int(second or first))


def _truth(text: str) -> Truth:
    kind, _, rest = text.partition(" ")
    flags = re.findall(r"[!?][a-z-]+", rest)
    windows = re.sub(r"[!?][a-z-]+", "", rest).strip()
    spans = (
        None
        if windows == ANY
        else frozenset(_window(one.strip()) for one in windows.split(";") if one.strip())
    )
    needed, allowed = (frozenset(flag[1:] for flag in flags if flag[0] == mark) for mark in "!?")
    return Truth(kind, spans, needed, allowed)


def _window(text: str) -> Span:
    first, dots, last = text.partition("..")
    start = _day(first, last=False)
    return start, _day(last if dots else first, last=True)


def _day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    year, month, *day = (int(part) for part in text.split("-"))
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1] if last else 1)


def _span(span: Span) -> str:
    start, end = span
    return f"{start or ''}..{end or ''}"
