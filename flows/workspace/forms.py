"""The tabs of form responses that stand in a book beside ours: read whole, never written to (workbook A4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.text import fold
from flows.workspace.lease import FREE, HELD

if TYPE_CHECKING:
    from collections.abc import Collection

    from flows.workspace.layout import Layout
    from flows.workspace.sheets import Sheet, Snapshot, Value

Grid: TypeAlias = "tuple[tuple[Value, ...], ...]"
FORM_TITLE = re.compile(r"^(?:ответы на форму|form responses)\b", re.IGNORECASE)


def response_tabs(snapshot: Snapshot, layout: Layout, named: Collection[str] = ()) -> dict[str, Grid]:
    """Return the cells of every tab that holds form responses: by its title, by its time column, or `named` in `Анкеты`."""
    ours = {tab.title.casefold() for tab in layout.tabs}
    wanted = {fold(each) for each in named}
    found: dict[str, Grid] = {}
    for sheet in snapshot.sheets:
        if (
            sheet.title.casefold() in ours
            or sheet.hidden
            or sheet.title == FREE
            or HELD.fullmatch(sheet.title)
        ):
            continue
        if fold(sheet.title) in wanted or FORM_TITLE.match(sheet.title) or _timed(sheet):
            found[sheet.title] = tuple(tuple(cell.value for cell in line) for line in sheet.cells)
    return found


def _timed(sheet: Sheet) -> bool:
    """Tell a tab whose first header is the time mark that forms put there."""
    first = next(
        (str(cell.value) for cell in (sheet.cells[0] if sheet.cells else ()) if cell.value not in {None, ""}),
        "",
    )
    return key(first) in TIME_WORDS
