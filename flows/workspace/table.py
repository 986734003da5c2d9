"""A tab read as a table: headers found by their words, cells by the kind of their column, slips named with their cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flows.domain.model import Cell, Origin, Problem, Row, Severity
from flows.domain.text import fold
from flows.workspace.layout import CODE, SYSTEM
from flows.workspace.sheets import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.workspace.layout import Column, Tab
    from flows.workspace.sheets import Sheet, SheetCell

EPOCH = date(1899, 12, 30)
DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s*г\.?)?")
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
YES = frozenset({"да", "истина", "true", "x", "х", "+", "v", "1"})
NO = frozenset({"нет", "ложь", "false", "-", "0", ""})
LAST_SERIAL = 2_958_465
NEAR = 0.55


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


def read(sheet: Sheet | None, tab: Tab, book: str) -> tuple[Table | None, tuple[Problem, ...]]:
    """Read a tab. `None` when its headers cannot be trusted: nothing is then read from it or written to it."""
    if sheet is None:
        told = f"Во вкладках книги нет «{tab.title}». Верните вкладку с этим названием или создайте её заново командой init."
        return None, (Problem(Severity.STOP, "no-tab", Origin(book, tab.title), told),)
    columns, problems = _headers(sheet, tab, book)
    if any(each.severity is Severity.STOP for each in problems):
        return None, problems
    rows: list[Row] = []
    found = list(problems)
    for at in range(1, len(sheet.cells)):
        row, slips = _row(sheet, tab, columns, at, book)
        if row is not None:
            rows.append(row)
            found += slips
    return Table(tab, sheet, columns, tuple(rows)), tuple(found)


def _headers(sheet: Sheet, tab: Tab, book: str) -> tuple[dict[str, int], tuple[Problem, ...]]:
    printed = [cell.shown or str(cell.value or "") for cell in (sheet.cells[0] if sheet.cells else ())]
    known = {fold(each.header): each.header for each in tab.columns}
    places: dict[str, int] = {}
    doubled = [name for name, count in Counter(fold(text) for text in printed if text.strip()).items() if count > 1 and name in known]
    for at, text in enumerate(printed):
        header = known.get(fold(text))
        if header:
            places.setdefault(header, at)
    strangers = {fold(text): text for text in printed if text.strip() and fold(text) not in known}
    origin = Origin(book, tab.title, 1)
    problems = [_doubled(known[name], origin) for name in doubled]
    problems += [_absent(column, strangers, origin) for column in tab.columns if column.header not in places]
    return places, tuple(problems)


def _doubled(header: str, origin: Origin) -> Problem:
    told = f"Во вкладке «{origin.tab}» два столбца «{header}»: неясно, какой из них верный. Переименуйте или удалите лишний, до этого вкладка не читается."
    return Problem(Severity.STOP, "header-doubled", Origin(origin.book, origin.tab, 1, header), told)


def _absent(column: Column, strangers: Mapping[str, str], origin: Origin) -> Problem:
    """Say that a header is gone; refuse the tab when it is needed or may have been renamed."""
    near = get_close_matches(fold(column.header), list(strangers), 1, NEAR)
    where = Origin(origin.book, origin.tab, 1, column.header)
    if near:
        told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}», зато есть «{strangers[near[0]]}». Если это он, верните прежнее название; до этого вкладка не читается и в неё ничего не пишется."
        return Problem(Severity.STOP, "header-renamed", where, told, column.printed, strangers[near[0]])
    if column.required or column.header == CODE:
        told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}». Добавьте его в первую строку; до этого вкладка не читается и в неё ничего не пишется."
        return Problem(Severity.STOP, "header-missing", where, told, column.printed)
    told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}»: он считается пустым. Если он нужен, добавьте его в первую строку."
    return Problem(Severity.NOTE, "header-missing", where, told, column.printed)


def _row(sheet: Sheet, tab: Tab, columns: Mapping[str, int], at: int, book: str) -> tuple[Row | None, list[Problem]]:
    cells: dict[str, Cell] = {}
    slips: list[Problem] = []
    for column in tab.columns:
        if column.header not in columns:
            continue
        cell = sheet.at(at, columns[column.header])
        value, slip = _value(cell, column)
        cells[column.header] = value
        if slip:
            slips.append(Problem(Severity.QUESTION, slip[0], Origin(book, tab.title, at + 1, column.header), slip[1], printed=cell.shown))
    written = any(value not in {None, "", False} for header, value in cells.items() if tab.owner != "people" or not header.startswith(SYSTEM))
    if not written:
        return None, []
    return Row(Origin(book, tab.title, at + 1), str(cells.get(CODE) or ""), cells), slips


def _value(cell: SheetCell, column: Column) -> tuple[Cell, tuple[str, str] | None]:
    if cell.value is None and cell.shown.startswith("#"):
        return None, ("cell-error", f"В столбце «{column.header}» ошибка формулы. Исправьте формулу или впишите значение.")
    reader = READERS.get(column.kind)
    return reader(cell, column) if reader else (_text(cell), None)


def _text(cell: SheetCell) -> str | None:
    if cell.value is None:
        return None
    return cell.value if isinstance(cell.value, str) else cell.shown or str(cell.value)


def _date(cell: SheetCell, column: Column) -> tuple[Cell, tuple[str, str] | None]:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LAST_SERIAL:
        return EPOCH + timedelta(days=int(value)), None
    text = "" if value is None else str(value).strip()
    if not text:
        return None, None
    day = typed_date(text)
    if day is None:
        return None, ("not-a-date", f"В столбце «{column.header}» нужна дата вида 15.09.2026, а стоит другое. Исправьте ячейку: пока она считается пустой.")
    return day, None


def typed_date(text: str) -> date | None:
    """Read a date that was typed as text: «15.09.2026», «2026-09-15»; `None` when it is not one."""
    found, iso = DATE.fullmatch(text.strip()), ISO.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


def _int(cell: SheetCell, column: Column) -> tuple[Cell, tuple[str, str] | None]:
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value, None
    text = str(value).strip()
    if text.isdecimal():
        return int(text), None
    return None, ("not-a-number", f"В столбце «{column.header}» нужно целое число. Исправьте ячейку: пока она считается пустой.") if text else None


def _flag(cell: SheetCell, column: Column) -> tuple[Cell, tuple[str, str] | None]:
    if isinstance(cell.value, bool) or cell.value is None:
        return bool(cell.value), None
    text = fold(str(cell.value))
    if text in YES or text in NO:
        return text in YES, None
    return False, ("not-a-flag", f"В столбце «{column.header}» нужна галочка, а стоит текст. Поставьте или снимите галочку: пока считается, что её нет.")


READERS = {"date": _date, "int": _int, "flag": _flag}


def codes(tables: Mapping[str, Table]) -> Iterator[str]:
    """Every code that stands in any table."""
    for table in tables.values():
        yield from (row.code for row in table.rows if row.code)
