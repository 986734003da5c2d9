"""A day that a person typed as text into a column of days: read when it can mean one day only."""

from __future__ import annotations

import re
from datetime import date

from flows.domain.terms.reading import parse

CLOCK = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?\S*)?"
DATE = re.compile(
    rf"(\d{{1,2}})\s*[./,-]\s*(\d{{1,2}})\s*[./,-]\s*(\d{{4}}|\d{{2}})(?:\s*(?:г|год|года)\.?)?{CLOCK}"
)
ISO = re.compile(rf"(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}}){CLOCK}")
CENTURY = 2000
FIRST_YEAR, LAST_YEAR = 1930, 2100


def typed_date(text: str) -> date | None:
    """Read a day written in figures: «15.09.2026», «5.9.26», «2026-09-15»; `None` when it is not one."""
    plain = text.strip().rstrip(".;, ")
    found, iso = DATE.fullmatch(plain), ISO.fullmatch(plain)
    try:
        if found:
            year = int(found[3])
            return date(year if len(found[3]) > 2 else CENTURY + year, int(found[2]), int(found[1]))  # noqa: PLR2004 - «26» is 2026
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


def typed_day(text: str) -> date | None:
    """Read a day written in figures or in words: «15 сентября 2026 г.»; a month, a span or «до …» is not a day."""
    day = typed_date(text)
    if day is not None:
        return day
    term = parse(text, None)
    if term.kind != "dated" or term.flags or len(term.windows) != 1:
        return None
    window = term.windows[0]
    return window.start if window.start == window.end else None


def plausible(day: date) -> bool:
    """Tell a day that a school could mean: a year typed alone («2026») is the 18th of July 1905 to a spreadsheet."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
