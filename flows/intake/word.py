"""A .docx roadmap: every table as a grid that still knows its merged cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.heading import describe

if TYPE_CHECKING:
    from pathlib import Path

    from docx.table import Table, _Cell


def read_word(path: Path) -> Document:
    """Read a Word file; raises whatever python-docx raises on a broken one."""
    source = docx.Document(str(path))
    lines = [line for paragraph in source.paragraphs for line in paragraph.text.splitlines()]
    return describe(lines, tuple(_grid(table) for table in source.tables))


def _grid(table: Table) -> Grid:
    grid: list[tuple[GridCell, ...]] = []
    above: list[object] = []
    for row in table.rows:
        elements: list[object] = [None] * row.grid_cols_before + [cell._tc for cell in row.cells]  # noqa: SLF001 - the only sign of a merge
        texts = [""] * row.grid_cols_before + [_text(cell) for cell in row.cells]
        grid.append(tuple(GridCell(text, _merge(at, elements, above)) for at, text in enumerate(texts)))
        above = elements
    return tuple(grid)


def _merge(at: int, elements: list[object], above: list[object]) -> Merge:
    """Tell a merged cell by its element: python-docx repeats it to the right and below."""
    here = elements[at]
    if here is None:
        return Merge.NONE
    if at and here is elements[at - 1]:
        return Merge.ACROSS
    return Merge.DOWN if at < len(above) and here is above[at] else Merge.NONE


def _text(cell: _Cell) -> str:
    return cell.text.replace("\t", " ").strip()
