"""Answers that people typed in `Проверка`: applied as if the cell said so, while the cell still says what was asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.keys import FindingKey
from flows.domain.marks import out_of_ten
from flows.domain.model import Cell, Problem, Row, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.terms.typed_days import typed_day
from flows.domain.text import fold
from flows.domain.yes_and_no import ASSENT, NO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.book.card import SettingsLine

TYPED = "Как написано"
NOTHING: Mapping[tuple[str, str], str] = MappingProxyType({})
DATED = re.compile(r"\bдата\b", re.IGNORECASE)
CONFIRMING = frozenset({"edge-year", "before-start", "no-dates"})
ADDING = frozenset({"paper-left-out"})
DAY, NUMBER, MARK, FLAG = "not-a-date", "not-a-number", "not-a-mark", "not-a-flag"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to one finding: its key, the text then printed, the proposal and the answer."""

    key: str
    printed: str
    proposal: str
    text: str

    @property
    def value(self) -> Cell:
        """The value to read instead of the cell; empty when the answer only confirms.

        A yes takes the proposal; what `CONFIRMING` findings show is not the whole cell, what `ADDING` ones show is only a part.
        Columns of days take a day, ticks and numbers what their finding asked for; anything else stays text.
        """
        key = FindingKey.parse(self.key)
        finding = key.finding
        if finding == FLAG and fold(self.text) in ASSENT | NO:
            return fold(self.text) in ASSENT
        told = (
            self.text.strip()
            if fold(self.text) not in ASSENT
            else ""
            if finding in CONFIRMING
            else self.proposal
        )
        if finding in ADDING and told == self.proposal:
            return f"{self.printed}; {told}"
        if finding == NUMBER and told.isdecimal():
            return int(told)
        return typed_day(told) or told if DATED.search(key.last) else told


Answers = dict[tuple[str, str], Answer]


def read(rows: Sequence[Row]) -> Answers:
    """Read the answered rows of `Проверка` by the finding's key and what was printed: an answer is to that text only."""
    told = [
        Answer(row.text("⚙ Ключ"), row.text(TYPED), row.text("Предложение"), row.text("Ответ"))
        for row in rows
        if row.text("Ответ")
    ]
    return {(each.key, each.printed): each for each in told}


def given(problem: Problem, answers: Answers) -> Answer | None:
    """Find the answer to a finding as it is worded now."""
    return answers.get((key_of(problem), problem.printed.strip()))


def confirmed(problem: Problem, answers: Answers) -> bool:
    """Tell whether a person said yes to a finding."""
    answer = given(problem, answers)
    return answer is not None and fold(answer.text) in ASSENT


def key_of(problem: Problem) -> str:
    """Spell a finding's key: what, where, about which row; a row is named by its code, so it may move."""
    where = problem.subject or (str(problem.origin.row) if problem.origin.row else "")
    return str(FindingKey(problem.code, problem.origin.tab, where, problem.origin.column))


def on_card(lines: Sequence[SettingsLine], answers: Answers) -> list[SettingsLine]:
    """Read the answered values of `Настройки` by their answers, as long as the tab itself says what was asked about."""
    told = {
        fold(key.where): each
        for each in answers.values()
        if (key := FindingKey.parse(each.key)).tab == SETTINGS and each.value not in {"", None}
    }
    read_: list[SettingsLine] = []
    for row, cells in lines:
        answer = told.get(fold(str(cells[0] or ""))) if len(cells) > 1 else None
        fits = answer is not None and str(cells[1] or "").strip() == answer.printed
        read_.append((row, [cells[0], answer.value, *cells[2:]]) if answer and fits else (row, cells))
    return read_


def applied(
    rows: Sequence[Row], tab: str, answers: Answers, shown: Mapping[tuple[str, str], str] = NOTHING
) -> tuple[Row, ...]:
    """Read the answered cells of a tab by their answers; the sheet itself stays as it is.

    `shown` tells what stands in cells that could not be read as their column wants, by code and column.
    """
    wanted: dict[str, list[tuple[str, Answer]]] = {}
    for answer in answers.values():
        key = FindingKey.parse(answer.key)
        if key.tab == tab and key.where and key.column and answer.value not in {"", None}:
            wanted.setdefault(key.where, []).append((key.column, answer))
    return tuple(_answered(row, wanted[row.code], shown) if row.code in wanted else row for row in rows)


def _answered(row: Row, wanted: Sequence[tuple[str, Answer]], shown: Mapping[tuple[str, str], str]) -> Row:
    cells = dict(row.cells)
    for column, answer in wanted:
        if column in cells and answer.printed in {row.text(column), shown.get((row.code, column))}:
            cells[column] = answer.value
    return replace(row, cells=cells)


def settled(problem: Problem, rows: Mapping[str, Row], answers: Answers) -> bool:
    """Tell a slip of reading whose cell an answer has given a value: there is nothing left to ask."""
    row = rows.get(problem.subject)
    if row is None:
        return False
    if problem.code == DAY:
        return row.day(problem.origin.column) is not None
    if problem.code == NUMBER:
        return row.number(problem.origin.column) is not None
    if problem.code == MARK:
        return out_of_ten(row.cells.get(problem.origin.column)) is not None
    answer = given(problem, answers)
    return problem.code == FLAG and answer is not None and isinstance(answer.value, bool)


def open_problems(
    problems: Sequence[Problem], answers: Answers, hidden: frozenset[str]
) -> tuple[Problem, ...]:
    """Leave out what people confirmed or hid; a стоп is never answered away."""
    return tuple(
        each for each in problems
        if each.severity is Severity.STOP or (key_of(each) not in hidden and not confirmed(each, answers))
    )  # fmt: skip
