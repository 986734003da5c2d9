"""A roadmap file understood: the right tables picked, activities read from them, findings told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.lists.tables import not_a_roadmap, people_tables, without
from flows.domain.model import Activity, Origin, Problem, Severity
from flows.domain.roadmap.activities import Sheet, from_grids, period_of
from flows.domain.roadmap.header_words import NUMBER, role_of
from flows.domain.roadmap.table_layout import ACTIVITY, RESPONSIBLE, RESULT, TERM, recognise
from flows.intake.plan_stages import staged
from flows.intake.reader import NO_TABLE, read, read_bytes
from flows.intake.several_plans import apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flows.domain.lists.tables import PeopleTable
    from flows.domain.roadmap.grids import Document, Grid
    from flows.domain.roadmap.table_layout import Layout

__all__ = ["Understood", "understand", "understand_bytes", "understood"]

Understood = tuple["Document", tuple[Activity, ...], tuple[Problem, ...]]
ROADMAP_TAB = "дорожная карта"
WEIGHTS = {ACTIVITY: 1, TERM: 3, RESPONSIBLE: 2, RESULT: 2}
LEAST_WEIGHT, SURE_WEIGHT = 4, 12  # what is done, when and by whom or with what result make it sure
MOST_ABOVE = 12
OTHER_TAB = "На листе «{}», который открыт в ссылке, дорожной карты нет: прочитан лист «{}»."
LINKED_TAB = "Прочитан лист «{}», который открыт в ссылке; другие листы не читались."
LONG = 12


def understand(path: Path) -> Understood:
    """Read a file into its document, activities and findings; never raises for what the file holds.

    The document's period is the printed one, else the one derived from dated cells (with a finding that says so).
    """
    return understood(*read(path), path.name)


def understand_bytes(data: bytes, name: str, tab: str = "") -> Understood:
    """Do the same for bytes, such as a Google document exported as .docx.

    A `tab` that holds a roadmap is read alone; a note says which tab was read where a reader could mistake it.
    """
    return understood(*read_bytes(data, name), name, tab)


def understood(
    document: Document,
    problems: tuple[Problem, ...],
    name: str,
    tab: str = "",
    people: Sequence[PeopleTable] | None = None,
) -> Understood:
    """Find the roadmap in a document that was read with these findings; of one with nothing but lists of people say so.

    `people` are its lists, where they are known already.
    """
    if any(each.severity is Severity.STOP for each in problems):
        return document, (), problems
    people = people_tables(document, name) if people is None else people
    document = without(document, people)
    sheets = picked(document, tab)
    activities, found = from_grids(sheets, document, name)
    list_only = not_a_roadmap(people, name)
    if not activities and list_only:
        return document, (), (*problems, list_only)
    found = (*found, *_which(sheets, document, name, tab))
    if not activities and not any(each.severity is Severity.STOP for each in found):
        found = (*found, Problem(Severity.STOP, "no-table", Origin(book=name), NO_TABLE))
    return replace(document, period=period_of(sheets, document)), activities, (*problems, *found)


def _which(sheets: Sequence[Sheet], document: Document, name: str, tab: str) -> Iterator[Problem]:
    """Say which tab was read where the link named one and the table has several."""
    read_tab = sheets[0].tab if sheets else tab
    if tab and read_tab != tab:
        yield Problem(Severity.NOTE, "other-tab", Origin(book=name), OTHER_TAB.format(tab, read_tab))
    elif tab and len(set(document.names)) > 1:
        yield Problem(Severity.NOTE, "linked-tab", Origin(book=name), LINKED_TAB.format(tab))


def picked(document: Document, tab: str = "") -> tuple[Sheet, ...]:
    """Pick the roadmap among the tables: the weightiest layout, and the tables of the same columns that go on with it.

    Where the tab of that title holds one, no other is looked at.
    """
    names = document.names or ("",) * len(document.tables)
    captions = document.captions or ("",) * len(document.tables)
    whole = [Sheet(*each) for each in zip(document.tables, names, captions, strict=True)]
    sheets = [part for sheet in whole for part in apart(sheet)]
    named_tab = [sheet for sheet in sheets if tab and sheet.tab == tab]
    if any(_weight(recognise(sheet.grid), sheet.grid) >= LEAST_WEIGHT for sheet in named_tab):
        sheets = named_tab
    layouts = [recognise(sheet.grid) for sheet in sheets]
    named = next(
        (at for at, sheet in enumerate(sheets) if sheet.tab.strip().lower() == ROADMAP_TAB and layouts[at]),
        None,
    )
    if named is not None and len(sheets) == len(whole):
        return (sheets[named],)
    if named is not None:
        sheets = [sheet for sheet in sheets if sheet.tab == sheets[named].tab]
        layouts = [recognise(sheet.grid) for sheet in sheets]
    weights = [_weight(layout, sheet.grid) for layout, sheet in zip(layouts, sheets, strict=True)]
    if not sheets or max(weights) <= 0:
        return tuple(sheets[:1])
    first = _first(weights)
    kept = [sheets[first]]
    for sheet, layout, weight in list(zip(sheets, layouts, weights, strict=True))[first + 1 :]:
        if weight >= LEAST_WEIGHT and layout and _alike(layout, layouts[first]):
            kept.append(sheet)
        elif _goes_on(sheet.grid, layout, kept[-1].grid):
            kept.append(replace(sheet, caption=""))
    return staged(kept, document)


def _first(weights: Sequence[int]) -> int:
    """Take the first table that is surely a plan or weighs as much as any: a plan printed as several tables begins with it."""
    return next(
        at
        for at, weight in enumerate(weights)
        if weight >= max(LEAST_WEIGHT, min(max(weights) - 2, SURE_WEIGHT)) or weight == max(weights)
    )


def _weight(layout: Layout | None, grid: Grid) -> int:
    if layout is None:
        return 0
    weight = sum(heavy for role, heavy in WEIGHTS.items() if role in layout.roles)
    return weight * 2 - (3 if layout.head < 0 else 0) + min(len(grid) // LONG, 2)


def _alike(one: Layout, other: Layout | None) -> bool:
    return other is not None and len(one.roles & other.roles) >= len(other.roles) - 1


def _goes_on(grid: Grid, layout: Layout | None, above: Grid) -> bool:
    """Tell the lower part of a table that a page cut: as many columns, and no header of another kind of table."""
    same = max(map(len, grid), default=0) == max(map(len, above), default=-1)
    headed = any(
        role_of(cell.text) == NUMBER or cell.text.lower().startswith(("фио", "ф.и.о"))
        for row in grid[:MOST_ABOVE]
        for cell in row
    )
    return same and not headed and (layout is None or layout.head < 0)
