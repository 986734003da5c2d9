"""The tabs that an entry remembers, tied to those that its file has now: a person may have renamed, added or renumbered them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.office.entries import Entry, Tab

if TYPE_CHECKING:
    from flows.office.workbook import Workbook


def synced(entry: Entry, workbook: Workbook) -> Entry:
    """Tie the tabs that the file has to the ids they had: by title, then by the file's own number, then the last one left.

    Some editors number the tabs anew at every save: a number that may come from that ties nothing, and the tab gets
    a new id, so that no write meant for another tab ever lands in it.
    """
    left = {tab.title: tab for tab in entry.tabs}
    tied: dict[int, Tab] = {}
    for leaf in workbook.leaves:
        if leaf.title in left:
            tied[leaf.inner] = left.pop(leaf.title)
    rest = [leaf for leaf in workbook.leaves if leaf.inner not in tied]
    if len(rest) == len(left) == 1:
        tied[rest[0].inner] = left.popitem()[1]
    elif _numbers_last(workbook, tied, len(rest) == len(left)):
        numbers = {tab.inner: tab for tab in left.values()}
        tied |= {leaf.inner: numbers[leaf.inner] for leaf in rest if leaf.inner in numbers}
    used = {tab.sheet_id for tab in entry.tabs}
    now: list[Tab] = []
    for leaf in workbook.leaves:
        tab = tied.get(leaf.inner) or Tab(_fresh_id(used), leaf.title, leaf.inner)
        used.add(tab.sheet_id)
        now.append(_sized(replace(tab, title=leaf.title, inner=leaf.inner), workbook, leaf.part))
    return replace(entry, tabs=tuple(now))


def _numbers_last(workbook: Workbook, tied: dict[int, Tab], renamed_only: bool) -> bool:
    """Whether the file's numbers are the ones it had: not 1, 2, 3 in order, or in order with nothing come or gone."""
    numbers = [leaf.inner for leaf in workbook.leaves]
    if numbers != list(range(1, len(numbers) + 1)):
        return all(tab.inner == inner for inner, tab in tied.items())
    return renamed_only and all(tab.inner == inner for inner, tab in tied.items())


def _fresh_id(used: set[int]) -> int:
    return secrets.randbelow(2**31) if used else 0


def _sized(tab: Tab, workbook: Workbook, part: str) -> Tab:
    """Grow the grid with what a person wrote beyond it."""
    rows, columns = workbook.sheet(part).extent(tab.rows, tab.columns)
    return tab if (rows, columns) == (tab.rows, tab.columns) else replace(tab, rows=rows, columns=columns)
