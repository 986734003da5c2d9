"""Deadline cells that name days: once, or in every year of the plan (DESIGN §4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.terms.cadence import listed, since_year, without_yearly
from flows.domain.terms.grammar import spans
from flows.domain.terms.spans import BEFORE_YEARS, WHOLE
from flows.domain.terms.windows import Window, collected, falls_in, resolved
from flows.domain.terms.years import each_year, of_school, shared

if TYPE_CHECKING:
    from flows.domain.periods import Period
    from flows.domain.terms.spans import Span
    from flows.domain.terms.windows import Term

__all__ = ["dated", "yearly"]

MOST_YEARS = 60
TWO = 2


def dated(folded: str, period: Period | None) -> Term | None:
    """Read a cell that names days; `None` where it says something else or a year is missing."""
    found = spans(folded)
    term = _placed(found, period) if found else None
    return replace(term, windows=_narrowed(term.windows)) if term and len(term.windows) == TWO else term


def _narrowed(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Let «октябрь, не позднее 20 октября» be one window: the second only ends the first earlier."""
    first, second = windows
    if second.start or not first.start or not first.end or not second.end:
        return windows
    of_month = (first.start.year, first.start.month) == (first.end.year, first.end.month)
    inside = of_month and first.start < second.end < first.end
    return (Window(first.start, second.end),) if inside else windows


def _placed(found: tuple[Span, ...], period: Period | None) -> Term | None:
    known = shared(found)
    many = next((span.years for span in known if span.years and span.years[0] == "many"), None)
    if many:
        years = range(many[1], min(many[2] + 1, many[1] + MOST_YEARS))
        reads = [resolved(each_year(span, year), period) for year in years for span in known]
        return collected(
            "yearly", [replace(read, flags=read.flags | {"year-derived"}) for read in reads], period
        )
    reads = [resolved(span, period) for span in known]
    return None if any("no-year" in read.flags for read in reads) else collected("dated", reads, period)


def yearly(folded: str, period: Period | None) -> Term | None:
    """Read days of every year: «ежегодно до 1 октября», «2 раза в год (декабрь, май)»."""
    bare, by_period = (months, False) if (months := listed(folded)) else without_yearly(folded)
    bare, since = since_year(bare) if bare != folded else (bare, None)
    found = spans(bare) if bare != folded else None
    if not found or any(span.last is None or _whole(span) for span in found):
        return None
    typed = {point.year for span in found for point in (span.first, span.last) if point and point.year}
    typed |= {since} if since else set()
    if typed and by_period:
        return _placed(found, period)
    if len(typed) > 1 or any(span.years and span.years[0] == "many" for span in found):
        return _typed_years(found, period)
    if period is None:
        reads = [resolved(span, None) for span in found] if typed and not since else []
        return collected("yearly", reads, None, frozenset({"no-period"}))
    known = [of_school(span, period) for span in found]
    reads = [resolved(each_year(span, year), period) for year in _years(typed, period) for span in known]
    inside = [read for read in reads if read.window is None or falls_in(read.window, period)]
    return collected("yearly", inside, period)


def _whole(span: Span) -> bool:
    """Tell whether a span is of whole years: «ежегодно» beside them names no day."""
    return not span.flags.isdisjoint({WHOLE, BEFORE_YEARS})


def _typed_years(found: tuple[Span, ...], period: Period | None) -> Term | None:
    """Keep the years that were typed beside «ежегодно»: they already say when."""
    term = _placed(found, period)
    return replace(term, kind="yearly") if term else None


def _years(typed: set[int], period: Period) -> range:
    first = max(min(typed, default=period.start.year - 1), period.start.year - 1)
    return range(first, min(period.end.year + 1, first + MOST_YEARS))
