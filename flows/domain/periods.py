"""Spans of days: the plan's period, the school year, and what «2025-2026» means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

SEPTEMBER = 9
LAST_PAPERS = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both ends included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def of_years(first: int, second: int) -> Period:
    """Read «A–B»: B = A+1 is a school year, anything else whole calendar years (DESIGN §4)."""
    if second == first + 1:
        return Period(date(first, 9, 1), date(second, 8, 31))
    return Period(date(first, 1, 1), date(second, 12, 31))


def parse(text: str) -> Period | None:
    """Find «2023-2025», «2023/2024», «2021–2024 гг.» in a title; `None` when there is none or it is reversed."""
    found = re.search(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20\d\d)(?!\d)", text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    return of_years(first, second) if first < second else None


def over(period: Period | None, today: date) -> bool:
    """Tell whether all the years of a plan are over, and the days in which its last papers are drawn up."""
    return period is not None and period.end + LAST_PAPERS < today


def school_year(day: date) -> str:
    """Name the school year a day falls in: 1 September to 31 August, «2026-2027»."""
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    return f"{first}-{first + 1}"
