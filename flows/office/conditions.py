"""Looks that depend on a formula: Google's conditional format rules as the file's own `cfRule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.office import rules
from flows.office.book import Element, X
from flows.office.cells import commas
from flows.office.errors import Refusal

if TYPE_CHECKING:
    from flows.office.sheet import Sheet
    from flows.office.styles import Styles


def listed(sheet: Sheet) -> list[Element]:
    """List every rule of a sheet, the strongest first."""
    return sorted(sheet.root.iter(X + "cfRule"), key=lambda each: int(each.get("priority", "1")))


def add(sheet: Sheet, styles: Styles, boxes: list[rules.Box], rule: dict[str, Any], index: int) -> None:
    """Add a rule at a place among the others."""
    wanted = rule.get("booleanRule") or {}
    condition = wanted.get("condition") or {}
    values = [each.get("userEnteredValue") or "" for each in condition.get("values") or ()]
    if condition.get("type") != "CUSTOM_FORMULA" or len(values) != 1:
        raise Refusal(501, f"Условие {condition.get('type') or '?'} пока не поддерживается локальным офисом")
    order = listed(sheet)
    if not 0 <= index <= len(order):
        raise Refusal(400, f"No conditional format at index: {index}")
    look = str(styles.difference(wanted.get("format") or {}))
    element = sheet.root.makeelement(X + "cfRule", {"type": "expression", "dxfId": look})
    formula = element.makeelement(X + "formula", {})
    formula.text = commas(values[0].removeprefix("="))
    element.append(formula)
    holder = sheet.root.makeelement(X + "conditionalFormatting", {"sqref": rules.sqref_of(boxes)})
    holder.append(element)
    sheet.insert(holder)
    _number([*order[:index], element, *order[index:]])


def delete(sheet: Sheet, index: int) -> None:
    """Remove the rule at a place."""
    order = listed(sheet)
    if not 0 <= index < len(order):
        raise Refusal(400, f"No conditional format at index: {index}")
    holder = order[index].getparent()
    assert holder is not None
    holder.remove(order[index])
    if holder.find(X + "cfRule") is None:
        sheet.root.remove(holder)
    _number([*order[:index], *order[index + 1 :]])


def _number(order: list[Element]) -> None:
    for number, element in enumerate(order, 1):
        element.set("priority", str(number))


def described(sheet: Sheet, styles: Styles, sheet_id: int) -> list[dict[str, Any]]:
    """Spell the rules as Google does; a kind that the office does not know shows only its place."""
    return [_described(element, styles, sheet_id) for element in listed(sheet)]


def _described(element: Element, styles: Styles, sheet_id: int) -> dict[str, Any]:
    holder = element.getparent()
    sqref = holder.get("sqref", "") if holder is not None else ""
    shown: dict[str, Any] = {"ranges": [_grid_range(box, sheet_id) for box in rules.boxes_of(sqref)]}
    if element.get("type") == "expression":
        formula = "=" + (element.findtext(X + "formula") or "")
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        look = styles.described_difference(int(element.get("dxfId", "-1")))
        shown["booleanRule"] = {"condition": condition, "format": look}
    return shown


def _grid_range(box: rules.Box, sheet_id: int) -> dict[str, int]:
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    return {"sheetId": sheet_id, **dict(zip(names, box, strict=True))}
