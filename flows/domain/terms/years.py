"""Years for the points of a deadline cell: printed once for several months, or derived from a plan of one year."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.domain.terms.spans import BEFORE, Point, Span, in_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.periods import Period

__all__ = ["A_YEAR", "each_year", "is_school_year", "of_school", "of_school_years", "placed", "shared"]

SEPTEMBER, LAST_AUGUST, DECEMBER, MAY = 9, 8, 12, 5
GUESSED = frozenset({"year-derived"})
# The halves of a school year, and both together: their first and last months.
HALVES = {"half-1": (SEPTEMBER, DECEMBER), "half-2": (1, MAY), "half-12": (SEPTEMBER, MAY)}
A_YEAR = timedelta(days=366)


def shared(found: Sequence[Span]) -> list[Span]:
    """Let a year printed once serve its neighbours: «сентябрь, декабрь 2023» backwards, «ноябрь 2023, март» forwards."""
    back: list[Span] = []
    for span in reversed(found):
        back.append(_borrowed(span, back[-1] if back else None))
    there: list[Span] = []
    for span in reversed(back):
        there.append(_carried(span, there[-1] if there else None))
    return there


def each_year(span: Span, year: int) -> Span:
    """Put a span into one year; the end of a range over New Year falls into the next one."""
    if span.last is None:
        return span
    if span.first is None:
        return replace(span, last=replace(span.last, year=year), years=None)
    flags = span.flags | ({"approximate"} if _half(span) else set())
    over = int(span.first.month > span.last.month)
    return Span(replace(span.first, year=year), replace(span.last, year=year + over), flags)


def placed(span: Span, period: Period | None) -> tuple[Point | None, Point | None]:
    """Give both ends a year; a bare range that runs over the school year's border keeps its order."""
    span = of_school(span, period)
    first = _with_year(span.first, period) if span.first else None
    last = _with_year(span.last, period) if span.last else None
    if (
        first
        and last
        and first.year
        and last.year
        and first.year > last.year
        and first != span.first
        and last != span.last
    ):
        first = replace(first, year=last.year - int(first.month > last.month))
    return first, last


def _borrowed(span: Span, after: Span | None) -> Span:
    """Take the year of the span that follows; crossing a new year on the way is a guess."""
    if after and span.years is None and after.years and after.years[0] == "school":
        years = after.years
        span = replace(
            span,
            first=span.first and in_years(span.first, years),
            last=span.last and in_years(span.last, years),
            years=years,
        )
    next_point = (after.first or after.last) if after else None
    last = _before(span.last, next_point)
    first = _before(span.first, last)
    crossed = (last != span.last and _falls(span.last, next_point)) or (
        first != span.first and _falls(span.first, last)
    )
    return replace(span, first=first, last=last, flags=span.flags | (GUESSED if crossed else frozenset()))


def _before(point: Point | None, after: Point | None) -> Point | None:
    if point is None or point.year is not None or after is None or after.year is None:
        return point
    return replace(point, year=after.year - int(point.month > after.month))


def _falls(point: Point | None, after: Point | None) -> bool:
    return point is not None and after is not None and point.month > after.month


def _carried(span: Span, before: Span | None) -> Span:
    """Take the year of what stands before, always as a guess."""
    first = _after(span.first, before.last if before else None)
    last = _after(span.last, first or (before.last if before else None))
    guessed = first != span.first or last != span.last
    return replace(span, first=first, last=last, flags=span.flags | (GUESSED if guessed else frozenset()))


def _after(point: Point | None, before: Point | None) -> Point | None:
    if point is None or point.year is not None or before is None or before.year is None:
        return point
    return replace(point, year=before.year + int(point.month < before.month))


def _half(span: Span) -> str:
    return next((flag for flag in span.flags if flag.startswith("half-")), "")


def of_school(span: Span, period: Period | None) -> Span:
    """Read a bare «II полугодие» by the school year when the plan is of school years."""
    half = _half(span)
    known = span.first or span.last
    if not half or period is None or not of_school_years(period) or known is None or known.year:
        return span
    first, last = HALVES[half]
    opens, ends = Point(first), Point(first) if BEFORE in span.flags else Point(last)
    return replace(span, first=span.first and opens, last=ends, flags=span.flags - {half})


def of_school_years(period: Period) -> bool:
    """Tell whether a plan begins and ends as school years do."""
    return (
        period.end.year > period.start.year
        and period.start.month >= LAST_AUGUST
        and period.end.month <= SEPTEMBER
    )


def is_school_year(period: Period) -> bool:
    """Tell whether a plan is for one school year, whatever its first and last days."""
    return of_school_years(period) and period.end.year == period.start.year + 1


def _with_year(point: Point, period: Period | None) -> Point:
    """Derive a missing year in a plan of one year: a school year by the month, another by where the month falls."""
    if point.year is not None or period is None:
        return point
    if is_school_year(period):
        return replace(point, year=period.start.year if point.month >= SEPTEMBER else period.end.year)
    if period.start.year == period.end.year:
        return replace(point, year=period.start.year)
    if period.end - period.start > A_YEAR:
        return point
    years = [year for year in (period.start.year, period.end.year) if _touches(year, point.month, period)]
    return replace(point, year=years[0]) if len(years) == 1 else point


def _touches(year: int, month: int, period: Period) -> bool:
    return (period.start.year, period.start.month) <= (year, month) <= (period.end.year, period.end.month)
