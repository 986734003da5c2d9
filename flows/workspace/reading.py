"""A workbook read into tables, with the tabs that could not be trusted named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import SCHEME, SETTINGS
from flows.domain.terms.serial_days import day_of
from flows.domain.terms.typed_days import typed_date
from flows.workspace import headers, table
from flows.workspace.scheme import Scheme, scheme_of
from flows.workspace.workbook import refuse_newer, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.book.card import SettingsLine
    from flows.domain.model import Cell, Row
    from flows.workspace.layout import Layout
    from flows.workspace.sheets import Sheet, Snapshot
    from flows.workspace.table import Table

SERIALS = (20_000, 80_000)
CARD_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}(?:\s*г\.?)?|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Book:
    """One reading of an organisation's workbook."""

    snapshot: Snapshot
    tables: Mapping[str, Table]
    scheme: Scheme
    problems: tuple[Problem, ...]
    unread: frozenset[str]

    def rows(self, title: str) -> Sequence[Row]:
        """Return a tab's rows, none when it could not be read."""
        return self.tables[title].rows if title in self.tables else ()


def read(snapshot: Snapshot, layout: Layout) -> Book:
    """Read every tab of the layout; a tab that cannot be trusted is left out with its finding.

    Raise `Misconfigured` when the hidden tab is gone: without the numbers given, nothing may be given again; and
    when a newer program has made the book.
    """
    scheme = snapshot.sheet(SCHEME)
    if scheme is None:
        raise Misconfigured(
            f"В книге нет служебной вкладки «{SCHEME}». Верните её из прежней версии книги (nastavnik history ФАЙЛ) или выполните nastavnik init: номера и папки найдутся по реестру."
        )
    refuse_newer(version_of(scheme_of(scheme).texts), layout)
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for tab in layout.tabs:
        if tab.owner == "service":
            continue
        read_tab, slips = table.read(snapshot.sheet(tab.title), tab, snapshot.title, layout.lists)
        problems += slips
        if read_tab is not None:
            found[tab.title] = read_tab
    problems = _explained(problems, snapshot, layout)
    unread = frozenset(tab.title for tab in layout.tabs if tab.owner != "service" and tab.title not in found)
    return Book(snapshot, found, scheme_of(scheme), tuple(problems), unread)


def _explained(problems: list[Problem], snapshot: Snapshot, layout: Layout) -> list[Problem]:
    """Name the tab that looks like one that is gone, and tabs that are only copies: what is typed there is not read."""
    gone = {each.origin.tab for each in problems if each.code == "no-tab"}
    known = {tab.title.casefold() for tab in layout.tabs}
    told = list(problems)
    for sheet in snapshot.sheets:
        model = headers.model(sheet, [tab for tab in layout.tabs if tab.owner != "service"])
        if model is None or sheet.hidden or sheet.title.casefold() in known:
            continue
        if model.title in gone:
            hint = f"Во вкладках книги нет «{model.title}», зато похожа на неё «{sheet.title}». Если это она, верните ей прежнее название; до этого она не читается."
            told = [
                replace(each, code="tab-renamed", message=hint)
                if each.code == "no-tab" and each.origin.tab == model.title
                else each
                for each in told
            ]
        else:
            hint = f"Вкладка «{sheet.title}» — копия вкладки «{model.title}»: вписанное в неё не читается. Перенесите строки в «{model.title}» и удалите копию."
            told.append(Problem(Severity.NOTE, "tab-copied", Origin(snapshot.title, sheet.title), hint))
    return told


def lines(book: Book) -> list[SettingsLine]:
    """Return `Настройки` as lines, by its headers wherever they stand; a number in the range of this century's days is a date."""
    table = book.tables.get(SETTINGS)
    if table is None:
        return []
    places = [table.columns.get(column.header, -1) for column in table.tab.columns]
    cells = table.sheet.cells
    return [
        (at + 1, [_plain(table.sheet, at, column) for column in places])
        for at in range(1, len(cells))
        if cells[at]
    ]


def _plain(sheet: Sheet, row: int, column: int) -> Cell:
    cell = sheet.at(row, column)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        dated = SERIALS[0] <= cell.value <= SERIALS[1] and "." in cell.shown
        return day_of(cell.value) if dated else cell.shown or cell.value
    if isinstance(cell.value, str):
        day = typed_date(cell.value) if CARD_DAY.fullmatch(cell.value.strip()) else None
        return day or cell.value
    return cell.value
