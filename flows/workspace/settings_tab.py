"""The tab `Настройки` as requests: empty values filled, what people typed left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.tabs import SETTINGS
from flows.domain.text import fold
from flows.workspace.cells import changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.workspace.cells import Place, Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request


def filled(
    book: Book, values: Mapping[str, Written], councils: Sequence[Mapping[str, Written]] = ()
) -> list[Request]:
    """Fill the empty values of `Настройки`; what people typed there stays."""
    table = book.tables.get(SETTINGS)
    if table is None:
        return []
    sheet, columns = (
        table.sheet,
        [table.columns[column.header] for column in table.tab.columns if column.header in table.columns],
    )
    cells: dict[Place, Written] = {}
    known = {fold(name): value for name, value in values.items()}
    block = ""
    for at in range(1, len(sheet.cells)):
        name = fold(str(sheet.at(at, columns[0]).value or ""))
        if name == fold("Педсоветы"):
            block = "councils"
        elif not name:
            block = ""
        if known.get(name) and sheet.at(at, columns[1]).value in {None, ""}:
            cells[at, columns[1]] = known[name]
        if (
            block
            and name.isdecimal()
            and int(name) <= len(councils)
            and sheet.at(at, columns[1]).value in {None, ""}
        ):
            cells |= {
                (at, column): value
                for column, value in zip(columns[1:], councils[int(name) - 1].values(), strict=False)
                if value
            }
    return changes(sheet, cells)


def beside(book: Book, values: Mapping[str, Sequence[str]]) -> list[Request]:
    """Add texts to values of `Настройки` where they do not stand yet; what people typed there stays before them."""
    table = book.tables.get(SETTINGS)
    if table is None:
        return []
    name, value = (table.columns[column.header] for column in table.tab.columns[:2])
    known = {fold(line): fresh for line, fresh in values.items()}
    cells: dict[Place, Written] = {}
    for at in range(1, len(table.sheet.cells)):
        typed = str(table.sheet.at(at, value).value or "")
        fresh = [
            text
            for text in known.get(fold(str(table.sheet.at(at, name).value or "")), ())
            if text.casefold() not in typed.casefold()
        ]
        if fresh:
            cells[at, value] = "; ".join(filter(None, (typed, *fresh)))
    return changes(table.sheet, cells)
