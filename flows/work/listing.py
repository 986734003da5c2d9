"""The tab `Склонения` as it stands in a book: what the system may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.people import declensions
from flows.domain.people.declensions import OFFERED, Listed
from flows.domain.tabs import DECLENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Facts, Problem
    from flows.workspace.reading import Book


def listed(book: Book, facts: Facts, problems: Iterable[Problem]) -> Listed:
    """Say the forms of everybody; nothing where the tab cannot remember what was offered, and no formula is replaced.

    What to look at is told beside the forms while the question about it is open.
    """
    table = book.tables.get(DECLENSIONS)
    if table is None or OFFERED not in table.columns:
        return Listed({}, ())
    told = declensions.listed(facts, table.rows, frozenset(each.subject for each in problems if each.code == declensions.RISKY))
    cells = {
        row: {header: form for header, form in own.items() if header in table.columns and not table.sheet.at(row - 1, table.columns[header]).formula}
        for row, own in told.cells.items()
    }  # fmt: skip
    return Listed(cells, told.fresh)
