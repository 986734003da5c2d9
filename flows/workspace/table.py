"""A tab read as a table: headers found by their words, cells by the kind of their column, slips named with their cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.model import Cell, Origin, Problem, Row, Severity
from flows.workspace import headers, typed_cells
from flows.workspace.layout import CODE, SYSTEM
from flows.workspace.sheets import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.workspace.cells import Place, Written
    from flows.workspace.layout import Lists, Tab
    from flows.workspace.sheets import Sheet

NO_LISTS: Lists = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Table:
    """A tab that could be read: where each canonical header stands (0-based column) and its filled rows."""

    tab: Tab
    sheet: Sheet
    columns: Mapping[str, int]
    rows: tuple[Row, ...]

    def address(self, row: int, header: str) -> str:
        """Name a cell as people see it: `C57`."""
        return f"{letters(self.columns[header])}{row}" if header in self.columns else str(row)

    def text(self, number: int, header: str) -> str:
        """Return the text of a cell in the row of that number, empty where there is no such row."""
        return next((row.text(header) for row in self.rows if row.origin.row == number), "")


def read(
    sheet: Sheet | None, tab: Tab, book: str, lists: Lists = NO_LISTS
) -> tuple[Table | None, tuple[Problem, ...]]:
    """Read a tab; `lists` are the choices of its dropdowns.

    `None` when its headers cannot be trusted: nothing is then read from it or written to it.
    """
    if sheet is None:
        told = f"Во вкладках книги нет «{tab.title}». Верните вкладку с этим названием или создайте её заново командой init."
        return None, (Problem(Severity.STOP, "no-tab", Origin(book, tab.title), told),)
    columns, problems = headers.found(sheet, tab, book)
    if any(each.severity is Severity.STOP for each in problems):
        return None, problems
    rows: list[Row] = []
    slips = list(problems)
    for at in range(1, len(sheet.cells)):
        row, own = _row(sheet, tab, columns, at, (book, lists))
        if row is not None:
            rows.append(row)
            slips += own
    return Table(tab, sheet, columns, tuple(rows)), tuple(slips)


def reread(table: Table, sheet: Sheet, lines: Iterable[int]) -> Table:
    """Read some lines of a tab anew, from what was seen of it later; the other rows stay as they were read."""
    rows = {row.origin.row - 1: row for row in table.rows}
    book = table.rows[0].origin.book if table.rows else ""
    for line in lines:
        row, _ = _row(sheet, table.tab, table.columns, line, (book, NO_LISTS))
        rows.pop(line, None)
        rows |= {} if row is None else {line: row}
    kept = tuple(rows[line] for line in sorted(rows) if line < len(sheet.cells))
    return replace(table, sheet=sheet, rows=kept)


def _row(
    sheet: Sheet, tab: Tab, columns: Mapping[str, int], at: int, source: tuple[str, Lists]
) -> tuple[Row | None, list[Problem]]:
    cells: dict[str, Cell] = {}
    slips: list[Problem] = []
    for column in tab.columns:
        if column.header not in columns:
            continue
        cell = sheet.at(at, columns[column.header])
        value, slip = typed_cells.read(cell, column, source[1])
        cells[column.header] = value
        if slip:
            weight = Severity.NOTE if slip[0] == typed_cells.UNSEEN_SIGNS else Severity.QUESTION
            slips.append(
                Problem(
                    weight,
                    slip[0],
                    Origin(source[0], tab.title, at + 1, column.header),
                    slip[1],
                    printed=cell.shown or cell.formula,
                )
            )
    if not slips and not any(
        _written(value)
        for header, value in cells.items()
        if tab.owner != "people" or not header.startswith(SYSTEM)
    ):
        return None, []
    return Row(Origin(source[0], tab.title, at + 1), str(cells.get(CODE) or "").strip(), cells), slips


def _written(value: Cell) -> bool:
    return value is not None and value is not False and value != ""


def placed(table: Table, row: int, cells: Mapping[str, Written]) -> dict[Place, Written]:
    """Place cells of a row (as people number it) into the columns that exist."""
    return {
        (row - 1, table.columns[header]): value for header, value in cells.items() if header in table.columns
    }


def as_line(table: Table, cells: Mapping[str, Written]) -> list[Written]:
    """Spread cells over a whole new row."""
    line: list[Written] = [None] * (max(table.columns.values()) + 1)
    for header, value in cells.items():
        if header in table.columns:
            line[table.columns[header]] = value
    return line
