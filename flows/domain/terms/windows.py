"""Windows of days: what the points of a deadline cell come to in a plan's years (the contract of DESIGN §4)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain.statuses import IMPOSSIBLE_DATE, OUTSIDE_PERIOD, REVERSED
from flows.domain.terms.spans import BEFORE, BEFORE_YEARS, MARKS
from flows.domain.terms.years import placed

if TYPE_CHECKING:
    from flows.domain.periods import Period
    from flows.domain.terms.spans import Point, Span

__all__ = ["NO_YEAR", "Resolved", "Term", "Window", "collected", "falls_in", "lies_outside", "resolved"]

FIRST_YEAR, LAST_YEAR = 1990, 2100
# A year beyond these is a slip of the pen; reckoning with days next to it would leave the calendar.
EARLIEST, LATEST = 1000, 9000
A_YEAR = timedelta(days=366)
WEEK, DECEMBER = 7, 12


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `start` is `None` for «до …», `end` for «с …» without an end."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline cell: its kind, its windows, flags on what was derived or impossible, and the text as typed."""

    kind: str
    windows: tuple[Window, ...] = ()
    flags: frozenset[str] = frozenset()
    text: str = ""


NO_YEAR = Term("unreadable", flags=frozenset({"no-year"}))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A span in its years: the window, none where no day can be told, and flags on what was derived or impossible."""

    window: Window | None
    flags: frozenset[str]


def resolved(span: Span, period: Period | None) -> Resolved:
    """Put a span into its years; the flag `no-year` says that neither the cell nor the plan tells them."""
    dated = placed(span, period)
    points = [point for point in dated if point]
    if any(point.year is None for point in points):
        return Resolved(None, frozenset({"no-year"}))
    guessed = [point.year for point in points] != [point.year for point in (span.first, span.last) if point]
    derived = {"year-derived"} if guessed else set()
    flags = {flag for flag in span.flags if not flag.startswith("half-")} - MARKS | derived
    start = _day(dated[0], last=False) if dated[0] else None
    end = _day(dated[1], last=True) if dated[1] else None
    if BEFORE in span.flags:
        end = _eve(dated[1], period, years=BEFORE_YEARS in span.flags) if dated[1] else None
    if (dated[0] and start is None) or (dated[1] and end is None):
        return Resolved(None, frozenset(flags | {IMPOSSIBLE_DATE}))
    if start and end and start > end:
        return Resolved(_turned(points), frozenset(flags | {REVERSED}))
    return Resolved(Window(start, end), frozenset(flags if end else flags | {"open-end"}))


def _eve(point: Point, period: Period | None, *, years: bool) -> date | None:
    """Return the day before a point; where the plan begins with it, its first day, of «до 2023 года» the year's last."""
    opens = _day(point, last=False)
    if opens is None or opens == date.min:
        return None
    if period and opens <= period.start and years and opens.month == 1:
        return opens.replace(month=DECEMBER, day=31)
    return opens if period and opens == period.start else opens - timedelta(days=1)


def _turned(points: list[Point]) -> Window:
    """Show a reversed range from its earlier end to its later one; the flag stops it from being used."""
    return Window(_day(points[1], last=False), _day(points[0], last=True))


def _day(point: Point, *, last: bool) -> date | None:
    if not EARLIEST <= (point.year or 0) <= LATEST:
        return None
    try:
        end = monthrange(point.year or 0, point.month)[1]
        if point.weekday:
            return _weekday(date(point.year or 0, point.month, 1), end, *point.weekday)
        day = point.day if point.day is not None else (end if last else 1)
        return date(point.year or 0, point.month, day if day >= 0 else end + 1 + day)
    except (ValueError, IndexError):
        return None


def _weekday(first: date, length: int, which: int, weekday: int) -> date:
    """Return a month's first, second… last (-1) day of a week; raises `ValueError` where there are not so many."""
    days = range(1 + (weekday - first.weekday()) % WEEK, length + 1, WEEK)
    return first.replace(day=days[which if which < 0 else which - 1])


def collected(
    kind: str, reads: list[Resolved], period: Period | None, more: frozenset[str] = frozenset()
) -> Term:
    """Put windows together into a term, those of every year by their days."""
    windows = tuple(dict.fromkeys(read.window for read in reads if read.window))
    flags = frozenset().union(more, *(read.flags for read in reads))
    if kind == "yearly":
        windows = tuple(sorted(windows, key=_when))
    elif any(lies_outside(window, period) for window in windows):
        flags |= {OUTSIDE_PERIOD}
    return Term(kind, windows, flags)


def _when(window: Window) -> date:
    return window.start or window.end or date.min


def lies_outside(window: Window, period: Period | None) -> bool:
    """Tell whether a window has nothing to do with a plan's years: one that only begins before or ends after them has.

    A window that sticks out by more than a year is a slip of the pen in one of its ends.
    """
    days = [day for day in (window.start, window.end) if day]
    if period is None:
        return not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days)
    if not days:
        return False
    first, last = min(days), max(days)
    slipped = period.start - first > A_YEAR or last - period.end > A_YEAR
    return slipped or last < period.start or first > period.end


def falls_in(window: Window, period: Period) -> bool:
    """Tell whether a window that comes every year is due within a plan's years."""
    last = window.end or window.start
    return last is None or last in period
