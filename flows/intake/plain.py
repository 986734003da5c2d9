"""A .txt roadmap saved from Word: a cell on each tab-led line, or a row on each line with tabs between cells."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.heading import describe
from flows.intake.sheets import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

JUNK = re.compile(r"\[bookmark: [^\]]*\]|\*\*")
NUMBER = re.compile(r"\d+(?:\.\d+)*\.?|[IVX]+\.?")
LEAST_TABS = 2
SECTION_CELLS = 2


def read_text(path: Path) -> Document:
    """Read the lines before the first tab as the heading and the rest as one table."""
    lines = [JUNK.sub("", line).rstrip() if line.strip() else line for line in decoded(path.read_bytes()).splitlines()]
    start, cut = _opening(lines)
    if start is None:
        return describe(lines, ())
    return describe(lines[:start], (cut(lines[start:]),))


def _opening(lines: Sequence[str]) -> tuple[int | None, Callable[[Sequence[str]], Grid]]:
    """Find the header: several lines led by their only tab, else a line with tabs between its cells."""
    led = [line.startswith("\t") and line.count("\t") == 1 for line in lines]
    start = next((at for at, first in enumerate(led) if first and sum(led[at : at + 2 * LEAST_TABS]) > LEAST_TABS), None)
    if start is not None:
        return start, _by_cells
    return next((at for at, line in enumerate(lines) if line.strip().count("\t") >= LEAST_TABS), None), _by_lines


def _by_lines(lines: Sequence[str]) -> Grid:
    rows: list[list[str]] = []
    for line in lines:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
        elif line.strip() and rows:
            rows[-1][-1] = f"{rows[-1][-1]}\n{line.strip()}"
    width = len(rows[0])
    return _fill_down([[*row, *[""] * (width - len(row))] for row in rows])


def _fill_down(rows: list[list[str]]) -> Grid:
    """Repeat a number and a stage that were merged downwards: both empty beside an activity of its own."""
    grid: list[tuple[GridCell, ...]] = [tuple(GridCell(text) for text in rows[0])]
    for row in rows[1:]:
        above = grid[-1]
        merged = len(row) > LEAST_TABS and not row[0] and not row[1] and bool(row[2])
        taken = SECTION_CELLS if merged else 0
        kept = [GridCell(cell.text, Merge.DOWN) for cell in above[:taken]]
        grid.append((*kept, *(GridCell(text) for text in row[taken:])))
    return tuple(grid)


def _by_cells(lines: Sequence[str]) -> Grid:
    rows = _joined(_groups(lines))
    width = len(rows[0])
    return tuple(_padded(row, width) for row in rows)


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """Cut rows at blank lines; a line without a tab after a blank one goes on with the cell above it."""
    rows: list[list[str]] = [[]]
    for before, line in pairwise(["\t", *lines]):
        if line.startswith("\t"):
            if not before.startswith("\t") and not before.strip() and rows[-1]:
                rows.append([])
            rows[-1].append(line.strip())
        elif line.strip() and rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]}\n{line.strip()}"
    return [row for row in rows if row]


def _joined(rows: list[list[str]]) -> list[list[str]]:
    """Put together a row that a blank line inside a cell has cut: the next part does not begin with a number."""
    width = len(rows[0])
    if "№" not in rows[0][0]:
        return rows
    joined = [rows[0]]
    for row in rows[1:]:
        begins = NUMBER.fullmatch(row[0]) or not any(row)
        if len(joined) > 1 and not begins and len(joined[-1]) + len(row) <= width:
            joined[-1] = [*joined[-1], *row]
        else:
            joined.append(row)
    return joined


def _padded(row: list[str], width: int) -> tuple[GridCell, ...]:
    missing = width - len(row)
    merge = Merge.ACROSS if len(row) <= SECTION_CELLS else Merge.NONE
    filler = GridCell(row[-1] if merge else "", merge)
    return (*(GridCell(text) for text in row), *[filler] * missing)
