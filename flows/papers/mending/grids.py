"""Tables whose rows were made by loops and conditions: as many columns in the grid as rows have, merges that begin, properties in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.package import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

WIDTH, VALUE = f"{W}w", f"{W}val"
TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo")
)
# The order of a cell's properties (ECMA-376, CT_TcPr).
ORDER = {
    f"{W}{name}": at
    for at, name in enumerate(
        (
            "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText",
            "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange",
        )
    )
}  # fmt: skip


def within(holder: _Element, tag: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, also those inside controls and tracked changes."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from within(child, tag)


def settled(tree: _Element) -> bool:
    """Make every table of a part whole; return whether anything changed."""
    changed = False
    for look in tree.iter(f"{W}tcPr"):
        changed |= _ordered(look)
    for table in tree.iter(TABLE):
        grid = table.find(f"{W}tblGrid")
        rows = [(row, list(within(row, CELL))) for row in within(table, ROW)]
        widths = [_width(row, cells) for row, cells in rows]
        most = max(widths, default=0)
        if grid is not None and most:
            changed |= _fitted(grid, most)
            for (row, _), width in zip(rows, widths, strict=True):
                changed |= width < most and _filled(row, most - width)
        changed |= _begun(rows)
    return changed


def _number(element: _Element | None, usual: int) -> int:
    said = "" if element is None else str(element.get(VALUE, ""))
    return int(said) if said.isdigit() else usual


def _edge(row: _Element, name: str) -> int:
    return _number(row.find(f"{W}trPr/{W}{name}"), 0)


def _span(cell: _Element) -> int:
    return _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _width(row: _Element, cells: list[_Element]) -> int:
    return _edge(row, "gridBefore") + sum(map(_span, cells)) + _edge(row, "gridAfter")


def _fitted(grid: _Element, wanted: int) -> bool:
    """Widen or narrow a grid to so many columns, the table as wide as it was; widths are shared as docxtpl shares them."""
    columns = grid.findall(f"{W}gridCol")
    if len(columns) == wanted:
        return False
    widths = [float(each.get(WIDTH) or 0) for each in columns]
    if wanted > len(columns):
        share = sum(widths) / wanted
        scale = share / (sum(widths) / len(columns)) if sum(widths) else 0
        for column, width in zip(columns, widths, strict=True):
            _widen(column, width * scale)
        for _ in range(wanted - len(columns)):
            _widen(etree.SubElement(grid, f"{W}gridCol"), share)
        return True
    for column in columns[wanted:]:
        grid.remove(column)
    for column, width in zip(columns[:wanted], widths, strict=False):
        _widen(column, width + int(sum(widths[wanted:]) / wanted))
    return True


def _widen(column: _Element, width: float) -> None:
    if width:
        column.set(WIDTH, str(int(width)))


def _filled(row: _Element, missing: int) -> bool:
    """Leave the columns free that a row has no cells for."""
    look = row.find(f"{W}trPr")
    if look is None:
        look = etree.Element(f"{W}trPr")
        row.insert(int(row.find(f"{W}tblPrEx") is not None), look)
    after = look.find(f"{W}gridAfter")
    if after is None:
        after = etree.Element(f"{W}gridAfter")
        before = [
            at for at, each in enumerate(look) if each.tag in {f"{W}cnfStyle", f"{W}divId", f"{W}gridBefore"}
        ]
        look.insert(before[-1] + 1 if before else 0, after)
    after.set(VALUE, str(_number(after, 0) + missing))
    return True


def _begun(rows: list[tuple[_Element, list[_Element]]]) -> bool:
    """Let a vertical merge begin where the cell it went on from is gone."""
    changed = False
    above: dict[int, int] = {}
    for row, cells in rows:
        here: dict[int, int] = {}
        at = _edge(row, "gridBefore")
        for cell in cells:
            merge, span = cell.find(f"{W}tcPr/{W}vMerge"), _span(cell)
            if merge is not None:
                here[at] = span
                if merge.get(VALUE) != "restart" and above.get(at) != span:
                    merge.set(VALUE, "restart")
                    changed = True
            at += span
        above = here
    return changed


def _ordered(look: _Element) -> bool:
    """Put a cell's properties in order, each once: of two the one that was put in later."""
    kept = {each.tag: each for each in look}
    told = sorted(kept.values(), key=lambda each: ORDER.get(str(each.tag), len(ORDER)))
    if len(kept) == len(look) and all(one is other for one, other in zip(told, look, strict=True)):
        return False
    look[:] = told
    return True
