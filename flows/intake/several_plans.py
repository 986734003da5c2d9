"""Several plans on one sheet, one below the other or side by side, told apart; and the stage that stands above each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_rows import claims, header
from flows.domain.roadmap.header_words import OTHER, role_of
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.roadmap.activities import Sheet
    from flows.domain.roadmap.grids import Grid, GridCell

__all__ = ["apart"]

LEAST_ROLES, SURE = 3, 0.6


def apart(sheet: Sheet) -> tuple[Sheet, ...]:
    """Cut a table where another header begins; a table with one header stays as it is."""
    return tuple(lower for part in _beside(sheet) for lower in _below(part))


def _beside(sheet: Sheet) -> Iterator[Sheet]:
    """Cut where an empty column parts two headers that stand in one row."""
    found = header(sheet.grid)
    cut = _gap(sheet.grid, found[0]) if found else 0
    if not cut:
        yield sheet
        return
    yield replace(sheet, grid=tuple(row[:cut] for row in sheet.grid))
    yield from _beside(replace(sheet, grid=tuple(row[cut + 1 :] for row in sheet.grid)))


def _gap(grid: Grid, head: int) -> int:
    width = max(len(row) for row in grid)
    for at in range(LEAST_ROLES, width - LEAST_ROLES + 1):
        if any(at < len(row) and row[at].text.strip() for row in grid[head:]):
            continue
        left, right = [row[:at] for row in grid], [row[at + 1 :] for row in grid]
        if _surely(left[head]) and _surely(right[head]):
            return at
    return 0


def _below(sheet: Sheet) -> Iterator[Sheet]:
    """Cut above each header that is another one than the first; lines alone in their row above it are its caption."""
    found = header(sheet.grid)
    if found is None:
        yield sheet
        return
    first = [fold(cell.text) for cell in sheet.grid[found[0]]]
    start, caption = 0, sheet.caption
    for at in range(found[1], len(sheet.grid)):
        row = sheet.grid[at]
        if not _surely(row) or [fold(cell.text) for cell in row] == first or not claims(sheet.grid, at):
            continue
        upper = at
        while upper > start + 1 and len(_own(sheet.grid[upper - 1])) <= 1:
            upper -= 1
        upper_titles = [text for line in sheet.grid[: found[0]] for text in _own(line)]
        caption = caption or (upper_titles[-1] if upper_titles and not start else "")
        yield replace(sheet, grid=sheet.grid[start:upper], first=sheet.first + start, caption=caption)
        titles = [text for line in sheet.grid[upper:at] for text in _own(line)]
        start, caption = upper, titles[-1] if titles else ""
        first = [fold(cell.text) for cell in row]
    yield replace(sheet, grid=sheet.grid[start:], first=sheet.first + start, caption=caption)


def _own(row: Sequence[GridCell]) -> list[str]:
    return [cell.text.strip() for cell in row if cell.text.strip() and cell.merge is Merge.NONE]


def _surely(row: Sequence[GridCell]) -> bool:
    """Tell a header that nobody takes for a row: short cells, most of which name columns, at least three in different ways."""
    own = _own(row)
    told = [role_of(text) for text in own]
    return len({role for role in told if role not in {"", OTHER}}) >= LEAST_ROLES and sum(
        map(bool, told)
    ) >= SURE * len(own)
