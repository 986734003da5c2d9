"""How a sheet is laid out: frozen rows, widths and heights, the colour of its tab."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.office.book import Element, X, unset
from flows.office.fonts import argb, colour_of
from flows.office.grid import ref_of

if TYPE_CHECKING:
    from flows.office.sheet import Sheet

_PIXELS_A_CHARACTER = 7
_PADDING = 5
_POINTS_A_PIXEL = 0.75


def frozen(sheet: Sheet) -> tuple[int, int]:
    """Count of frozen rows and columns."""
    pane = sheet.root.find(f"{X}sheetViews/{X}sheetView/{X}pane")
    if pane is None or pane.get("state") not in {"frozen", "frozenSplit"}:
        return 0, 0
    return int(float(pane.get("ySplit", "0"))), int(float(pane.get("xSplit", "0")))


def freeze(sheet: Sheet, rows: int, columns: int) -> None:
    """Freeze the first rows and columns; zeros let them go."""
    views = sheet.child("sheetViews")
    view = views.find(X + "sheetView")
    if view is None:
        view = etree.SubElement(views, X + "sheetView", workbookViewId="0")
    for name in ("pane", "selection"):
        for old in view.findall(X + name):
            view.remove(old)
    if rows or columns:
        view.insert(0, view.makeelement(X + "pane", _pane(rows, columns)))


def _pane(rows: int, columns: int) -> dict[str, str]:
    corner = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    pane = {"topLeftCell": ref_of(rows, columns), "activePane": corner, "state": "frozen"}
    if columns:
        pane["xSplit"] = str(columns)
    if rows:
        pane["ySplit"] = str(rows)
    return pane


def colour_tab(sheet: Sheet, colour: dict[str, float] | None) -> None:
    """Colour the tab; None takes the colour away."""
    setting = sheet.child("sheetPr")
    for old in setting.findall(X + "tabColor"):
        setting.remove(old)
    if colour:
        setting.insert(0, setting.makeelement(X + "tabColor", {"rgb": argb(colour)}))


def tab_colour(sheet: Sheet) -> dict[str, float] | None:
    """Colour of the tab if it has one of its own."""
    found = sheet.root.find(f"{X}sheetPr/{X}tabColor")
    rgb = found.get("rgb", "") if found is not None else ""
    if len(rgb) != 8:  # noqa: PLR2004 - ARGB
        return None
    return colour_of(rgb)


def set_rows(sheet: Sheet, start: int, end: int, fields: frozenset[str], wanted: dict[str, Any]) -> None:
    """Set height (pixels) or hide rows."""
    for row in range(start, end):
        element = sheet.row_element(row)
        if "pixelSize" in fields:
            element.set("ht", str((wanted.get("pixelSize") or 0) * _POINTS_A_PIXEL))
            element.set("customHeight", "1")
        if "hiddenByUser" in fields:
            _flag(element, "hidden", on=bool(wanted.get("hiddenByUser")))


def set_columns(sheet: Sheet, start: int, end: int, fields: frozenset[str], wanted: dict[str, Any]) -> None:
    """Set width (pixels) or hide columns."""
    columns = column_list(sheet)
    for number in range(start, end):
        element = columns.setdefault(number, etree.Element(X + "col", width="12.7109375"))
        if "pixelSize" in fields:
            width = max((wanted.get("pixelSize") or 0) - _PADDING, 0) / _PIXELS_A_CHARACTER
            element.set("width", f"{width:.4f}")
            element.set("customWidth", "1")
        if "hiddenByUser" in fields:
            _flag(element, "hidden", on=bool(wanted.get("hiddenByUser")))
    put_columns(sheet, columns)


def style_columns(sheet: Sheet, styles: dict[int, int]) -> None:
    """Give whole columns a style; cells that are there keep their own."""
    columns = column_list(sheet)
    for number, style in styles.items():
        columns.setdefault(number, etree.Element(X + "col", width="12.7109375")).set("style", str(style))
    put_columns(sheet, columns)


def column_list(sheet: Sheet) -> dict[int, Element]:
    """List settings of each column that has any, one element each."""
    holder = sheet.root.find(X + "cols")
    found: dict[int, Element] = {}
    for each in holder if holder is not None else ():
        for number in range(int(each.get("min", "1")) - 1, min(int(each.get("max", "1")), 16_384)):
            found[number] = deepcopy(each)
    return found


def put_columns(sheet: Sheet, columns: dict[int, Element]) -> None:
    """Write settings of columns back, equal neighbours together."""
    sheet.remove("cols")
    sheet.columns_changed()
    if not columns:
        return
    holder = sheet.child("cols")
    last: Element | None = None
    for number in sorted(columns):
        each = columns[number]
        look = _look(each)
        if last is not None and last.get("max") == str(number) and look == _look(last):
            last.set("max", str(number + 1))
            continue
        last = etree.SubElement(holder, X + "col", {"min": str(number + 1), "max": str(number + 1), **look})


def _look(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items() if name not in {"min", "max"}}


def _flag(element: Element, name: str, *, on: bool) -> None:
    unset(element, name)
    if on:
        element.set(name, "1")
