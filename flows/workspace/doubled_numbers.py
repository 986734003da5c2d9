"""A draft number that two papers bear, as a book brought back from an old copy may give it: one keeps it, the other gets the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Severity
from flows.domain.row_codes import YEAR_OF, draft_number, highest_draft
from flows.domain.statuses import OVER
from flows.domain.tabs import REGISTER
from flows.workspace import journal
from flows.workspace.cells import changes
from flows.workspace.register import filed_rows
from flows.workspace.table import placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Filed
    from flows.workspace.cells import Place, Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

COLUMN = "№ проекта"
TOLD = "Номер {old} был у двух документов: книгу, вероятно, заменили прежней копией. «{title}» теперь имеет номер {new}."


def doubled(register: Sequence[Filed]) -> tuple[Filed, ...]:
    """Return the drafts that have to give their number up: a registered or cancelled paper keeps it, else the upper row."""
    bearers: dict[str, list[Filed]] = {}
    for row in register:
        if YEAR_OF.fullmatch(row.draft_number):
            bearers.setdefault(row.draft_number, []).append(row)
    return tuple(row for rows in bearers.values() for row in sorted(rows, key=_claim)[1:] if not _fixed(row))


def _fixed(row: Filed) -> bool:
    return row.registered or row.state in OVER


def _claim(row: Filed) -> tuple[bool, int]:
    return not _fixed(row), row.origin.row


def fresh_numbers(register: Sequence[Filed], given: Mapping[int, int]) -> dict[int, str]:
    """Give each draft that gives its number up the next of its year, by row; `given` is the greatest ever given, by year."""
    numbers = [row.draft_number for row in register]
    fresh: dict[int, str] = {}
    for row in doubled(register):
        year = int(YEAR_OF.fullmatch(row.draft_number)[1])  # type: ignore[index]
        number = draft_number(year, max(highest_draft(numbers, year), given.get(year, 0)) + 1)
        numbers.append(number)
        fresh[row.origin.row] = number
    return fresh


def requests(book: Book, day: str) -> tuple[list[Request], tuple[Problem, ...]]:
    """Write the new numbers and a line in the journal; the papers are printed anew by the run. Tell of each as well."""
    table = book.tables[REGISTER]
    register = filed_rows(table)
    years = {int(found[1]) for row in register if (found := YEAR_OF.fullmatch(row.draft_number))}
    fresh = fresh_numbers(register, {year: book.scheme.number(f"проект/{year}") for year in years})
    cells: dict[Place, Written] = {}
    problems: list[Problem] = []
    for row in register:
        number = fresh.get(row.origin.row)
        if number is not None:
            cells |= placed(table, row.origin.row, {COLUMN: number, "⚙ SHA данных": ""})
            told = TOLD.format(old=row.draft_number, title=row.title, new=number)
            origin = replace(row.origin, column=COLUMN)
            problems.append(Problem(Severity.NOTE, "number-doubled", origin, told, subject=row.key))
    counters = {("счёт", f"проект/{year}"): str(top) for year in years if (top := _top(fresh, year))}
    return [
        *changes(table.sheet, cells),
        *book.scheme.remembering(counters),
        *journal.noted(book, (problem.message for problem in problems), day),
    ], tuple(problems)


def _top(fresh: Mapping[int, str], year: int) -> int:
    return highest_draft(fresh.values(), year)
