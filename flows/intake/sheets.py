"""An .xlsx, .csv or .tsv roadmap: every sheet as a grid whose rows are the rows people see."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.intake.bare_book import loaded, visible
from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.formulas import without_values
from flows.intake.heading import describe
from flows.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from flows.intake.shown_days import as_seen
from flows.intake.weight import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

LEAST_COLUMNS = 3
ENCODINGS = ("cp1251", "cp866", "koi8-r")
COMMON = frozenset("оеаинтсрвл")


def read_book(data: bytes) -> Document:
    """Read an .xlsx; raises whatever openpyxl raises on a broken one."""
    book = loaded(data)
    sheets = [(sheet.title, _grid(sheet)) for sheet in visible(book)]
    blanks = without_values(data)
    document = _told([(name, grid) for name, grid in sheets if grid])
    kept = tuple(each for each in blanks if each[0] in document.names)
    return replace(document, unvalued=kept) if kept else document


def read_csv(data: bytes) -> Document:
    """Read a .csv or .tsv in UTF-8, UTF-16 or an encoding of a Russian Windows."""
    text = decoded(data)
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    delimiter = max("\t;,", key=text.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return _told([("", tuple(tuple(GridCell(cell.strip()) for cell in row) for row in rows))])


def decoded(data: bytes) -> str:
    """Decode UTF-8 or UTF-16, else the Russian encoding that gives the most common letters."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        tried = [data.decode(name, errors="replace") for name in ENCODINGS]
        return max(tried, key=lambda text: sum(sign in COMMON for sign in text))


def _grid(sheet: Worksheet) -> Grid:
    last_row, last_column = _filled(sheet)
    rows = [[GridCell("")] * last_column for _ in range(last_row)]
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - a range of the sheet would make every cell
        if cell.value is not None and column <= last_column:
            rows[row - 1][column - 1] = GridCell(as_seen(cell.value, cell.number_format))
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    for area in sheet.merged_cells.ranges:
        if area.min_row <= len(rows) and area.min_col <= last_column:
            _merge(rows, area.bounds, last_column)
    return tuple(tuple(row) for row in rows)


def _filled(sheet: Worksheet) -> tuple[int, int]:
    """Return the last row and the last column that hold anything; formats alone do not count. Raise `TooMuchError`."""
    held = [place for place, cell in sheet._cells.items() if cell.value is not None]  # noqa: SLF001 - a range of the sheet would make every cell
    last_row, last_column = (
        max((row for row, _ in held), default=0),
        max((column for _, column in held), default=0),
    )
    if last_row > MOST_ROWS:
        raise TooMuchError("строк")
    if last_row * min(last_column, MOST_COLUMNS) > MOST_CELLS:
        raise TooMuchError("ячеек")
    return last_row, min(last_column, MOST_COLUMNS)


def _merge(rows: list[list[GridCell]], bounds: tuple[int, int, int, int], width: int) -> None:
    left, top, right, bottom = bounds
    text = rows[top - 1][left - 1].text
    for row in range(top - 1, min(bottom, len(rows))):
        for column in range(left - 1, min(right, width)):
            if (row, column) != (top - 1, left - 1):
                rows[row][column] = GridCell(text, Merge.ACROSS if column > left - 1 else Merge.DOWN)


def _told(sheets: Sequence[tuple[str, Grid]]) -> Document:
    """Take the lines above each table's first full row for the heading; the grid keeps them, so that rows keep their numbers."""
    lines: list[str] = []
    for _, grid in sheets:
        start = next(
            (
                at
                for at, row in enumerate(grid)
                if sum(bool(cell.text) and cell.merge is not Merge.ACROSS for cell in row) >= LEAST_COLUMNS
            ),
            len(grid),
        )
        lines += [" ".join(dict.fromkeys(cell.text for cell in row if cell.text)) for row in grid[:start]]
    tables = tuple(grid for _, grid in sheets)
    return describe(lines, tables, names=tuple(name for name, _ in sheets))
