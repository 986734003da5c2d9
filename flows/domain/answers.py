"""Answers that people typed in `Проверка`: applied as if the cell said so, while the cell still says what was asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Row, Severity
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YES = frozenset({"да", "верно", "подтверждаю", "согласен", "согласна", "+", "ок"})
TYPED = "Как написано"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to one finding: its key, the text then printed, the proposal and the answer."""

    key: str
    printed: str
    proposal: str
    text: str

    @property
    def value(self) -> str:
        """The value to read instead of the cell; empty when the answer only confirms."""
        return self.proposal if fold(self.text) in YES else self.text


def read(rows: Sequence[Row]) -> dict[str, Answer]:
    """Read the answered rows of `Проверка` by the finding's key."""
    told = [Answer(row.text("⚙ Ключ"), row.text(TYPED), row.text("Предложение"), row.text("Ответ")) for row in rows if row.text("Ответ")]
    return {each.key: each for each in told}


def key_of(problem: Problem) -> str:
    """Spell a finding's key: what, where, about which row; a row is named by its code, so it may move."""
    where = problem.subject or (str(problem.origin.row) if problem.origin.row else "")
    return f"{problem.code}/{problem.origin.tab}/{where}/{problem.origin.column}"


def applied(rows: Sequence[Row], tab: str, answers: Mapping[str, Answer]) -> tuple[Row, ...]:
    """Read the answered cells of a tab by their answers; the sheet itself stays as it is."""
    wanted: dict[tuple[str, str], Answer] = {}
    for key, answer in answers.items():
        _, at, code, column = key.split("/", 3) if key.count("/") >= 3 else ("", "", "", "")  # noqa: PLR2004 - four parts of a key
        if at == tab and code and column and answer.value:
            wanted[code, column] = answer
    return tuple(_answered(row, wanted) for row in rows)


def _answered(row: Row, wanted: Mapping[tuple[str, str], Answer]) -> Row:
    cells = dict(row.cells)
    for (code, column), answer in wanted.items():
        if code == row.code and column in cells and row.text(column) == answer.printed:
            cells[column] = answer.value
    return replace(row, cells=cells)


def open_problems(problems: Sequence[Problem], answers: Mapping[str, Answer], hidden: frozenset[str]) -> tuple[Problem, ...]:
    """Leave out what people confirmed or hid; a стоп is never answered away."""
    return tuple(
        each for each in problems
        if each.severity is Severity.STOP or (key_of(each) not in hidden and not _confirmed(answers.get(key_of(each)), each))
    )  # fmt: skip


def _confirmed(answer: Answer | None, problem: Problem) -> bool:
    return answer is not None and fold(answer.text) in YES and answer.printed == problem.printed
