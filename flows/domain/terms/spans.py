"""Points and spans of the calendar as a deadline cell prints them, and how the grammar puts them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain.terms.words import CENTURY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Years = tuple[str, int, int]  # ("one", Y, Y), ("school", A, B), ("many", A, B) or ("short", Y, Y)
SEPTEMBER, DECEMBER, LAST_AUGUST = 9, 12, 8
LESSONS_END = 5  # the second half of a school year ends with its lessons, in May
LONGEST_MONTH, HALF_MONTH = 31, 15
# Flags of the grammar for the reader; no term keeps them.
BEFORE, BEFORE_YEARS, WHOLE, SPREAD = "before", "before-years", "whole", "spread"
MARKS = frozenset({BEFORE, BEFORE_YEARS, WHOLE, SPREAD})


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the calendar as typed: a month, perhaps its day (below zero: from the month's end), perhaps its year.

    `weekday` is which one of the month (-1: the last) and the day of the week from Monday, 0.
    """

    month: int
    day: int | None = None
    year: int | None = None
    weekday: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included.

    `first` is `None` for «до …», `last` for «с …» without an end. `flags` say what was guessed on the way;
    `years` are the years printed once for several months.
    """

    first: Point | None
    last: Point | None
    flags: frozenset[str] = frozenset()
    years: Years | None = None


def in_years(point: Point, years: Years | None) -> Point:
    """Give a point without a year the printed one: a school year's by its month."""
    if years is None or point.year is not None or years[0] == "many":
        return point
    return replace(point, year=years[1] if years[0] == "one" or point.month >= SEPTEMBER else years[2])


def numeric(day: str, month: str, year: str | None) -> Point | None:
    """Read «15.09.2023» or «15.09»; without a year both numbers must look like a day and a month, or it may be a time."""
    if year is None and not (
        1 <= int(month) <= DECEMBER and 1 <= int(day) <= LONGEST_MONTH and len(month) > 1
    ):
        return None
    return Point(int(month), int(day), full(year) if year else None)


def full(year: str) -> int:
    """Read a year of four or of two digits."""
    return int(year) if len(year) > len("00") else CENTURY + int(year)


def named(day: int | None, month: int, years: Years | None) -> Span:
    """Read a month with or without a day, and the years printed after it."""
    at = in_years(Point(month, day), years)
    if years and years[0] == "many":
        flags = frozenset({"year-derived"})
        if years[2] == years[1] + 1:
            at = in_years(at, ("school", *years[1:]))
            return Span(at, at, flags)
        return Span(at, at, flags, years)
    return Span(at, at, loose(years), years)


def whole_month(typed: tuple[str, str]) -> Span:
    """Read «09.2023»."""
    at = Point(int(typed[0]), None, int(typed[1]))
    return Span(at, at)


def loose(years: Years | None) -> frozenset[str]:
    """Mark a year of two digits without «г.» as a guess."""
    return frozenset({"year-derived"}) if years and years[0] == "short" else frozenset()


def ranged(first: Span, last: Span) -> Span | None:
    """Join two ends; a printed school year serves the first one too."""
    if first.first is None or last.last is None or (first.years and first.years[0] == "many"):
        return None
    years = last.years
    if years and years[0] == "many" and last.last.year is None:
        return Span(first.first, last.last, first.flags | last.flags, years)
    begins = in_years(first.first, years) if years and years[0] == "school" else first.first
    return Span(begins, last.last, first.flags | last.flags, years)


def chained(first: Span, between: Sequence[Span], last: Span) -> Span | None:
    """Read «сентябрь-октябрь-ноябрь» as its first month to its last; they must follow one another."""
    months = [span.last.month for span in (first, *between, last) if span.last]
    if any(after != before % DECEMBER + 1 for before, after in pairwise(months)):
        return None
    return ranged(first, last)


def days(first: int, last: Span) -> Span | None:
    """Read «15-20 мая»: the first day takes its month and year from the last."""
    if last.last is None or last.last.day is None:
        return None
    return replace(last, first=replace(last.last, day=first))


def day_list(days: list[int], month: int, years: Years | None) -> list[Span]:
    """Read «1, 15 сентября»."""
    return [named(day, month, years) for day in days]


def over_months(
    days_of: Callable[[Span], Sequence[Span] | None], months: Sequence[int], years: Years | None
) -> list[Span] | None:
    """Take the same days of several months: «первая среда сентября и ноября»; a printed year is the last one's."""
    spans: list[Span] = []
    for month in months:
        own = years if month == months[-1] or (years and years[0] == "school") else None
        days = days_of(named(None, month, own))
        if days is None:
            return None
        spans += days
    return spans


def quarters(found: tuple[list[int], bool], years: Years | None) -> list[Span] | None:
    """Read quarters, one by one or from the first to the last."""
    numbers, joined = found
    if any(number > SEPTEMBER // 2 for number in numbers) or (years and years[0] == "many"):
        return None
    pairs = [(min(numbers), max(numbers))] if joined else [(number, number) for number in numbers]
    return [months(low * 3 - 2, high * 3, years) for low, high in pairs]


def months(first: int, last: int, years: Years | None) -> Span:
    """Build a span of whole months."""
    return Span(in_years(Point(first), years), in_years(Point(last), years), loose(years), years)


def halves(found: tuple[list[int], bool], years: Years | None) -> list[Span] | None:
    """Read halves of a year, one by one or joined."""
    numbers, joined = found
    if any(number > 2 for number in numbers) or (years and years[0] == "many" and years[2] != years[1] + 1):  # noqa: PLR2004 - a year has two halves
        return None
    halves = [half(number, years) for number in numbers]
    if not joined:
        return halves
    return [Span(halves[0].first, halves[-1].last, frozenset() if years else frozenset({"half-12"}), years)]


def half(number: int, years: Years | None) -> Span:
    """Take a half of a school year when one is printed, else of the calendar year; without a year say so by a flag."""
    if years and years[0] != "one":
        ends = (SEPTEMBER, DECEMBER) if number == 1 else (1, LESSONS_END)
        return months(*ends, ("school", *years[1:]))
    span = months(number * 6 - 5, number * 6, years)
    return span if years else replace(span, flags=span.flags | {f"half-{number}"})


def season(first: int, years: Years | None) -> Span | None:
    """Read a season; a winter of one year begins in December before and is marked as a guess."""
    if years and years[0] == "many":
        years = ("school", *years[1:]) if years[2] == years[1] + 1 else None
        if years is None:
            return None
    if first != DECEMBER:
        return months(first, first + 2, years)
    if years is None:
        return Span(Point(DECEMBER), Point(2))
    begins, ends = (years[1], years[2]) if years[0] == "school" else (years[1] - 1, years[1])
    flags = frozenset() if years[0] == "school" else frozenset({"year-derived"})
    return Span(Point(DECEMBER, None, begins), Point(2, None, ends), flags)


def whole(years: Years) -> Span:
    """Read whole years; «2023-2024» is a school year."""
    flags = frozenset({WHOLE})
    if years[2] == years[1] + 1:
        return Span(Point(SEPTEMBER, None, years[1]), Point(LAST_AUGUST, None, years[2]), flags)
    return Span(Point(1, None, years[1]), Point(DECEMBER, None, years[2]), flags)


def until(word: str, edge: str, span: Span) -> Span | None:
    """Read «до D»; «до мая» ends before May begins and is marked as a guess, «не позднее мая» takes May in.

    `edge` is «кон» of «до конца …», «нач» of «до начала …», «сер» of «до середины …».
    """
    if span.last is None or span.first is None:
        return None
    alone = span.first == span.last
    if edge == "кон" or (not edge and word.startswith(("не", "по"))):
        return replace(span, first=None)
    if alone and (span.last.day is not None or span.last.weekday):
        return None if edge else replace(span, first=None)
    if edge == "сер":
        middle = replace(span.last, day=HALF_MONTH)
        return Span(None, middle, span.flags | {"approximate"}, span.years) if alone else None
    return before(span)


def until_day(day: int, months: Span) -> Span:
    """Read «до 15 …» of one of several months."""
    return replace(months, first=None, last=months.last and replace(months.last, day=day))


def before(span: Span) -> Span:
    """Read «до …» of something longer than a day: it ends on the day before, and is marked as a guess."""
    return Span(None, span.first, span.flags | {"approximate", BEFORE}, span.years)


def until_years(word: str, edge: str, years: Years) -> Span:
    """Read «до 2023 года», «к 2024/2025 учебному году», «до конца 2024 года».

    Before a year that the plan begins with there is nothing: by `BEFORE_YEARS` the reader takes the year in.
    """
    span = replace(whole(years), flags=frozenset())
    if edge == "кон" and years[0] == "school":
        last = Point(LESSONS_END, None, years[2])
        return Span(None, last, frozenset({"approximate"}))
    if edge == "кон" or (word.startswith(("не", "по")) and not edge):
        return replace(span, first=None)
    early = before(span)
    return replace(early, flags=early.flags | {BEFORE_YEARS})


def years_between(first: Years, last: Years) -> Span | None:
    """Read «с 2023 по 2025 год»."""
    return Span(Point(1, None, first[1]), Point(DECEMBER, None, last[1])) if first[1] < last[1] else None


def since(span: Span) -> Span:
    """Read «с …» without an end."""
    return replace(span, last=None)


def spread(span: Span, years: list[int]) -> list[Span] | None:
    """Spread «апрель 2024, 2025» over its years."""
    if span.last is None or span.last.year is None:
        return None
    flags = span.flags | {SPREAD}
    if span.first is None:
        return [Span(None, replace(span.last, year=year), flags) for year in (span.last.year, *years)]
    over = span.last.year - span.first.year if span.first.year else int(span.first.month > span.last.month)
    ends = [
        (replace(span.first, year=year - over), replace(span.last, year=year))
        for year in (span.last.year, *years)
    ]
    return [Span(first, last, flags) for first, last in ends]


def together(found: Sequence[Span]) -> bool:
    """Tell whether spans of one cell can stand side by side: no bare year beside months, nothing after «с …»."""
    marks = [span.flags & {WHOLE, SPREAD} for span in found]
    bare = [point for span in found for point in (span.first, span.last) if point and point.year is None]
    return (
        len({WHOLE in each for each in marks}) == 1
        and not (bare and any(SPREAD in each for each in marks))
        and all(span.last for span in found[:-1])
    )


def under(years: Years, found: list[list[Span]]) -> list[list[Span]] | None:
    """Put months under the year printed before them: «2023 год: сентябрь, октябрь»."""
    flat = [span for group in found for span in group]
    if any(point and point.year for span in flat for point in (span.first, span.last)):
        return None
    if years[0] == "many" and years[2] == years[1] + 1:
        years = ("school", *years[1:])
    if years[0] == "many":
        return [[replace(span, flags=span.flags | {"year-derived"}, years=years) for span in flat]]
    moved = [
        replace(
            span,
            first=span.first and in_years(span.first, years),
            last=span.last and in_years(span.last, years),
        )
        for span in flat
    ]
    return [moved]
