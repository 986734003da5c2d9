"""A .docx roadmap: every table as a grid that still knows its merged cells, and the lines between the tables."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from lxml import etree

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.heading import before, caption, describe
from flows.intake.limits import MOST_COLUMNS
from flows.intake.word_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "drawing",
    "pict",
    "object",
    "footnoteReference",
    "Fallback",
    "delText",
    "rPr",
    "pPr",
    "tcPr",
    "trPr",
    "tblPr",
}
WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"}
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAIN_PART, LINKS = "word/document.xml", "_rels/.rels"
_LOCAL: dict[object, str] = {}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A printed cell: the grid column it begins at, how many it spans, its text, and whether it goes on from above."""

    start: int
    span: int
    text: str
    down: bool


def read_word(data: bytes) -> Document:
    """Read a Word file; raises `zipfile.BadZipFile`, `KeyError` or an lxml error on a broken one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = _parsed(package, _main_part(package))
        numbers = Numbers(_parsed(package, "word/numbering.xml"), _parsed(package, "word/styles.xml"))
    if body is None:
        raise KeyError(MAIN_PART)
    return _walked(body, numbers)


def _main_part(package: zipfile.ZipFile) -> str:
    """Return the part that the file names for its text: Word in a browser calls it `word/document2.xml`."""
    links = _parsed(package, LINKS)
    targets = [
        value(link, "Target").lstrip("/")
        for link in (links if links is not None else ())
        if value(link, "Type").endswith("/officeDocument")
    ]
    return next((target for target in targets if target in package.namelist()), MAIN_PART)


def local(element: etree._Element) -> str:
    """Return a tag without its namespace, "" for a comment; strict and transitional files name it alike."""
    tag = element.tag
    if tag not in _LOCAL:
        _LOCAL[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    return _LOCAL[tag]


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its name without a namespace, "" when there is none."""
    if element is None:
        return ""
    return next(
        (str(given) for key, given in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    if name not in package.namelist():
        return None
    return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Walk paragraphs, tables, rows or cells, looking through content controls and tracked insertions."""
    for child in parent:
        name = local(child)
        if name in WRAPPERS or name == "body":
            yield from _blocks(child)
        elif name in {"p", "tbl", "tr", "tc"}:
            yield child


def _walked(body: etree._Element, numbers: Numbers) -> Document:
    tables: list[Grid] = []
    above: list[list[str]] = []
    said: list[str] = []
    for block in _blocks(body):
        if local(block) == "tbl":
            for grid in _tables(block, numbers):
                tables.append(grid)
                above.append(said)
                said = []
        else:
            said += [*_boxes(block), *_paragraph(block, numbers).split("\n")]
    return describe(before(tables, above, said), tuple(tables), captions=tuple(map(caption, above)))


def _boxes(paragraph: etree._Element) -> list[str]:
    """Return the lines of text boxes: approval stamps often stand in them."""
    boxes = [
        box
        for box in paragraph.iter()
        if local(box) == "txbxContent" and not any(local(up) == "Fallback" for up in box.iterancestors())
    ]
    return [_text(each) for box in boxes for each in box.iter() if local(each) == "p"]


def _paragraph(paragraph: etree._Element, numbers: Numbers) -> str:
    number = numbers.next(paragraph)
    text = _text(paragraph)
    return f"{number} {text}".strip() if number else text


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in SIGNS:
            parts.append(SIGNS[name])
        elif name not in SKIPPED and len(child):
            _gather(child, parts)


def _tables(table: etree._Element, numbers: Numbers) -> list[Grid]:
    """Read a table and the tables nested in its cells, the outer one first."""
    nested: list[Grid] = []
    rows = [_row(row, numbers, nested) for row in _blocks(table) if local(row) == "tr" and not _deleted(row)]
    return [_grid(rows), *nested] if rows else nested


def _deleted(row: etree._Element) -> bool:
    return any(local(mark) == "del" for props in row if local(props) == "trPr" for mark in props)


def _row(row: etree._Element, numbers: Numbers, nested: list[Grid]) -> list[_Spot]:
    at = next(
        (
            _bounded(value(mark) or 0)
            for props in row
            if local(props) == "trPr"
            for mark in props
            if local(mark) == "gridBefore"
        ),
        0,
    )
    spots: list[_Spot] = []
    for cell in _blocks(row):
        if local(cell) != "tc":
            continue
        props = {local(mark): mark for part in cell if local(part) == "tcPr" for mark in part}
        span = max(1, _bounded(value(props.get("gridSpan")) or 1))
        down = "vMerge" in props and value(props["vMerge"]) != "restart"
        spots.append(_Spot(at, span, _cell(cell, numbers, nested), down))
        at += span
    return spots


def _bounded(columns: str | int) -> int:
    """Take a number of columns no larger than a table may have: it is a person's file that says it."""
    return min(int(columns), MOST_COLUMNS)


def _cell(cell: etree._Element, numbers: Numbers, nested: list[Grid]) -> str:
    parts: list[str] = []
    for block in _blocks(cell):
        if local(block) == "p":
            parts.append(_paragraph(block, numbers))
        elif local(block) == "tbl":
            inner = _tables(block, numbers)
            nested += inner
            parts += (
                [" ".join(dict.fromkeys(each.text for each in row if each.text)) for row in inner[0]]
                if inner
                else []
            )
    return "\n".join(parts).strip()


def _grid(rows: Sequence[Sequence[_Spot]]) -> Grid:
    """Lay cells out by columns; a cell over several columns or from above repeats its text, marked as merged."""
    places = _Places(rows)
    width = max((places(spot.start + spot.span, ends=True) for row in rows for spot in row), default=0)
    grid: list[tuple[GridCell, ...]] = []
    for row in rows:
        cells = [GridCell("")] * width
        for order, spot in enumerate(row):
            first = places(spot.start, order=order, count=len(row))
            last = max(first + 1, places(spot.start + spot.span, order=order + 1, count=len(row), ends=True))
            above = grid[-1][first].text if spot.down and grid and first < width else ""
            text = above if spot.down else spot.text
            for at in range(first, min(last, width)):
                merge = Merge.ACROSS if at > first else Merge.DOWN if spot.down and grid else Merge.NONE
                cells[at] = GridCell(text, merge)
        grid.append(tuple(cells))
    return tuple(grid)


class _Places:
    """Where a cell stands among the table's columns: by its order in a usual row, else by the nearest usual edge.

    Tables drawn by hand have edges a hair apart, so that the file counts more columns than anybody sees.
    """

    def __init__(self, rows: Sequence[Sequence[_Spot]]) -> None:
        counts = Counter(len(row) for row in rows if len(row) > 1)
        self.usual = max(counts, key=lambda count: (counts[count], count), default=1)
        plain = [row for row in rows if len(row) == self.usual]
        whole = max((spot.start + spot.span for row in rows for spot in row), default=1)
        self.edges = [median(row[at].start for row in plain) for at in range(self.usual)] if plain else [0.0]
        self.exact = (
            len(plain) * 2 < len(rows)
            or self.usual == whole
            or any(left == right for left, right in zip(self.edges, self.edges[1:], strict=False))
        )
        self.whole = whole

    def __call__(self, start: int, *, order: int = -1, count: int = 0, ends: bool = False) -> int:
        if self.exact:
            return start
        if count == self.usual:
            return order
        edges = [*self.edges, float(self.whole)] if ends else self.edges
        return min(range(len(edges)), key=lambda at: (abs(edges[at] - start), at))
