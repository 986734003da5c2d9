"""Working days and norms about days; the days off are passed in, so the same call always answers the same.

`days_off` holds the public holidays of the production calendar and the organisation's own free days. Saturdays
and Sundays are free without being listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Activity

SATURDAY = 5
LONGEST_REST = 60
ONE = timedelta(days=1)
# Month and day that the law frees in every year (ТК РФ, ст. 112); transfers of a year that is not known yet cannot be told.
HOLIDAYS = frozenset({*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})
UNITS = {"д": 1, "недел": 7, "месяц": 31, "квартал": 92, "полугоди": 184, "год": 366}
COUNTS = {
    "один": 1, "одна": 1, "одно": 1, "одного": 1, "одной": 1, "два": 2, "две": 2, "двух": 2, "дважды": 2, "три": 3, "трех": 3,
    "трижды": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "десять": 10, "десяти": 10,
}  # fmt: skip
NUMBER = r"\d{1,2}|" + "|".join(sorted(COUNTS, key=len, reverse=True))
UNIT = r"(?:рабоч\w{1,40} |календарн\w{1,40} |учебн\w{1,40} )?(?P<unit>дн|день|недел|месяц|квартал|полугоди|год)\w{0,40}"
TIMES = rf"(?:(?P<times>{NUMBER})\s+)?(?:раз[а]?|встреч\w{{0,40}}|заняти\w{{0,40}}|консультаци\w{{0,40}})|(?P<twice>дважды|трижды)"
PER = re.compile(rf"(?:{TIMES})\s+(?:в|за|на)\s+(?:(?P<span>{NUMBER})\s+)?{UNIT}")
EVERY = re.compile(rf"кажд\w{{1,40}}\s+(?:(?P<span>{NUMBER})\s+)?{UNIT}")
WORDS = (
    ("еженедельно", 7),
    ("ежемесячно", 31),
    ("ежеквартально", 92),
    ("через неделю", 14),
    ("ежедневно", 1),
)
MEETING = re.compile(r"встреч|заняти|консультаци|общени\w{1,40} пар", re.IGNORECASE)
PAPER = re.compile(r"отч[её]т|мониторинг|справк|письм", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GapNorm:
    """At most `max_gap_days` days may pass between two meetings; `text` is the norm as the roadmap prints it."""

    max_gap_days: int
    text: str
    source: str = ""


def is_working(day: date, days_off: frozenset[date]) -> bool:
    """Tell whether people work on this day: Monday to Friday and not a day off."""
    return day.weekday() < SATURDAY and day not in days_off


def on_or_before(day: date, days_off: frozenset[date]) -> date:
    """Move a deadline that falls on a free day to the working day before it."""
    return _walk(day, -ONE, days_off)


def on_or_after(day: date, days_off: frozenset[date]) -> date:
    """Move a beginning that falls on a free day to the working day after it."""
    return _walk(day, ONE, days_off)


def _walk(day: date, step: timedelta, days_off: frozenset[date]) -> date:
    for _ in range(LONGEST_REST):
        if is_working(day, days_off):
            return day
        day += step
    return day


def working_days_before(day: date, count: int, days_off: frozenset[date]) -> date:
    """Step back `count` working days from a day; the day itself is not counted."""
    for _ in range(count):
        day = on_or_before(day - ONE, days_off)
    return day


def months_later(day: date, count: int) -> date:
    """Return the same day so many months on, the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def gap(start: date, end: date, days_off: frozenset[date]) -> int:
    """Count the days from one meeting to the next, days off between them left out; weekends count."""
    free = _in_order(days_off)
    return (end - start).days - max(bisect_left(free, end) - bisect_right(free, start), 0)


@lru_cache(maxsize=16)
def _in_order(days_off: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(days_off))


def knows_year(year: int, days_off: frozenset[date]) -> bool:
    """Tell whether the days off of this year are known: its first day is always one of them (ТК РФ ст. 112)."""
    return date(year, 1, 1) in days_off


def gap_norm(text: str, source: str = "") -> GapNorm | None:
    """Read «не реже одного раза в две недели» and its kin; `None` when the text holds no such norm."""
    folded = re.sub(r"\s+", " ", text.lower().replace("ё", "е"))
    for word, days in WORDS:
        if word in folded:
            return GapNorm(days, text.strip(), source)
    found = PER.search(folded) or EVERY.search(folded)
    if found is None:
        return None
    days = _number(found["span"]) * _unit(found["unit"]) // _times(found)
    return GapNorm(days, text.strip(), source) if days else None


def _times(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return max(_number(parts.get("times") or parts.get("twice")), 1)


def _number(text: str | None) -> int:
    if not text:
        return 1
    return int(text) if text.isdigit() else COUNTS[text]


def _unit(text: str) -> int:
    return next(days for stem, days in UNITS.items() if text.startswith(stem))


def meeting_norms(activities: Iterable[Activity]) -> tuple[GapNorm, ...]:
    """Find the norms about meetings that a roadmap states, the strictest first; reports and letters have other norms."""
    found: list[GapNorm] = []
    for each in activities:
        told = [
            text
            for text in (each.result, each.content, each.activity)
            if MEETING.search(text) and not PAPER.search(text)
        ]
        told += [each.printed_term] if told else []
        norms = [
            norm for norm in (gap_norm(text, each.number.rstrip(". ") or each.code) for text in told) if norm
        ]
        found += norms[:1]
    return tuple(sorted(found, key=lambda norm: norm.max_gap_days))
