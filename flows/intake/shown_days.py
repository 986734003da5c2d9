"""A day of a spreadsheet's cell as it is shown there: a month alone stays a month, a day without a year stays so."""

from __future__ import annotations

import re
from datetime import date, datetime

from flows.domain.roadmap.header_words import MONTH_NAMES
from flows.intake.shown import shown
from flows.russian.words import MONTHS

__all__ = ["as_seen"]

ASIDE = re.compile(r'"[^"]{0,80}"|\[[^\]]{0,80}\]|\\.|_.|\*.')


def as_seen(value: object, number_format: str = "") -> str:
    """Return a cell as people see it; a whole day as 15.09.2026."""
    if not isinstance(value, datetime | date):
        return shown(value, number_format)
    pattern = ASIDE.sub("", number_format.lower().partition(";")[0])
    parts = "d" in pattern, "m" in pattern, "y" in pattern
    if parts == (False, True, True):
        return f"{MONTH_NAMES[value.month - 1]} {value.year:04}"
    if parts == (True, True, False):
        return f"{value.day} {MONTHS[value.month - 1]}"
    if parts == (False, False, True):
        return f"{value.year:04}"
    if parts == (False, True, False) and not {"h", "s"} & set(pattern):
        return MONTH_NAMES[value.month - 1]
    return shown(value, number_format)
