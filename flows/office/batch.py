"""The kinds of request that a batchUpdate may carry, each as one small function over a `Draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.office import conditions, layout, masks, rules, shift, tabs
from flows.office.draft import Draft, cell_mask
from flows.office.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.entries import Tab
    from flows.office.sheet import Sheet

Reply = dict[str, Any]
_FEW_ROWS = 10
_CONTENTS = frozenset({"rows", "cell"})
_COUNTS = frozenset(
    {
        *(
            "rowIndex",
            "columnIndex",
            "startRowIndex",
            "endRowIndex",
            "startColumnIndex",
            "endColumnIndex",
            "startIndex",
            "endIndex",
        ),
        *(
            "index",
            "sheetId",
            "rowCount",
            "columnCount",
            "frozenRowCount",
            "frozenColumnCount",
            "pixelSize",
            "length",
        ),
    }
)
Body = dict[str, Any]


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
        _check_signs(request[kind])
        return handler(draft, request[kind])
    except Refusal as refusal:
        raise Refusal(refusal.status, f"Invalid requests[{number}].{kind}: {refusal.message}") from refusal
    except ValueError:  # what no XML can hold
        raise Refusal(
            400,
            f"Invalid requests[{number}].{kind}: в тексте стоит недопустимый знак. Уберите его и повторите.",
        ) from None


def _check_signs(body: Any) -> None:
    """Refuse a place or a size below zero, wherever it stands; contents of cells have neither."""
    for name, value in body.items():
        if name in _COUNTS and isinstance(value, int | float) and value < 0:
            raise Refusal(400, f"{name} must not be negative.")
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict) and name not in _CONTENTS:
                _check_signs(each)


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
    if set(mask) == {"userEnteredFormat"} and box[2] == tab.rows and box[0] <= _FEW_ROWS:
        draft.look_columns(tab, box, cell.get("userEnteredFormat") or {}, mask["userEnteredFormat"] or {})
        return {}
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
    draft.touched.whole(tab.title)
    shift.shift(draft.sheet(grown), draft.notes(grown), shift.inserted(start, count), rows=rows)
    return {}


def _delete_dimension(draft: Draft, body: Body) -> Reply:
    tab, rows, start, end = _span(draft, body)
    if not 0 <= start < end <= (tab.rows if rows else tab.columns):
        raise Refusal(400, f"Cannot delete {start}..{end}: it does not fit the grid.")
    count = end - start
    smaller = draft.resize(tab, tab.rows - count * rows, tab.columns - count * (not rows))
    draft.touched.whole(tab.title)
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
    change: Callable[[Sheet, int, int, frozenset[str], Body], None] = (
        layout.set_rows if rows else layout.set_columns
    )
    change(draft.sheet(tab), start, end, fields, body.get("properties") or {})
    return {}


def _boxes(draft: Draft, ranges: list[Body]) -> tuple[Tab, list[rules.Box]]:
    if len({each.get("sheetId") or 0 for each in ranges}) != 1:
        raise Refusal(400, "All ranges must be on one sheet.")
    tab = draft.tab(ranges[0].get("sheetId"))
    return tab, [draft.box(tab, each) for each in ranges]


def _add_condition(draft: Draft, body: Body) -> Reply:
    rule = body.get("rule") or {}
    tab, boxes = _boxes(draft, rule.get("ranges") or [])
    conditions.add(draft.sheet(tab), draft.workbook.styles, boxes, rule, body.get("index") or 0)
    return {}


def _delete_condition(draft: Draft, body: Body) -> Reply:
    tab = draft.tab(body.get("sheetId"))
    index = body.get("index") or 0
    part = draft.leaf(tab).part
    found = conditions.described(draft.workbook.sheet(part), draft.workbook.styles, tab.sheet_id)
    conditions.delete(draft.sheet(tab), index)
    return {"deleteConditionalFormatRule": {"rule": found[index]}}


def _set_filter(draft: Draft, body: Body) -> Reply:
    wanted = body.get("filter") or {}
    if set(wanted) - {"range"}:
        raise Refusal(501, "Фильтр с условиями пока не поддерживается локальным офисом")
    tab = draft.tab((wanted.get("range") or {}).get("sheetId"))
    box = draft.box(tab, wanted.get("range") or {})
    sheet = draft.sheet(tab)
    sheet.remove("autoFilter")
    sheet.child("autoFilter").set("ref", rules.sqref_of([box]))
    return {}


def _set_properties(draft: Draft, body: Body) -> Reply:
    names = set(masks.parse(body.get("fields") or ""))
    unknown = names - {"locale", "timeZone"}
    if unknown:
        raise Refusal(501, f"Свойство книги {min(unknown)} пока не поддерживается локальным офисом")
    wanted = body.get("properties") or {}
    draft.settings |= {name: wanted[name] for name in names if wanted.get(name)}
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


HANDLERS: dict[str, Callable[[Draft, Body], Reply]] = {
    "addSheet": tabs.add,
    "deleteSheet": tabs.delete,
    "updateSheetProperties": tabs.update,
    "updateCells": _update_cells,
    "appendCells": _append_cells,
    "repeatCell": _repeat_cell,
    "setDataValidation": _set_rule,
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "updateDimensionProperties": _update_dimension,
    "addProtectedRange": _protect,
    "addConditionalFormatRule": _add_condition,
    "deleteConditionalFormatRule": _delete_condition,
    "setBasicFilter": _set_filter,
    "updateSpreadsheetProperties": _set_properties,
}
