"""Parts of a month in deadline cells: its beginning, decades, weeks, halves, days of the week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import parsy

from flows.domain.terms import spans as build
from flows.domain.terms.month_names import OF_MONTH
from flows.domain.terms.spans import HALF_MONTH, LONGEST_MONTH, Span
from flows.domain.terms.tokens import (
    DAY,
    MONTH_NAMED,
    OF_MONTHS,
    OF_YEARS,
    ORDINAL,
    ORDINALS,
    PARTS,
    WEEKDAYS,
    checked,
    tok,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    DaysOf = Callable[[Span], Sequence[Span] | None]

WEEK, LAST_WEEK, DECADE = 7, -7, 10
SHORTEST = 28
FEW = {"две": 2, "2": 2, "три": 3, "3": 3}
WORDS = "числ|дн|нач|сер|кон|декад|нед|половин|понед|вторн|сред|четв|пятн|субб|воскр"


def part(days: tuple[int, int | None], months: Span, *flags: str) -> Span | None:
    """Narrow a month to some of its days; the last day of `LONGEST_MONTH` means the month's own."""
    if months.first is None or months.first.day is not None or months.first != months.last:
        return None
    first, last = days
    end = None if last in {None, LONGEST_MONTH} else last
    return Span(
        replace(months.first, day=first),
        replace(months.first, day=end),
        months.flags | set(flags),
        months.years,
    )


def decades(found: tuple[list[int], bool], months: Span) -> list[Span] | None:
    """Read decades of a month, joined where they follow one another."""
    if any(not 1 <= number <= 3 for number in found[0]):  # noqa: PLR2004 - three decades in a month
        return None
    return _all(
        part((low * DECADE - 9, LONGEST_MONTH if high == 3 else high * DECADE), months)  # noqa: PLR2004 - the third decade
        for low, high in _runs(*found)
    )


def weeks(found: tuple[list[int], bool], months: Span) -> list[Span] | None:
    """Read weeks of a month as runs of seven days; nobody counts them alike, so they are marked."""
    if found[0] == [0]:
        return _all([part((LAST_WEEK, None), months, "approximate")])
    if not all(1 <= number * WEEK <= SHORTEST + WEEK for number in found[0]):
        return None
    return _all(
        part((low * WEEK - WEEK + 1, min(high * WEEK, LONGEST_MONTH)), months, "approximate")
        for low, high in _runs(*found)
    )


def half_month(number: int, months: Span) -> list[Span] | None:
    """Read a half of a month."""
    if number not in {1, 2}:
        return None
    return _all([part((1, HALF_MONTH) if number == 1 else (HALF_MONTH + 1, LONGEST_MONTH), months)])


def weekdays(found: tuple[list[int], bool], weekday: int, months: Span) -> list[Span] | None:
    """Read «третий понедельник апреля»: one day for each number, the last of the month for «последний»."""
    numbers, joined = found
    month = months.first
    if joined or month is None or month.day is not None or month != months.last:
        return None
    days = [replace(month, weekday=(number or -1, weekday)) for number in numbers]
    return [Span(day, day, months.flags, months.years) for day in days]


def _runs(numbers: list[int], joined: bool) -> list[tuple[int, int]]:
    """Join numbers that follow one another: «1, 2» is one run, «1, 3» are two."""
    if joined:
        return [(min(numbers), max(numbers))]
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        low = runs.pop()[0] if runs and runs[-1][1] + 1 >= number else number
        runs.append((low, number))
    return runs


def _all(spans: Iterable[Span | None]) -> list[Span] | None:
    kept = list(spans)
    there = [span for span in kept if span is not None]
    return there if len(there) == len(kept) else None


def _named_day(day: int, months: Span) -> list[Span] | None:
    return _all([part((day, day), months)])


def _single(days_of: DaysOf, months: Span) -> Span | None:
    days = days_of(months)
    return days[0] if days is not None and len(days) == 1 else None


_WEEKDAY = parsy.alt(*[tok(rf"{stem}[а-я]{{0,3}}(?![а-я])").result(at) for at, stem in enumerate(WEEKDAYS)])
_PART_WORD = parsy.alt(
    tok(r"(?:в\s+)?(нач|сер|кон)(?:ал[а-я]*|един[а-я]*|е?ц[а-я]*|\.)(?!\w)", 1).map(PARTS.__getitem__),
    tok(r"(?:в\s+)?перв[а-я]{2}\s(?:числ|дн)[а-я]{1,2}").result(PARTS["нач"]),
    tok(r"(?:в\s+)?последн[а-я]{2}\s(?:числ|дн)[а-я]{1,2}").result(PARTS["кон"]),
)
_GAP = parsy.regex(r"[,(-]?\s*")
_CLOSED = parsy.regex(r"\)?\s*")
_WHICH = parsy.alt(
    when(
        "нач|сер|кон|числ|дн",
        _PART_WORD.map(lambda days: lambda months: _all([part(days, months, "approximate")])),
    ),
    when("декад", (ORDINALS << tok(r"декад[а-я]*")).map(lambda found: lambda months: decades(found, months))),
    when(
        "нед",
        tok(r"перв[а-я]{2}\s(две|2|три|3)\sнедели", 1).map(
            lambda word: lambda months: weeks(([1, FEW[word]], True), months)
        ),
    ),
    when(
        "нед", (ORDINALS << tok(r"недел[а-я]*|нед\.")).map(lambda found: lambda months: weeks(found, months))
    ),
    when(
        "половин",
        (ORDINAL << tok(r"половин[а-я]*")).map(lambda found: lambda months: half_month(found, months)),
    ),
    when(
        "понед|вторн|сред|четв|пятн|субб|воскр",
        parsy.seq(ORDINALS, _WEEKDAY).combine(lambda found, day: lambda months: weekdays(found, day, months)),
    ),
)
_IN_MONTH = parsy.alt(
    parsy.seq(_WHICH, MONTH_NAMED),
    parsy.seq(MONTH_NAMED << _GAP, _WHICH << _CLOSED).map(lambda pair: pair[::-1]),
)
PART = when(WORDS, checked(_IN_MONTH.combine(_single)))
PARTS_OF_MONTH = when(WORDS, checked(_IN_MONTH.combine(lambda days_of, months: days_of(months))))
_NAMED_DAY = DAY.map(lambda day: lambda months: _named_day(day, months))
OVER_MONTHS = when(
    rf"[яа]\s*(?:,|и)\s*(?:{OF_MONTH})(?!\w)",
    checked(parsy.seq(parsy.alt(_WHICH, _NAMED_DAY), OF_MONTHS, OF_YEARS).combine(build.over_months)),
)
"""The same days of several months: «первая среда сентября и ноября», «15 сентября, декабря, марта»."""
