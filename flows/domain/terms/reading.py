"""Deadline cells of a roadmap read into windows of days (the contract of DESIGN §4)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from flows.domain.periods import Period
from flows.domain.statuses import IMPOSSIBLE_DATE, OUTSIDE_PERIOD, REVERSED
from flows.domain.terms.cadence import cadences, listed, repeated, undated, without_yearly
from flows.domain.terms.grammar import Point, Span, spans
from flows.domain.terms.words import MONTH, corrected, mended, normal
from flows.domain.terms.years import each_year, placed, shared

__all__ = ["EVENT", "Period", "Term", "Window", "lies_outside", "parse"]

EVENT = "event"  # the kind of a term that hangs on something that happens
FIRST_YEAR, LAST_YEAR = 1990, 2100
# A year beyond these is a slip of the pen; reckoning with days next to it would leave the calendar.
EARLIEST, LATEST = 1000, 9000
LONGEST_CELL = 400
A_YEAR = timedelta(days=366)
MOST_YEARS = 60
_ANY_MONTH = re.compile(rf"(?<![а-я])(?:{MONTH})(?![а-я])")
_ABOUT = re.compile(r"ориентировочно|примерно|предположительно")
_SINCE_YEAR = re.compile(r"(?:начиная\s+)?с\s+\d{4}")
NO_CELL = {"-", "--", "---", "_", "нет", "не указан", "не указано", "отсутствует"}


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


@dataclass(frozen=True, slots=True)
class _Read:
    window: Window | None
    flags: frozenset[str]


def parse(text: str, period: Period | None) -> Term:
    """Read a deadline cell. Never raises; what is not understood is `unreadable`.

    Flags beside those of DESIGN §4: `approximate` (начало, неделя, «до мая»), `no-year`, `no-period`, `typo`
    (a month with one wrong letter), `open-end` («с …» without an end), `and-more` (words beside the date).
    """
    return replace(_cached(text.strip(), period), text=text)


@lru_cache(maxsize=8192)
def _cached(text: str, period: Period | None) -> Term:
    if len(text) > LONGEST_CELL:
        return Term("unreadable")
    folded = normal(text)
    if not folded.strip("_ ") or folded in NO_CELL:
        return Term("empty")
    term = _read(folded, period) or _again(folded, period) or Term("unreadable", flags=_year_missing(folded))
    return (
        replace(term, flags=term.flags | {"approximate"}) if term.windows and _ABOUT.search(folded) else term
    )


def _read(folded: str, period: Period | None) -> Term | None:
    return (
        _dated(folded, period)
        or _yearly(folded, period)
        or _undated(folded)
        or _repeated(folded)
        or _with_note(folded, period)
    )


def _again(folded: str, period: Period | None) -> Term | None:
    """Read once more with broken words put together, then with a wrong letter in a month's name forgiven and flagged."""
    whole = mended(folded)
    if whole != folded and (term := _read(whole, period)):
        return term
    right = corrected(whole)
    term = _read(right, period) if right != whole else None
    return replace(term, flags=term.flags | {"typo"}) if term else None


def _year_missing(folded: str) -> frozenset[str]:
    return frozenset({"no-year"}) if spans(folded) else frozenset()


def _dated(folded: str, period: Period | None) -> Term | None:
    found = spans(folded)
    return _placed(found, period) if found else None


def _placed(found: tuple[Span, ...], period: Period | None) -> Term | None:
    known = shared(found)
    many = next((span.years for span in known if span.years and span.years[0] == "many"), None)
    if many:
        years = range(many[1], min(many[2] + 1, many[1] + MOST_YEARS))
        reads = [_resolve(each_year(span, year), period) for year in years for span in known]
        return _collect(
            "yearly", [replace(read, flags=read.flags | {"year-derived"}) for read in reads], period
        )
    reads = [_resolve(span, period) for span in known]
    return None if any("no-year" in read.flags for read in reads) else _collect("dated", reads, period)


def _yearly(folded: str, period: Period | None) -> Term | None:
    bare, by_period = (months, False) if (months := listed(folded)) else without_yearly(folded)
    found = spans(bare) if bare != folded else None
    if not found or any(span.last is None for span in found):
        return None
    typed = {point.year for span in found for point in (span.first, span.last) if point and point.year}
    if typed and by_period:
        return _placed(found, period)
    if len(typed) > 1:
        return _typed_years(found, period)
    if period is None:
        reads = [_resolve(span, None) for span in found] if typed else []
        return _collect("yearly", reads, None, frozenset({"no-period"}))
    reads = [_resolve(each_year(span, year), period) for year in _years(typed, period) for span in found]
    inside = [read for read in reads if read.window is None or _falls_in(read.window, period)]
    return _collect("yearly", inside, period)


def _typed_years(found: tuple[Span, ...], period: Period | None) -> Term | None:
    """Keep the years that were typed beside «ежегодно»: they already say when."""
    term = _placed(found, period)
    return replace(term, kind="yearly") if term else None


def _undated(folded: str) -> Term | None:
    found = undated(folded)
    return Term(found[0], flags=found[1]) if found else None


def _repeated(folded: str) -> Term | None:
    """Read «ежемесячно с сентября по май»: how often is certain, the range only bounds it."""
    found = repeated(folded)
    if found is None:
        return None
    inside = spans(found[0])
    bounded = (
        inside and len(inside) == 1 and (inside[0].last is None or inside[0].first != inside[0].last)
    ) or _SINCE_YEAR.fullmatch(found[0])
    return Term("ongoing", flags=found[1] | {"bounded"}) if bounded else None


def _with_note(folded: str, period: Period | None) -> Term | None:
    """Read «май 2024 (по согласованию)»: the date stands, the words beside it are flagged."""
    for at in _cuts(folded):
        head, tail = folded[:at].strip(" ,;.-"), folded[at:].strip(" ,;().-")
        if (
            not tail
            or (folded[at] != "(" and undated(_bare_note(tail)) is None)
            or (folded[at] == "(" and not _harmless(tail))
        ):
            continue
        said = cadences([tail])
        term = (None if "yearly" in said else _dated(head, period)) or _yearly(head, period)
        if term:
            return replace(term, flags=term.flags | {"and-more"} | said)
    return None


def _harmless(tail: str) -> bool:
    return undated(_bare_note(tail)) is not None or not (
        re.search(r"\d", tail) or "или" in tail.split() or _ANY_MONTH.search(tail)
    )


def _bare_note(tail: str) -> str:
    return tail.removeprefix("и ").removeprefix("далее").removeprefix("затем").strip(" ,-")


def _cuts(folded: str) -> list[int]:
    marks = [at for at, sign in enumerate(folded) if sign in "(,;"]
    return marks[::-1] + [
        at for word in (" далее", " затем", " по ", " и ", " постоянно") if (at := folded.find(word)) > 0
    ]


def _years(typed: set[int], period: Period) -> range:
    first = max(min(typed, default=period.start.year - 1), period.start.year - 1)
    return range(first, min(period.end.year + 1, first + MOST_YEARS))


def _resolve(span: Span, period: Period | None) -> _Read:
    dated = placed(span, period)
    points = [point for point in dated if point]
    if any(point.year is None for point in points):
        return _Read(None, frozenset({"no-year"}))
    guessed = [point.year for point in points] != [point.year for point in (span.first, span.last) if point]
    flags = {flag for flag in span.flags if not flag.startswith("half-")} | (
        {"year-derived"} if guessed else set()
    )
    start = _day(dated[0], last=False) if dated[0] else None
    end = _day(dated[1], last=True) if dated[1] else None
    if (dated[0] and start is None) or (dated[1] and end is None):
        return _Read(None, frozenset(flags | {IMPOSSIBLE_DATE}))
    if start and end and start > end:
        return _Read(_turned(points), frozenset(flags | {REVERSED}))
    return _Read(Window(start, end), frozenset(flags if end else flags | {"open-end"}))


def _turned(points: list[Point]) -> Window:
    """Show a reversed range from its earlier end to its later one; the flag stops it from being used."""
    return Window(_day(points[1], last=False), _day(points[0], last=True))


def _day(point: Point, *, last: bool) -> date | None:
    if not EARLIEST <= (point.year or 0) <= LATEST:
        return None
    try:
        end = monthrange(point.year or 0, point.month)[1]
        day = point.day if point.day is not None else (end if last else 1)
        return date(point.year or 0, point.month, day if day >= 0 else end + 1 + day)
    except (ValueError, IndexError):
        return None


def _collect(
    kind: str, reads: list[_Read], period: Period | None, more: frozenset[str] = frozenset()
) -> Term:
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


def _falls_in(window: Window, period: Period) -> bool:
    """Tell whether a window that comes every year is due within a plan's years."""
    last = window.end or window.start
    return last is None or last in period
