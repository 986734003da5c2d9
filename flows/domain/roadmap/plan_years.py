"""The years a plan is for: printed in its title, or derived from its dated cells (DESIGN §5)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.periods import Period
from flows.domain.terms.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["derived", "of_title", "suggested"]

NEAR = 2
MONTH_WORD = r"(?:\d{1,2} )?[а-я]{3,8}\.? ?\d{4}(?: ?г(?:ода|\.)?)?"
FROM_TO = re.compile(
    rf"(?:с )?({MONTH_WORD}|\d\d\.\d\d\.\d{{4}}(?: ?г\.?)?) ?(?:-|по|до) ?({MONTH_WORD}|\d\d\.\d\d\.\d{{4}})"
)
SPELLED = re.compile(r"с (20\d\d) ?(?:г\.|года)? ?по (20\d\d)")
ONE_YEAR = re.compile(
    r"(?<!от )(?<!\d\.)(?:на|в|за|план\w{0,40}) (20\d\d) ?(?:год\w{0,40}|г\.|$)|^(20\d\d) год$"
)
SHORT = re.compile(r"(?<![\d.])(20\d\d) ?[-/] ?(\d\d)(?![\d.])")


def of_title(text: str) -> Period | None:
    """Find the plan's period in a title: «2023-2025», «2023/24», «сентябрь 2022 – май 2024», «с 2023 по 2025», «на 2024 год»."""
    folded = re.sub(r"[‐-―−]", "-", re.sub(r"\s+", " ", text.lower().replace("ё", "е")))
    ranged = FROM_TO.search(folded)
    windows = parse(f"{ranged[1]} - {ranged[2]}", None).windows if ranged else ()
    if len(windows) == 1 and windows[0].start and windows[0].end:
        return Period(windows[0].start, windows[0].end)
    years = periods.parse(folded) or _pair(SPELLED.search(folded)) or _short(SHORT.search(folded))
    single = ONE_YEAR.search(folded)
    return years or (_calendar(int(single[1] or single[2])) if single else None)


def _pair(match: re.Match[str] | None) -> Period | None:
    return periods.of_years(int(match[1]), int(match[2])) if match and match[1] < match[2] else None


def _short(match: re.Match[str] | None) -> Period | None:
    return (
        periods.of_years(int(match[1]), int(match[1]) + 1)
        if match and int(match[2]) == (int(match[1]) + 1) % 100
        else None
    )


def _calendar(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def derived(terms: Iterable[str]) -> Period | None:
    """Take the plan's years from its dated cells, leaving out years far from the middle one (a typing slip)."""
    ends = sorted(window.end for term in terms for window in parse(term, None).windows if window.end)
    if not ends:
        return None
    middle = ends[len(ends) // 2].year
    near = [day.year for day in ends if abs(day.year - middle) <= NEAR]
    return Period(date(min(near), 1, 1), date(max(near), 12, 31))


def suggested(stamps: Iterable[str]) -> str:
    """Suggest a school year by the day a plan was approved: «2023-2024»; "" when no stamp has a day."""
    for stamp in stamps:
        found = re.search(r"\d\d\.\d\d\.20\d\d", stamp)
        windows = parse(found[0], None).windows if found else ()
        if windows and windows[0].end:
            day = windows[0].end
            return periods.school_year(
                day if day.month != periods.SEPTEMBER - 1 else day.replace(month=periods.SEPTEMBER, day=1)
            )
    return ""
