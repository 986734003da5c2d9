"""New rows of a tab as requests: below the last one, or between rows that stand there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flows.workspace.cells import appended, entered
from flows.workspace.table import as_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.workspace.cells import Written
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

Fresh = tuple[int, "Mapping[str, Written]"]


def below(table: Table, rows: Iterable[Mapping[str, Written]]) -> Request:
    """Add rows below the last one of a tab."""
    return appended(table.sheet.sheet_id, [as_line(table, cells) for cells in rows])


def laid(table: Table, fresh: Sequence[Fresh]) -> tuple[tuple[Request, ...], tuple[Request, ...]]:
    """Add rows, each after the row (as people number it) that stands above it.

    Return those below the last row of the tab, and apart from them those between others, the lowest first.
    """
    last = max((row.origin.row for row in table.rows), default=1)
    lowest = [cells for above, cells in fresh if above >= last]
    between = sorted((row for row in fresh if row[0] < last), key=lambda row: -row[0])
    inside: list[Request] = []
    for above, rows in groupby(between, key=lambda row: row[0]):
        inside += _inserted(table, above, [as_line(table, cells) for _, cells in rows])
    return (below(table, lowest),) if lowest else (), tuple(inside)


def _inserted(table: Table, above: int, lines: Sequence[Sequence[Written]]) -> list[Request]:
    sheet_id = table.sheet.sheet_id
    area = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": above, "endIndex": above + len(lines)}
    rows = [{"values": [{"userEnteredValue": entered(value)} for value in line]} for line in lines]
    start = {"sheetId": sheet_id, "rowIndex": above, "columnIndex": 0}
    return [
        {"insertDimension": {"range": area, "inheritFromBefore": above > 1}},
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
    ]
