"""Workbooks through gspread, over the one session: one call reads a book whole, one batch writes all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import gspread
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from flows.domain.text import cleaned
from flows.workspace.refusals import translated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import requests

Value = str | float | bool | None
Request = dict[str, Any]
CELLS = (
    "startRow,startColumn,rowData.values(userEnteredValue(formulaValue),effectiveValue,formattedValue,note)"
)
FIELDS = f"spreadsheetUrl,properties(title,timeZone),sheets(properties(sheetId,title,hidden,gridProperties),data({CELLS}))"
QUOTE = "'"


class SheetCell(NamedTuple):
    """A cell as read: its value (None when empty), as shown to people, its note and its formula if there is one.

    `spoilt` tells that signs nobody sees were dropped from the value.
    """

    value: Value = None
    shown: str = ""
    note: str = ""
    formula: str = ""
    spoilt: bool = False


EMPTY = SheetCell()
Cells = tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab as read; rows and cells count from 0 and have no empty ends."""

    sheet_id: int
    title: str
    hidden: bool
    rows: int
    columns: int
    cells: Cells = ()

    def at(self, row: int, column: int) -> SheetCell:
        """Return a cell, empty when it lies outside what was read."""
        if 0 <= row < len(self.cells) and 0 <= column < len(self.cells[row]):
            return self.cells[row][column]
        return EMPTY


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workbook read whole at one moment."""

    book: str
    title: str
    link: str
    sheets: tuple[Sheet, ...]

    def sheet(self, title: str) -> Sheet | None:
        """Find a tab by its title."""
        return next((each for each in self.sheets if each.title.casefold() == title.casefold()), None)


class Sheets:
    """The calls of Sheets that the road makes."""

    def __init__(self, session: requests.Session) -> None:
        unsigned: Any = None  # the session signs, if anything does
        self._client = gspread.HTTPClient(auth=unsigned, session=session)

    def read(self, book: str, *tabs: str) -> Snapshot:
        """Read a workbook, or only some tabs of it, in one call."""
        return self.areas(book, [quoted(title) for title in tabs])

    def areas(self, book: str, ranges: Sequence[str]) -> Snapshot:
        """Read some ranges of a workbook, all of it when none are named, in one call."""
        params: dict[str, Any] = {"fields": FIELDS}
        if ranges:
            params["ranges"] = list(ranges)
        with translated("Книга"):
            return _snapshot(book, self._client.fetch_sheet_metadata(book, params))

    def outline(self, book: str) -> Snapshot:
        """Read only which tabs a workbook has."""
        with translated("Книга"):
            return _snapshot(book, self._client.fetch_sheet_metadata(book, {"fields": "sheets.properties"}))

    def batch(self, book: str, requests_: Sequence[Request], back: Sequence[str] = ()) -> Snapshot:
        """Write a batch whole or not at all; ask the ranges `back` as they stand after it."""
        body: dict[str, Any] = {"requests": list(requests_)}
        if back:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": list(back),
            }
        with translated("Книга"):
            answer = self._client.request(
                "post",
                SPREADSHEET_BATCH_UPDATE_URL % book,
                {"fields": f"updatedSpreadsheet({FIELDS})" if back else "spreadsheetId"},
                json=body,
            ).json()
            return _snapshot(book, answer.get("updatedSpreadsheet") or {})


def quoted(title: str, area: str = "") -> str:
    """Spell a range: `'Дорожная карта'!A1:B2`."""
    return f"'{title.replace(QUOTE, QUOTE * 2)}'" + (f"!{area}" if area else "")


def letters(column: int) -> str:
    """Name a column as people see it: 0 is A."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _snapshot(book: str, answer: Mapping[str, Any]) -> Snapshot:
    title = str((answer.get("properties") or {}).get("title", ""))
    return Snapshot(
        book,
        title,
        str(answer.get("spreadsheetUrl", "")),
        tuple(_sheet(each) for each in answer.get("sheets", ())),
    )


def _sheet(answer: Mapping[str, Any]) -> Sheet:
    props = answer["properties"]
    grid = props.get("gridProperties") or {}
    return Sheet(
        int(props.get("sheetId", 0)), str(props["title"]), bool(props.get("hidden")),
        int(grid.get("rowCount", 0)), int(grid.get("columnCount", 0)), _laid(answer.get("data", ())),
    )  # fmt: skip


def _laid(areas: Sequence[Mapping[str, Any]]) -> Cells:
    """Lay the areas of an answer where they belong; what was not asked for stays empty."""
    rows: list[list[SheetCell]] = []
    for area in areas:
        top, left = int(area.get("startRow", 0)), int(area.get("startColumn", 0))
        for at, line in enumerate(area.get("rowData", ()), top):
            cells = [_cell(cell) if cell else EMPTY for cell in (line.get("values") or ())]
            rows += [[] for _ in range(at + 1 - len(rows))]
            rows[at] += [EMPTY] * (left + len(cells) - len(rows[at]))
            rows[at][left : left + len(cells)] = cells
    return tuple(tuple(row) for row in rows)


def _cell(answer: Mapping[str, Any]) -> SheetCell:
    effective = answer.get("effectiveValue") or {}
    value: Value = None
    for kind in ("stringValue", "numberValue", "boolValue"):
        if kind in effective:
            value = effective[kind]
    formula = str((answer.get("userEnteredValue") or {}).get("formulaValue", ""))
    told = cleaned(value) if isinstance(value, str) else value
    shown = str(answer.get("formattedValue", ""))
    note = answer.get("note")
    return SheetCell(
        told,
        str(told) if shown == value else cleaned(shown),
        cleaned(str(note)) if note else "",
        cleaned(formula) if formula else "",
        isinstance(value, str) and told != value,
    )
