"""The tab `Журнал` as requests: a line for each thing that was done, under its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.tabs import JOURNAL
from flows.workspace import fresh_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

DAY, DONE = "Когда", "Что сделано"


def noted(book: Book, lines: Iterable[str], day: str) -> list[Request]:
    """Add lines to `Журнал` under a day; none when the book has no such tab."""
    table = book.tables.get(JOURNAL)
    entries = [{DAY: day, DONE: line} for line in lines] if table else []
    return [fresh_rows.below(table, entries)] if table and entries else []
