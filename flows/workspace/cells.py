"""Values on their way into cells: always typed, never parsed; only what differs from what was read is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.domain.terms.serial_days import serial_of_day
from flows.domain.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.workspace.sheets import Request, Sheet, SheetCell

MARK = "⚠ Наставничество: "
LONGEST = 32_000
LINK = re.compile(r'=HYPERLINK\("((?:[^"]|"")*)"[;,]"((?:[^"]|"")*)"\)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that shows a text and opens an address."""

    address: str
    text: str

    @property
    def formula(self) -> str:
        """The formula of the link in a book with the Russian locale."""
        address, text = (part.replace('"', '""') for part in (self.address, self.text))
        return f'=HYPERLINK("{address}";"{text}")'


Written = str | int | float | bool | date | Link | None
Place = tuple[int, int]


def entered(value: Written) -> dict[str, Any]:
    """Spell a value as ExtendedValue; a string stays a string, without the characters that no cell may hold."""
    if value is None:
        return {}
    if isinstance(value, Link):
        return {"formulaValue": value.formula}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, date):
        return {"numberValue": serial_of_day(value)}
    if isinstance(value, int | float):
        return {"numberValue": value}
    plain = cleaned(value)[:LONGEST] if value else ""
    return {"stringValue": plain} if plain else {}


def same(cell: SheetCell, value: Written) -> bool:
    """Tell whether a cell holds a value already."""
    if isinstance(value, Link):
        return cell.formula.replace(",", ";") == value.formula.replace(",", ";")
    told = entered(value)
    return not cell.formula and (
        cell.value in {None, ""} if not told else cell.value == next(iter(told.values()))
    )


def changes(sheet: Sheet, wanted: Mapping[Place, Written]) -> list[Request]:
    """Write the values that differ; neighbours in a row go in one request."""
    differing = {place: value for place, value in wanted.items() if not same(sheet.at(*place), value)}
    return [
        _update(
            sheet.sheet_id,
            place,
            [{"userEnteredValue": entered(differing[each])} for each in run],
            "userEnteredValue",
        )
        for place, run in _runs(differing)
    ]


def notes(sheet: Sheet, wanted: Mapping[Place, str]) -> list[Request]:
    """Set our notes and take away those that are no longer true; a person's own note is left alone."""
    differing: dict[Place, str] = {}
    for row, line in enumerate(sheet.cells):
        for column, cell in enumerate(line):
            if row and cell.note.startswith(MARK) and (row, column) not in wanted:
                differing[row, column] = ""
    for place, text in wanted.items():
        known = sheet.at(*place).note
        told = cleaned(MARK + "\n".join(text.splitlines()))[:LONGEST]
        if known != told and (not known or known.startswith(MARK)):
            differing[place] = told
    return [
        _update(sheet.sheet_id, place, [{"note": differing[each]} for each in run], "note")
        for place, run in _runs(differing)
    ]


def note_request(sheet_id: int, place: Place, note: str) -> Request:
    """Set one note."""
    return _update(sheet_id, place, [{"note": note}], "note")


def back_request(sheet_id: int, place: Place, cell: SheetCell) -> Request:
    """Put back a cell's value as it was read; our links are spelt anew."""
    link = LINK.fullmatch(cell.formula)
    value: Written = Link(*(part.replace('""', '"') for part in link.groups())) if link else cell.value
    return _update(sheet_id, place, [{"userEnteredValue": entered(value)}], "userEnteredValue")


def appended(sheet_id: int, rows: Iterable[Iterable[Written]]) -> Request:
    """Add rows below the last one that holds anything."""
    lines = [
        {"values": [{} if value is None else {"userEnteredValue": entered(value)} for value in row]}
        for row in rows
    ]
    return {"appendCells": {"sheetId": sheet_id, "rows": lines, "fields": "userEnteredValue"}}


def _runs(places: Iterable[Place]) -> list[tuple[Place, list[Place]]]:
    runs: list[tuple[Place, list[Place]]] = []
    for place in sorted(places):
        if runs and runs[-1][1][-1] == (place[0], place[1] - 1):
            runs[-1][1].append(place)
        else:
            runs.append((place, [place]))
    return runs


def _update(sheet_id: int, place: Place, values: list[dict[str, Any]], fields: str) -> Request:
    start = {"sheetId": sheet_id, "rowIndex": place[0], "columnIndex": place[1]}
    return {"updateCells": {"start": start, "rows": [{"values": values}], "fields": fields}}
