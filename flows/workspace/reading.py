"""A workbook read into tables, with the tabs that could not be trusted named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.workspace import table as tables
from flows.workspace.register import SCHEME, Scheme, scheme_of
from flows.workspace.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.card import Line
    from flows.domain.model import Cell, Problem, Row
    from flows.workspace.layout import Layout
    from flows.workspace.sheets import Snapshot
    from flows.workspace.table import Table

LINES = "Настройки"
SERIALS = (20_000, 80_000)


@dataclass(frozen=True, slots=True)
class Book:
    """One reading of an organisation's workbook."""

    snapshot: Snapshot
    tables: Mapping[str, Table]
    scheme: Scheme
    problems: tuple[Problem, ...]
    unread: frozenset[str]

    def rows(self, title: str) -> Sequence[Row]:
        """Return a tab's rows, none when it could not be read."""
        return self.tables[title].rows if title in self.tables else ()


def read(snapshot: Snapshot, layout: Layout) -> Book:
    """Read every tab of the layout; a tab that cannot be trusted is left out with its finding."""
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for tab in layout.tabs:
        if tab.owner == "service":
            continue
        read_tab, slips = tables.read(snapshot.sheet(tab.title), tab, snapshot.title)
        problems += slips
        if read_tab is not None:
            found[tab.title] = read_tab
    scheme = snapshot.sheet(SCHEME) or Sheet(-1, SCHEME, True, 0, 0)
    unread = frozenset(tab.title for tab in layout.tabs if tab.owner != "service" and tab.title not in found)
    return Book(snapshot, found, scheme_of(scheme), tuple(problems), unread)


def lines(book: Book) -> list[Line]:
    """Return `Настройки` as lines; a number in the range of this century's days is a date."""
    sheet = book.snapshot.sheet(LINES)
    if sheet is None:
        return []
    return [(at + 1, [_plain(sheet, at, column) for column in range(len(row))]) for at, row in enumerate(sheet.cells) if at]


def _plain(sheet: Sheet, row: int, column: int) -> Cell:
    cell = sheet.at(row, column)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        dated = SERIALS[0] <= cell.value <= SERIALS[1] and "." in cell.shown
        return tables.EPOCH + timedelta(days=int(cell.value)) if dated else cell.shown or cell.value
    if isinstance(cell.value, str):
        return tables.typed_date(cell.value) or cell.value
    return cell.value
