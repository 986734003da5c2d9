"""What the system's own cells should say after a run: codes, states, remarks, notes, `Проверка`, `Журнал`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.answers import key_of
from flows.domain.model import Severity
from flows.workspace.cells import MARK, appended, changes, note_request, notes
from flows.workspace.layout import CODE, REMARK, SYSTEM
from flows.workspace.sheets import letters, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.model import Problem, Row
    from flows.workspace.cells import Place, Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request, Sheet, Snapshot, Value
    from flows.workspace.table import Table

CHECK, JOURNAL = "Проверка", "Журнал"
SYSTEM_CHECK = ("Важность", "Лист", "Ячейка", "Как написано", "Что не так", "Предложение", "Впервые", "⚙ Ключ")
CLOSED = "закрыто"
ORDER = {Severity.STOP: 0, Severity.QUESTION: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Said:
    """What a run wants the system cells of people's tabs to say: tab -> row as people number it -> header -> value."""

    cells: Mapping[str, Mapping[int, Mapping[str, Written]]]
    problems: tuple[Problem, ...]
    today: date
    journal: tuple[Written, ...] = ()


def requests(book: Book, said: Said) -> list[Request]:
    """Return what has to be written so that the book says it; an up-to-date book gives nothing."""
    out: list[Request] = []
    for table in book.tables.values():
        out += changes(table.sheet, _wanted(table, said))
        out += notes(table.sheet, _notes(table, said.problems))
    check = book.tables.get(CHECK)
    if check is not None:
        out += findings(check, book, said)
    journal = book.tables.get(JOURNAL)
    if journal is not None and said.journal:
        out.append(appended(journal.sheet.sheet_id, [list(said.journal)]))
    return out


def _wanted(table: Table, said: Said) -> dict[Place, Written]:
    wanted: dict[Place, Written] = {}
    remarks = _remarks(table, said.problems)
    told = said.cells.get(table.tab.title, {})
    for row in table.rows:
        cells = dict(told.get(row.origin.row, {}))
        if REMARK in table.columns:
            cells[REMARK] = remarks.get(row.origin.row, "")
        wanted |= {(row.origin.row - 1, table.columns[header]): value for header, value in cells.items() if header in table.columns}
    return wanted


def _remarks(table: Table, problems: Sequence[Problem]) -> dict[int, str]:
    lines: dict[int, list[str]] = {}
    for each in problems:
        if each.origin.tab == table.tab.title and each.origin.row > 1:
            lines.setdefault(each.origin.row, []).append(f"{each.severity.value}: {each.message}")
    return {row: "\n".join(dict.fromkeys(told)) for row, told in lines.items()}


def _notes(table: Table, problems: Sequence[Problem]) -> dict[Place, str]:
    wanted: dict[Place, list[str]] = {}
    for each in problems:
        at = table.columns.get(each.origin.column)
        if each.origin.tab == table.tab.title and each.origin.row > 1 and at is not None:
            wanted.setdefault((each.origin.row - 1, at), []).append(each.message)
    return {place: "\n".join(dict.fromkeys(lines)) for place, lines in wanted.items()}


def findings(check: Table, book: Book, said: Said) -> list[Request]:
    """Keep `Проверка` true: mended findings leave, but a row that a person answered stays, marked closed."""
    wanted = {key_of(each): each for each in sorted(said.problems, key=lambda each: ORDER[each.severity])}
    cells: dict[Place, Written] = {}
    free: list[int] = []
    for row in check.rows:
        problem = wanted.pop(row.text("⚙ Ключ"), None)
        if problem is not None:
            cells |= _placed(check, row.origin.row, _line(problem, book, row.text("Впервые")))
        elif row.text("Ответ") or row.text("Кто ответил") or row.flag("Не показывать"):
            cells |= _placed(check, row.origin.row, {"Важность": CLOSED})
        else:
            cells |= _placed(check, row.origin.row, dict.fromkeys(SYSTEM_CHECK))
            free.append(row.origin.row)
    free += _holes(check)
    fresh = list(wanted.values())
    for number, problem in zip(sorted(free), list(fresh), strict=False):
        cells |= _placed(check, number, _line(problem, book, f"{said.today:%d.%m.%Y}"))
        fresh.remove(problem)
    out = changes(check.sheet, cells)
    if fresh:
        out.append(appended(check.sheet.sheet_id, [_spread(check, _line(each, book, f"{said.today:%d.%m.%Y}")) for each in fresh]))
    return out


def _holes(check: Table) -> list[int]:
    """Rows between findings that hold nothing at all."""
    used = {row.origin.row for row in check.rows}
    return [at + 1 for at in range(1, len(check.sheet.cells)) if at + 1 not in used and not any(cell.value or cell.note for cell in check.sheet.cells[at])]


def _placed(check: Table, row: int, cells: Mapping[str, Written]) -> dict[Place, Written]:
    return {(row - 1, check.columns[header]): value for header, value in cells.items() if header in check.columns}


def _spread(check: Table, cells: Mapping[str, Written]) -> list[Written]:
    line: list[Written] = [None] * (max(check.columns.values()) + 1)
    for header, value in cells.items():
        if header in check.columns:
            line[check.columns[header]] = value
    return line


def _line(problem: Problem, book: Book, since: str) -> dict[str, Written]:
    table = book.tables.get(problem.origin.tab)
    at = table.address(problem.origin.row, problem.origin.column) if table and problem.origin.row else ""
    return {
        "Важность": problem.severity.value, "Лист": problem.origin.tab, "Ячейка": at, "Как написано": problem.printed, "Что не так": problem.message,
        "Предложение": problem.proposal, "Впервые": since, "⚙ Ключ": key_of(problem),
    }  # fmt: skip


def misplaced(before: Book, after: Snapshot) -> dict[str, set[int]]:
    """Compare codes before and after a batch: which rows (as people number them) moved under a write, by tab."""
    moved: dict[str, set[int]] = {}
    for title, table in before.tables.items():
        sheet = after.sheet(title)
        at = table.columns.get(CODE)
        if sheet is None or at is None:
            continue
        for row in table.rows:
            now = str(sheet.at(row.origin.row - 1, at).value or "")
            if row.code and now and now != row.code:
                moved.setdefault(title, set()).add(row.origin.row)
    return moved


def code_ranges(book: Book) -> list[str]:
    """Name the code columns of a book: a batch asks them back to see whether rows moved under it."""
    found = ((title, letters(table.columns[CODE])) for title, table in book.tables.items() if CODE in table.columns)
    return [quoted(title, f"{at}1:{at}{book.tables[title].sheet.rows}") for title, at in found]


def strayed(table: Table, rows: Sequence[Row], now: Sheet | None) -> list[Request]:
    """Put codes right that were written while rows moved: each row of people's cells gets back the code it had."""
    if now is None:
        return []
    codes: dict[tuple[Value, ...], list[str]] = {}
    for row in rows:
        codes.setdefault(_typed(table, table.sheet, row.origin.row - 1), []).append(row.code)
    wanted: dict[Place, Written] = {}
    at = table.columns[CODE]
    for line in range(1, len(now.cells)):
        own = codes.get(_typed(table, now, line))
        if own:
            wanted[line, at] = own.pop(0)
        elif any(row.origin.row - 1 == line for row in rows):
            wanted[line, at] = None
    return changes(now, wanted)


def _typed(table: Table, sheet: Sheet, line: int) -> tuple[Value, ...]:
    """Return what people typed into a row, whatever stands in the system's columns."""
    return tuple(sheet.at(line, at).value for header, at in sorted(table.columns.items()) if not header.startswith(SYSTEM))


def restored(before: Book, now: Book) -> list[Request]:
    """Put back the notes of people that a write on moved rows has replaced."""
    out: list[Request] = []
    for title, table in before.tables.items():
        fresh = now.tables.get(title)
        if fresh is None:
            continue
        places = {row.code: row for row in fresh.rows if row.code}
        for row in table.rows:
            moved = places.get(row.code)
            for header, note in people_notes(row, table).items() if moved else ():
                if moved is not None and fresh.sheet.at(moved.origin.row - 1, fresh.columns[header]).note != note:
                    out.append(note_request(fresh.sheet.sheet_id, (moved.origin.row - 1, fresh.columns[header]), note))
    return out


def people_notes(row: Row, table: Table) -> dict[str, str]:
    """Return the notes that people themselves put on a row's cells, by header."""
    found = {header: table.sheet.at(row.origin.row - 1, at).note for header, at in table.columns.items()}
    return {header: note for header, note in found.items() if note and not note.startswith(MARK)}
