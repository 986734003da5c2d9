"""An .xlsx, .csv or .tsv roadmap: the first table of every sheet as a grid."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.heading import describe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LEAST_COLUMNS = 3


def read_book(path: Path) -> Document:
    """Read an .xlsx; raises whatever openpyxl raises on a broken one."""
    book = openpyxl.load_workbook(path, data_only=True)
    grids = [_grid(sheet) for sheet in book.worksheets]
    return _split([grid for grid in grids if grid])


def read_csv(path: Path) -> Document:
    """Read a .csv or .tsv in UTF-8 or the encoding of a Russian Windows."""
    text = decoded(path.read_bytes())
    delimiter = max("\t;,", key=text.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return _split([tuple(tuple(GridCell(cell.strip()) for cell in row) for row in rows)])


def decoded(data: bytes) -> str:
    """Decode UTF-8, else Windows-1251."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _grid(sheet: Worksheet) -> Grid:
    rows = [[GridCell(_shown(cell)) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        kept = rows[area.min_row - 1][area.min_col - 1].text
        for row in range(area.min_row - 1, area.max_row):
            for column in range(area.min_col - 1, area.max_col):
                if (row, column) != (area.min_row - 1, area.min_col - 1):
                    across = column > area.min_col - 1
                    rows[row][column] = GridCell(kept, Merge.ACROSS if across else Merge.DOWN)
    return tuple(tuple(row) for row in rows)


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _split(grids: Sequence[Grid]) -> Document:
    lines: list[str] = []
    tables: list[Grid] = []
    for grid in grids:
        start = next((at for at, row in enumerate(grid) if sum(bool(cell.text) for cell in row) >= LEAST_COLUMNS), len(grid))
        lines += [" ".join(dict.fromkeys(cell.text for cell in row if cell.text)) for row in grid[:start]]
        if grid[start:]:
            tables.append(grid[start:])
    return describe(lines, tuple(tables))
