"""A second pair of hands in the same workbook: whatever staff do to rows between our reading and our writing (faults F10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.office import Faults, InProcess
from flows.workspace.session import office_session
from flows.workspace.sheets import Sheets
from flows.workspace.space import over
from tests.road.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office import Office, Request
    from flows.workspace.sheets import Sheet

Line = list[dict[str, Any]]


@dataclass
class Hands:
    """Somebody at the keyboard: reads a tab and lays its rows anew, as sorting, inserting and deleting do."""

    office: Office
    book: str

    def __post_init__(self) -> None:
        self.sheets = Sheets(office_session(InProcess(self.office)))

    def sheet(self, tab: str) -> Sheet:
        found = self.sheets.read(self.book).sheet(tab)
        assert found is not None
        return found

    def lines(self, sheet: Sheet) -> list[Line]:
        """Every row under the header: values, formulas and notes."""
        width = max(len(row) for row in sheet.cells)
        return [[_raw(sheet.at(row, at)) for at in range(width)] for row in range(1, len(sheet.cells))]

    def lay(self, sheet: Sheet, lines: list[Line]) -> None:
        """Put rows back; what lies below them is emptied."""
        spare = max(len(sheet.cells) - 1 - len(lines), 0)
        area = {
            "sheetId": sheet.sheet_id,
            "startRowIndex": 1,
            "endRowIndex": len(lines) + spare + 1,
            "startColumnIndex": 0,
            "endColumnIndex": len(sheet.cells[0]),
        }
        rows = [{"values": line} for line in [*lines, *([[]] * spare)]]
        self.sheets.batch(
            self.book, [{"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue,note"}}]
        )

    def sort(self, tab: str) -> None:
        sheet = self.sheet(tab)
        self.lay(sheet, list(reversed(self.lines(sheet))))

    def delete(self, tab: str, row: int) -> None:
        sheet = self.sheet(tab)
        lines = self.lines(sheet)
        self.lay(sheet, [line for at, line in enumerate(lines, 2) if at != row])

    def insert(self, tab: str, row: int, **cells: str) -> None:
        """Insert a row and type into it."""
        sheet = self.sheet(tab)
        heads = [str(cell.value or "").removesuffix(" *") for cell in sheet.cells[0]]
        lines = self.lines(sheet)
        told = {name.replace("_", " "): value for name, value in cells.items()}
        lines.insert(
            row - 2,
            [{"userEnteredValue": {"stringValue": told[head]}} if head in told else {} for head in heads],
        )
        self.lay(sheet, lines)

    def type(self, tab: str, row: int, header: str, text: str) -> None:
        sheet = self.sheet(tab)
        heads = [str(cell.value or "").removesuffix(" *") for cell in sheet.cells[0]]
        start = {"sheetId": sheet.sheet_id, "rowIndex": row - 1, "columnIndex": heads.index(header)}
        self.sheets.batch(
            self.book,
            [
                {
                    "updateCells": {
                        "start": start,
                        "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
                        "fields": "userEnteredValue",
                    }
                }
            ],
        )


def _raw(cell: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"note": cell.note} if cell.note else {}
    if cell.formula:
        return told | {"userEnteredValue": {"formulaValue": cell.formula}}
    if cell.value is None:
        return told
    kind = (
        "boolValue"
        if isinstance(cell.value, bool)
        else "numberValue"
        if isinstance(cell.value, int | float)
        else "stringValue"
    )
    return told | {"userEnteredValue": {kind: cell.value}}


def meddled(desk: Desk, at: int, act: Callable[[Hands], None]) -> Desk:
    """The same desk, but right before its `at`-th call somebody does `act` in the workbook."""
    hands = Hands(desk.office, desk.place.book)

    def rule(number: int, request: Request) -> None:
        if number == at:
            act(hands)

    space = over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock)
    return Desk(desk.root, desk.office, space, desk.place, desk.clock)
