"""What a batch asks back of a tab: its header, and the rows that it writes or adds (DESIGN §7).

Asked back whole, a tab would cost each batch as much as everything that was ever written into it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.workspace.moved import added, written
from flows.workspace.sheets import letters, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.workspace.sheets import Request, Sheet, Value

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked back of a tab that was read before.

    `names` are what its rows must bear after the batch, by line: those that it writes, and the last one where it adds
    some. `below` is the line from which on everything is asked, where rows are added; `fresh` are the names of those.
    """

    sheet: Sheet
    key: tuple[int, ...]
    names: Mapping[int, Name]
    below: int | None
    fresh: frozenset[Name]

    @property
    def ranges(self) -> list[str]:
        """Name the ranges: the header, each run of rows, the end of the tab."""
        edge, lines = letters(max(self.sheet.columns, 1) - 1), sorted({0, *self.names})
        starts = [lines[0], *(line for before, line in pairwise(lines) if line > before + 1)]
        ends = [*(before for before, line in pairwise(lines) if line > before + 1), lines[-1]]
        areas = [f"A{start + 1}:{edge}{end + 1}" for start, end in zip(starts, ends, strict=True)]
        tail = [] if self.below is None else [f"A{self.below + 1}:{edge}"]
        return [quoted(self.sheet.title, area) for area in (*areas, *tail)]

    def stood(self, answer: Sheet | None) -> dict[int, Name]:
        """Return what the rows bore that the batch wrote, right after it."""
        return {line: _name(answer, self.key, line) for line in self.names if answer is not None}

    def merged(self, answer: Sheet | None) -> Sheet | None:
        """Return the tab as it is known now; None where rows or columns moved, and it has to be read whole."""
        if answer is None or _values(answer) != _values(self.sheet):
            return None
        tail = () if self.below is None else answer.cells[self.below :]
        there = {_name(answer, self.key, (self.below or 0) + at) for at in range(len(tail))}
        if self.stood(answer) != self.names or not self.fresh <= there:
            return None
        cells = [
            *self.sheet.cells,
            *(() for _ in range(max(self.names, default=0) + 1 - len(self.sheet.cells))),
        ]
        for line in self.names:
            cells[line] = answer.cells[line] if line < len(answer.cells) else ()
        if self.below is not None:
            cells[self.below :] = tail
        while cells and not cells[-1]:
            cells.pop()
        return replace(self.sheet, rows=answer.rows, columns=answer.columns, cells=tuple(cells))

    def lines(self, now: Sheet) -> Iterable[int]:
        """Return the lines of the merged tab that were read anew."""
        return {*self.names, *(() if self.below is None else range(self.below, len(now.cells)))} - {0}


def asked(sheet: Sheet, key: tuple[int, ...], requests: Sequence[Request]) -> Asked:
    """Say what a batch has to ask back of a tab whose rows are told by the columns `key`."""
    cells = written(requests).get(sheet.sheet_id, {})
    names = {line: _told(sheet, key, line, cells) for line in {line for line, _ in cells}}
    lines = added(sheet.sheet_id, requests)
    if not lines:
        return Asked(sheet, key, names, None, frozenset())
    below = _filled(sheet)
    names[below - 1] = _told(sheet, key, below - 1, cells)
    fresh = frozenset(tuple(line[at] if at < len(line) else "" for at in key) for line in lines)
    return Asked(sheet, key, names, below, fresh)


def _values(sheet: Sheet) -> list[Value]:
    return [cell.value for cell in sheet.cells[0]] if sheet.cells else []


def _told(sheet: Sheet, key: tuple[int, ...], line: int, cells: Mapping[tuple[int, int], str]) -> Name:
    before = _name(sheet, key, line)
    return tuple(cells.get((line, at), known) for at, known in zip(key, before, strict=True))


def _name(sheet: Sheet | None, key: Iterable[int], line: int) -> Name:
    return tuple(str(sheet.at(line, at).value or "") if sheet else "" for at in key)


def _filled(sheet: Sheet) -> int:
    """Count the rows down to the last one that holds anything: new ones go below it."""
    held = (
        at + 1
        for at in range(len(sheet.cells) - 1, -1, -1)
        if any(cell.value is not None or cell.formula for cell in sheet.cells[at])
    )
    return next(held, 1)
