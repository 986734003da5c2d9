"""Sheets of form answers in a file: our own filled tables, and what Google Forms gives to download (.xlsx, .csv)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.text import cleaned, unescaped
from flows.intake import guards
from flows.intake.bare_book import loaded, visible
from flows.intake.limits import MOST_COLUMNS, MOST_ROWS
from flows.intake.older import modern
from flows.intake.sheets import decoded
from flows.intake.weight import TooMuchError, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from flows.domain.marks import Value

SUFFIXES = {".xlsx", ".csv", ".tsv"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of answers: its title («» in a .csv), and its cells, the headers first; empty rows keep their places."""

    title: str
    grid: tuple[tuple[Value, ...], ...]


def read_answers(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets whose first header is the time mark of a form; none for any other file, whatever is in it."""
    suffix = PurePath(name).suffix.lower()
    data = made if isinstance(made := modern(data), bytes) else data
    kind = guards.kind_of(data, suffix)
    if kind not in SUFFIXES or guards.refusal(data, suffix):
        return ()
    try:
        weighed(data, kind)
    except TooMuchError:
        return ()  # the roadmap reader says so
    sheets = _book(data) if kind == ".xlsx" else (Sheet("", _typed(data)),) if kind in SUFFIXES else ()
    return tuple(sheet for sheet in sheets if _timed(sheet))


def _timed(sheet: Sheet) -> bool:
    first = next((str(cell) for cell in (sheet.grid[0] if sheet.grid else ()) if cell not in {None, ""}), "")
    return key(first) in TIME_WORDS


def _book(data: bytes) -> tuple[Sheet, ...]:
    try:
        book = loaded(data)
    except Exception:  # noqa: BLE001 - whatever openpyxl raises, the roadmap reader says what is wrong with the file
        return ()
    return tuple(Sheet(sheet.title, _trimmed(_rows(sheet))) for sheet in visible(book))


def _rows(sheet: Worksheet) -> Iterable[tuple[object, ...]]:
    return sheet.iter_rows(
        max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS), values_only=True
    )


def _typed(data: bytes) -> tuple[tuple[Value, ...], ...]:
    text = decoded(data)
    delimiter = max("\t;,", key=text.partition("\n")[0].count)
    return _trimmed(
        [_number(cell) for cell in row[:MOST_COLUMNS]]
        for row in list(csv.reader(io.StringIO(text), delimiter=delimiter))[:MOST_ROWS]
    )


def _number(text: str) -> Value:
    """Take a bare whole number for one, as a spreadsheet does."""
    plain = text.strip()
    return float(plain) if plain.isdecimal() and len(plain) <= 3 else plain  # noqa: PLR2004 - a mark; anything longer is somebody's code


def _trimmed(rows: Iterable[Iterable[object]]) -> tuple[tuple[Value, ...], ...]:
    told = [tuple(_kept(cell) for cell in row) for row in rows]
    while told and not any(cell not in {None, ""} for cell in told[-1]):
        told.pop()
    return tuple(told)


def _kept(cell: object) -> Value:
    return cell if cell is None or isinstance(cell, int | float | date) else cleaned(unescaped(str(cell)))
