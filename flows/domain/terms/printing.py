"""Windows written the way schools write terms, so that `terms.parse` reads them back the same."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.terms.reading import Window

__all__ = ["say", "say_all"]

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


def say_all(windows: Iterable[Window]) -> str:
    """Write several windows as one cell: «апрель 2024; апрель 2025»."""
    return "; ".join(say(window) for window in windows)


def say(window: Window) -> str:
    """Write one window: «до 15.09.2023», «сентябрь – октябрь 2023», «2023/2024 учебный год», «05.09.2023 – 10.09.2023»."""
    start, end = window.start, window.end
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"до {end:%d.%m.%Y}" if end else f"с {start:%d.%m.%Y}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end)
    return f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"


def _months(start: date, end: date) -> str:
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)):
        return f"{start.year} год"
    if (start, end) == (date(start.year, 9, 1), date(start.year + 1, 8, 31)):
        return f"{start.year}/{end.year} учебный год"
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    return f"{first} {end.year}" if start.month == end.month else f"{first} – {last} {end.year}"
