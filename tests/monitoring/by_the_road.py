"""The same rows through the road: typed into a workbook, read by its readers, gathered, counted."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.domain.book.understanding import BookContents, Supplied, Understood, understand
from flows.domain.monitoring.indicators.counting import count
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.periods import Period
from flows.domain.tabs import REGISTER, SURVEYS
from flows.workspace import reading
from flows.workspace.forms import response_tabs
from flows.workspace.register import filed_rows
from flows.workspace.sheets import EMPTY, Sheet, SheetCell, Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.monitoring.indicators.figure import Figure
    from tests.monitoring.recount_cells import Book, Span

EPOCH = date(1899, 12, 30)
CARD = {
    "Полное наименование": "муниципальное бюджетное общеобразовательное учреждение «Школа № 500»",
    "Краткое наименование": "МБОУ «Школа № 500»",
    "Должность руководителя": "директор",
    "ФИО руководителя": "Громова Марина Викторовна",
    "Куратор": "Лугова Татьяна Ильинична",
    "Должность куратора": "методист",
    "Учебный год": "2026-2027",
    "Часовой пояс": "Europe/Moscow",
    "Город": "г. Светлогорье",
}


def figures(book: Book, span: Span) -> dict[str, Figure]:
    """Count M1–M16 for a note of the span as the program does on the span's day."""
    evidence = understood(book, span.today).facts.evidence
    scope = scope_of(evidence, Period(span.since, span.until))
    return {figure.code: figure for figure in count(evidence, scope)}


def understood(book: Book, today: date, kept: Mapping[str, str] | None = None) -> Understood:
    """Read the workbook and understand it on a day; `kept` are the figures of earlier notes by their keys."""
    layout = settings.book_layout()
    opened = reading.read(workbook(book), layout)
    rows = {title: table.rows for title, table in opened.tables.items()}
    grids = response_tabs(opened.snapshot, layout, {row.text("Анкета") for row in rows.get(SURVEYS, ())})
    contents = BookContents(
        opened.snapshot.title, rows, reading.lines(opened), filed_rows(opened.tables[REGISTER]), {},
        opened.problems, opened.unread, grids, kept or {},
    )  # fmt: skip
    return understand("школа", contents, today, supplied(book))


def supplied(book: Book) -> Supplied:
    """What is given besides the workbook."""
    return Supplied(_kinds(), (), _method(), book.days_off)


_kinds = cache(settings.catalogue)
_method = cache(settings.monitoring)


def workbook(book: Book) -> Snapshot:
    """Type the rows into a workbook that has every tab of the layout, and the tabs of forms beside."""
    layout = settings.book_layout()
    sheets = [
        _sheet(tab.title, [column.printed for column in tab.columns], book.rows(tab.title), at)
        for at, tab in enumerate(layout.tabs)
        if tab.title != "Настройки"
    ]
    named = {tab.title for tab in layout.tabs}
    for title, rows in book.tabs.items():
        if title not in named:
            heads = list(dict.fromkeys(head for row in rows for head in row))
            sheets.append(_sheet(title, heads, rows, len(sheets)))
    lines = [["Параметр", "Значение"], ["Организация"], ["Параметр", "Значение"]]
    lines += [[name, value] for name, value in {**CARD, **book.settings}.items()]
    sheets.append(_grid("Настройки", lines, len(sheets)))
    return Snapshot("book", "Наставничество", "", tuple(sheets))


def _sheet(title: str, heads: list[str], rows: list[dict[str, Any]], at: int) -> Sheet:
    plain = [head.removesuffix(" *") for head in heads]
    unknown = {head for row in rows for head in row} - set(plain)
    assert not unknown, (title, unknown)
    return _grid(title, [heads, *([row.get(head) for head in plain] for row in rows)], at)


def _grid(title: str, lines: list[list[Any]], at: int) -> Sheet:
    cells = tuple(tuple(_cell(value) for value in line) for line in lines)
    return Sheet(at, title, False, len(cells), max((len(line) for line in cells), default=0), cells)


def _cell(value: Any) -> SheetCell:
    """Spell a value as a spreadsheet keeps it: days are numbers that look like days."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, datetime):
        serial = (value.date() - EPOCH).days + (value.hour * 60 + value.minute) / 1440
        return SheetCell(serial, f"{value:%d.%m.%Y %H:%M:%S}")
    if isinstance(value, date):
        return SheetCell((value - EPOCH).days, f"{value:%d.%m.%Y}")
    return SheetCell(value, str(value).replace(".", ",") if isinstance(value, float) else str(value))
