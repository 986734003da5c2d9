"""Cells as the wire shows them: plain values of a range, and CellData with everything a cell has."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from flows.office import links, masks, rules
from flows.office.cells import EPOCH
from flows.office.errors import Refusal
from flows.office.spelling import Spelled, spelled
from flows.office.styles import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flows.office.cells import Cell, Value
    from flows.office.notes import Notes
    from flows.office.sheet import Sheet
    from flows.office.styles import Styles

NOTHING = spelled({})
_MOST_RULED = 5_000_000
Box = tuple[int, int, int, int]
_ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}
_DATE_SHAPES = {"DATE": "%d.%m.%Y", "TIME": "%H:%M:%S", "DATE_TIME": "%d.%m.%Y %H:%M:%S"}


def values(sheet: Sheet, styles: Styles, box: Box, how: str, ids: Mapping[str, int]) -> list[list[Any]]:
    """Rows of a range, without empty ends; `how` is a ValueRenderOption, `ids` the numbers of tabs by title."""
    top, left, bottom, right = box
    found: list[list[Any]] = []
    done = top
    for row in sheet.rows():
        if not top <= row < bottom:
            continue
        line = _line(sheet.row(row), left, right, partial(_plain, styles=styles, how=how, ids=ids))
        if line:
            found.extend([] for _ in range(row - done))
            found.append(line)
            done = row + 1
    return found


def _line(row: dict[int, Cell], left: int, right: int, show: Callable[[Cell], Any]) -> list[Any]:
    line: list[Any] = []
    for column in sorted(row):
        if not left <= column < right:
            continue
        shown = show(row[column])
        if shown != "":
            line.extend("" for _ in range(column - left - len(line)))
            line.append(shown)
    return line


def _plain(cell: Cell, styles: Styles, how: str, ids: Mapping[str, int]) -> Any:
    if how == "FORMULA" and cell.formula is not None:
        return "=" + links.told(cell.formula, ids)
    if cell.error:
        return cell.error
    if cell.value is None:
        return ""
    return formatted(cell.value, cell.style, styles) if how == "FORMATTED_VALUE" else cell.value


def formatted(value: Value, style: int, styles: Styles) -> str:
    """Show a value as a Russian sheet does."""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, str) or value is None:
        return value or ""
    kind = kind_of(styles.code(style))
    if kind in _DATE_SHAPES and 0 <= value < 2_958_466:  # noqa: PLR2004 - the last day of year 9999
        moment = EPOCH + timedelta(days=value)
        return moment.strftime(_DATE_SHAPES[kind])
    if kind == "PERCENT":
        return _number(value * 100) + "%"
    return _number(value)


def _number(value: float) -> str:
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text.replace(".", ",")


class GridData:
    """Builds the `data` of a sheet with the parts that a mask asks for; the whole answer is cut to the mask at the end."""

    def __init__(
        self, sheet: Sheet, styles: Styles, notes: Notes, mask: masks.Mask | None, ids: Mapping[str, int]
    ) -> None:
        self._sheet = sheet
        self._ids = ids
        self._styles = styles
        self._notes = notes
        self._mask = mask
        self._rules = rules.found(sheet) if self._wants("dataValidation") else []
        self._valued = self._wants("userEnteredValue", "effectiveValue", "formattedValue")
        # Asked for the formulas alone, a plain value has nothing to show as typed.
        self._formulas = not self._wants_part("userEnteredValue", "stringValue")
        self._looked = self._wants("userEnteredFormat", "effectiveFormat")
        self._noted = set(notes.places()) if self._wants("note") else set()
        # How far notes and rules reach, known once: it is asked of every row.
        self._notes_reach: dict[int, int] = {}
        for row, column in notes.places():
            self._notes_reach[row] = max(column, self._notes_reach.get(row, -1))
        boxes = [box for found, _ in self._rules for box in found]
        self._ruled_row = max((bottom - 1 for _, _, bottom, _ in boxes if bottom < 1_048_576), default=-1)  # noqa: PLR2004
        self._ruled_column = max((right - 1 for _, _, _, right in boxes if right < 16_384), default=-1)  # noqa: PLR2004

    def _wants(self, *names: str) -> bool:
        return any(self._wants_part(name) for name in names)

    def _wants_part(self, *names: str) -> bool:
        return masks.wants(self._mask, "rowData", "values", *names)

    def of(self, box: Box) -> dict[str, Any]:
        """Grid data of one area, without empty ends."""
        top, left, bottom, right = box
        data: dict[str, Any] = {}
        if top:
            data["startRow"] = top
        if left:
            data["startColumn"] = left
        end = min(bottom, self._last_row() + 1)
        if self._rules and (end - top) * (right - left) > _MOST_RULED:
            raise Refusal(400, "Область слишком велика: назовите меньшую.")
        lines = masks.Cut(self._rows(range(top, end), left, right))
        while lines and lines[-1] is NOTHING:
            lines.pop()
        if lines:
            data["rowData"] = lines
        return data

    def _last_row(self) -> int:
        return max([self._ruled_row, *self._sheet.rows(), *self._notes_reach])

    def _rows(self, rows: range, left: int, right: int) -> Iterator[Spelled]:
        """Yield rows cut to the mask. What hangs on a row's own cells alone is told again as long as they stay as they are."""
        cut = (self._mask or {}).get("rowData")
        known = {} if self._looked or self._rules else self._sheet.shown(f"{left}:{right} {self._mask}")
        for row in rows:
            told = None if row in self._notes_reach else known.get(row)
            if told is None:
                there = self._sheet.glimpsed(row)
                line = masks.apply(cut, self._row(row, there, left, right))
                told = spelled(line) if line else NOTHING
                # A link names a tab, which may be renamed; a note is kept apart from its cell.
                linked = any(cell.formula is not None for cell in there.values())
                if not linked and row not in self._notes_reach:
                    known[row] = told
            yield told

    def _row(self, row: int, there: Mapping[int, Cell], left: int, right: int) -> dict[str, Any]:
        ends = min(right, 1 + max([self._ruled_column, self._notes_reach.get(row, -1), *there]))
        cells = [self._cell(row, column, there.get(column)) for column in range(left, ends)]
        while cells and not cells[-1]:
            cells.pop()
        return {"values": cells} if cells else {}

    def _cell(self, row: int, column: int, there: Cell | None) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if there is None and not self._looked and not self._rules and (row, column) not in self._noted:
            return data
        cell = self._sheet.cell(row, column) if there is None else there
        held = cell.value is not None or cell.formula is not None or bool(cell.error)
        if not held and not self._looked and not self._rules and (row, column) not in self._noted:
            return data
        if self._valued and held:
            data.update(entered(cell, self._styles, self._ids))
            if self._formulas and cell.formula is None:
                data.pop("userEnteredValue", None)
        if self._looked and cell.style:
            look = self._styles.described(cell.style)
            if look:
                data["userEnteredFormat"] = look
        note = self._notes[row, column] if (row, column) in self._noted else ""
        if note:
            data["note"] = note
        rule = rules.at(self._rules, row, column) if self._rules else None
        if rule:
            data["dataValidation"] = rule
        return data


def entered(cell: Cell, styles: Styles, ids: Mapping[str, int]) -> dict[str, Any]:
    """Spell what a cell holds: typed, effective and as shown."""
    data: dict[str, Any] = {}
    effective = _extended(cell.value)
    if cell.error:
        effective = {"errorValue": {"type": _ERRORS.get(cell.error, "ERROR"), "message": cell.error}}
    typed = {"formulaValue": "=" + links.told(cell.formula, ids)} if cell.formula is not None else effective
    if typed:
        data["userEnteredValue"] = typed
    if effective:
        data["effectiveValue"] = effective
        data["formattedValue"] = cell.error or formatted(cell.value, cell.style, styles)
    return data


def _extended(value: Value) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def by_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Turn rows of values into columns, without empty ends."""
    width = max(len(row) for row in rows)
    columns = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    for column in columns:
        while column and column[-1] == "":
            column.pop()
    return columns
