"""Lists of people written into the book: new rows below, empty cells of known rows filled, what people typed left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from flows.domain.lists.cells import service
from flows.domain.lists.merging import KEYS, merged
from flows.domain.lists.rows import rows_of
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.terms.typed_days import typed_date
from flows.domain.text import cleaned, fold, unescaped
from flows.work.bring_roadmap import Brought, Source, Writing
from flows.workspace import fresh_rows, settings_tab, typed_cells
from flows.workspace.cells import back_request, changes
from flows.workspace.layout import CODE
from flows.workspace.sheets import EMPTY, SheetCell
from flows.workspace.table import placed

if TYPE_CHECKING:
    from flows.domain.lists.merging import TabMerge
    from flows.domain.lists.rows import ListRow
    from flows.domain.lists.tables import PeopleTable
    from flows.domain.model import Cell, Row
    from flows.workspace.cells import Written
    from flows.workspace.layout import Layout
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request, Sheet
    from flows.workspace.table import Table

__all__ = ["lists"]

EMPTY_LIST = "В файле есть заголовки списка, а под ними пусто. Впишите людей под заголовками, сохраните файл и повторите."
YEARS = "Стаж, лет"
ERROR = re.compile(r"#[A-ZА-ЯЁ0-9/]{2,12}[!?]?")
SERIAL = re.compile(r"[2-7]\d{4}")  # a day of this century and the last as a spreadsheet counts it
COUNCILS = "педсоветы"
LONGEST_COUNT = 3  # signs of a number in «Настройки»; anything longer is somebody's code
Filled = Sequence[tuple[str, "Row", Mapping[str, "Cell"]]]


def lists(
    book: Book,
    tables: Sequence[PeopleTable],
    source: Source,
    layout: Layout,
    told: tuple[Problem, ...] = (),
) -> Writing:
    """Say what has to be written so that the book has the file's people; what is not taken is told with its row.

    `told` are the findings of reading the file.
    """
    read = [rows_of(table, source.name) for table in tables]
    rows = [row for taken, _ in read for row in taken]
    merge = merged(
        {tab: book.rows(tab) for tab in KEYS},
        [row for row in rows if row.tab in book.tables and row.tab != SETTINGS],
        _reader(layout),
    )
    beside = [
        fresh_rows.below(book.tables[tab], [_line(book.tables[tab], cells) for _, cells in each.fresh])
        for tab, each in merge.tabs.items()
        if each.fresh
    ]
    settings = _card(row for row in rows if row.tab == SETTINGS)
    card = settings_tab.filled(book, settings, _councils(settings))
    beside += card
    upon = [request for each in merge.filled for request in _fills(book, each)]
    if not any(taken or found for taken, found in read):
        told = (*told, Problem(Severity.STOP, "list-empty", Origin(source.name), EMPTY_LIST))
    problems = (*told, *(each for _, found in read for each in found), *merge.problems, *book.problems)
    brought = Brought(
        _added(merge.tabs, tables), problems=problems, written=bool(upon or beside),
        matched={tab: each.matched for tab, each in merge.tabs.items() if each.matched},
        repeated={tab: each.repeated for tab, each in merge.tabs.items() if each.repeated},
        filled=(
            *(f"{_called(tab, row)}: {', '.join(cells)}" for tab, row, cells in merge.filled),
            *([f"{SETTINGS}: {_blank(book, settings)}"] if card else []),
        ),
        differing=tuple(f"{_called(tab, row)}: {', '.join(headers)}" for tab, row, headers in merge.kept),
        places={tab: _places(each) for tab, each in merge.tabs.items() if each.fresh},
    )  # fmt: skip
    if not upon:
        return Writing(brought, (), tuple(beside))
    return Writing(brought, (*upon, *beside), (), lambda now: _strayed(book, now, merge.filled))


def _added(tabs: Mapping[str, TabMerge], tables: Sequence[PeopleTable]) -> dict[str, int]:
    """Count new rows by tab; a list of the file that adds none is told too."""
    named = {table.columns.tab for table in tables} | tabs.keys()
    return {tab: len(tabs[tab].fresh) if tab in tabs else 0 for tab in KEYS if tab in named}


def _reader(layout: Layout) -> Callable[[str, str, str], tuple[Cell, str]]:
    """Return how a text becomes a value of a column, as the book itself would read it."""
    columns = {(tab.title, each.header): each for tab in layout.tabs for each in tab.columns}

    @cache  # a list says the same days, states and pairs over and over
    def take(tab: str, header: str, text: str) -> tuple[Cell, str]:
        column = columns.get((tab, header))
        plain = cleaned(unescaped(text)).strip()
        if column is None or not plain:
            return plain or None, ""
        if ERROR.fullmatch(plain):
            return None, "ошибка формулы"
        if header == YEARS:
            plain = service(plain)
        if column.kind == "text":
            return plain, ""
        serial = column.kind == "date" and SERIAL.fullmatch(plain)
        cell = SheetCell(int(plain), plain) if serial else SheetCell(plain, plain)
        value, slip = typed_cells.read(cell, column, layout.lists)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return (None, _fault(slip[1])) if slip else (value, "")

    return take


def _fault(sentence: str) -> str:
    """Take out of a slip's sentence what is wrong with the cell: «нужна дата вида 15.09.2026, а стоит другое»."""
    return sentence.partition("» ")[2].partition(". ")[0].rstrip(".") or "стоит не то"


def _line(table: Table, cells: Mapping[str, Cell]) -> dict[str, Written]:
    return {column.header: cells.get(column.header) for column in table.tab.columns}


def _fills(book: Book, filled: tuple[str, Row, Mapping[str, Cell]]) -> list[Request]:
    tab, row, cells = filled
    table = book.tables[tab]
    return changes(table.sheet, placed(table, row.origin.row, cells))


def _strayed(before: Book, now: Book, filled: Filled) -> list[Request]:
    """Put back what was filled into rows without a code that people moved meanwhile: they are told by whom they are about."""
    out: list[Request] = []
    for tab, row, cells in filled:
        table, fresh = before.tables[tab], now.tables.get(tab)
        line = row.origin.row - 1
        if row.code or fresh is None or _about(table, table.sheet, line) == _about(fresh, fresh.sheet, line):
            continue
        stands = _about(fresh, fresh.sheet, line)
        was = next(
            (at for at in range(1, len(table.sheet.cells)) if _about(table, table.sheet, at) == stands), None
        )
        for header in cells:
            cell = EMPTY if was is None else table.sheet.at(was, table.columns[header])
            out.append(back_request(fresh.sheet.sheet_id, (line, fresh.columns[header]), cell))
    return out


def _about(table: Table, sheet: Sheet, line: int) -> tuple[str, ...]:
    keys = (*KEYS[table.tab.title], CODE)
    return tuple(
        fold(str(sheet.at(line, table.columns[key]).value or "")) for key in keys if key in table.columns
    )


def _called(tab: str, row: Row) -> str:
    return row.code or f"{tab}, строка {row.origin.row}"


def _places(told: TabMerge) -> str:
    """Say where the new rows of a tab stand in the file: by sheet, with their first and last rows."""
    by_tab: dict[str, list[int]] = {}
    for row, _ in told.fresh:
        by_tab.setdefault(row.origin.tab, []).append(row.origin.row)
    return "; ".join(
        f"{f'«{tab}», ' if tab else ''}строк{'а' if min(rows) == max(rows) else 'и'} {_span(rows)}"
        for tab, rows in by_tab.items()
    )


def _span(rows: Sequence[int]) -> str:
    return str(min(rows)) if min(rows) == max(rows) else f"{min(rows)}–{max(rows)}"


def _card(rows: Iterable[ListRow]) -> dict[str, Written]:
    return {
        row.cells.get("Параметр", ""): _typed(row.cells.get("Параметр", ""), row.cells.get("Значение", ""))
        for row in rows
    }


def _blank(book: Book, settings: Mapping[str, Written]) -> str:
    """Name the lines of «Настройки» that are empty in the book and told in the file; dates of councils stand in a block of their own."""
    empty = {fold(row.text("Параметр")) for row in book.rows(SETTINGS) if not row.text("Значение")}
    named = [name for name, value in settings.items() if fold(name) in empty and value]
    return ", ".join(named) or COUNCILS


def _typed(name: str, text: str) -> Written:
    """Read a value of «Настройки» as a spreadsheet would have typed it: a day, a short number where it is no number of a paper."""
    plain = cleaned(unescaped(text)).strip()
    day = typed_date(plain)
    if day is not None:
        return day
    return (
        int(plain) if plain.isdecimal() and len(plain) <= LONGEST_COUNT and "№" not in name else plain or None
    )


def _councils(values: Mapping[str, Written]) -> list[dict[str, Written]]:
    days = [
        value for name, value in values.items() if name.startswith("Педсовет ") and isinstance(value, date)
    ]
    first = {
        "Протокол №": values.get("Протокол педсовета №"),
        "Дата протокола": values.get("Дата протокола педсовета"),
        "Что принято": values.get("Принято педсоветом"),
    }
    return [{"Дата": day, "Тема": None, **(first if at == 0 else {})} for at, day in enumerate(days)]
