"""The district's tabs brought to what was collected: only what differs is written, and no cell of people's columns.

Rows are known by their keys wherever people have sorted them. A row that goes is emptied; where it held what people
wrote, `tables` keeps it. New rows come below the last one: a hole may hold somebody's row by the time it is filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.domain.district.reach import CODE
from flows.domain.tabs import (
    CURATORS,
    FIGURES,
    INDICATORS,
    JOURNAL,
    MENTOR_BASE,
    ORGANISATIONS,
    PERFORMANCE,
    PROGRAMMES,
    ROADMAP,
)
from flows.workspace.cells import appended, changes
from flows.workspace.table import as_line, placed
from flows.workspace.writeback import JOURNALED, KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.district.tables import Tables
    from flows.domain.model import Cell, Row
    from flows.workspace.cells import Place, Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

KEYED = (PERFORMANCE, FIGURES, INDICATORS, MENTOR_BASE, PROGRAMMES, CURATORS)
OF_PEOPLE = frozenset({"people", "answer"})


def kept(book: Book) -> dict[str, dict[str, Row]]:
    """Return the rows of the keyed tabs by key; of a key that stands twice the upper row."""
    return {tab: _by_key(book.tables[tab]) for tab in KEYED if tab in book.tables}


def _by_key(table: Table) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in table.rows:
        if row.text(KEY):
            found.setdefault(row.text(KEY), row)
    return found


def requests(book: Book, wanted: Tables, today: date) -> list[Request]:
    """Return what has to be written so that the book says what was collected; a book that says it gives nothing.

    A tab that could not be read is left alone. `wanted.words` go to `Журнал`, once: what they tell of is gone then.
    """
    out: list[Request] = []
    for tab in KEYED:
        if tab in book.tables and tab in wanted.tabs:
            out += _rows(book.tables[tab], wanted.tabs[tab])
    out += _members(book.tables.get(ORGANISATIONS), wanted.members)
    out += _plan(book.tables.get(ROADMAP), wanted.plan)
    journal = book.tables.get(JOURNAL)
    if journal is not None and wanted.words:
        lines = ([f"{today:%d.%m.%Y}", word] for word in wanted.words)
        told = [as_line(journal, dict(zip(JOURNALED, line, strict=False))) for line in lines]
        out.append(appended(journal.sheet.sheet_id, told))
    return out


def _rows(table: Table, wanted: Mapping[str, Mapping[str, Cell]]) -> list[Request]:
    """Bring the rows of a tab to their keys: change what differs, empty what goes, add what is new."""
    ours = [each.header for each in table.tab.columns if each.editor not in OF_PEOPLE]
    standing = _by_key(table)
    cells: dict[Place, Written] = {}
    for row in table.rows:
        name = row.text(KEY)
        if name and name in wanted and standing[name] is row:
            cells |= placed(table, row.origin.row, _ours(wanted[name], ours))
        elif name:
            cells |= placed(table, row.origin.row, dict.fromkeys(ours))
    fresh = [as_line(table, _ours(of, ours)) for name, of in wanted.items() if name not in standing]
    below = [appended(table.sheet.sheet_id, fresh)] if fresh else []
    return [*_stacked(changes(table.sheet, cells)), *below]


def _stacked(requests: Sequence[Request]) -> list[Request]:
    """Let cells of one column that stand below each other go in one request: every morning brings a new day to thousands."""
    out: list[Request] = []
    open_: dict[tuple[int, int], dict[str, Any]] = {}
    for each in requests:
        body = each["updateCells"]
        start, (line,) = body["start"], body["rows"]
        place = start["columnIndex"], len(line["values"])
        above = open_.get(place)
        if above and above["start"]["rowIndex"] + len(above["rows"]) == start["rowIndex"]:
            above["rows"].append(line)
        else:
            open_[place] = body
            out.append(each)
    return out


def _ours(cells: Mapping[str, Cell], ours: Sequence[str]) -> dict[str, Written]:
    return {header: cells[header] for header in ours if header in cells}


def _members(table: Table | None, wanted: Mapping[str, Mapping[str, Cell]]) -> list[Request]:
    """Write the system's cells of «Организации»: of two rows with one code the upper is the organisation."""
    cells: dict[Place, Written] = {}
    seen: set[str] = set()
    for row in table.rows if table else ():
        slug = row.text(CODE).lower()
        if table and slug in wanted and slug not in seen:
            cells |= placed(table, row.origin.row, dict(wanted[slug]))
        seen.add(slug)
    return _stacked(changes(table.sheet, cells)) if table else []


def _plan(table: Table | None, wanted: Mapping[str, Mapping[str, Cell]]) -> list[Request]:
    """Write how far the district's own rows are, by the codes of the rows."""
    if table is None:
        return []
    cells: dict[Place, Written] = {}
    for row in table.rows:
        if row.code and row.code in wanted:
            cells |= placed(table, row.origin.row, dict(wanted[row.code]))
    return _stacked(changes(table.sheet, cells))
