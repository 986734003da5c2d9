"""Tabs made by hand: the headers of the layout, rows as anybody may leave them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.workspace.sheets import Sheet, SheetCell, Snapshot

if TYPE_CHECKING:
    from flows.workspace.layout import Tab

LAYOUT = settings.book_layout()


def tab(title: str) -> Tab:
    return LAYOUT.tab(title)


def cell(value: Any) -> SheetCell:
    """A cell as Google tells it: numbers show themselves, an error has no value."""
    if isinstance(value, SheetCell):
        return value
    if isinstance(value, str) and value in {"#REF!", "#ССЫЛКА!", "#N/A"}:
        return SheetCell(None, value, "", "=A1")
    return SheetCell(value, "" if value is None else str(value))


def sheet(
    title: str, *rows: dict[str, Any] | list[Any], heads: list[str] | None = None, sheet_id: int = 7
) -> Sheet:
    """A tab with the layout's headers (or `heads`) and rows given by header or cell by cell."""
    printed = heads if heads is not None else [column.printed for column in tab(title).columns]
    plain = [text.removesuffix(" *") for text in printed]
    lines = [row if isinstance(row, list) else [row.get(head) for head in plain] for row in rows]
    cells = tuple(tuple(cell(value) for value in line) for line in [printed, *lines])
    return Sheet(sheet_id, title, hidden=False, rows=1000, columns=len(printed), cells=cells)


def snapshot(*sheets: Sheet) -> Snapshot:
    hidden = [
        replace(sheet(each.title, sheet_id=900 + at), hidden=True)
        for at, each in enumerate(LAYOUT.tabs)
        if each.owner == "service"
    ]
    return Snapshot("книга", "Рабочая книга", "", (*sheets, *hidden))


def whole(*mine: Sheet) -> Snapshot:
    """A book with every tab of the layout, mine in place of the empty ones."""
    known = {each.title for each in mine}
    others = [
        sheet(each.title, sheet_id=100 + at)
        for at, each in enumerate(LAYOUT.tabs)
        if each.owner != "service" and each.title not in known
    ]
    return snapshot(*mine, *others)
