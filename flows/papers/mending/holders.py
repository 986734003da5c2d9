"""What must hold something and was left empty: a cell, a header, a note, a text box, a table, a control; fields left without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.mending import names
from flows.papers.mending.grids import CELL, ROW, TABLE, within
from flows.papers.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND = f"{W}fldCharType"


def refilled(tree: _Element) -> bool:
    """Put one empty paragraph where the last one went, take rows and tables away that lost all they held; tell whether anything changed."""
    changed = False
    for element in reversed(list(tree.iter(names.CONTENT, ROW, TABLE, *names.ENDING))):
        if element.tag == names.CONTENT:
            changed |= _control(element)
        elif element.tag == ROW:
            changed |= next(within(element, CELL), None) is None and _gone(element)
        elif element.tag == TABLE:
            changed |= next(within(element, ROW), None) is None and _gone(element, names.PARAGRAPH)
        else:
            changed |= _ended(element)
    return changed


def _control(content: _Element) -> bool:
    """Take away a control that became empty; marks of ranges in it stay."""
    control = content.getparent()
    if control is None or any(each.tag not in names.RANGES for each in content):
        return False
    for mark in list(content):
        control.addprevious(mark)
    return _gone(control)


def _gone(element: _Element, instead: str = "") -> bool:
    if instead:
        element.addprevious(etree.Element(instead))
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)
    return True


def _ended(holder: _Element) -> bool:
    blocks = [each for each in holder if each.tag in names.BLOCKS]
    if blocks and blocks[-1].tag == names.PARAGRAPH:
        return False
    etree.SubElement(holder, names.PARAGRAPH)
    return True


def closed(tree: _Element) -> bool:
    """Take away the marks of fields that begin and never end, or end and never began; tell whether any was."""
    begun: list[list[_Element]] = []
    lost: list[_Element] = []
    for mark in tree.iter(names.FIELD):
        kind = mark.get(KIND)
        if kind == "begin":
            begun.append([mark])
        elif not begun or (kind == "separate" and len(begun[-1]) > 1):
            lost.append(mark)
        elif kind == "separate":
            begun[-1].append(mark)
        else:
            begun.pop()
    lost += [mark for marks in begun for mark in marks]
    for mark in lost:
        _gone(mark)
    return bool(lost)
