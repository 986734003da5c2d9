"""Rows that people move between our reading and our writing: seen at once, put right in the same run (DESIGN §7, F10).

Google has no precondition, so every batch asks back what names its rows: the code of a person or a pair, the key of
a finding, the id of a file. A value that landed on a moved row is taken back from what was read before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.domain.people import declensions
from flows.domain.tabs import DECLENSIONS, FINDINGS, REGISTER
from flows.workspace.cells import MARK, back_request, changes, note_request
from flows.workspace.layout import CODE, SYSTEM
from flows.workspace.sheets import EMPTY, letters, quoted
from flows.workspace.writeback import ANSWERED, KEY, SYSTEM_CHECK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.model import Row
    from flows.workspace.cells import Place
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request, Sheet, SheetCell, Snapshot, Value
    from flows.workspace.table import Table

FILE = "⚙ ID файла"
NAMES = {FINDINGS: KEY, REGISTER: FILE, DECLENSIONS: declensions.NOMINATIVE}
Lines = dict[int, dict[tuple[int, int], str]]


def name_header(table: Table) -> str:
    """Return the header of the column that names a table's rows, empty when nothing does."""
    header = NAMES.get(table.tab.title, CODE)
    known = (header, *([KEY] if header == CODE else []))
    return next((each for each in known if each in table.columns), "")


def name_ranges(book: Book) -> list[str]:
    """Name what a batch has to ask back to see whether rows moved under it."""
    found: list[str] = []
    for title, table in book.tables.items():
        header = name_header(table)
        if title == FINDINGS:
            found.append(quoted(title))
        elif header:
            at = letters(table.columns[header])
            found.append(quoted(title, f"{at}1:{at}{table.sheet.rows}"))
    return found


def misplaced(before: Book, after: Snapshot, requests: Iterable[Request]) -> bool:
    """Tell whether a batch wrote on a row that is no longer the one it was meant for."""
    lines = written(requests)
    for title, table in before.tables.items():
        cells, sheet = lines.get(table.sheet.sheet_id, {}), after.sheet(title)
        if sheet is not None and cells and name_header(table) and _moved(table, sheet, cells):
            return True
    return False


def _moved(table: Table, sheet: Sheet, cells: dict[Place, str]) -> bool:
    at, names = table.columns[name_header(table)], _names(table)
    for line in {line for line, _ in cells}:
        if str(sheet.at(line, at).value or "") != cells.get((line, at), names.get(line, "")):
            return True
        if (line, at) in cells and _answers(table, sheet, line) != _answers(table, table.sheet, line):
            return True
    return False


def _names(table: Table) -> dict[int, str]:
    """Name each filled line: by the code of its row, the key of its finding or the id of its file."""
    header = name_header(table)
    raw = (
        {
            row.origin.row - 1: str(table.sheet.at(row.origin.row - 1, table.columns[header]).value or "")
            for row in table.rows
        }
        if header
        else {}
    )
    return {row.origin.row - 1: row.code for row in table.rows} if header in {"", CODE} else raw


def _answers(table: Table, sheet: Sheet, line: int) -> tuple[Value, ...]:
    found = tuple(
        sheet.at(line, table.columns[header]).value or None for header in ANSWERED if header in table.columns
    )
    return found if any(found) else ()


def written(requests: Iterable[Request]) -> Lines:
    """Read back which cells a batch gave a value, by the id of their tab."""
    lines: Lines = {}
    for each in requests:
        body: dict[str, Any] = each.get("updateCells") or {}
        start = body.get("start") or {}
        if body.get("fields") != "userEnteredValue":
            continue
        for down, line in enumerate(body["rows"]):
            for right, cell in enumerate(line["values"]):
                lines.setdefault(start["sheetId"], {})[
                    start["rowIndex"] + down, start["columnIndex"] + right
                ] = _spelled(cell)
    return lines


def added(sheet_id: int, requests: Iterable[Request]) -> list[list[str]]:
    """Read back the rows that a batch added below a tab."""
    bodies = (each.get("appendCells") or {} for each in requests)
    rows = (row for body in bodies if body.get("sheetId") == sheet_id for row in body["rows"])
    return [[_spelled(cell) for cell in row["values"]] for row in rows]


def _spelled(cell: Mapping[str, Any]) -> str:
    return str(next(iter((cell.get("userEnteredValue") or {"": ""}).values())))


def strayed(table: Table, rows: Sequence[Row], now: Sheet | None) -> list[Request]:
    """Put codes right that were written while rows moved: each row of people's cells gets back the code it had.

    `rows` are the table's rows with the codes that were to be written. A code is taken away only from a line where
    this batch has put it; a row that a person edits meanwhile keeps its own.
    """
    if now is None:
        return []
    at = table.columns[CODE]
    fresh = {
        row.origin.row - 1: row.code
        for row, old in zip(rows, table.rows, strict=True)
        if row.code != old.code
    }
    stands = {line: _typed(table, now, line) for line in range(1, len(now.cells))}
    meant = {row.origin.row - 1: _typed(table, table.sheet, row.origin.row - 1) for row in rows}
    if all(stands.get(line) == meant[line] for line in fresh):
        return []
    wanted: dict[int, str | None] = {
        line: str(now.at(line, at).value) for line in stands if line not in fresh and now.at(line, at).value
    }
    left = [(row.code, meant[row.origin.row - 1]) for row in rows if row.code not in wanted.values()]
    for alike in (_same, _likeness):
        for line in sorted(line for line in stands if line not in wanted):
            best = max(left, key=lambda each: alike(each[1], stands[line]), default=None)
            if best is not None and alike(best[1], stands[line]):
                left.remove(best)
                wanted[line] = best[0]
    return changes(now, {(line, at): wanted.get(line) for line in stands})


def _same(one: tuple[Value, ...], two: tuple[Value, ...]) -> int:
    return one == two and any(one)


def _likeness(one: tuple[Value, ...], two: tuple[Value, ...]) -> int:
    """Count the filled cells that two rows share: a row that is edited meanwhile still reads most like itself."""
    return sum(first == second and first not in {None, ""} for first, second in zip(one, two, strict=True))


def _typed(table: Table, sheet: Sheet, line: int) -> tuple[Value, ...]:
    """Return what people typed into a row, whatever stands in the system's columns."""
    return tuple(
        sheet.at(line, at).value
        for header, at in sorted(table.columns.items())
        if not header.startswith(SYSTEM)
    )


def put_back(
    before: Table, now: Table, requests: Iterable[Request], stood: Mapping[int, str] | None = None
) -> list[Request]:
    """Return what every cell held that a batch wrote on a row it was not meant for; rows are told by their names.

    `now` is the same tab as it stands after the batch; `stood` are the names of rows right after it, where `now` was
    read later. A row that nobody knows, or none at all, gets an empty cell.
    """
    was, stands = _names(before), _names(now)
    lines = {name: line for line, name in was.items()}
    places = {name: line for line, name in stands.items() if name}
    out: list[Request] = []
    for line, column in written(requests).get(before.sheet.sheet_id, {}):
        name = (stands if stood is None else stood).get(line, "")
        if name != was.get(line, ""):
            at = line if stood is None or not name else places.get(name)
            cell = before.sheet.at(lines[name], column) if name in lines else EMPTY
            out += [] if at is None else [back_request(now.sheet.sheet_id, (at, column), cell)]
    return out


def restored(before: Book, now: Book, requests: Iterable[Request]) -> list[Request]:
    """Take back what a batch on moved rows has done: cells of the columns it wrote, by the rows' names; people's notes, answers."""
    lines = written(requests)
    out: list[Request] = []
    for title, table in before.tables.items():
        fresh = now.tables.get(title)
        if fresh is None or not name_header(table):
            continue
        columns = {column for _, column in lines.get(table.sheet.sheet_id, {})}
        cells = put_back(table, fresh, requests) if title == REGISTER else _cells_back(table, fresh, columns)
        out += _answers_back(table, fresh) if title == FINDINGS else [*cells, *_notes_back(table, fresh)]
        out += _offers_back(table, fresh, lines.get(table.sheet.sheet_id, {})) if title == DECLENSIONS else []
    return out


def _offers_back(table: Table, fresh: Table, written: Mapping[Place, str]) -> list[Request]:
    """Give each row of `Склонения` back the forms it had where it now shows one of those just written."""
    known = {name: line for line, name in _names(table).items()}
    out: list[Request] = []
    for line, name in _names(fresh).items():
        for column in {column for _, column in written} if name in known else ():
            ours = {text for (_, at), text in written.items() if at == column}
            if str(fresh.sheet.at(line, column).value or "") in ours:
                out += _back(fresh, (line, column), table.sheet.at(known[name], column))
    return out


def _cells_back(table: Table, fresh: Table, columns: set[int]) -> list[Request]:
    known = {name: line for line, name in _names(table).items()}
    names = _names(fresh)
    headers = [each.header for each in table.tab.columns if each.editor == "system" and each.header != CODE]
    out: list[Request] = []
    for row in fresh.rows:
        line = row.origin.row - 1
        source = known.get(names[line])
        for header in headers:
            if table.columns.get(header) in columns and header in fresh.columns:
                was = EMPTY if source is None else table.sheet.at(source, table.columns[header])
                out += _back(fresh, (line, fresh.columns[header]), was)
    return out


def _back(fresh: Table, place: Place, was: SheetCell) -> list[Request]:
    return (
        []
        if (fresh.sheet.at(*place).value or None) == (was.value or None)
        else [back_request(fresh.sheet.sheet_id, place, was)]
    )


def _notes_back(table: Table, fresh: Table) -> list[Request]:
    """Put back the notes of people that a write on moved rows has replaced."""
    places = {name: line for line, name in _names(fresh).items()}
    names = _names(table)
    out: list[Request] = []
    for row in table.rows:
        line = places.get(names[row.origin.row - 1])
        for header, note in _own_notes(row, table).items() if line is not None else ():
            if (
                line is not None
                and header in fresh.columns
                and fresh.sheet.at(line, fresh.columns[header]).note != note
            ):
                out.append(note_request(fresh.sheet.sheet_id, (line, fresh.columns[header]), note))
    return out


def _own_notes(row: Row, table: Table) -> dict[str, str]:
    """Return the notes that people themselves put on a row's cells, by header."""
    found = {header: table.sheet.at(row.origin.row - 1, at).note for header, at in table.columns.items()}
    return {header: note for header, note in found.items() if note and not note.startswith(MARK)}


def _answers_back(table: Table, fresh: Table) -> list[Request]:
    """Give each answer in `Проверка` the finding back that it was typed beside."""
    names = _names(table)
    about: dict[tuple[Value, ...], list[int]] = {}
    for row in table.rows:
        told = _answers(table, table.sheet, row.origin.row - 1)
        if told:
            about.setdefault(told, []).append(row.origin.row - 1)
    out: list[Request] = []
    for row in fresh.rows:
        line = row.origin.row - 1
        told = _answers(fresh, fresh.sheet, line)
        if told:
            source = _source(names, about.get(told, []), row.text(KEY), line)
            out += (
                [
                    each
                    for header in SYSTEM_CHECK
                    for each in _back(
                        fresh, (line, fresh.columns[header]), table.sheet.at(source, table.columns[header])
                    )
                ]
                if source
                else []
            )
    return out


def _source(names: dict[int, str], candidates: list[int], key: str, line: int) -> int | None:
    """Find the line where an answered finding stood: with the same answer, else (answered just now) where it still stands."""
    same = next((each for each in candidates if names[each] == key), None)
    found = same if same is not None else candidates[0] if candidates else line if names.get(line) else None
    if found in candidates:
        candidates.remove(found)
    return found
