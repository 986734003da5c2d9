"""One `<c>` element of a sheet: its value read and written by the rules of the wire."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from flows.office.book import Element, X
from flows.office.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

Value = str | float | bool | None

LONGEST_TEXT = 32_767
_C, _F, _V, _IS, _T, _R = (X + name for name in ("c", "f", "v", "is", "t", "r"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAIRED = re.compile("[\ud800-\udbff][\udc00-\udfff]")
UNSHOWN = "\ufffe"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOOLEANS = {"TRUE()": True, "FALSE()": False, "TRUE": True, "FALSE": False}
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
_LINK = re.compile(r'(?is)=?\s*hyperlink\s*\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)')


class Cell(NamedTuple):
    """What stands in a cell: value (None is empty), formula without `=` if there is one, style number."""

    value: Value = None
    formula: str | None = None
    style: int = 0
    error: str = ""


EMPTY = Cell()


def read(element: Element, shared: list[str]) -> Cell:
    """Read a cell; a formula that only says TRUE() or FALSE() is a flag, as LibreOffice writes flags.

    What a link shows is told by its own words: programs that do not calculate save it without a result.
    """
    kind = element.get("t", "n")
    style = int(element.get("s", "0"))
    formula = raw = None
    text = ""
    for child in element:
        if child.tag == _V:
            raw = child.text or ""
        elif child.tag == _F:
            formula = child.text or ""
        elif child.tag == _IS:
            text = plain_text(child)
    if formula is not None and formula.upper() in _BOOLEANS:
        return Cell(_BOOLEANS[formula.upper()], None, style)
    if formula is not None and (shown := _of_link(formula)) is not None:
        return Cell(shown or None, formula, style)
    if kind == "e":
        return Cell(None, formula, style, raw or "#N/A")
    return Cell(_value(kind, raw, text, shared), formula, style)


def is_number(element: Element) -> bool:
    """Tell a cell that holds a number or nothing, and no formula."""
    return element.get("t", "n") == "n" and element.find(_F) is None


def _of_link(formula: str) -> str | None:
    """Tell what a link shows: its text, or its address where it has none; None of any other formula."""
    link = _LINK.fullmatch(formula.strip())
    if link is None:
        return None
    return (link[1] if link[2] is None else link[2]).replace('""', '"')


def _value(kind: str, raw: str | None, text: str, shared: list[str]) -> Value:
    if kind == "inlineStr":
        return text or None
    if not raw:
        return None
    if kind in {"s", "str"}:
        return _string(kind, raw, shared) or None
    if kind == "b":
        return raw.strip() in {"1", "true"}
    try:
        return serial(raw) if kind == "d" else number(raw)
    except ValueError:  # another program's slip: better shown than lost
        return raw


def _string(kind: str, raw: str, shared: list[str]) -> str:
    if kind == "str":
        return unescaped(raw)
    return shared[int(raw)] if raw.isdecimal() and int(raw) < len(shared) else ""


def number(raw: str) -> float:
    """Read a number; whole ones come back as `int`, as JSON shows them."""
    value = float(raw)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - exact in a float


def serial(text: str) -> float:
    """Days since 30 December 1899 of an ISO date or moment."""
    moment = datetime.fromisoformat(text.replace("Z", ""))
    span = moment - EPOCH
    days = span.days + span.seconds / 86400
    return int(days) if days.is_integer() else days


def plain_text(element: Element) -> str:
    """Text of a string item, rich or plain, without phonetic hints."""
    pieces = []
    for child in element:
        if child.tag == _T:
            pieces.append(child.text or "")
        elif child.tag == _R:
            pieces.extend(each.text or "" for each in child.findall(_T))
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Turn `_x000D_` back into the character it stands for.

    What no text may hold, as half a pair or a control sign, is shown as U+FFFE: no such character exists, and no
    letter is ever taken for it, but a client sees that something stands there.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return _FORBIDDEN.sub(UNSHOWN, _PAIRED.sub(_joined, plain))


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def escaped(text: str) -> str:
    """Keep text that only looks like `_x0041_` from being read as a code."""
    return _ESCAPED.sub(lambda found: "_x005F" + found.group(), text) if "_x" in text else text


def clear(element: Element) -> None:
    """Empty a cell, leaving its style."""
    del element[:]
    attributes = element.attrib
    for name in ("t", "cm", "vm"):
        if name in attributes:
            del attributes[name]


def write(element: Element, value: Value) -> None:
    """Put a constant into a cell; a string stays a string whatever it looks like."""
    clear(element)
    if value is None or value == "":
        return
    if isinstance(value, bool):
        element.set("t", "b")
        etree.SubElement(element, _V).text = "1" if value else "0"
    elif isinstance(value, str):
        element.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(element, _IS), _T)
        text.text = escaped(value)
        text.set(_SPACE, "preserve")
    else:
        etree.SubElement(element, _V).text = repr(value)


def write_formula(element: Element, formula: str) -> None:
    """Put a formula into a cell, with the result that needs no calculation, if there is one."""
    clear(element)
    body = commas(formula.strip().removeprefix("="))
    etree.SubElement(element, _F).text = body
    shown = _of_link(formula)
    if shown is not None:
        element.set("t", "str")
        etree.SubElement(element, _V).text = shown


def constant(formula: str) -> bool:
    """Tell a formula whose result follows from nothing in the book: a link with its own text, a flag."""
    return formula.upper() in _BOOLEANS or _of_link(formula) is not None


def commas(formula: str) -> str:
    """Files part arguments with commas, whatever a person's locale does."""
    pieces = re.split(r'("(?:[^"]|"")*")', formula)
    return "".join(piece if piece.startswith('"') else piece.replace(";", ",") for piece in pieces)


def checked(text: str, where: Callable[[], str]) -> str:
    """Give the text back, or refuse what no workbook can hold, naming the cell."""
    if len(text) > LONGEST_TEXT:
        raise Refusal(
            400,
            f"Текст в ячейке {where()} длиннее {LONGEST_TEXT} знаков: книга столько не вмещает. Сократите его.",
        )
    found = _FORBIDDEN.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise Refusal(400, f"В ячейке {where()} стоит недопустимый знак {code}. Уберите его и повторите.")
    return text
