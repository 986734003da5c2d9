"""A roadmap's file written into the book: new rows where the file has them, changed cells, lines of `Журнал`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap import file_merge, file_trace
from flows.domain.tabs import JOURNAL, ROADMAP, SETTINGS
from flows.domain.text import fold
from flows.workspace.cells import appended, changes, entered
from flows.workspace.table import as_line, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.domain.model import Activity, Row
    from flows.domain.roadmap.file_merge import FileMerge
    from flows.domain.roadmap.grids import Document
    from flows.workspace.cells import Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

JOURNALED = ("Когда", "Что сделано")
BROUGHT_IN = ("файл", "строки")
ORDER = re.compile(r"приказ\w*\s.*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: rows added by tab, cells changed and kept, rows that the file no longer has, findings of the file.

    `dropped` are the file's rows that people took out of the book: they are not brought in again.
    """

    added: Mapping[str, int]
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """An import as requests: `upon` write on rows that stand already (people may move them meanwhile), `beside` do not."""

    brought: Brought
    upon: tuple[Request, ...] = ()
    beside: tuple[Request, ...] = ()


def roadmap(book: Book, document: Document, activities: Sequence[Activity], problems: tuple[Problem, ...], name: str, today: str) -> Writing:  # noqa: PLR0913, PLR0917 - a file is told by all of these
    """Say what has to be written so that the book has the file's roadmap; `name` is the file's, `today` the day printed in `Журнал`."""
    table = book.tables.get(ROADMAP)
    if table is None:
        return Writing(Brought({}, problems=(*problems, *book.problems)))
    known = frozenset(book.scheme.get(*BROUGHT_IN).split())
    merge, dropped = file_merge.without(file_merge.merged(table.rows, activities, file_trace.noted(problems)), known, table.rows)
    told = about(document)
    upon = [request for row, cells in merge.cells.items() for request in changes(table.sheet, placed(table, row, cells))]
    upon += card(book, told)
    upon += _remembered(book, known | {file_merge.name(file_merge.printed(each)) for each in activities})
    below, inside = _laid(table, merge)
    if upon or below or inside:
        upon += journal(book, _lines(merge, name), today)
    brought = Brought(
        {ROADMAP: len(merge.fresh)}, _named(merge, kept=False), tuple(_code(row) for row in merge.gone),
        (*problems, *_card_differs(book, told)), bool(upon or below or inside), _named(merge, kept=True), dropped,
    )  # fmt: skip
    return Writing(brought, (*upon, *below), inside)


def _laid(table: Table, merge: FileMerge) -> tuple[tuple[Request, ...], tuple[Request, ...]]:
    """Add new rows: those after the last one below it, others where the file has them, the lowest first."""
    last = max((row.origin.row for row in table.rows), default=1)
    below = [as_line(table, told) for above, told in merge.fresh if above >= last]
    inside: list[Request] = []
    for above, group in groupby(sorted((each for each in merge.fresh if each[0] < last), key=lambda each: -each[0]), key=lambda each: each[0]):
        lines = [{"values": [{"userEnteredValue": entered(value)} for value in as_line(table, told)]} for _, told in group]
        area = {"sheetId": table.sheet.sheet_id, "dimension": "ROWS", "startIndex": above, "endIndex": above + len(lines)}
        inside.append({"insertDimension": {"range": area, "inheritFromBefore": above > 1}})
        inside.append({"updateCells": {"start": {"sheetId": table.sheet.sheet_id, "rowIndex": above, "columnIndex": 0}, "rows": lines, "fields": "userEnteredValue"}})
    return (appended(table.sheet.sheet_id, below),) if below else (), tuple(inside)


def _remembered(book: Book, names: Iterable[str]) -> list[Request]:
    """Remember which rows were ever brought in, so that one that people take out stays out."""
    cells, fresh = book.scheme.lines({BROUGHT_IN: " ".join(sorted(names))})
    return [*changes(book.scheme.sheet, cells), *([appended(book.scheme.sheet.sheet_id, fresh)] if fresh else [])]


def _code(row: Row) -> str:
    return row.code or f"№ {row.text(file_merge.NUMBER)}"


def _named(merge: FileMerge, *, kept: bool) -> tuple[str, ...]:
    """Name the changed cells by row; what stands in them is told in the book only."""
    rows: dict[str, list[str]] = {}
    for each in merge.changes:
        if each.kept is kept:
            rows.setdefault(_code(each.row), []).append(each.header)
    return tuple(f"{code}: {', '.join(headers)}" for code, headers in rows.items())


def _lines(merge: FileMerge, name: str) -> Iterator[str]:
    if merge.fresh:
        yield f"Перенос из файла «{name}»: добавлено строк — {len(merge.fresh)}."
    for each in merge.changes:
        where = f"Перенос из файла «{name}»: строка {_code(each.row)}, «{each.header}»"
        yield f"{where}: в файле теперь «{each.now}», в книге вписано «{each.was}»; вписанное оставлено." if each.kept else f"{where}: было «{each.was}», стало «{each.now}»."
    for row in merge.newly_gone:
        yield f"Перенос из файла «{name}»: строки {_code(row)} в файле больше нет; в книге она оставлена."


def journal(book: Book, lines: Iterator[str], today: str) -> list[Request]:
    """Add lines to `Журнал` under a day; none when the book has no such tab."""
    table = book.tables.get(JOURNAL)
    entries = [as_line(table, dict(zip(JOURNALED, (today, line), strict=True))) for line in lines] if table else []
    return [appended(table.sheet.sheet_id, entries)] if table and entries else []


def about(document: Document) -> dict[str, Written]:
    """Return the values of `Настройки` that a roadmap's file tells."""
    order = next((line for line in document.stamps if ORDER.match(line)), "")
    told: dict[str, Written] = {"Название дорожной карты": document.title, "Краткое наименование": document.organisation, "Приказ о дорожной карте": order}
    if document.period:
        told |= {"Период дорожной карты (с)": document.period.start, "Период дорожной карты (по)": document.period.end}
    return told


def card(book: Book, told: Mapping[str, Written], councils: Sequence[Mapping[str, Written]] = ()) -> list[Request]:
    """Fill the empty values of `Настройки`; what people typed there stays."""
    table = book.tables.get(SETTINGS)
    if table is None:
        return []
    sheet, columns = table.sheet, [table.columns[column.header] for column in table.tab.columns if column.header in table.columns]
    cells: dict[tuple[int, int], Written] = {}
    values = {fold(name): value for name, value in told.items()}
    block = ""
    for at in range(1, len(sheet.cells)):
        name = fold(str(sheet.at(at, columns[0]).value or ""))
        if name == fold("Педсоветы"):
            block = "councils"
        elif not name:
            block = ""
        if values.get(name) and sheet.at(at, columns[1]).value in {None, ""}:
            cells[at, columns[1]] = values[name]
        if block and name.isdecimal() and int(name) <= len(councils) and sheet.at(at, columns[1]).value in {None, ""}:
            cells |= {(at, column): value for column, value in zip(columns[1:], councils[int(name) - 1].values(), strict=False) if value}
    return changes(sheet, cells)


def _card_differs(book: Book, told: Mapping[str, Written]) -> Iterator[Problem]:
    """Note where `Настройки` says otherwise than the file: what is typed there stays."""
    table = book.tables.get(SETTINGS)
    for row in table.rows if table else ():
        value = told.get(row.text("Параметр"))
        if isinstance(value, str) and value and row.text("Значение") and fold(value) != fold(row.text("Значение")):
            said = f"«{row.text('Параметр')}» в файле другое, чем вписано в «Настройки»; оставлено вписанное. Если верно в файле, исправьте там."
            yield Problem(Severity.NOTE, "card-differs", Origin(row.origin.book, SETTINGS, row.origin.row, "Значение"), said)
