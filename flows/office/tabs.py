"""Requests about tabs as wholes: added, deleted, renamed, hidden, resized."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.office import layout, masks
from flows.office.entries import Tab
from flows.office.errors import Refusal

if TYPE_CHECKING:
    from flows.office.draft import Draft

Reply = dict[str, Any]
Body = dict[str, Any]
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_TITLE = 31


def _checked_title(draft: Draft, title: str, own: int | None = None) -> str:
    if not title or len(title) > _LONGEST_TITLE or _BAD_TITLE.search(title):
        raise Refusal(
            400,
            f"Название листа «{title}» не подходит: нужно от 1 до {_LONGEST_TITLE} знаков без [ ] : * ? / \\ и апострофов по краям.",
        )
    if any(tab.title.casefold() == title.casefold() and tab.sheet_id != own for tab in draft.tabs.values()):
        raise Refusal(400, f'A sheet with the name "{title}" already exists. Please enter another name.')
    return title


def _free_title(draft: Draft) -> str:
    taken = {tab.title.casefold() for tab in draft.tabs.values()}
    number = len(taken) + 1
    while f"лист{number}" in taken:
        number += 1
    return f"Лист{number}"


def _new_sheet_id(draft: Draft, wanted: int | None) -> int:
    if wanted is None:
        wanted = secrets.randbelow(2**31)
    if wanted < 0:
        raise Refusal(400, f"sheetId {wanted} must not be negative.")
    if wanted in draft.tabs:
        raise Refusal(400, f"A sheet with the ID {wanted} already exists. Please use another ID.")
    return wanted


def add(draft: Draft, body: Body) -> Reply:
    """addSheet; without a title or an id it gets free ones."""
    wanted = body.get("properties") or {}
    sheet_id = _new_sheet_id(draft, wanted.get("sheetId"))
    title = _checked_title(draft, wanted.get("title") or _free_title(draft))
    leaf = draft.workbook.add_tab(title, wanted.get("index"), hidden=bool(wanted.get("hidden")))
    tab = draft.tabs[sheet_id] = Tab(sheet_id, title, leaf.inner)
    draft.touched.whole(title)
    _set_grid(draft, tab, wanted.get("gridProperties") or {}, frozenset(wanted.get("gridProperties") or ()))
    if wanted.get("tabColor"):
        layout.colour_tab(draft.sheet(tab), wanted["tabColor"])
    return {"addSheet": {"properties": properties(draft, draft.tabs[sheet_id])}}


def delete(draft: Draft, body: Body) -> Reply:
    """DeleteSheet."""
    tab = draft.tab(body.get("sheetId"))
    others = [leaf for leaf in draft.workbook.leaves if leaf.inner != tab.inner]
    if not any(not leaf.hidden for leaf in others):
        raise Refusal(400, "You can't remove all the visible sheets in a document.")
    draft.touched.whole(tab.title)
    draft.workbook.delete_tab(tab.inner)
    del draft.tabs[tab.sheet_id]
    draft.protected = [
        each for each in draft.protected if (each["range"].get("sheetId") or 0) != tab.sheet_id
    ]
    return {}


def update(draft: Draft, body: Body) -> Reply:
    """UpdateSheetProperties."""
    wanted = body.get("properties") or {}
    tab = draft.tab(wanted.get("sheetId"))
    if not body.get("fields"):
        raise Refusal(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = masks.parse(body["fields"])
    names = set(wanted) - {"sheetId"} if "*" in mask else set(mask)
    unknown = names - {"title", "index", "hidden", "gridProperties", "tabColor", "tabColorStyle"}
    if unknown:
        raise Refusal(501, f"Свойство листа {min(unknown)} пока не поддерживается локальным офисом")
    _arrange(draft, tab, wanted, names)
    grid = wanted.get("gridProperties") or {}
    if "gridProperties" in names:
        inner = mask.get("gridProperties") or {}
        _set_grid(
            draft, draft.tabs[tab.sheet_id], grid, frozenset(grid if not inner or "*" in inner else inner)
        )
    if names & {"tabColor", "tabColorStyle"}:
        colour = wanted.get("tabColor") or (wanted.get("tabColorStyle") or {}).get("rgbColor")
        layout.colour_tab(draft.sheet(tab), colour)
    return {}


def _arrange(draft: Draft, tab: Tab, wanted: Body, names: set[str]) -> None:
    title = _checked_title(draft, wanted.get("title") or "", tab.sheet_id) if "title" in names else None
    hidden = bool(wanted.get("hidden")) if "hidden" in names else None
    leaf = draft.leaf(tab)
    if hidden and not leaf.hidden and sum(not each.hidden for each in draft.workbook.leaves) == 1:
        raise Refusal(400, "You can't hide all the sheets in a document.")
    index = (wanted.get("index") or 0) if "index" in names else None
    if title not in {None, tab.title}:
        draft.touched.whole(tab.title)
        draft.touched.whole(title or "")
    changed = (title not in {None, tab.title}, hidden not in {None, leaf.hidden}, index is not None)
    if any(changed):
        draft.workbook.arrange(tab.inner, title=title, index=index, hidden=hidden)
    draft.tabs[tab.sheet_id] = replace(tab, title=title or tab.title)


def _set_grid(draft: Draft, tab: Tab, grid: Body, names: frozenset[str]) -> None:
    rows = (grid.get("rowCount") or 0) if "rowCount" in names else tab.rows
    columns = (grid.get("columnCount") or 0) if "columnCount" in names else tab.columns
    if (rows, columns) != (tab.rows, tab.columns):
        _shrink(draft, tab, rows, columns)
        tab = draft.resize(tab, rows, columns)
    unknown = names - {"rowCount", "columnCount", "frozenRowCount", "frozenColumnCount", "hideGridlines"}
    if unknown:
        raise Refusal(501, f"Свойство сетки {min(unknown)} пока не поддерживается локальным офисом")
    known = layout.frozen(draft.workbook.sheet(draft.leaf(tab).part))
    fields = ("frozenRowCount", "frozenColumnCount")
    wanted = tuple(
        (grid.get(name) or 0) if name in names else old for name, old in zip(fields, known, strict=True)
    )
    if wanted != known:
        layout.freeze(draft.sheet(tab), *wanted)


def _shrink(draft: Draft, tab: Tab, rows: int, columns: int) -> None:
    sheet = draft.sheet(tab)
    for row in sheet.rows():
        for column in list(sheet.row(row)):
            if row >= rows or column >= columns:
                draft.write_cell(tab, (row, column), {}, {"userEnteredValue": {}})


def properties(draft: Draft, tab: Tab) -> dict[str, Any]:
    """Spell a tab's SheetProperties; what has its default value is left out."""
    leaf = draft.leaf(tab)
    sheet = draft.workbook.sheet(leaf.part)
    grid = {"rowCount": tab.rows, "columnCount": tab.columns}
    rows, columns = layout.frozen(sheet)
    grid |= {
        name: count for name, count in (("frozenRowCount", rows), ("frozenColumnCount", columns)) if count
    }
    index = [each.inner for each in draft.workbook.leaves].index(tab.inner)
    shown: dict[str, Any] = {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": grid,
    }
    if leaf.hidden:
        shown["hidden"] = True
    colour = layout.tab_colour(sheet)
    if colour is not None:
        shown |= {"tabColor": colour, "tabColorStyle": {"rgbColor": colour}}
    return shown
