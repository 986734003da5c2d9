"""Columns of a roadmap's file that «Дорожная карта» does not have: found again or added at its right end, never ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap import file_trace
from flows.domain.text import fold
from flows.workspace import looks
from flows.workspace.headers import printed_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Activity
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

OF_FILE = " (в файле)"


@dataclass(frozen=True, slots=True)
class OwnColumns:
    """A table that knows the file's own columns as well; `requests` add those that are new, `added` by name.

    `dropped` are columns that were brought in before and that people took away: they are not added again.
    """

    table: Table
    requests: tuple[Request, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def lines(self, name: str) -> Iterator[str]:
        """Say for `Журнал` which columns the file of that name added."""
        if self.added:
            yield f"Перенос из файла «{name}»: справа добавлены столбцы файла: {_listed(self.added)}."

    def doubts(self, book: str) -> Iterator[Problem]:
        """Note the file's own columns that people took out of the tab or renamed; `book` is its title."""
        if self.dropped:
            told = f"Эти столбцы файла раньше переносились, но из вкладки их убрали или переименовали, поэтому они не добавлены снова: {_listed(self.dropped)}. Если они нужны, верните столбцы с этими названиями."
            yield Problem(Severity.NOTE, "own-columns", Origin(book, self.table.tab.title, 1), told)


def _listed(headers: Sequence[str]) -> str:
    return ", ".join(f"«{header}»" for header in headers)


def apart(table: Table, activities: Sequence[Activity]) -> tuple[Activity, ...]:
    """Rename the file's own columns that are called as one of ours, so that ours are not written over."""
    ours = {fold(column.header) for column in table.tab.columns}
    return tuple(
        replace(
            each,
            others=tuple(
                (f"{header}{OF_FILE}" if fold(header) in ours else header, text)
                for header, text in each.others
            ),
        )
        for each in activities
    )


def beside(table: Table, activities: Sequence[Activity]) -> OwnColumns:
    """Find the file's own columns in the tab, and say what adds those that it never had."""
    names = list(dict.fromkeys(header for each in activities for header, _ in each.others))
    if not names:
        return OwnColumns(table)
    standing = {fold(text): at for at, text in enumerate(printed_row(table.sheet, 0)) if text.strip()}
    brought = {name for row in table.rows for name in file_trace.source(row).others}
    missing = [name for name in names if fold(name) not in standing]
    dropped = tuple(name for name in missing if file_trace.named(name) in brought)
    added = tuple(name for name in missing if name not in dropped)
    last = max(map(len, table.sheet.cells), default=0)
    places = {name: standing[fold(name)] for name in names if fold(name) in standing}
    places |= {name: at for at, name in enumerate(added, last)}
    requests = [each for name in added for each in looks.own_column(table.sheet, places[name], name)]
    return OwnColumns(_knowing(table, places), tuple(requests), added, dropped)


def _knowing(table: Table, places: dict[str, int]) -> Table:
    rows = tuple(
        replace(
            row,
            cells={
                **row.cells,
                **{name: _shown(table, row.origin.row, at) for name, at in places.items()},
            },
        )
        for row in table.rows
    )
    return replace(table, columns={**table.columns, **places}, rows=rows)


def _shown(table: Table, row: int, at: int) -> str:
    cell = table.sheet.at(row - 1, at)
    return cell.shown or str(cell.value if cell.value is not None else "")
