"""Days of the calendar that a deadline may name instead of a date: «ко Дню наставника»."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from flows.domain.text import fold

MENTORS_DAY: Final = (3, 2)
TEACHERS_DAY: Final = (10, 5)
NURSERY_DAY: Final = (9, 27)
CELEBRATED = (
    (MENTORS_DAY, re.compile(r"\bдн[юяе]м? наставник")),
    (TEACHERS_DAY, re.compile(r"\bдн[юяе]м? (?:\w{1,40} )?учител")),
    (NURSERY_DAY, re.compile(r"\bдн[юяе]м? (?:воспитател|дошкольн\w{1,40} работник)")),
)


def named_day(text: str) -> tuple[int, int] | None:
    """Return month and day of the day that a text names, `None` when it names none of the known ones."""
    told = fold(text)
    return next((day for day, pattern in CELEBRATED if pattern.search(told)), None)


def within(named: tuple[int, int], start: date | None, end: date) -> date | None:
    """Return the named day of a span's years that lies in the span; `start` is `None` for «до …»."""
    days = (date(year, *named) for year in range((start or end).year, end.year + 1))
    return next((day for day in days if (start or day) <= day <= end), None)
