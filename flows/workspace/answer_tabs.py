"""Tabs of answers as requests: a tab made with its columns, rows below what it holds, the names of rows ever brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from flows.domain.monitoring.answers import filled_tables
from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.terms.serial_days import serial_of_moment
from flows.workspace.cells import appended, entered
from flows.workspace.looks import BLUE, DAY, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.marks import Value
    from flows.domain.monitoring.answers.filled_tables import FilledRow
    from flows.workspace.cells import Written
    from flows.workspace.scheme import Scheme
    from flows.workspace.sheets import Request, Sheet, Snapshot

Grid: TypeAlias = "Sequence[Sequence[Value]]"
MEMORY = "ответы"
PIECE = 3000
FIRST_ID = 300
TIME, SHORT, LONG = 130, 150, 320  # widths of columns, pixels
LONG_TEXT = 40


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet of answers and the title of the tab it belongs to."""

    title: str
    grid: Grid
    lines: tuple[FilledRow, ...]


def remembered(scheme: Scheme, title: str) -> frozenset[str]:
    """Return the names of all rows ever brought into a tab: one that people take out or change stays so."""
    names: list[str] = []
    for piece in (scheme.get(MEMORY, _piece(title, number)) for number in count()):
        if not piece:
            break
        names += piece.split()
    return frozenset(names)


def _piece(title: str, number: int) -> str:
    return f"{title}/{number}" if number else title


def _memory(scheme: Scheme, title: str, names: frozenset[str]) -> list[Request]:
    listed = sorted(names)
    pieces = {at // PIECE: " ".join(listed[at : at + PIECE]) for at in range(0, len(listed), PIECE)}
    return scheme.remembering({(MEMORY, _piece(title, number)): text for number, text in pieces.items()})


def free_ids(snapshot: Snapshot) -> Iterator[int]:
    """Yield ids that no tab of a book has."""
    taken = {sheet.sheet_id for sheet in snapshot.sheets}
    return (number for number in count(FIRST_ID) if number not in taken)


def added(
    target: Sheet | None, scheme: Scheme, sheet: Filled, fresh: Sequence[FilledRow], ids: Iterator[int]
) -> list[Request]:
    """Add rows below what the tab holds, making the tab and the columns it lacks; remember their names."""
    heads = [str(cell or "") for cell in sheet.grid[0]]
    sheet_id = target.sheet_id if target else next(ids)
    requests = [] if target else _new_tab(sheet_id, sheet, heads)
    places, wider = _places(target, heads) if target else ({at: at for at in range(len(heads))}, [])
    stamps = filled_tables.stamps_of(sheet.grid)
    rows = [_line(sheet.grid[line.row - 1], places, heads, stamps[line.row - 1]) for line in fresh]
    names = (remembered(scheme, sheet.title) if target else frozenset()) | {line.name for line in sheet.lines}
    return [*requests, *wider, appended(sheet_id, rows), *_memory(scheme, sheet.title, names)]


def _places(target: Sheet, heads: Sequence[str]) -> tuple[dict[int, int], list[Request]]:
    """Find the tab's column of each header of the file, the n-th of equal ones; a header that is new goes to the right."""
    standing: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for at, cell in enumerate(target.cells[0]):
        seen[key(cell.value)] += 1
        standing[key(cell.value), seen[key(cell.value)]] = at
    places: dict[int, int] = {}
    requests: list[Request] = []
    mine: Counter[str] = Counter()
    wide = max(map(len, target.cells))
    for at, head in enumerate(heads):
        name = key(head)
        mine[name] += 1
        if name and (name, mine[name]) not in standing:
            standing[name, mine[name]] = wide
            requests += _new_column(target, wide, head)
            wide += 1
        if name:
            places[at] = standing[name, mine[name]]
    return places, requests


def _new_column(target: Sheet, at: int, head: str) -> Iterator[Request]:
    if at >= target.columns:
        area = {"sheetId": target.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        yield {"insertDimension": {"range": area, "inheritFromBefore": True}}
    yield from _header(target.sheet_id, at, head)


def _header(sheet_id: int, at: int, head: str) -> Iterator[Request]:
    look = {
        "backgroundColor": BLUE,
        "textFormat": {"bold": True},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }
    cell = {"userEnteredValue": entered(head), "userEnteredFormat": look}
    area = _column(sheet_id, at, 0, 1)
    yield {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredValue,userEnteredFormat"}}


def _column(sheet_id: int, at: int, first: int, end: int) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": first,
        "endRowIndex": end,
        "startColumnIndex": at,
        "endColumnIndex": at + 1,
    }


def _new_tab(sheet_id: int, sheet: Filled, heads: Sequence[str]) -> list[Request]:
    """Add a tab that looks as the others do: a frozen header, days that look like days, texts that wrap."""
    height = max(ROWS, len(sheet.grid))
    grid = {"rowCount": height, "columnCount": max(len(heads), 2), "frozenRowCount": 1}
    properties = {"sheetId": sheet_id, "title": sheet.title, "gridProperties": grid}
    requests: list[Request] = [{"addSheet": {"properties": properties}}]
    stamps = filled_tables.stamps_of(sheet.grid)[1:]
    days_only = all(stamp.endswith(filled_tables.MIDNIGHT) for stamp in stamps if stamp)
    shown = DAY if days_only else {"type": "DATE_TIME", "pattern": "dd.mm.yyyy hh:mm"}
    for at, head in enumerate(heads):
        timed = key(head) in TIME_WORDS
        long = any(len(str(row[at] or "")) > LONG_TEXT for row in sheet.grid[1:] if at < len(row))
        look = _look(long=long) | ({"numberFormat": shown} if timed else {})
        body = {
            "range": _column(sheet_id, at, 1, height),
            "cell": {"userEnteredFormat": look},
            "fields": "userEnteredFormat",
        }
        requests += [*_header(sheet_id, at, head), {"repeatCell": body}]
        requests.append(_width(sheet_id, at, TIME if timed else LONG if long else SHORT))
    return requests


def _look(*, long: bool) -> dict[str, Any]:
    aside = "LEFT" if long else "CENTER"
    return {"wrapStrategy": "WRAP", "verticalAlignment": "TOP", "horizontalAlignment": aside}


def _width(sheet_id: int, at: int, pixels: int) -> Request:
    area = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    return {
        "updateDimensionProperties": {
            "range": area,
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def _line(row: Sequence[Value], places: Mapping[int, int], heads: Sequence[str], stamp: str) -> list[Written]:
    line: list[Written] = [None] * (max(places.values()) + 1)
    for at, place in places.items():
        cell = row[at] if at < len(row) else None
        timed = key(heads[at]) in TIME_WORDS
        line[place] = _serial(stamp) if timed else f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell
    return line


def _serial(stamp: str) -> Written:
    """Turn a time mark into the number a sheet keeps; what is none stays a text."""
    try:
        return serial_of_moment(datetime.fromisoformat(stamp))
    except ValueError:
        return stamp
