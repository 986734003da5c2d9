"""What a spreadsheet made of what people typed: «1.2» that became a date, «1.10» that lost its zero, a day shown as its serial number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_words import END, NUMBER, START, TERM
from flows.domain.terms.serial_days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.domain.roadmap.grids import Grid, GridCell
    from flows.domain.roadmap.table_layout import Layout

__all__ = ["mended", "number_of", "term_of"]

STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WHOLE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: 0?0:00(?::00)?)?")
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-. ]{1,2}([а-яa-z]{3,9})\.?")
MONTH_FIRST = re.compile(r"([а-яa-z]{3,9})[-. ]{1,2}(?:20)?(\d\d)")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d{1,12})?")
DAYS = range(36_526, 73_051)  # serial numbers of 2000 to 2099
FIRST_YEAR, OLD = 2000, 13  # a year so early is the third part of «1.2.3», a later one is the year of typing
ROUND = re.compile(r"(\d{1,2})\.([1-9])")


def mended(grid: Grid, layout: Layout) -> tuple[Grid, tuple[tuple[str, str], ...]]:
    """Put back numbers of rows and days of terms; return the table with the pairs of what was shown and what was meant."""
    put: dict[tuple[int, int], str] = {}
    for role in (TERM, START, END):
        for column in layout.columns.get(role, ()):
            put |= _changed(grid, layout, column, term_of)
    for column in layout.columns.get(NUMBER, ()):
        put |= _changed(grid, layout, column, number_of)
        put |= _rounded(grid, layout, column, put)
    if not put:
        return grid, ()
    told = dict.fromkeys((grid[row][column].text.strip(), text) for (row, column), text in put.items())
    rows = tuple(
        tuple(
            replace(cell, text=put[at, column]) if (at, column) in put else cell
            for column, cell in enumerate(row)
        )
        for at, row in enumerate(grid)
    )
    return rows, tuple(told)


def number_of(text: str) -> str:
    """Return the number of a row that a spreadsheet shows as a date: «01.02.2026» and «1 февраля» were «1.2»; "" for no date."""
    said = text.strip().lower()
    whole, iso = WHOLE.fullmatch(said), ISO.fullmatch(said)
    if whole or iso:
        day, month, year = map(int, whole.groups() if whole else reversed(iso.groups() if iso else ()))
        third = year - FIRST_YEAR
        return f"{day}.{month}.{third}" if 0 < third < OLD else f"{day}.{month}"
    first, last = DAY_FIRST.fullmatch(said), MONTH_FIRST.fullmatch(said)
    if first and (month := _month(first[2])):
        return f"{int(first[1])}.{month}"
    if last and (month := _month(last[1])):
        return f"{month}.{int(last[2])}"
    return ""


def term_of(text: str) -> str:
    """Return the day that a spreadsheet shows as its serial number, "" for another text."""
    serial = SERIAL.fullmatch(text.strip())
    return f"{day_of(int(serial[1])):%d.%m.%Y}" if serial and int(serial[1]) in DAYS else ""


def _month(word: str) -> int:
    return next(
        (at for stems in (STEMS, ENGLISH) for at, stem in enumerate(stems, 1) if word.startswith(stem)), 0
    )


def _changed(
    grid: Grid, layout: Layout, column: int, way: Callable[[str], str]
) -> dict[tuple[int, int], str]:
    return {
        (at, column): text
        for at, row in enumerate(grid)
        if at >= layout.first and column < len(row) and _is_full(row) and (text := way(row[column].text))
    }


def _is_full(row: Sequence[GridCell]) -> bool:
    """Tell a row of several cells from a heading, which may be a month itself."""
    own = [cell for cell in row if cell.text.strip() and cell.merge is not Merge.ACROSS]
    return len(own) > 1


def _rounded(
    grid: Grid, layout: Layout, column: int, put: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Find «1.1» that was «1.10»: it stands after «1.9», and «1.11» after it."""
    told = [
        (at, put.get((at, column), row[column].text.strip().rstrip(".")))
        for at, row in enumerate(grid)
        if at >= layout.first and column < len(row) and row[column].text.strip()
    ]
    found: dict[tuple[int, int], str] = {}
    for (_, before), (at, number), (_, after) in zip(told, told[1:], told[2:], strict=False):
        parts = ROUND.fullmatch(number)
        upper = f"{parts[1]}.{int(parts[2]) * 10 - 1}" if parts else ""
        if parts and before == upper and after == f"{parts[1]}.{int(parts[2]) * 10 + 1}":
            found[at, column] = f"{number}0"
    return found
