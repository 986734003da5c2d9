"""How the workbook looks, as requests: columns with their headers, hints and dropdowns; remarks; blocks of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.domain.book.card import BLOCKS
from flows.workspace.layout import SYSTEM, Column, Layout
from flows.workspace.sheets import letters, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.workspace.layout import Tab
    from flows.workspace.sheets import Request, Sheet

ROWS = 1000
BLUE = {"red": 0.85, "green": 0.91, "blue": 0.98}
GREY = {"red": 0.93, "green": 0.93, "blue": 0.93}
PALE_RED = {"red": 0.99, "green": 0.9, "blue": 0.88}
DAY = {"type": "DATE", "pattern": "dd.mm.yyyy"}
BLOCK_WIDTH, BLOCK_DAYS = 5, 6
OWN_WIDTH = 180
OWN_HINT = (
    "Столбец вашего файла дорожной карты. Программа хранит его слово в слово; на документы он не влияет"
)
PLAIN = Layout(0, (), {}, (), {})


def column_requests(
    sheet_id: int, at: int, column: Column, layout: Layout, rows: int = ROWS
) -> list[Request]:
    """Dress a column: its header with the hint, its cells, its width, its dropdown."""
    head = {
        "startRowIndex": 0,
        "endRowIndex": 1,
        "startColumnIndex": at,
        "endColumnIndex": at + 1,
        "sheetId": sheet_id,
    }
    body = head | {"startRowIndex": 1, "endRowIndex": rows}
    look = {
        "backgroundColor": GREY if column.header.startswith(SYSTEM) else BLUE,
        "textFormat": {"bold": True},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }
    header = {
        "userEnteredValue": {"stringValue": column.printed},
        "userEnteredFormat": look,
        "note": column.hint,
    }
    requests: list[Request] = [
        {"repeatCell": {"range": head, "cell": header, "fields": "userEnteredValue,userEnteredFormat,note"}},
        {"repeatCell": {"range": body, "cell": {"userEnteredFormat": _look(column)}, "fields": "userEnteredFormat"}},
        {"updateDimensionProperties": {"range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}, "properties": {"pixelSize": column.width, "hiddenByUser": column.hint.startswith("Служебное")}, "fields": "pixelSize,hiddenByUser"}},
    ]  # fmt: skip
    rule = _rule(column, layout)
    return [*requests, {"setDataValidation": {"range": body, "rule": rule}}] if rule else requests


def own_column(sheet: Sheet, at: int, header: str) -> list[Request]:
    """Add a column of people's own to a tab, right of all that stands there."""
    column = Column(header, "text", "people", OWN_WIDTH, OWN_HINT)
    return [*room(sheet, at), *column_requests(sheet.sheet_id, at, column, PLAIN, sheet.rows)]


def room(sheet: Sheet, at: int) -> list[Request]:
    """Widen a tab where it has no such column yet."""
    area = {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    return [{"insertDimension": {"range": area}}] if at >= sheet.columns else []


def _look(column: Column) -> dict[str, Any]:
    look: dict[str, Any] = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    if column.header.startswith(SYSTEM):
        look["backgroundColor"] = GREY
    if column.kind == "date":
        look["numberFormat"] = DAY
    elif column.kind == "text" and not column.header.startswith(SYSTEM):
        look["numberFormat"] = {"type": "TEXT", "pattern": "@"}
    return look


def _rule(column: Column, layout: Layout) -> dict[str, Any] | None:
    """Reject only what is never right; names only warn, so that a new person can be typed first."""
    name, _, told = column.kind.partition(":")
    if name == "flag":
        return {"condition": {"type": "BOOLEAN"}, "strict": True, "showCustomUi": True}
    if name == "date":
        return {
            "condition": {"type": "DATE_IS_VALID"},
            "strict": False,
            "inputMessage": "Дата вида 15.09.2026",
        }
    if name in {"choice", "hints"}:
        return _choice(column, layout.lists[told])
    if name == "names":
        place = f"={quoted(told, f'$A$2:$A${ROWS}')}"
        return {
            "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": place}]},
            "strict": False,
            "showCustomUi": True,
        }
    return None


def _choice(column: Column, choices: tuple[str, ...]) -> dict[str, Any]:
    values = [{"userEnteredValue": each} for each in choices]
    return {
        "condition": {"type": "ONE_OF_LIST", "values": values},
        "strict": column.header in {"Статус", "Состояние"},
        "showCustomUi": True,
    }


def remarks(tab: Tab, sheet_id: int) -> list[Request]:
    """Colour a row pale red, by rule, while the system has a remark about it."""
    at = next((number for number, column in enumerate(tab.columns) if column.header == "⚙ Замечание"), None)
    if at is None:
        return []
    area = {
        "sheetId": sheet_id,
        "startRowIndex": 1,
        "endRowIndex": ROWS,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": f'=${letters(at)}2<>""'}]}
    rule = {
        "ranges": [area],
        "booleanRule": {"condition": condition, "format": {"backgroundColor": PALE_RED}},
    }
    return [{"addConditionalFormatRule": {"rule": rule, "index": 0}}]


def blocks(sheet_id: int, lines: Sequence[Sequence[str]]) -> Iterator[Request]:
    """Let dates of councils and days off look like dates, and titles of blocks stand out; `lines` are of `Настройки`."""
    for at, line in enumerate(lines, 1):
        if line[0] in BLOCKS and not any(line[1:]):
            titles = _area(sheet_id, (at, at + 2), (0, BLOCK_WIDTH))
            yield _formatted(titles, {"textFormat": {"bold": True}}, "userEnteredFormat.textFormat.bold")
        for column in (number for number, text in enumerate(line) if text in {"Дата", "Дата протокола"}):
            yield _days(_area(sheet_id, (at + 1, at + 1 + BLOCK_DAYS), (column, column + 1)))
        if line[0].startswith("Период дорожной карты"):
            yield _days(_area(sheet_id, (at, at + 1), (1, 2)))


def _area(sheet_id: int, rows: tuple[int, int], columns: tuple[int, int]) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def _days(area: dict[str, int]) -> Request:
    return _formatted(area, {"numberFormat": DAY}, "userEnteredFormat.numberFormat")


def _formatted(area: dict[str, int], look: dict[str, Any], fields: str) -> Request:
    return {"repeatCell": {"range": area, "cell": {"userEnteredFormat": look}, "fields": fields}}
