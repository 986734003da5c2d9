"""Rows and columns put in or taken out: everything below or to the right moves along."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flows.office import layout, rules
from flows.office.book import X, unset
from flows.office.errors import Refusal
from flows.office.grid import cell_of, ref_of

if TYPE_CHECKING:
    from flows.office.notes import Notes, Place
    from flows.office.sheet import Sheet

Move = Callable[[int], int | None]


def inserted(start: int, count: int) -> Move:
    """Where a row or column goes when others are put in before `start`."""
    return lambda at: at + count if at >= start else at


def deleted(start: int, end: int) -> Move:
    """Where a row or column goes when others are taken out; None for those taken."""
    return lambda at: at if at < start else None if at < end else at - (end - start)


def shift(sheet: Sheet, notes: Notes, move: Move, *, rows: bool) -> None:
    """Move cells, notes, rules, merged and filtered areas of one sheet."""
    _refuse_formulas(sheet)
    if rows:
        _rows(sheet, move)
    else:
        _columns(sheet, move)
    notes.shift(lambda place: _place(place, move, rows=rows))
    _areas(sheet, move, rows=rows)
    sheet.index()


def _refuse_formulas(sheet: Sheet) -> None:
    """Formulas would have to be rewritten, here and on other sheets: better to say no than to break them."""
    if next(sheet.data.iter(X + "f"), None) is not None:
        raise Refusal(
            501,
            "На листе есть формулы: вставка и удаление строк в нём пока не поддерживаются локальным офисом",
        )


def _place(place: Place, move: Move, *, rows: bool) -> Place | None:
    row, column = place
    moved = move(row if rows else column)
    if moved is None:
        return None
    return (moved, column) if rows else (row, moved)


def _rows(sheet: Sheet, move: Move) -> None:
    for element in list(sheet.data):
        moved = move(int(element.get("r", "1")) - 1)
        if moved is None:
            sheet.data.remove(element)
            continue
        element.set("r", str(moved + 1))
        for at, cell in enumerate(element.iterfind(X + "c")):
            column = cell_of(cell.get("r", ""))[1] if cell.get("r") else at
            cell.set("r", ref_of(moved, column))


def _columns(sheet: Sheet, move: Move) -> None:
    for row in sheet.data:
        unset(row, "spans")
        number = int(row.get("r", "1")) - 1
        for at, cell in enumerate(list(row.iterfind(X + "c"))):
            moved = move(cell_of(cell.get("r", ""))[1] if cell.get("r") else at)
            if moved is None:
                row.remove(cell)
            else:
                cell.set("r", ref_of(number, moved))
    columns = layout.column_list(sheet)
    layout.put_columns(sheet, {new: each for at, each in columns.items() if (new := move(at)) is not None})


def _areas(sheet: Sheet, move: Move, *, rows: bool) -> None:
    for name, inner, key in (
        ("mergeCells", "mergeCell", "ref"),
        ("dataValidations", "dataValidation", "sqref"),
        ("hyperlinks", "hyperlink", "ref"),
    ):
        holder = sheet.root.find(X + name)
        for each in holder.findall(X + inner) if holder is not None else ():
            text = _moved(each.get(key, ""), move, rows=rows)
            if text:
                each.set(key, text)
            elif holder is not None:
                holder.remove(each)
        if holder is not None and not len(holder):
            sheet.remove(name)
    for name, key in (("autoFilter", "ref"), ("conditionalFormatting", "sqref")):
        for each in sheet.root.findall(X + name):
            text = _moved(each.get(key, ""), move, rows=rows)
            if text:
                each.set(key, text)
            else:
                sheet.root.remove(each)


def _moved(sqref: str, move: Move, *, rows: bool) -> str:
    boxes = [_box(box, move, rows=rows) for box in rules.boxes_of(sqref)]
    return rules.sqref_of([box for box in boxes if box is not None])


def _box(box: rules.Box, move: Move, *, rows: bool) -> rules.Box | None:
    top, left, bottom, right = box
    first, last = (top, bottom) if rows else (left, right)
    # Areas of a million rows are «to the end»: both ends tell enough, nothing between is walked.
    start = next((new for at in range(first, last) if (new := move(at)) is not None), None)
    end = next((new for at in range(last - 1, first - 1, -1) if (new := move(at)) is not None), None)
    if start is None or end is None:
        return None
    edge = min(end + 1, 1_048_576 if rows else 16_384)
    return (start, left, edge, right) if rows else (top, start, bottom, edge)
