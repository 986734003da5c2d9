"""Answers that people typed in `Проверка`: told apart by what the finding asked, and read as if the cell said so.

A confirmation closes the question, a command acts, a value stands in place of the cell; the cell itself still says what
was asked about. What fits none of them is refused beside the answer, and the question stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.book import answer_refusals
from flows.domain.book.accepted import KINDS_COLUMN
from flows.domain.keys import FindingKey
from flows.domain.model import Cell, Origin, Problem, Row, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.book.card import SettingsLine

TYPED = "Как написано"
REFUSED, UNUSED = "answer-refused", "answer-unused"
LAST_PLACE = {"Значение": 1, "Ещё": 2, "Ещё 2": 3, "Ещё 3": 4, "Ещё 4": 5}
Asked = tuple[str, str]
HERE = Origin()
NOTHING: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to one finding: its key, the text then printed, the proposal, the answer and its row in `Проверка`."""

    key: str
    printed: str
    proposal: str
    text: str
    origin: Origin = HERE

    @property
    def asked(self) -> Asked:
        """Return what was asked: an answer is to that text of that cell only."""
        return self.key, self.printed

    @property
    def about(self) -> FindingKey:
        """Return the finding's key taken apart."""
        return FindingKey.parse(self.key)


@dataclass(frozen=True, slots=True)
class Force:
    """An answer in force: whether it closes its finding, and what one cell of the row is read as."""

    answer: Answer
    closes: bool = False
    column: str = ""
    cell: Cell = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in force by what was asked, and what is wrong with the others."""

    forces: Mapping[Asked, Force] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()

    def to(self, problem: Problem) -> Force | None:
        """Find the answer to a finding as it is worded now; a yes typed before its cell was printed holds on."""
        force = self.forces.get((key_of(problem), problem.printed.strip()))
        early = self.forces.get((key_of(problem), ""))
        return force or (early if early and early.closes else None)

    def and_also(self, other: Answers) -> Answers:
        """Put the answers about one part of the book beside those about another."""
        return Answers({**self.forces, **other.forces}, (*self.refused, *other.refused))

    def met(self, problems: Iterable[Problem]) -> frozenset[Asked]:
        """Tell which answers belong to findings that were told again."""
        return frozenset(force.answer.asked for each in problems if (force := self.to(each)))

    def closed(self, problem: Problem) -> bool:
        """Tell whether a person answered a finding so that it is not told again."""
        force = self.to(problem)
        return force is not None and force.closes


def read(rows: Sequence[Row]) -> tuple[Answer, ...]:
    """Read the answered rows of `Проверка`."""
    return tuple(
        Answer(
            row.text("⚙ Ключ"),
            row.text(TYPED),
            row.text("Предложение"),
            row.text("Ответ"),
            replace(row.origin, column="Ответ"),
        )
        for row in rows
        if row.text("Ответ")
    )


def key_of(problem: Problem) -> str:
    """Spell a finding's key: what, where, about which row; a row is named by its code, so it may move."""
    where = problem.subject or (str(problem.origin.row) if problem.origin.row else "")
    return str(FindingKey(problem.code, problem.origin.tab, where, problem.origin.column))


def on_card(lines: Sequence[SettingsLine], answers: Answers) -> tuple[list[SettingsLine], frozenset[Asked]]:
    """Read the answered values of `Настройки` by their answers, as long as the tab itself says what was asked about."""
    told = {
        (fold(force.answer.about.where), LAST_PLACE.get(force.column, 1)): force
        for force in answers.forces.values()
        if force.column and force.answer.about.tab == SETTINGS
    }
    read_: list[SettingsLine] = []
    used: set[Asked] = set()
    for number, cells in lines:
        line = list(cells)
        for name in (fold(str(cells[0] or "")), _council(cells)) if cells else ():
            for at in range(1, len(line)):
                force = told.get((name, at))
                if force and _shown(line[at]) == force.answer.printed:
                    line[at] = force.cell
                    used.add(force.answer.asked)
        read_.append((number, line))
    return read_, frozenset(used)


def _council(cells: Sequence[Cell]) -> str:
    """Name a line of the block «Педсоветы» as its findings do."""
    return f"педсовет {str(cells[0] or '').removesuffix('.0')}"


def _shown(cell: Cell) -> str:
    return "" if cell is None else f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell).strip()


def applied(
    rows: Sequence[Row], tab: str, answers: Answers, shown: Mapping[tuple[str, str], str] = NOTHING
) -> tuple[tuple[Row, ...], frozenset[Asked]]:
    """Read the answered cells of a tab by their answers, and tell which were in use; the sheet itself stays as it is.

    `shown` tells what stands in cells that could not be read as their column wants, by code and column. An answer to
    what another answer has put into the cell follows it.
    """
    wanted: dict[str, list[Force]] = {}
    for force in answers.forces.values():
        about = force.answer.about
        if about.tab == tab and about.where and force.column:
            wanted.setdefault(about.where, []).append(force)
    used: set[Asked] = set()
    read_ = tuple(
        _answered(row, wanted[row.code], shown, used) if row.code in wanted else row for row in rows
    )
    return read_, frozenset(used)


def _answered(
    row: Row, wanted: Sequence[Force], shown: Mapping[tuple[str, str], str], used: set[Asked]
) -> Row:
    left = sorted(wanted, key=lambda force: force.answer.key)
    while True:
        force = next((each for each in left if _fits(each, row, shown)), None)
        if force is None:
            return row
        left.remove(force)
        used.add(force.answer.asked)
        row = replace(row, cells={**row.cells, force.column: force.cell})


def _fits(force: Force, row: Row, shown: Mapping[tuple[str, str], str]) -> bool:
    """Tell whether the row still says what was asked about; nobody's own choice of papers is overruled."""
    asked = force.answer.about.column
    if force.column not in row.cells or (force.column != asked and row.text(force.column)):
        return False
    if asked not in row.cells or force.column != asked:
        return asked not in row.cells or printed_of(row, asked) == force.answer.printed
    if asked == KINDS_COLUMN and force.answer.printed in {
        part.strip() for part in row.text(asked).split(";")
    }:
        return True
    return force.answer.printed in {printed_of(row, asked), row.text(asked), shown.get((row.code, asked))}


def printed_of(row: Row, column: str) -> str:
    """Spell a cell as `Проверка` prints it."""
    return _shown(row.cells.get(column))


def worded(problems: Iterable[Problem], rows: Mapping[str, Sequence[Row]]) -> tuple[Problem, ...]:
    """Print beside each finding what its cell says, so that an answer is to that text only."""
    by_code = {(tab, row.code): row for tab, of in rows.items() for row in of if row.code}
    return tuple(_worded(each, by_code.get((each.origin.tab, each.subject))) for each in problems)


def _worded(problem: Problem, row: Row | None) -> Problem:
    column = problem.origin.column
    if row is None or problem.printed or column.startswith("⚙"):
        return problem
    return replace(problem, printed=printed_of(row, column))


def open_problems(
    problems: Sequence[Problem], answers: Answers, hidden: frozenset[str]
) -> tuple[Problem, ...]:
    """Leave out what people answered or hid; a стоп is never answered away."""
    return tuple(
        each for each in problems
        if each.severity is Severity.STOP or (key_of(each) not in hidden and not answers.closed(each))
    )  # fmt: skip


def unused(answers: Answers, used: frozenset[Asked]) -> tuple[Problem, ...]:
    """Tell beside each answer that changes nothing any more that its question is gone."""
    return tuple(
        Problem(Severity.NOTE, UNUSED, force.answer.origin, answer_refusals.GONE, subject=force.answer.key)
        for asked, force in answers.forces.items()
        if asked not in used
    )
