"""The workbook itself: tabs, headers, dropdowns and notes made from the layout; what is there already stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.domain.book.card import BLOCKS
from flows.domain.errors import Newer
from flows.domain.tabs import REQUESTS, SCHEME, SETTINGS
from flows.domain.text import fold
from flows.workspace import looks
from flows.workspace.cells import entered
from flows.workspace.lease import free_lock, lock_of
from flows.workspace.scheme import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.workspace.layout import Layout, Tab
    from flows.workspace.sheets import Request, Sheet, Snapshot

READY_MADE = (
    ("1", "пакет к педсовету"), ("2", "пакет к педсовету"), ("3", "пакет к педсовету"), ("4", "пакет к педсовету"), ("5", "пакет к педсовету"),
    ("", "проект приказа о парах"), ("", "все программы"), ("", "программа пары"), ("", "справка мониторинга"), ("", "обновить сводку"),
)  # fmt: skip


def migrations(snapshot: Snapshot, layout: Layout) -> list[Request]:
    """Say what a book lacks of the layout; nothing that people have is touched, and a whole book gives nothing."""
    requests: list[Request] = []
    taken = {sheet.sheet_id for sheet in snapshot.sheets}
    scheme = snapshot.sheet(SCHEME)
    version = version_of(scheme_of(scheme).texts) if scheme else 0
    refuse_newer(version, layout)
    for number, tab in enumerate(layout.tabs):
        sheet = snapshot.sheet(tab.title)
        if sheet is None:
            requests += _new_tab(tab, _free_id(100 + number, taken), number, layout)
        else:
            requests += _new_columns(sheet, tab, layout, version)
            requests += _new_settings(sheet, layout, version) if tab.title == SETTINGS else []
    if lock_of(snapshot) is None:
        requests.append(free_lock())
    if scheme is None:
        return [*requests, *_leftover(snapshot)]
    return requests + list(_version(scheme, layout))


def in_russian() -> Request:
    """Let a book read numbers, days and formulas as they are written in Russia."""
    return {"updateSpreadsheetProperties": {"properties": {"locale": "ru_RU"}, "fields": "locale"}}


def outdated(snapshot: Snapshot, layout: Layout) -> bool:
    """Tell a book that an older program made: the next run brings it up to date before anything else."""
    scheme = snapshot.sheet(SCHEME)
    return scheme is not None and version_of(scheme_of(scheme).texts) < layout.schema


def refuse_newer(version: int, layout: Layout) -> None:
    """Raise `Newer` when a book is of a newer schema than this program knows."""
    if version > layout.schema:
        raise Newer(
            "Книга сделана более новой версией программы. Обновите программу: старая могла бы её испортить."
        )


def _free_id(wanted: int, taken: set[int]) -> int:
    while wanted in taken:
        wanted += 1000
    taken.add(wanted)
    return wanted


def _leftover(snapshot: Snapshot) -> list[Request]:
    """Take away the one empty tab that a new book is born with."""
    if len(snapshot.sheets) == 1 and not snapshot.sheets[0].cells:
        return [{"deleteSheet": {"sheetId": snapshot.sheets[0].sheet_id}}]
    return []


def _version(scheme: Sheet, layout: Layout) -> Iterator[Request]:
    for at in range(1, len(scheme.cells)):
        told = [str(scheme.at(at, column).value or "") for column in range(3)]
        if told[:2] == ["схема", "версия"]:
            if told[2].removesuffix(".0") != str(layout.schema):
                yield _write(scheme.sheet_id, at, 2, [[str(layout.schema)]])
            return
    yield {
        "appendCells": {
            "sheetId": scheme.sheet_id,
            "rows": _lines([["схема", "версия", str(layout.schema)]]),
            "fields": "userEnteredValue",
        }
    }


def version_of(scheme: Mapping[tuple[str, str], str]) -> int:
    """Return the schema version a book says it has; 0 when it says none."""
    text = scheme.get(("схема", "версия"), "")
    return int(text) if text.isdecimal() else 0


def _new_tab(tab: Tab, sheet_id: int, index: int, layout: Layout) -> list[Request]:
    grid = {"rowCount": looks.ROWS, "columnCount": len(tab.columns), "frozenRowCount": 1}
    requests: list[Request] = [
        {
            "addSheet": {
                "properties": {
                    "sheetId": sheet_id,
                    "title": tab.title,
                    "index": index,
                    "hidden": tab.owner == "service",
                    "gridProperties": grid,
                }
            }
        }
    ]
    for at, column in enumerate(tab.columns):
        requests += looks.column_requests(sheet_id, at, column, layout)
    requests += looks.remarks(tab, sheet_id)
    if tab.title == SETTINGS:
        requests.append(_write(sheet_id, 1, 0, _settings(layout)))
        requests += looks.blocks(sheet_id, _settings(layout))
    if tab.title == REQUESTS:
        known = layout.lists["request"]
        requests.append(_write(sheet_id, 1, 1, [list(each) for each in READY_MADE if each[1] in known]))
    if tab.title == SCHEME:
        requests.append(_write(sheet_id, 1, 0, [["схема", "версия", str(layout.schema)]]))
    return requests


def _new_columns(sheet: Sheet, tab: Tab, layout: Layout, version: int) -> list[Request]:
    """Add the columns that a newer schema brought, right of all that stands in the tab; what people took away stays away."""
    known = {fold(str(cell.value or "")) for cell in (sheet.cells[0] if sheet.cells else ())}
    fresh = [column for column in tab.columns if column.since > version and fold(column.header) not in known]
    requests: list[Request] = []
    for at, column in enumerate(fresh, max(map(len, sheet.cells), default=0)):
        requests += looks.room(sheet, at)
        requests += looks.column_requests(sheet.sheet_id, at, column, layout, sheet.rows)
        requests += _headings(sheet, at, tab.columns.index(column), layout) if tab.title == SETTINGS else []
    return requests


def _new_settings(sheet: Sheet, layout: Layout, version: int) -> list[Request]:
    """Add the lines about the organisation that a newer schema brought, below the last one of their block."""
    names = [fold(str(sheet.at(at, 0).value or "")) for at in range(len(sheet.cells))]
    fresh = [each for each in layout.organisation if each.since > version and fold(each.name) not in names]
    titles = {fold(title) for title in BLOCKS}
    if not fresh or fold(BLOCKS[0]) not in names:
        return []
    first = names.index(fold(BLOCKS[0])) + 1
    end = next((at for at in range(first, len(names)) if names[at] in titles), len(names))
    below = max(at for at in range(first - 1, end) if names[at]) + 1
    area = {
        "sheetId": sheet.sheet_id,
        "dimension": "ROWS",
        "startIndex": below,
        "endIndex": below + len(fresh),
    }
    lines = [[each.name, each.value, each.hint] for each in fresh]
    return [
        {"insertDimension": {"range": area, "inheritFromBefore": True}},
        _write(sheet.sheet_id, below, 0, lines),
    ]


def _headings(sheet: Sheet, place: int, at: int, layout: Layout) -> list[Request]:
    """Name a new column of `Настройки` in the blocks that reach so far, where they stand in the book."""
    rows = {fold(str(sheet.at(row, 0).value or "")): row for row in range(len(sheet.cells))}
    return [
        _write(sheet.sheet_id, rows[fold(title)] + 1, place, [[columns[at]]])
        for title, columns in layout.blocks.items()
        if at < len(columns) and fold(title) in rows
    ]


def _settings(layout: Layout) -> list[list[str]]:
    lines = [
        [BLOCKS[0]],
        ["Параметр", "Значение", "Подсказка"],
        *([each.name, each.value, each.hint] for each in layout.organisation),
    ]
    for title, columns in layout.blocks.items():
        rows = [[str(number)] for number in range(1, 6)] if title == "Педсоветы" else [[""]] * 3
        lines += [[""], [title], list(columns), *rows]
    return lines


def _lines(rows: list[list[str]]) -> list[dict[str, Any]]:
    return [{"values": [{"userEnteredValue": entered(value)} for value in row]} for row in rows]


def _write(sheet_id: int, row: int, column: int, rows: list[list[str]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column},
            "rows": _lines(rows),
            "fields": "userEnteredValue",
        }
    }
