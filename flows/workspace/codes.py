"""The codes of rows as requests: beside the rows that lack them, and in the hidden tab what was given to which row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.workspace.cells import changes
from flows.workspace.layout import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Row
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request


def requests(
    book: Book, rows: Mapping[str, Sequence[Row]], known: Mapping[tuple[str, str], str]
) -> list[Request]:
    """Write the codes that rows of each tab have not; `known` is what the hidden tab is to remember of them."""
    out: list[Request] = []
    for tab, coded in rows.items():
        table = book.tables[tab]
        out += changes(table.sheet, {(row.origin.row - 1, table.columns[CODE]): row.code for row in coded})
    return [*out, *book.scheme.remembering(known)]
