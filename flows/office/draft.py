"""A workbook while a batch works on it: its tabs with Google's ids, and the cells written so far."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from flows.office import calculated, cells, heights, layout, links, masks, rules
from flows.office.errors import Refusal
from flows.office.grid import quoted, ref_of
from flows.office.styles import FIELDS
from flows.office.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.office.book import Element
    from flows.office.entries import Entry, Tab
    from flows.office.notes import Notes
    from flows.office.sheet import Sheet
    from flows.office.workbook import Leaf, Workbook

_CELL_FIELDS = frozenset({"userEnteredValue", "note", "userEnteredFormat", "dataValidation"})
_VALUES: masks.Mask = {"userEnteredValue": {}}
_ROWS_OF_A_FILE, _COLUMNS_OF_A_FILE = 1_048_576, 16_384


class Draft:
    """The workbook of one batch; nothing reaches the disk before the whole batch is done."""

    def __init__(self, workbook: Workbook, entry: Entry) -> None:
        self.workbook = workbook
        self.tabs = {tab.sheet_id: tab for tab in entry.tabs}
        self.protected = list(entry.protected)
        self.settings = dict(entry.settings)
        self.touched = Touched()
        self._written: dict[int, set[int]] = {}

    def tab(self, sheet_id: int | None) -> Tab:
        """Tab by Google's id; the refusal of an unknown one is what the fence stands on."""
        found = self.tabs.get(sheet_id or 0)
        if found is None:
            raise Refusal(400, f"No grid with id: {sheet_id or 0}")
        return found

    def leaf(self, tab: Tab) -> Leaf:
        """Find the tab as the file lists it."""
        return self.workbook.leaf(tab.inner)

    def sheet(self, tab: Tab) -> Sheet:
        """Give the tab's sheet, about to be changed."""
        return self.workbook.changed(self.leaf(tab).part)

    def notes(self, tab: Tab) -> Notes:
        """Give the tab's notes."""
        return self.workbook.notes(self.leaf(tab).part)

    def settle(self) -> None:
        """Let the rows that were written grow or shrink with their text; forget results that are no longer true."""
        for sheet_id, rows in self._written.items():
            if sheet_id in self.tabs:
                heights.fit(self.sheet(self.tabs[sheet_id]), self.workbook.styles, rows)
        calculated.forget(self.workbook, self.touched)

    def ordered(self) -> tuple[Tab, ...]:
        """Tabs in the file's order."""
        order = {leaf.inner: at for at, leaf in enumerate(self.workbook.leaves)}
        return tuple(sorted(self.tabs.values(), key=lambda tab: order[tab.inner]))

    def resize(self, tab: Tab, rows: int, columns: int) -> Tab:
        """Give a tab another grid size."""
        if not (0 < rows <= _ROWS_OF_A_FILE and 0 < columns <= _COLUMNS_OF_A_FILE):
            raise Refusal(400, f"Grid of {rows} x {columns} is not allowed")
        self.tabs[tab.sheet_id] = replace(tab, rows=rows, columns=columns)
        return self.tabs[tab.sheet_id]

    def box(self, tab: Tab, grid: dict[str, Any]) -> rules.Box:
        """Read a GridRange on a tab; 400 if it leaves the grid."""
        top, left = grid.get("startRowIndex") or 0, grid.get("startColumnIndex") or 0
        bottom, right = grid.get("endRowIndex", tab.rows), grid.get("endColumnIndex", tab.columns)
        box = (top, left, tab.rows if bottom is None else bottom, tab.columns if right is None else right)
        if not (0 <= top < box[2] <= tab.rows and 0 <= left < box[3] <= tab.columns):
            raise beyond(tab, top, left)
        return box

    def write_row(
        self, tab: Tab, place: tuple[int, int], row: Sequence[dict[str, Any] | None], mask: masks.Mask
    ) -> None:
        """Write CellData side by side from a place on; 400 if they leave the grid."""
        top, left = place
        if row and (top >= tab.rows or left + len(row) > tab.columns):
            raise beyond(tab, top, left + len(row) - 1)
        if mask == _VALUES:
            self._write_values(tab, place, [(data or {}).get("userEnteredValue") or {} for data in row])
            return
        for number, data in enumerate(row):
            self.write_cell(tab, (top, left + number), data or {}, mask)

    def write_cell(self, tab: Tab, place: tuple[int, int], data: dict[str, Any], mask: masks.Mask) -> None:
        """Set the masked fields of one cell; a masked field that is not given is cleared."""
        if masks.wants(mask, "userEnteredValue"):
            self._write_values(tab, place, [data.get("userEnteredValue") or {}])
        if masks.wants(mask, "userEnteredFormat"):
            look = data.get("userEnteredFormat") or {}
            self._write_look(tab, place, look, mask.get("userEnteredFormat") or {})
        if masks.wants(mask, "note"):
            note = cells.checked(data.get("note") or "", partial(self._named, tab, place))
            self.notes(tab).set(place, note.replace("\r\n", "\n"))
        if masks.wants(mask, "dataValidation"):
            row, column = place
            rules.put(self.sheet(tab), (row, column, row + 1, column + 1), data.get("dataValidation"))

    def _named(self, tab: Tab, place: tuple[int, int]) -> str:
        return f"{quoted(tab.title)}!{ref_of(*place)}"

    def _write_values(self, tab: Tab, place: tuple[int, int], values: Sequence[dict[str, Any]]) -> None:
        """Put values side by side; an empty one that finds no cell leaves none behind."""
        sheet, (row, left) = self.sheet(tab), place
        there = sheet.about_to_change(row)
        for column, value in enumerate(values, left):
            known = there.get(column)
            if known is not None or value:
                self._write_value(sheet, tab, (row, column), value, known)
        self._written.setdefault(tab.sheet_id, set()).add(row)
        self.touched.cells(tab.title, ((row, column) for column in range(left, left + len(values))))

    def _write_value(
        self, sheet: Sheet, tab: Tab, place: tuple[int, int], value: dict[str, Any], known: Element | None
    ) -> None:
        """Put one value into a cell, `known` if it is there already."""
        if known is not None and any(child.tag.endswith("}f") for child in known):
            self.workbook.formulas_changed = True
        constant, formula = _typed(value, partial(self._named, tab, place))
        if formula is None and constant in {None, ""}:
            if known is not None:
                cells.clear(known)
            return
        cell = sheet.element(*place) if known is None else known
        if formula is not None:
            self.workbook.formulas_changed = True
            titles = {number: each.title for number, each in self.tabs.items()}
            cells.write_formula(cell, links.filed(formula, titles))
        else:
            cells.write(cell, constant)

    def look_columns(self, tab: Tab, box: rules.Box, look: dict[str, Any], mask: masks.Mask) -> None:
        """Give a look to whole columns from a row down to the end: one mark a column instead of one a cell."""
        fields = _look_fields(mask, look)
        sheet = self.sheet(tab)
        top, left, _, right = box
        for row in range(top):
            for column in range(left, right):
                sheet.element(row, column)  # keeps the look it had
        styles = {
            column: self.workbook.styles.changed(sheet.column_look(column), fields, look)
            for column in range(left, right)
        }
        layout.style_columns(sheet, styles)
        for row in [each for each in sheet.rows() if each >= top]:
            for column in [each for each in sheet.row(row) if left <= each < right]:
                self._write_look(tab, (row, column), look, mask)

    def _write_look(self, tab: Tab, place: tuple[int, int], look: dict[str, Any], mask: masks.Mask) -> None:
        fields = _look_fields(mask, look)
        sheet = self.sheet(tab)
        known = sheet.peek(*place)
        before = int(known.get("s", "0")) if known is not None else 0
        style = self.workbook.styles.changed(before, fields, look)
        if style != before:
            sheet.element(*place).set("s", str(style))


def cell_mask(fields: str) -> masks.Mask:
    """Read the `fields` of a cell write; 400 if empty, 501 for what the office cannot keep."""
    if not fields:
        raise Refusal(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = masks.parse(fields)
    unknown = set(mask) - _CELL_FIELDS - {"*"}
    if unknown:
        raise Refusal(501, f"Поле ячейки {min(unknown)} пока не поддерживается локальным офисом")
    return mask


def _look_fields(mask: masks.Mask, look: dict[str, Any]) -> tuple[str, ...]:
    """Fields of a look that a write sets or resets; 501 for any that the file would not get."""
    asked = _flat(mask) if mask and "*" not in mask else set(FIELDS)
    given = _flat(
        {
            name: {each: {} for each in value or ()} if name == "textFormat" else {}
            for name, value in look.items()
        }
    )
    unknown = (asked | given) - set(FIELDS)
    if unknown:
        raise Refusal(501, f"Формат {min(unknown)} пока не поддерживается локальным офисом")
    return tuple(name for name in FIELDS if name in asked)


def _flat(mask: masks.Mask) -> set[str]:
    """Name the wanted fields one by one; both spellings of a colour are one."""
    text = {f"textFormat.{name}" for name in mask.get("textFormat", ())}
    if "textFormat" in mask and (not text or "textFormat.*" in text):
        text = {name for name in FIELDS if name.startswith("textFormat.")}
    return {
        name.removesuffix("Style") if "Color" in name else name
        for name in (set(mask) - {"textFormat"}) | text
    }


def _typed(value: dict[str, Any], where: Callable[[], str]) -> tuple[cells.Value, str | None]:
    """Read an ExtendedValue: the constant, or the formula."""
    if value.get("formulaValue") is not None:
        return None, cells.checked(value["formulaValue"], where)
    if value.get("stringValue") is not None:
        return cells.checked(value["stringValue"], where), None
    if value.get("boolValue") is not None:
        return bool(value["boolValue"]), None
    number = value.get("numberValue")
    if number is not None and not math.isfinite(number):
        raise Refusal(400, f"В ячейке {where()} стоит не число.")
    if value.get("errorValue") is not None:
        raise Refusal(400, "errorValue is read only")
    return number, None


def beyond(tab: Tab, row: int, column: int) -> Refusal:
    """Google's refusal of what lies outside the grid."""
    at = f"{quoted(tab.title)}!{ref_of(row, column)}"
    return Refusal(400, f"Range ({at}) exceeds grid limits. Max rows: {tab.rows}, max columns: {tab.columns}")
