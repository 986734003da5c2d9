"""Results of formulas that a file remembers: those that a change may have made untrue are forgotten.

LibreOffice and the wire show the remembered result, whatever the file says of calculating anew on load; a formula
without one is calculated by whoever opens the book, and has no value on the wire until then. A formula that cannot
depend on what was written keeps its result, and a sheet without any that can keeps its bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.office.book import X, unset
from flows.office.cells import constant
from flows.office.grid import Area, area_of, cell_of, letters
from flows.office.touched import MOST_COLUMNS, MOST_ROWS, Formula, Place, Touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.office.book import Element
    from flows.office.sheet import Sheet
    from flows.office.workbook import Leaf, Workbook

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_REF = re.compile(
    r"(?:('(?:[^']|''){1,100}+'|[^\W\d][\w.]{0,99}+)!)?(?<![\w.$])"
    r"(\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w.(!])",
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d{0,7})")
_FUNCTION = re.compile(r"(?<![\w.])[^\W\d][\w.]*+(?=\()")
_WANDERING = frozenset(
    {"INDIRECT", "OFFSET", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO"}
)
_PLAIN_FORMULA = re.compile(
    r"(?i)(?:[-+*/^&=<>(),;%\s{}@]|\d++(?:\.\d*+)?+(?:e[-+]?\d++)?+|\.\d++|true\b|false\b|#(?:n/a|ref!|name\?|div/0!|value!|num!|null!))*+"
)


def forget(workbook: Workbook, touched: Touched) -> None:
    """Forget every result that what was touched may have changed, and the results that follow from those."""
    if not touched.places:
        return
    left = [each for leaf in workbook.leaves for each in _listed(workbook, leaf)]
    again = True
    while again:
        stale: list[Formula] = []
        rest: list[Formula] = []
        for each in left:
            (stale if each.stale(touched) else rest).append(each)
        left = rest
        for each in stale:
            _forget(workbook, each)
            top, first, bottom, right = each.area.edges
            for row in range(top, bottom):
                for column in range(first, right):
                    touched.cell(each.title, (row, column))
        again = bool(stale)


def _listed(workbook: Workbook, leaf: Leaf) -> tuple[Formula, ...]:
    """List the formulas of a tab; what was found of one that nobody changed since is kept."""
    title = leaf.title.casefold()
    known = workbook.formulas.get(leaf.part)
    if known is None or (known and known[0].title != title):
        known = workbook.formulas[leaf.part] = tuple(_formulas(workbook.sheet(leaf.part), title, leaf.part))
    return known


def _forget(workbook: Workbook, formula: Formula) -> None:
    sheet = workbook.changed(formula.part)
    workbook.results_forgotten = True
    for cell in formula.cells:
        sheet.reread(cell)
        unset(cell, "t")
        for value in cell.findall(X + "v"):
            cell.remove(value)


def _formulas(sheet: Sheet, title: str, part: str) -> Iterator[Formula]:
    masters: dict[str, tuple[str, Place]] = {}
    for mark in sheet.data.iter(X + "f"):
        cell = mark.getparent()
        if cell is None:
            continue
        place = _place(cell)
        text, origin = mark.text or "", place
        if mark.get("t") == "shared":
            if text:
                masters[mark.get("si", "")] = (text, place)
            text, origin = masters.get(mark.get("si", ""), ("", place))
        if constant(text):
            continue
        area = _covered(mark, place)
        held = tuple(_held(sheet, cell, area))
        if held:
            shift = (place[0] - origin[0], place[1] - origin[1])
            yield Formula(title, area, _reads(text, title, shift), held, part)


def _place(cell: Element) -> Place:
    ref = cell.get("r")
    if ref:
        return cell_of(ref)
    row = cell.getparent()
    assert row is not None
    return int(row.get("r", "1")) - 1, row.findall(X + "c").index(cell)


def _covered(mark: Element, place: Place) -> Area:
    """Find the cells whose values one formula gives: its own, or those of an array."""
    ref = mark.get("ref", "")
    if mark.get("t") in {"array", "dataTable"} and ref:
        return area_of(ref).within(MOST_ROWS, MOST_COLUMNS)
    return Area(place[0], place[1], place[0] + 1, place[1] + 1)


def _held(sheet: Sheet, cell: Element, area: Area) -> Iterator[Element]:
    """Cells of an area whose value is a remembered result."""
    top, left, bottom, right = area.edges
    if (bottom - top, right - left) == (1, 1):
        cells: Iterable[Element] = (cell,)
    else:
        cells = (
            each for row in sheet.rows() if top <= row < bottom for each in sheet.elements(row, left, right)
        )
    for each in cells:
        if each.find(X + "v") is not None and (each is cell or each.find(X + "f") is None):
            yield each


def _reads(text: str, title: str, shift: Place) -> tuple[tuple[str, Area], ...] | None:
    """List the areas that a formula reads; None if that cannot be told from its text."""
    found: list[tuple[str, Area]] = []

    def taken(match: re.Match[str]) -> str:
        name = match[1] or ""
        name = name[1:-1].replace("''", "'") if name.startswith("'") else name
        found.append(
            (name.casefold() or title, area_of(":".join(_moved(each, shift) for each in match[2].split(":"))))
        )
        return " "

    bare = _REF.sub(taken, _TEXT.sub(" ", text))
    functions = {each.upper().removeprefix("_XLFN.") for each in _FUNCTION.findall(bare)}
    unknown = functions & _WANDERING or not _PLAIN_FORMULA.fullmatch(_FUNCTION.sub("", bare)) or not text
    inside = any("[" in name or ":" in name for name, _ in found)
    return None if unknown or inside else tuple(found)


def _moved(corner: str, shift: Place) -> str:
    """Move the corner of a shared formula's area as far as its cell lies from the first; what is fixed stays."""
    match = _CORNER.fullmatch(corner)
    assert match is not None
    fixed, column, fast, row = match.groups()
    if column and not fixed and shift[1]:
        column = letters((cell_of(f"{column}1")[1] + shift[1]) % MOST_COLUMNS)
    if row and not fast and shift[0]:
        row = str((int(row) - 1 + shift[0]) % MOST_ROWS + 1)
    return column + row
