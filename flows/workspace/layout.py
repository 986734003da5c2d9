"""Tabs and columns of a workbook: an organisation's as `config/workbook.toml` states them, a district's beside it (workbook.md A4, A5)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Lists = Mapping[str, tuple[str, ...]]
SYSTEM = "⚙ "
CODE = "⚙ Код"
REMARK = "⚙ Замечание"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: canonical header, kind of value, who writes it, width in pixels, the note on its header.

    `since` is the schema that brought it: an older book gets the column at its right end.
    """

    header: str
    kind: str
    editor: str
    width: int
    hint: str
    required: bool = False
    since: int = 1

    @property
    def printed(self) -> str:
        """The header as it stands in the sheet."""
        return f"{self.header} *" if self.required else self.header


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab; `owner` is `people`, `system` (people write a few cells only) or `service` (hidden)."""

    title: str
    owner: str
    columns: tuple[Column, ...]

    def column(self, header: str) -> Column:
        """Return the column of a canonical header; `KeyError` if there is none."""
        found = {each.header: each for each in self.columns}
        return found[header]


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of `Настройки` about the organisation: its name, the value a new book has, its hint.

    `since` is the schema that brought it: an older book gets the line below the others.
    """

    name: str
    value: str
    hint: str
    since: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole workbook: schema number, tabs, lists of choices and the blocks of `Настройки`."""

    schema: int
    tabs: tuple[Tab, ...]
    lists: Lists
    organisation: tuple[Setting, ...]
    blocks: Mapping[str, tuple[str, ...]]

    def tab(self, title: str) -> Tab:
        """Return a tab by title; `KeyError` if there is none."""
        return {each.title: each for each in self.tabs}[title]


def at_schema(layout: Layout, schema: int) -> Layout:
    """Return the layout as it was at an older schema: without the columns and lines that came later."""
    tabs = (
        replace(tab, columns=tuple(each for each in tab.columns if each.since <= schema))
        for tab in layout.tabs
    )
    lines = tuple(each for each in layout.organisation if each.since <= schema)
    return replace(layout, schema=schema, tabs=tuple(tabs), organisation=lines)


def load(path: Path) -> Layout:
    """Read the layout file of the checkout."""
    told = tomllib.loads(path.read_text("utf-8"))
    settings = told["settings"]
    return Layout(
        int(told["schema"]),
        tuple(_tab(each) for each in told["tab"]),
        {name: tuple(values) for name, values in told["lists"].items()},
        tuple(Setting(*parts) for parts in settings["organisation"]),
        {
            "Педсоветы": tuple(settings["councils"]),
            "Виды документов": tuple(settings["kinds"]),
            "Нерабочие дни": tuple(settings["holidays"]),
        },
    )


def composed(base: Layout, path: Path) -> Layout:
    """Read what another book has otherwise than that of the base: tabs left out, added, in another order; columns; lists.

    Columns that a tab of the base gets stand before the first column of the system.
    """
    told = tomllib.loads(path.read_text("utf-8"))
    kept = (_changed(tab, told) for tab in base.tabs if tab.title not in told["without"])
    tabs = {each.title: each for each in (*kept, *map(_tab, told["tab"]))}
    order = [*told["order"], *(title for title in tabs if title not in told["order"])]
    values = told.get("settings", {})
    return replace(
        base,
        tabs=tuple(tabs[title] for title in order),
        lists={**base.lists, **{name: tuple(each) for name, each in told["lists"].items()}},
        organisation=tuple(
            replace(each, value=values.get(each.name, each.value)) for each in base.organisation
        ),
        blocks={title: each for title, each in base.blocks.items() if title not in told["without_blocks"]},
    )


def _changed(tab: Tab, told: Mapping[str, Any]) -> Tab:
    gone, more = (told[name].get(tab.title, ()) for name in ("left_out", "columns"))
    kept = [each for each in tab.columns if each.header not in gone]
    at = next((number for number, each in enumerate(kept) if each.header.startswith(SYSTEM)), len(kept))
    return replace(tab, columns=(*kept[:at], *(_column(each) for each in more), *kept[at:]))


def _tab(entry: Mapping[str, Any]) -> Tab:
    return Tab(str(entry["title"]), str(entry["owner"]), tuple(_column(each) for each in entry["columns"]))


def _column(parts: Sequence[Any]) -> Column:
    header, kind, editor, width, hint, *since = parts
    required = header.endswith(" *")
    return Column(header.removesuffix(" *"), kind, editor, int(width), hint, required, *since)
