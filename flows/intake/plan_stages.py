"""The stage that a heading above a table names: a line above it, or the name of its tab."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.roadmap import plan_years
from flows.domain.roadmap.table_layout import recognise
from flows.intake.heading import STAGE_LINE, STAMP, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.roadmap.activities import Sheet
    from flows.intake.document import Document

__all__ = ["staged"]

OF_PAGES = re.compile(r"страница \d")  # a table goes on over pages, not over tabs
NO_NAME = re.compile(r"(?:лист|sheet|таблица|table|страница|page|worksheet)? ?\d{0,3}", re.IGNORECASE)


def staged(sheets: Sequence[Sheet], document: Document) -> tuple[Sheet, ...]:
    """Give each table of a plan the stage that stands above it; the first one's line may be the plan's title instead."""
    named = [_named(sheet, document) for sheet in sheets]
    several = sum(bool(caption) for caption in named[1:])
    if named and not (several or STAGE_LINE.match(named[0])):
        named[0] = ""
    told: list[Sheet] = []
    for sheet, caption in zip(sheets, named, strict=True):
        other = bool(told) and sheet.tab != told[-1].tab and not OF_PAGES.match(sheet.tab)
        own = (
            ""
            if len({each.tab for each in sheets}) == 1 or NO_NAME.fullmatch(sheet.tab.strip())
            else sheet.tab
        )
        told.append(replace(sheet, caption=caption or own, anew=other))
    return tuple(told)


def _named(sheet: Sheet, document: Document) -> str:
    """Return the line above a table unless it is part of the plan's own heading."""
    line = sheet.caption or _inside(sheet)
    own = TITLE.search(line) or STAMP.search(line) or plan_years.of_title(line)
    if STAGE_LINE.match(line) and not TITLE.search(line):
        return line
    return (
        ""
        if own or line in document.title or line in document.stamps or line == document.organisation
        else line
    )


def _inside(sheet: Sheet) -> str:
    """Return the last line of the table itself above its header, where it names a stage."""
    layout = recognise(sheet.grid)
    lines = [
        next((cell.text.strip() for cell in row if cell.text.strip()), "")
        for row in sheet.grid[: max(layout.head, 0) if layout else 0]
    ]
    return next((line for line in reversed(lines) if STAGE_LINE.match(line)), "")
