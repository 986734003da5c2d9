"""A paper as Word means it and as its pages show it: what the page check compares. Needs nothing but the .docx and its PDF."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import pdfplumber

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = frozenset({"Heading", "Section", "Chapter", "Caption", "Lead", "Order", "Subject", "Doc"})
TITLES = frozenset({"Heading", "Section", "Chapter", "Caption", "Subject", "Doc"})
SIGNATURE = re.compile(r"_{6,}.*[А-ЯЁ]\.\s?[А-ЯЁ]\.|\(подпись\)", re.DOTALL)
APPENDIX = "Annex"
LOOSE = 3.0  # points: words whose tops differ less stand in one line
PIECES = re.compile(r"(?<=[-‑/–—…\\])")


@dataclass(frozen=True)
class Line:
    """A line over the whole width of a page: its text, its place in points from the top, its widest gap between words."""

    text: str
    top: float
    bottom: float
    bold: bool = False
    gap: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """A page: its lines without the running head, the rows of its tables, where its text may stand and where it ends, in points."""

    lines: tuple[Line, ...]
    words: frozenset[str]
    tables: tuple[tuple[str, ...], ...] = ()
    top: float = 0.0
    foot: float = 842.0
    end: float = 0.0


@dataclass(frozen=True)
class Meant:
    """What the .docx says, spaces taken out of all but `words`: headings, heads of appendices, justified texts, rows of tables."""

    words: tuple[str, ...]
    headings: frozenset[str] = frozenset()
    appendices: frozenset[str] = frozenset()
    justified: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    under: tuple[str, ...] = ()


def bare(text: str) -> str:
    """Take every space and soft difference out of a text, so that lines and paragraphs compare."""
    return re.sub(r"\s+", "", text.replace("\u2011", "-"))


def meant(data: bytes) -> Meant:
    """Read what the paper is to show."""
    paper = docx.Document(io.BytesIO(data))
    inside = [
        each for table in paper.tables for row in table.rows for cell in row.cells for each in cell.paragraphs
    ]
    texts = [*paper.paragraphs, *inside]
    styled = [(each.style.style_id, each.text) for each in paper.paragraphs if each.text.strip()]
    tabled = [
        table for table in paper.tables if table.style is not None and table.style.style_id == "TableGrid"
    ]
    return Meant(
        tuple(word for each in texts for word in each.text.replace("\u2011", "-").split()),
        frozenset(bare(text) for style, text in styled if style in HEADINGS),
        frozenset(bare(text) for style, text in styled if style == APPENDIX),
        tuple(bare(each.text) for each in paper.paragraphs if justified(each.style)),
        frozenset(_row(row) for table in tabled for row in table.rows),
        frozenset(_row(table.rows[0]) for table in tabled if "tblHeader" in table.rows[0]._tr.xml),
        tuple(_under(paper)),
    )


def _under(paper) -> Iterator[str]:
    """Yield the headings that come after signatures and do not ask for a page of their own."""
    signed = False
    for block in paper.iter_inner_content():
        if isinstance(block, docx.table.Table):
            signed = signed or bool(
                SIGNATURE.search(" ".join(cell.text for row in block.rows for cell in row.cells))
            )
        elif block.style.style_id in TITLES and signed and block.text.strip():
            yield bare(block.text)
        elif block.style.paragraph_format.page_break_before:
            signed = False


def justified(style) -> bool:
    """Tell a style whose lines reach from edge to edge."""
    while style is not None:
        if style.paragraph_format.alignment is not None:
            return style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
        style = style.base_style
    return False


def _row(row) -> str:
    seen: dict[object, str] = {}
    for cell in row.cells:
        seen.setdefault(cell._tc, bare(cell.text))
    return "|".join(seen.values())


def sheets(pdf: bytes, top: float) -> tuple[Sheet, ...]:
    """Read the pages of a PDF; `top` is the paper's upper margin in points: what stands above it is the running head."""
    with pdfplumber.open(io.BytesIO(pdf)) as told:
        made = [_sheet(page, top, many=len(told.pages) > 1) for page in told.pages]
    return tuple(made)


def _sheet(page, top: float, *, many: bool) -> Sheet:
    words = [
        word for word in page.extract_words(x_tolerance=2.2, extra_attrs=["fontname"]) if word["bottom"] > top
    ]
    ends = [
        each["bottom"] for each in (*words, *page.images, *page.rects, *page.lines) if each["bottom"] > top
    ]
    tables = page.find_tables() if many and (page.rects or page.lines) else []
    return Sheet(
        tuple(_lines(words)),
        frozenset(piece for word in words for piece in _pieces(word["text"])),
        tuple(
            tuple("|".join(bare(cell or "") for cell in row) for row in table.extract()) for table in tables
        ),
        top,
        float(page.height),
        max(ends, default=top),
    )


def _lines(words: list[dict]) -> list[Line]:
    rows: list[list[dict]] = []
    for word in sorted(words, key=lambda word: (word["top"], word["x0"])):
        if rows and abs(word["top"] - rows[-1][0]["top"]) < LOOSE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word["x0"])) for row in rows]


def _line(row: list[dict]) -> Line:
    return Line(
        " ".join(word["text"] for word in row),
        min(word["top"] for word in row),
        max(word["bottom"] for word in row),
        all("Bold" in word["fontname"] for word in row),
        max((right["x0"] - left["x1"] for left, right in pairwise(row)), default=0.0),
    )


@cache
def _pieces(word: str) -> tuple[str, ...]:
    """Return a word with the pieces at which a line may end: after a hyphen, a dash, a stroke."""
    word = word.replace("\u2011", "-")
    return (word, *filter(None, PIECES.split(word)))
