"""The lists of people that a file holds, table by table, and what to say of a file that holds nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import tabs
from flows.domain.lists.columns import ListColumns, columns_of_list
from flows.domain.lists.header_fields import NAME, SURNAME
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import MENTEES, MENTORS, PAIRS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.roadmap.grids import Document, Grid

__all__ = ["PeopleTable", "not_a_roadmap", "people_tables", "without"]

PEOPLE = frozenset({MENTORS, MENTEES, PAIRS, ""})
OURS = frozenset(map(fold, (MENTORS, MENTEES, PAIRS, tabs.MEETINGS, tabs.DECLENSIONS, tabs.SETTINGS)))
# Tabs of our own book that name people too and are no lists of them.
OTHERS = frozenset(map(fold, (
    tabs.ROADMAP, tabs.SURVEYS, tabs.SCORE_CARD, tabs.STAFF_EVENTS, tabs.DIFFICULTIES, tabs.REGISTER,
    tabs.REQUESTS, tabs.FINDINGS, tabs.JOURNAL, tabs.SCHEME, tabs.NOTE_FIGURES,
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A list in a file: the number of its table from 0, what the table is called, its cells and its columns."""

    number: int
    called: str
    grid: Grid
    columns: ListColumns

    @property
    def of_people(self) -> bool:
        """Tell a list of persons from meetings, forms of names and settings."""
        return self.columns.tab in PEOPLE

    @property
    def is_ours(self) -> bool:
        """Tell a tab that is called as one of ours, however it is spelled."""
        return fold(self.called) in OURS

    @property
    def filled(self) -> int:
        """Count the rows that name somebody."""
        named = [at for at, (_, header) in self.columns.meanings.items() if header in {NAME, SURNAME}]
        rows = self.grid[self.columns.first : self.columns.last]
        return sum(any(at < len(row) and row[at].text.strip() for at in named) for row in rows)


def people_tables(document: Document, name: str = "") -> tuple[PeopleTable, ...]:
    """Return every list of a document; `name` is its file's, asked last whose list it is."""
    count = len(document.tables)
    names, captions = document.names or ("",) * count, document.captions or ("",) * count
    stem = name.rpartition(".")[0]
    return tuple(
        PeopleTable(number, called.strip() or (f"таблица {number + 1}" if count > 1 else ""), grid, columns)
        for number, (grid, called, caption) in enumerate(zip(document.tables, names, captions, strict=True))
        for columns in columns_of_list(grid, called, caption, document.title, stem)
        if fold(called) not in OTHERS
    )


def without(document: Document, tables: Iterable[PeopleTable]) -> Document:
    """Return the document without the tables that hold lists."""
    gone = {table.number for table in tables}
    kept = [number for number in range(len(document.tables)) if number not in gone]

    def left(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(values[number] for number in kept) if values else ()

    tables_left = tuple(document.tables[number] for number in kept)
    return replace(document, tables=tables_left, names=left(document.names), captions=left(document.captions))


def not_a_roadmap(tables: Sequence[PeopleTable], name: str) -> Problem | None:
    """Say of a file with nothing but lists of people what it is and where it belongs; `None` where there is no such list."""
    people = [table for table in tables if table.of_people]
    if not people:
        return None
    named = [f"«{tab}»" for tab in (MENTORS, MENTEES, PAIRS) if tab in _tabs(people)]
    what = f"В файле не дорожная карта, а список людей (строк: {sum(table.filled for table in people)})."
    if not named:
        cure = f"Неясно, кто в нём: назовите лист «{MENTORS}» или «{MENTEES}» либо впишите это слово в строку над таблицей."
        return Problem(Severity.STOP, "people-list", Origin(book=name), f"{what} {cure}")
    where = "во вкладку" if len(named) == 1 else "во вкладки"
    cure = f"Команда nastavnik import ФАЙЛ --organisation КОД перенесёт его {where} {', '.join(named)}."
    return Problem(Severity.STOP, "people-list", Origin(book=name), f"{what} {cure}")


def _tabs(tables: Iterable[PeopleTable]) -> set[str]:
    named = {
        tab
        for table in tables
        for tab, header in table.columns.meanings.values()
        if header in {NAME, SURNAME}
    }
    return named | (
        {PAIRS} if {MENTORS, MENTEES} <= named and PAIRS in {each.columns.tab for each in tables} else set()
    )
