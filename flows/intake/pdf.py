"""A .pdf roadmap: ruled tables of all its pages as one run of grids, or its plain text when no lines are drawn."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pdfplumber

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.heading import before, caption, describe
from flows.intake.limits import MOST_PAGES
from flows.intake.plain import from_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from pdfplumber.table import Table

__all__ = ["NoTextError", "read_pdf"]

LEAST_COLUMNS, LEAST_LETTERS = 2, 20
SNAP = 3.0


class NoTextError(ValueError):
    """The pages are pictures: there is nothing to read in them."""


def read_pdf(data: bytes) -> Document:
    """Read a PDF; raises `NoTextError` for a scan and whatever the parser raises for a broken or locked file."""
    with pdfplumber.open(io.BytesIO(data)) as source:
        pages = source.pages[:MOST_PAGES]
        text = "\n".join(page.extract_text() or "" for page in pages)
        if len(re.findall(r"[^\W\d_]", text)) < LEAST_LETTERS:
            raise NoTextError
        tables, names, above = _read(pages)
    if not tables:
        return from_lines(text.splitlines())
    lines = before(tables, above[:-1], above[-1])
    return describe(lines, tuple(tables), names=tuple(names), captions=tuple(map(caption, above[:-1])))


def _read(pages: Sequence[Page]) -> tuple[list[Grid], list[str], list[list[str]]]:
    """Return the tables of all pages, the pages they begin on, and the lines above each and below the last."""
    tables: list[Grid] = []
    names: list[str] = []
    above: list[list[str]] = [[]]
    for number, page in enumerate(pages, 1):
        bottom = page.bbox[1]
        found = [table for table in page.find_tables() if len(_edges(table)) > LEAST_COLUMNS]
        for table in sorted(found, key=lambda table: table.bbox[1]):
            above[-1] += _above(page, bottom, table.bbox[1])
            grid = _grid(table)
            if tables and not above[-1] and len(grid[0]) == len(tables[-1][0]):
                tables[-1] = (*tables[-1], *grid)
            else:
                tables.append(grid)
                names.append(f"страница {number}")
                above.append([])
            bottom = table.bbox[3]
        above[-1] += _above(page, bottom, page.bbox[3])
    return tables, names, above


def _above(page: Page, top: float, bottom: float) -> list[str]:
    """Return the lines between two heights of a page; a page number alone is none."""
    if bottom - top < SNAP:
        return []
    strip = page.crop((page.bbox[0], max(top, page.bbox[1]), page.bbox[2], min(bottom, page.bbox[3])))
    lines = [line.strip() for line in (strip.extract_text() or "").splitlines()]
    return [line for line in lines if line and not re.fullmatch(r"[-–—\s]*\d{1,3}[-–—\s]*", line)]


def _edges(table: Table) -> list[float]:
    """Return the left edges of the table's columns and its right edge, edges a hair apart taken as one."""
    edges: list[float] = []
    for at in sorted({side for cell in table.cells for side in (cell[0], cell[2])}):
        if not edges or at - edges[-1] > SNAP:
            edges.append(at)
    return edges


def _grid(table: Table) -> Grid:
    """Lay the cells out by columns and rows; a cell over several of them repeats its text, marked as merged."""
    edges = _edges(table)
    texts = [row for row in table.extract() if row]
    grid = [[GridCell("") for _ in edges[1:]] for _ in table.rows]
    tops = [row.bbox[1] for row in table.rows]
    for at, row in enumerate(table.rows):
        for order, cell in enumerate(row.cells):
            if cell is None:
                continue
            text = (texts[at][order] or "").strip() if at < len(texts) and order < len(texts[at]) else ""
            columns = [
                column for column in range(len(edges) - 1) if cell[0] - SNAP <= edges[column] < cell[2] - SNAP
            ]
            for down in range(at, len(tops)):
                if down > at and tops[down] > cell[3] - SNAP:
                    break
                for column in columns:
                    merge = Merge.ACROSS if column > columns[0] else Merge.DOWN if down > at else Merge.NONE
                    grid[down][column] = GridCell(text, merge)
    return tuple(tuple(row) for row in grid)
