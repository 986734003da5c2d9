"""A .txt roadmap: a cell on each tab-led line, a row on each line, a table drawn with bars, or columns flattened into lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain.roadmap.column_contents import NUMBER_CELL
from flows.domain.roadmap.header_words import OTHER, STAGE, role_of
from flows.domain.roadmap.table_lines import LEADING, SECTION_WORDS
from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.flat import unflattened
from flows.intake.heading import describe
from flows.intake.sheets import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

JUNK = re.compile(r"\[bookmark: [^\[\]]{0,200}\]|\*\*")
QUOTED = re.compile(r'(?:^|\t|\n)"[^"]*\n')
INNER = "\v"
GAP = re.compile(r" {3,}|\t")
LEAST_TABS, LEAST_CELLS, LEAST_ROLES = 2, 3, 2
SECTION_CELLS = 2


def read_text(data: bytes) -> Document:
    """Read the lines before the table as the heading and the rest as one table."""
    return from_lines(decoded(data).splitlines())


def from_lines(raw: Sequence[str]) -> Document:
    """Read lines of text; Word's bookmark marks and the stars of bold text are no part of any cell."""
    lines = _unquoted([JUNK.sub("", line).rstrip(" \r\n") if line.strip() else line for line in raw])
    start, cut = _opening(lines)
    head, grid = unflattened(lines) if start is None else (lines[:start], cut(lines[start:]))
    document = describe(head, (grid,) if grid else ())
    notes = (
        *(["word-junk"] if any(map(JUNK.search, raw)) else []),
        *(["flattened"] if start is None and grid else []),
    )
    return replace(document, notes=notes)


def _opening(lines: Sequence[str]) -> tuple[int | None, Callable[[Sequence[str]], Grid]]:
    """Find the header: several lines led by their only tab, a line with tabs or bars between its cells, or wide gaps."""
    led = [line.startswith("\t") and line.count("\t") == 1 for line in lines]
    start = next(
        (at for at, first in enumerate(led) if first and sum(led[at : at + 2 * LEAST_TABS]) > LEAST_TABS),
        None,
    )
    if start is not None:
        return start, _by_cells
    for split, cut in ((_tabbed, _by_tabs), (_barred, _by_bars), (_gapped, _by_gaps)):
        start = next((at for at, line in enumerate(lines) if _names_columns(split(line))), None)
        if start is not None:
            return start, cut
    return next(
        (at for at, line in enumerate(lines) if line.strip().count("\t") >= LEAST_TABS), None
    ), _by_tabs


def _names_columns(cells: Sequence[str]) -> bool:
    roles = {role_of(cell) for cell in cells} - {"", OTHER}
    return len(roles) >= LEAST_ROLES


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Put the lines of a cell in quotes, as Excel copies it, onto one line; quotes that do not pair leave all as it was."""
    text = "\n".join(lines)
    if not QUOTED.search(text) or text.count('"') % 2:
        return list(lines)
    rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    return ["\t".join(cell.replace("\n", INNER) for cell in row) for row in rows]


def _tabbed(line: str) -> list[str]:
    return [cell.replace(INNER, "\n").strip() for cell in line.split("\t")] if "\t" in line else []


def _barred(line: str) -> list[str]:
    return (
        [cell.strip() for cell in line.strip().strip("|").split("|")] if line.count("|") >= LEAST_TABS else []
    )


def _gapped(line: str) -> list[str]:
    return (
        [cell.strip() for cell in GAP.split(line.strip())]
        if len(GAP.findall(line.strip())) >= LEAST_TABS
        else []
    )


def _by_tabs(lines: Sequence[str]) -> Grid:
    """Cut rows at line ends; a line without tabs goes on with the cell above."""
    return _by_rows(lines, _tabbed)


def _by_bars(lines: Sequence[str]) -> Grid:
    return _by_rows([line for line in lines if not re.fullmatch(r"[\s|+:=-]*", line)], _barred)


def _by_gaps(lines: Sequence[str]) -> Grid:
    """Cut fixed columns at the places where the header's cells begin."""
    edges = [found.start() for found in re.finditer(r"(?:^|(?<= {3})|(?<=\t))\S", lines[0])]
    rows: list[list[str]] = []
    for line in lines:
        cells = [line[left:right].strip() for left, right in pairwise([*edges, None])]
        cells[0] = f"{line[: edges[0]].strip()}{cells[0]}"
        if rows and len(rows) > 1 and not cells[0] and any(cells):
            rows[-1] = [f"{above}\n{cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        elif any(cells):
            rows.append(cells)
    return _fill_down(rows)


def _by_rows(lines: Sequence[str], split: Callable[[str], list[str]]) -> Grid:
    rows: list[list[str]] = []
    for line in lines:
        cells = split(line)
        if cells or (rows and SECTION_WORDS.match(line)):
            rows.append(cells or [line.strip()])
        elif line.strip() and rows:
            rows[-1][-1] = f"{rows[-1][-1]}\n{line.strip()}"
    return _fill_down(rows)


def _fill_down(rows: list[list[str]]) -> Grid:
    """Repeat a number and a stage that were merged downwards: both empty beside an activity of its own."""
    width = max(len(row) for row in rows)
    staged = len(rows[0]) > SECTION_CELLS and role_of(rows[0][1]) == STAGE
    grid: list[tuple[GridCell, ...]] = []
    for row in rows:
        padded = [*row, *[""] * (width - len(row))]
        merged = staged and grid and not padded[0] and not padded[1] and bool(padded[2])
        kept = [GridCell(cell.text, Merge.DOWN) for cell in grid[-1][:SECTION_CELLS]] if merged else []
        grid.append((*kept, *(GridCell(text) for text in padded[len(kept) :])))
    return tuple(grid)


def _by_cells(lines: Sequence[str]) -> Grid:
    groups = _groups(lines)
    counts = Counter(len(row) for row in groups if len(row) >= LEAST_CELLS)
    width = max(counts, key=lambda count: (counts[count], count), default=len(groups[0]))
    rows = _joined(groups, width)
    return tuple(_padded(row, max(width, len(groups[0]))) for row in rows)


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


def _joined(rows: list[list[str]], width: int) -> list[list[str]]:
    """Put together a row that a blank line between its cells has cut, and cut apart rows that no blank line parts."""
    numbered = "№" in rows[0][0]
    joined: list[list[str]] = []
    for row in rows:
        begins = (
            NUMBER_CELL.fullmatch(row[0])
            or LEADING.match(row[0])
            or not any(row)
            or len(joined) < LEAST_ROLES
        )
        fits = joined and (
            len(joined[-1]) + len(row) <= width
            if numbered
            else len(joined[-1]) + len(row) == width and len(joined[-1]) > 1
        )
        if not begins and fits:
            joined[-1] = [*joined[-1], *row]
        elif len(row) > width and len(row) % width == 0 and joined:
            joined += [row[at : at + width] for at in range(0, len(row), width)]
        else:
            joined.append(row)
    return joined


def _padded(row: list[str], width: int) -> tuple[GridCell, ...]:
    missing = width - len(row)
    merge = Merge.ACROSS if len(row) <= SECTION_CELLS else Merge.NONE
    filler = GridCell(row[-1] if merge else "", merge)
    return (*(GridCell(text) for text in row), *[filler] * missing)
