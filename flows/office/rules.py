"""Rules of what may be typed into cells: Google's DataValidationRule as the file's own `dataValidation`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.office.book import Element, X
from flows.office.errors import Refusal
from flows.office.grid import Area, area_of, span

if TYPE_CHECKING:
    from flows.office.sheet import Sheet

Box = tuple[int, int, int, int]
_LONGEST_LIST = 255
# A Russian editor makes a flag of these words; of TRUE it makes a text.
_FLAG_LIST = '"ИСТИНА,ЛОЖЬ"'
_FLAG_LISTS = (_FLAG_LIST, '"TRUE,FALSE"')
_OPEN_END = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)?:\$?([A-Za-z]{1,3})\$?([0-9]+)?")
_NUMBERS = {
    "NUMBER_GREATER": "greaterThan",
    "NUMBER_GREATER_THAN_EQ": "greaterThanOrEqual",
    "NUMBER_LESS": "lessThan",
    "NUMBER_LESS_THAN_EQ": "lessThanOrEqual",
    "NUMBER_EQ": "equal",
    "NUMBER_BETWEEN": "between",
}


def boxes_of(sqref: str) -> list[Box]:
    """Read the areas of a `sqref`; whole columns reach as far as a sheet can."""
    return [area_of(each).within(1_048_576, 16_384).edges for each in sqref.split()]


def sqref_of(boxes: list[Box]) -> str:
    """Spell areas as a `sqref`."""
    return " ".join(span(Area(*box)) for box in boxes)


def without(box: Box, hole: Box) -> list[Box]:
    """Cut a hole out of an area; at most four areas are left."""
    top, left, bottom, right = box
    hole_top, hole_left = max(top, hole[0]), max(left, hole[1])
    hole_bottom, hole_right = min(bottom, hole[2]), min(right, hole[3])
    if hole_top >= hole_bottom or hole_left >= hole_right:
        return [box]
    rest = [
        (top, left, hole_top, right),
        (hole_bottom, left, bottom, right),
        (hole_top, left, hole_bottom, hole_left),
        (hole_top, hole_right, hole_bottom, right),
    ]
    return [each for each in rest if each[0] < each[2] and each[1] < each[3]]


def put(sheet: Sheet, box: Box, rule: dict[str, Any] | None) -> None:
    """Give an area a rule in place of those it had; None takes them away."""
    holder = sheet.child("dataValidations")
    for each in list(holder):
        left = [piece for old in boxes_of(each.get("sqref", "")) for piece in without(old, box)]
        if left:
            each.set("sqref", sqref_of(left))
        else:
            holder.remove(each)
    if rule:
        _add(holder, box, rule)
    if len(holder):
        holder.set("count", str(len(holder)))
    else:
        sheet.remove("dataValidations")


def _add(holder: Element, box: Box, rule: dict[str, Any]) -> None:
    made = _element(rule)
    for each in holder:
        if _spelled(each) == _spelled(made):
            each.set("sqref", f"{each.get('sqref')} {sqref_of([box])}")
            return
    made.set("sqref", sqref_of([box]))
    holder.append(made)


def _spelled(element: Element) -> tuple[Any, ...]:
    attributes = sorted(item for item in element.attrib.items() if item[0] != "sqref")
    return tuple(attributes), tuple((child.tag, child.text) for child in element)


def _element(rule: dict[str, Any]) -> Element:
    condition = rule.get("condition") or {}
    kind = condition.get("type") or ""
    values = [each.get("userEnteredValue") or "" for each in condition.get("values") or ()]
    attributes, formulas = _condition(kind, values)
    attributes |= {
        "allowBlank": "1",
        "showErrorMessage": "1",
        "errorStyle": "stop" if rule.get("strict") else "warning",
    }
    if attributes["type"] == "list" and rule.get("showCustomUi") is False:
        attributes["showDropDown"] = "1"  # the file's word for «no arrow»
    if rule.get("inputMessage"):
        attributes |= {"showInputMessage": "1", "prompt": rule["inputMessage"][:255]}
    element = etree.Element(X + "dataValidation", attributes)
    for number, formula in enumerate(formulas, 1):
        etree.SubElement(element, f"{X}formula{number}").text = formula
    return element


def _condition(kind: str, values: list[str]) -> tuple[dict[str, str], list[str]]:
    if kind == "BOOLEAN" and not values:
        return {"type": "list"}, [_FLAG_LIST]
    if kind == "ONE_OF_LIST":
        return {"type": "list"}, [_list(values)]
    if kind == "ONE_OF_RANGE" and values:
        return {"type": "list"}, [_closed(values[0].removeprefix("="))]
    if kind == "DATE_IS_VALID":
        return {"type": "date", "operator": "greaterThanOrEqual"}, ["1"]
    if kind == "CUSTOM_FORMULA" and values:
        return {"type": "custom"}, [values[0].removeprefix("=")]
    if kind in _NUMBERS and values:
        return {"type": "decimal", "operator": _NUMBERS[kind]}, [
            each.removeprefix("=") for each in values[:2]
        ]
    raise Refusal(501, f"Проверка данных {kind or '?'} пока не поддерживается локальным офисом")


def _list(values: list[str]) -> str:
    text = ",".join(values)
    if any("," in each for each in values) or len(text) > _LONGEST_LIST:
        raise Refusal(
            400,
            f"Список для выбора длиннее {_LONGEST_LIST} знаков или содержит запятую: книга так не умеет. "
            "Поместите значения на отдельный лист и сошлитесь на него (ONE_OF_RANGE).",
        )
    return '"' + text.replace('"', '""') + '"'


def _closed(reference: str) -> str:
    """Files have no open ranges: end them where a new sheet ends, and fix every corner."""
    title, mark, cells = reference.rpartition("!")
    match = _OPEN_END.fullmatch(cells)
    if match is None:
        return reference
    first, top, last, bottom = match.groups()
    return f"{title}{mark}${first.upper()}${top or 1}:${last.upper()}${bottom or 1000}"


def found(sheet: Sheet) -> list[tuple[list[Box], dict[str, Any]]]:
    """Read every rule of a sheet that Google has a word for, with its areas."""
    holder = sheet.root.find(X + "dataValidations")
    read = [
        (boxes_of(each.get("sqref", "")), described(each)) for each in (holder if holder is not None else ())
    ]
    return [(boxes, rule) for boxes, rule in read if rule]


def at(rules: list[tuple[list[Box], dict[str, Any]]], row: int, column: int) -> dict[str, Any] | None:
    """Rule of a cell."""
    for boxes, rule in rules:
        if any(top <= row < bottom and left <= column < right for top, left, bottom, right in boxes):
            return rule
    return None


def described(element: Element) -> dict[str, Any]:
    """Spell a rule of the file as Google does; empty for a kind the office does not know."""
    formulas = [each.text or "" for each in element]
    condition = _described_condition(element, formulas)
    if not condition:
        return {}
    rule: dict[str, Any] = {"condition": condition}
    if element.get("errorStyle", "stop") == "stop":
        rule["strict"] = True
    if element.get("type") == "list" and element.get("showDropDown") not in {"1", "true"}:
        rule["showCustomUi"] = True
    if element.get("prompt"):
        rule["inputMessage"] = element.get("prompt")
    return rule


def _described_condition(element: Element, formulas: list[str]) -> dict[str, Any]:
    kind, first = element.get("type", "none"), formulas[0] if formulas else ""
    if kind == "list" and first in _FLAG_LISTS:
        return {"type": "BOOLEAN"}
    if kind == "list" and first.startswith('"'):
        return _with_values("ONE_OF_LIST", first.strip('"').replace('""', '"').split(","))
    if kind == "list":
        return _with_values("ONE_OF_RANGE", ["=" + first])
    if kind == "date":
        return {"type": "DATE_IS_VALID"}
    if kind == "custom":
        return _with_values("CUSTOM_FORMULA", ["=" + first])
    names = {word: name for name, word in _NUMBERS.items()}
    name = names.get(element.get("operator", "between"), "") if kind in {"decimal", "whole"} else ""
    return _with_values(name, formulas) if name else {}


def _with_values(kind: str, values: list[str]) -> dict[str, Any]:
    return {"type": kind, "values": [{"userEnteredValue": each} for each in values]}
