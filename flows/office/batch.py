"""The kinds of request that a batchUpdate may carry, each as one small function over a `Draft`."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.office import layout, masks, rules, shift
from flows.office.entries import Tab
from flows.office.errors import Refusal
from flows.office.draft import Draft, cell_mask

if TYPE_CHECKING:
    from flows.office.sheet import Sheet

Reply = dict[str, Any]
Body = dict[str, Any]
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_TITLE = 31


def run(draft: Draft, requests: list[Body]) -> list[Reply]:
    """Carry out requests in order; the first refusal names its request and spoils the whole batch."""
    if not requests:
        raise Refusal(400, "Must specify at least one request.")
    return [_one(draft, number, each) for number, each in enumerate(requests)]


def _one(draft: Draft, number: int, request: Body) -> Reply:
    kinds = [name for name, body in request.items() if body is not None]
    if len(kinds) != 1:
        raise Refusal(400, f"Invalid requests[{number}]: exactly one kind of request must be set.")
    kind = kinds[0]
    handler = HANDLERS.get(kind)
    if handler is None:
        raise Refusal(501, f"sheets.spreadsheets.batchUpdate: {kind} пока не поддерживается локальным офисом")
    try:
        return handler(draft, request[kind])
    except Refusal as refusal:
        raise Refusal(refusal.status, f"Invalid requests[{number}].{kind}: {refusal.message}") from refusal


def _checked_title(draft: Draft, title: str, own: int | None = None) -> str:
    if not title or len(title) > _LONGEST_TITLE or _BAD_TITLE.search(title):
        raise Refusal(
            400,
            f"Название листа «{title}» не подходит: нужно от 1 до {_LONGEST_TITLE} знаков без [ ] : * ? / \\ и апострофов по краям.",
        )
    if any(tab.title.casefold() == title.casefold() and tab.sheet_id != own for tab in draft.tabs.values()):
        raise Refusal(400, f'A sheet with the name "{title}" already exists. Please enter another name.')
    return title


def _free_title(draft: Draft) -> str:
    taken = {tab.title.casefold() for tab in draft.tabs.values()}
    number = len(taken) + 1
    while f"лист{number}" in taken:
        number += 1
    return f"Лист{number}"


def _new_sheet_id(draft: Draft, wanted: int | None) -> int:
    if wanted is None:
        wanted = secrets.randbelow(2**31)
    if wanted < 0:
        raise Refusal(400, f"sheetId {wanted} must not be negative.")
    if wanted in draft.tabs:
        raise Refusal(400, f"A sheet with the ID {wanted} already exists. Please use another ID.")
    return wanted


def _add_sheet(draft: Draft, body: Body) -> Reply:
    wanted = body.get("properties") or {}
    sheet_id = _new_sheet_id(draft, wanted.get("sheetId"))
    title = _checked_title(draft, wanted.get("title") or _free_title(draft))
    leaf = draft.workbook.add_tab(title, wanted.get("index"), hidden=bool(wanted.get("hidden")))
    tab = draft.tabs[sheet_id] = Tab(sheet_id, title, leaf.inner)
    _set_grid(draft, tab, wanted.get("gridProperties") or {}, frozenset(wanted.get("gridProperties") or ()))
    if wanted.get("tabColor"):
        layout.colour_tab(draft.sheet(tab), wanted["tabColor"])
    return {"addSheet": {"properties": properties(draft, draft.tabs[sheet_id])}}


def _delete_sheet(draft: Draft, body: Body) -> Reply:
    tab = draft.tab(body.get("sheetId"))
    others = [leaf for leaf in draft.workbook.leaves if leaf.inner != tab.inner]
    if not any(not leaf.hidden for leaf in others):
        raise Refusal(400, "You can't remove all the visible sheets in a document.")
    draft.workbook.delete_tab(tab.inner)
    del draft.tabs[tab.sheet_id]
    draft.protected = [each for each in draft.protected if (each["range"].get("sheetId") or 0) != tab.sheet_id]
    return {}


def _update_sheet(draft: Draft, body: Body) -> Reply:
    wanted = body.get("properties") or {}
    tab = draft.tab(wanted.get("sheetId"))
    if not body.get("fields"):
        raise Refusal(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = masks.parse(body["fields"])
    names = set(wanted) - {"sheetId"} if "*" in mask else set(mask)
    unknown = names - {"title", "index", "hidden", "gridProperties", "tabColor", "tabColorStyle"}
    if unknown:
        raise Refusal(501, f"Свойство листа {min(unknown)} пока не поддерживается локальным офисом")
    _arrange(draft, tab, wanted, names)
    grid = wanted.get("gridProperties") or {}
    if "gridProperties" in names:
        inner = mask.get("gridProperties") or {}
        _set_grid(draft, draft.tabs[tab.sheet_id], grid, frozenset(grid if not inner or "*" in inner else inner))
    if names & {"tabColor", "tabColorStyle"}:
        colour = wanted.get("tabColor") or (wanted.get("tabColorStyle") or {}).get("rgbColor")
        layout.colour_tab(draft.sheet(tab), colour)
    return {}


def _arrange(draft: Draft, tab: Tab, wanted: Body, names: set[str]) -> None:
    title = _checked_title(draft, wanted.get("title") or "", tab.sheet_id) if "title" in names else None
    hidden = bool(wanted.get("hidden")) if "hidden" in names else None
    leaf = draft.leaf(tab)
    if hidden and not leaf.hidden and sum(not each.hidden for each in draft.workbook.leaves) == 1:
        raise Refusal(400, "You can't hide all the sheets in a document.")
    index = (wanted.get("index") or 0) if "index" in names else None
    changed = (title not in {None, tab.title}, hidden not in {None, leaf.hidden}, index is not None)
    if any(changed):
        draft.workbook.arrange(tab.inner, title=title, index=index, hidden=hidden)
    draft.tabs[tab.sheet_id] = replace(tab, title=title or tab.title)


def _set_grid(draft: Draft, tab: Tab, grid: Body, names: frozenset[str]) -> None:
    rows = (grid.get("rowCount") or 0) if "rowCount" in names else tab.rows
    columns = (grid.get("columnCount") or 0) if "columnCount" in names else tab.columns
    if (rows, columns) != (tab.rows, tab.columns):
        _shrink(draft, tab, rows, columns)
        tab = draft.resize(tab, rows, columns)
    unknown = names - {"rowCount", "columnCount", "frozenRowCount", "frozenColumnCount", "hideGridlines"}
    if unknown:
        raise Refusal(501, f"Свойство сетки {min(unknown)} пока не поддерживается локальным офисом")
    known = layout.frozen(draft.workbook.sheet(draft.leaf(tab).part))
    fields = ("frozenRowCount", "frozenColumnCount")
    wanted = tuple((grid.get(name) or 0) if name in names else old for name, old in zip(fields, known, strict=True))
    if wanted != known:
        layout.freeze(draft.sheet(tab), *wanted)


def _shrink(draft: Draft, tab: Tab, rows: int, columns: int) -> None:
    sheet = draft.sheet(tab)
    for row in sheet.rows():
        for column in list(sheet.row(row)):
            if row >= rows or column >= columns:
                draft.write_cell(tab, (row, column), {}, {"userEnteredValue": {}})


def _update_cells(draft: Draft, body: Body) -> Reply:
    mask = cell_mask(body.get("fields") or "")
    lines = [(each or {}).get("values") or [] for each in body.get("rows") or ()]
    if body.get("start") is not None:
        start = body["start"]
        tab = draft.tab(start.get("sheetId"))
        place = (start.get("rowIndex") or 0, start.get("columnIndex") or 0)
        for number, line in enumerate(lines):
            draft.write_row(tab, (place[0] + number, place[1]), line, mask)
        return {}
    grid = body.get("range") or {}
    tab = draft.tab(grid.get("sheetId"))
    _fill(draft, tab, draft.box(tab, grid), lines, mask)
    return {}


def _fill(draft: Draft, tab: Tab, box: rules.Box, lines: list[list[Body]], mask: masks.Mask) -> None:
    """Write lines into an area and clear the masked fields in the rest of it."""
    top, left, bottom, right = box
    if len(lines) > bottom - top or any(len(line) > right - left for line in lines):
        raise Refusal(400, "Attempting to write outside of the given range.")
    for row in range(top, bottom):
        line = lines[row - top] if row - top < len(lines) else []
        draft.write_row(tab, (row, left), [*line, *({} for _ in range(right - left - len(line)))], mask)


def _append_cells(draft: Draft, body: Body) -> Reply:
    mask = cell_mask(body.get("fields") or "")
    tab = draft.tab(body.get("sheetId"))
    lines = [(each or {}).get("values") or [] for each in body.get("rows") or ()]
    first = draft.sheet(tab).last_row()
    columns = max([tab.columns, *(len(line) for line in lines)])
    if first + len(lines) > tab.rows or columns > tab.columns:
        tab = draft.resize(tab, max(tab.rows, first + len(lines)), columns)
    for number, line in enumerate(lines):
        draft.write_row(tab, (first + number, 0), line, mask)
    return {}


def _repeat_cell(draft: Draft, body: Body) -> Reply:
    mask = cell_mask(body.get("fields") or "")
    tab = draft.tab((body.get("range") or {}).get("sheetId"))
    box = draft.box(tab, body.get("range") or {})
    cell = body.get("cell") or {}
    if masks.wants(mask, "dataValidation"):
        rules.put(draft.sheet(tab), box, cell.get("dataValidation"))
        mask = {name: inner for name, inner in mask.items() if name not in {"dataValidation", "*"}} or mask
    rest = {"userEnteredValue": {}, "userEnteredFormat": {}, "note": {}} if "*" in mask else mask
    if set(rest) == {"dataValidation"}:
        return {}
    for row in range(box[0], box[2]):
        for column in range(box[1], box[3]):
            draft.write_cell(tab, (row, column), cell, rest)
    return {}


def _set_rule(draft: Draft, body: Body) -> Reply:
    tab = draft.tab((body.get("range") or {}).get("sheetId"))
    rules.put(draft.sheet(tab), draft.box(tab, body.get("range") or {}), body.get("rule"))
    return {}


def _span(draft: Draft, body: Body) -> tuple[Tab, bool, int, int]:
    wanted = body.get("range") or {}
    tab = draft.tab(wanted.get("sheetId"))
    rows = wanted.get("dimension") == "ROWS"
    if wanted.get("dimension") not in {"ROWS", "COLUMNS"}:
        raise Refusal(400, "No dimension specified.")
    size = tab.rows if rows else tab.columns
    end = wanted.get("endIndex")
    return tab, rows, wanted.get("startIndex") or 0, size if end is None else end


def _insert_dimension(draft: Draft, body: Body) -> Reply:
    tab, rows, start, end = _span(draft, body)
    count = end - start
    if count <= 0 or start > (tab.rows if rows else tab.columns):
        raise Refusal(400, f"range.startIndex[{start}] and range.endIndex[{end}] do not fit the grid.")
    grown = draft.resize(tab, tab.rows + count * rows, tab.columns + count * (not rows))
    shift.shift(draft.sheet(grown), draft.notes(grown), shift.inserted(start, count), rows=rows)
    return {}


def _delete_dimension(draft: Draft, body: Body) -> Reply:
    tab, rows, start, end = _span(draft, body)
    if not 0 <= start < end <= (tab.rows if rows else tab.columns):
        raise Refusal(400, f"Cannot delete {start}..{end}: it does not fit the grid.")
    count = end - start
    smaller = draft.resize(tab, tab.rows - count * rows, tab.columns - count * (not rows))
    shift.shift(draft.sheet(smaller), draft.notes(smaller), shift.deleted(start, end), rows=rows)
    return {}


def _update_dimension(draft: Draft, body: Body) -> Reply:
    tab, rows, start, end = _span(draft, body)
    mask = masks.parse(body.get("fields") or "pixelSize")
    fields = frozenset({"pixelSize", "hiddenByUser"} if "*" in mask else mask)
    if fields - {"pixelSize", "hiddenByUser"}:
        raise Refusal(501, f"Свойство {min(fields)} пока не поддерживается локальным офисом")
    if not 0 <= start < end <= (tab.rows if rows else tab.columns):
        raise Refusal(400, f"Dimension range {start}..{end} does not fit the grid.")
    change: Callable[[Sheet, int, int, frozenset[str], Body], None] = layout.set_rows if rows else layout.set_columns
    change(draft.sheet(tab), start, end, fields, body.get("properties") or {})
    return {}


def _protect(draft: Draft, body: Body) -> Reply:
    wanted = dict(body.get("protectedRange") or {})
    tab = draft.tab((wanted.get("range") or {}).get("sheetId"))
    if wanted.get("warningOnly") and wanted.get("editors"):
        raise Refusal(400, "Editors must not be set when warningOnly is true.")
    wanted["range"] = {**(wanted.get("range") or {}), "sheetId": tab.sheet_id}
    used = {each["protectedRangeId"] for each in draft.protected}
    wanted.setdefault("protectedRangeId", next(each for each in range(1, len(used) + 2) if each not in used))
    if wanted["protectedRangeId"] in used:
        raise Refusal(400, f"A protected range with the ID {wanted['protectedRangeId']} already exists.")
    draft.protected.append(wanted)
    return {"addProtectedRange": {"protectedRange": wanted}}


def properties(draft: Draft, tab: Tab) -> dict[str, Any]:
    """Spell a tab's SheetProperties; what has its default value is left out."""
    leaf = draft.leaf(tab)
    sheet = draft.workbook.sheet(leaf.part)
    grid = {"rowCount": tab.rows, "columnCount": tab.columns}
    rows, columns = layout.frozen(sheet)
    grid |= {name: count for name, count in (("frozenRowCount", rows), ("frozenColumnCount", columns)) if count}
    index = [each.inner for each in draft.workbook.leaves].index(tab.inner)
    shown: dict[str, Any] = {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": grid,
    }
    if leaf.hidden:
        shown["hidden"] = True
    colour = layout.tab_colour(sheet)
    if colour is not None:
        shown |= {"tabColor": colour, "tabColorStyle": {"rgbColor": colour}}
    return shown


HANDLERS: dict[str, Callable[[Draft, Body], Reply]] = {
    "addSheet": _add_sheet,
    "deleteSheet": _delete_sheet,
    "updateSheetProperties": _update_sheet,
    "updateCells": _update_cells,
    "appendCells": _append_cells,
    "repeatCell": _repeat_cell,
    "setDataValidation": _set_rule,
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "updateDimensionProperties": _update_dimension,
    "addProtectedRange": _protect,
}
