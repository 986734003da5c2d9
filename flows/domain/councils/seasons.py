"""The time of the year a council belongs to, and its school year."""

from __future__ import annotations

from datetime import date

from flows.domain import periods

BY_MONTH = {
    8: "август",
    9: "август",
    10: "ноябрь",
    11: "ноябрь",
    12: "ноябрь",
    1: "январь",
    2: "январь",
    3: "март",
    4: "март",
    5: "май",
    6: "май",
    7: "май",
}


def season_of(day: date) -> str:
    """Name the kind of council a month brings: установочный in August, итоговый in May, and three between them."""
    return BY_MONTH[day.month]


def year_of(day: date) -> str:
    """Count a council of late August to the school year it opens."""
    return periods.school_year(date(day.year, 9, 1) if day.month == 8 else day)  # noqa: PLR2004 - August
