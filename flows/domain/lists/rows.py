"""Rows of a list taken apart into rows of our tabs: a mentor, a mentee and their pair may stand in one line of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.lists import cells as list_cells
from flows.domain.lists.columns import titled
from flows.domain.lists.header_fields import (
    CONTACTS,
    GIVEN,
    NAME,
    PAIR,
    PATRONYMIC,
    SPAN,
    SURNAME,
    WHOSE,
    sides_of,
)
from flows.domain.lists.person_cells import Named, persons
from flows.domain.lists.placing import MANY
from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.phantom_rows import TOTAL, is_signature
from flows.domain.tabs import MENTEES, MENTORS, PAIRS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.lists.tables import PeopleTable
    from flows.domain.roadmap.grids import GridCell

__all__ = ["UNCLAIMED", "ListRow", "rows_of"]

UNCLAIMED = "people-whose"

PEOPLE = frozenset({MENTORS, MENTEES, PAIRS})
PARTS = (SURNAME, GIVEN, PATRONYMIC)
POST = "Должность"
NO_NAME = "В строке нет ФИО, она не переносится. Впишите ФИО полностью или удалите строку."
NOT_A_NAME = "В столбце «{}» стоит не ФИО, строка не переносится. Впишите фамилию, имя и отчество полностью."
NO_SIDE = (
    "Неясно, чей это список: наставников или наставляемых; строк в нём – {}, они не переносятся. "
    f"Назовите лист «{MENTORS}» или «{MENTEES}» либо впишите это слово в строку над таблицей."
)
UNKNOWN = "Таких столбцов в наших вкладках нет, они не переносятся: {}."
ALONE = "В этих строках назван только один участник: люди переносятся, а пары по ним нет. Если участник тот же, что выше, впишите его и здесь."
MANY_TO_MANY = "В строке несколько наставников и несколько наставляемых: неясно, кто с кем, пары не переносятся. Дайте каждой паре свою строку."
NOT_SHARED = "В строке несколько людей, а в столбце «{}» неясно, что чьё: он не переносится. Дайте каждому свою строку."


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row on its way into a tab of ours: where it stands in the file and its cells by our headers, as printed there.

    `implied` rows are people whom a table of pairs names. `printed` gives each of our headers the file's own.
    """

    tab: str
    origin: Origin
    cells: Mapping[str, str]
    implied: bool = False
    printed: Mapping[str, str] = field(default_factory=dict)


def rows_of(table: PeopleTable, book: str) -> tuple[tuple[ListRow, ...], tuple[Problem, ...]]:
    """Read a list's rows; `book` is the file's name. What is not taken is a finding with its row."""
    place = Origin(book, table.called)
    if not table.columns.tab:
        if not table.filled:
            return (), ()
        return (), (Problem(Severity.QUESTION, UNCLAIMED, place, NO_SIDE.format(table.filled)),)
    reader = _Reader(table, place)
    rows = [row for at in range(table.columns.first, table.columns.last) for row in reader.line(at)]
    return tuple(rows), (*reader.problems, *reader.alone(), *_strangers(table, place))


def _strangers(table: PeopleTable, place: Origin) -> Iterator[Problem]:
    """Name the columns that mean nothing to us, where anything stands in them."""
    rows = table.grid[table.columns.first : table.columns.last]
    filled = [
        " ".join(header.split())
        for at, header in table.columns.unknown.items()
        if any(at < len(row) and row[at].text.strip() for row in rows)
    ]
    if filled:
        listed = ", ".join(f"«{header}»" for header in dict.fromkeys(filled))
        row = table.columns.head + 1
        yield Problem(Severity.NOTE, "people-columns", replace(place, row=row), UNKNOWN.format(listed))


class _Reader:
    """Goes through the rows of one list; a line with nothing but «Наставники» says whose the rows below it are."""

    def __init__(self, table: PeopleTable, place: Origin) -> None:
        self.table, self.place = table, place
        self.problems: list[Problem] = []
        self._single: list[int] = []
        self._side = ""
        pairs = [at for at, meaning in table.columns.meanings.items() if meaning == (PAIRS, PAIR)]
        named = any(header == NAME for _, header in table.columns.meanings.values())
        self._pair_column = pairs[0] if pairs and not named else None
        self._headers = {header for header in table.columns.headers.values() if header}
        self._printed = {
            header: " ".join(table.columns.headers[column].split())
            for column, (_, header) in table.columns.meanings.items()
        }

    def line(self, at: int) -> list[ListRow]:
        """Return the rows of our tabs that a line of the table holds."""
        line = self.table.grid[at]
        own = self._own(line)
        if not own or self._is_no_row(own) or is_signature(own, apart=self._stands_apart(at)):
            return []
        columns = self.table.columns
        if not columns.tab or any(tab not in PEOPLE for tab, _ in columns.meanings.values()):
            return [self._row(columns.tab, at, self._cells(line, columns.tab))]
        return self._people(at, line, own)

    def alone(self) -> Iterator[Problem]:
        """Name the lines of a table of pairs that name one side only."""
        for at in self._single:
            yield Problem(Severity.NOTE, "pair-alone", replace(self.place, row=at + 1), ALONE)

    def _own(self, line: Sequence[GridCell]) -> list[str]:
        there = (line[at] for at in self.table.columns.headers if at < len(line))
        return [text for cell in there if (text := cell.text.strip()) and cell.merge is not Merge.ACROSS]

    def _stands_apart(self, at: int) -> bool:
        """Tell a line with an empty one above it, below the first row."""
        return at > self.table.columns.first and not any(
            cell.text.strip() for cell in self.table.grid[at - 1]
        )

    def _is_no_row(self, own: Sequence[str]) -> bool:
        """Tell a header that a page repeats, a line that numbers the columns, a total."""
        if set(own) <= self._headers:
            return True
        if len(own) > 1 and own == [str(number) for number in range(1, len(own) + 1)]:
            return True
        return bool(TOTAL.match(own[0])) and not any(map(persons, own))

    def _people(self, at: int, line: Sequence[GridCell], own: Sequence[str]) -> list[ListRow]:
        columns = self.table.columns
        named = {tab: self._named(line, tab) for tab in (MENTORS, MENTEES) if self._names(tab)}
        if not any(named.values()):
            if self._is_section(line, own):
                self._side = titled(own[0])
            else:
                self._nameless(at, line)
            return []
        if columns.tab == PAIRS and not all(named.get(tab) for tab in WHOSE):
            self._single.append(at)
        rows = [row for tab, people in named.items() for row in self._of_side(at, line, tab, people)]
        return [*rows, *self._pairs(at, line, named)]

    def _is_section(self, line: Sequence[GridCell], own: Sequence[str]) -> bool:
        """Tell a heading between rows: one text that opens the line, or that says whose the rows below it are."""
        first = min(self.table.columns.headers)
        opens = first < len(line) and line[first].text.strip() == own[0] and not self._name_texts(line)
        return len(own) == 1 and (opens or titled(own[0]) in {MENTORS, MENTEES})

    def _nameless(self, at: int, line: Sequence[GridCell]) -> None:
        column = next(iter(self._name_texts(line)), "")
        told = NOT_A_NAME.format(" ".join(column.split())) if column else NO_NAME
        self.problems.append(Problem(Severity.QUESTION, "no-name", replace(self.place, row=at + 1), told))

    def _name_texts(self, line: Sequence[GridCell]) -> list[str]:
        """Return the headers of the columns of names that hold anything in a line."""
        return [
            self.table.columns.headers[at]
            for at, (_, header) in self.table.columns.meanings.items()
            if header in {NAME, PAIR, *PARTS} and at < len(line) and line[at].text.strip()
        ]

    def _name_columns(self, tab: str) -> dict[str, int]:
        return {
            header: at
            for at, (whose, header) in self.table.columns.meanings.items()
            if whose == tab and header in {NAME, *PARTS}
        }

    def _names(self, tab: str) -> bool:
        return self._pair_column is not None or bool(self._name_columns(tab))

    def _named(self, line: Sequence[GridCell], tab: str) -> tuple[Named, ...]:
        if self._pair_column is not None and self._pair_column < len(line):
            both = persons(line[self._pair_column].text)
            mentee_first = sides_of(self.table.columns.headers[self._pair_column])[:1] == (MENTEES,)
            at = int((tab == MENTEES) != mentee_first)
            return both[at : at + 1] if len(both) == len(WHOSE) else ()
        columns = self._name_columns(tab)
        texts = {header: line[at].text.strip() for header, at in columns.items() if at < len(line)}
        if texts.get(NAME):
            surname = texts.get(SURNAME, "")
            return persons(f"{surname} {texts[NAME]}" if surname else texts[NAME])
        parts = " ".join(filter(None, (texts.get(part, "") for part in PARTS)))
        return persons(" ".join(parts.split())) if parts else ()

    def _of_side(
        self, at: int, line: Sequence[GridCell], tab: str, people: Sequence[Named]
    ) -> Iterator[ListRow]:
        cells = self._cells(line, tab)
        shared = self._shared(at, cells, people)
        target = self._side if self._side in {MENTORS, MENTEES} and self.table.columns.tab != PAIRS else tab
        for number, person in enumerate(people):
            if list_cells.is_code(person.name):
                continue
            own = {header: texts[number] for header, texts in shared.items() if texts[number]}
            post = {POST: person.post} if person.post and not own.get(POST) else {}
            if person.post and own.get(POST) and fold(person.post) not in fold(own[POST]):
                own = list_cells.noted(own, person.post)
            yield self._row(
                target, at, {NAME: person.name, **own, **post}, implied=self.table.columns.tab == PAIRS
            )

    def _shared(self, at: int, cells: Mapping[str, str], people: Sequence[Named]) -> dict[str, list[str]]:
        """Give each of several persons of a cell its own line of the other cells; one post is everybody's."""
        shared: dict[str, list[str]] = {}
        for header, text in cells.items():
            lines = [part for part in re.split(r"\s*[\n;]\s*", text) if part]
            if len(people) == 1:
                shared[header] = [text]
            elif len(lines) == len(people):
                shared[header] = lines
            elif header == POST and len(lines) == 1:
                shared[header] = [text] * len(people)
            else:
                told = NOT_SHARED.format(header)
                self.problems.append(
                    Problem(Severity.QUESTION, "people-shared", replace(self.place, row=at + 1), told)
                )
        return shared

    def _pairs(
        self, at: int, line: Sequence[GridCell], named: Mapping[str, Sequence[Named]]
    ) -> Iterator[ListRow]:
        mentors, mentees = named.get(MENTORS, ()), named.get(MENTEES, ())
        if len(mentors) > 1 and len(mentees) > 1:
            where = replace(self.place, row=at + 1)
            self.problems.append(Problem(Severity.QUESTION, "pair-unclear", where, MANY_TO_MANY))
            return
        cells = self._cells(line, PAIRS)
        for mentor in mentors:
            for mentee in mentees:
                pair = {WHOSE[MENTORS]: mentor.name, WHOSE[MENTEES]: mentee.name}
                yield self._row(PAIRS, at, {**pair, **cells})

    def _cells(self, line: Sequence[GridCell], tab: str) -> dict[str, str]:
        """Return the cells of one tab's columns by header; several columns of one header are lines of one cell."""
        told: dict[str, str] = {}
        for at, (whose, header) in self.table.columns.meanings.items():
            text = line[at].text.strip() if at < len(line) else ""
            if whose != tab or not text or (tab in PEOPLE and header in {NAME, PAIR, *PARTS}):
                continue
            if header == CONTACTS:
                told = list_cells.contacts(told, text, self.table.columns.headers[at])
            elif header == SPAN:
                told |= list_cells.span(text)
            elif header in told and header in MANY:
                told[header] = f"{told[header]}\n{text}"
            else:
                told[header] = text
        return told

    def _row(self, tab: str, at: int, cells: Mapping[str, str], *, implied: bool = False) -> ListRow:
        origin = Origin(self.place.book, self.place.tab, at + 1, self.place.column)
        return ListRow(tab, origin, cells, implied, self._printed)
