"""What a pair's row says of its programme beside aim and tasks: the results planned, the forms of work, what became of the tasks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from flows.domain.people.pair_rows import lines
from flows.domain.statuses import DONE
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.model import Pair

RESULTS, FORMS, TASKS_DONE = "Планируемые результаты", "Формы работы", "Выполнение задач"
DASH = " – "


class TaskState(StrEnum):
    """How a task of a programme stands, as people type it in «Выполнение задач»."""

    DONE = "выполнена"
    PARTLY = "выполнена частично"
    NOT_DONE = "не выполнена"


_SPELT = {
    "да": TaskState.DONE, "выполнена": TaskState.DONE, DONE: TaskState.DONE, "сделано": TaskState.DONE,
    "частично": TaskState.PARTLY, "отчасти": TaskState.PARTLY, "выполнена частично": TaskState.PARTLY, f"{DONE} частично": TaskState.PARTLY,
    "нет": TaskState.NOT_DONE, "не выполнена": TaskState.NOT_DONE, f"не {DONE}": TaskState.NOT_DONE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedResult:
    """What a mentee is to be able to do by the end: of which difficulty, in words, up to which mark of ten as typed."""

    sphere: str
    result: str
    target: str = ""


def planned_results(pair: Pair) -> tuple[PlannedResult, ...]:
    """Read «Планируемые результаты»: a line «затруднение – что будет уметь – уровень»; a line of one part is the result alone."""
    return tuple(map(_result, lines(pair.row.text(RESULTS))))


def _result(line: str) -> PlannedResult:
    parts = [part.strip() for part in line.replace("—", "–").replace(" - ", DASH).split(DASH)]
    if len(parts) == 1:
        return PlannedResult("", parts[0])
    if len(parts) > 2 and parts[-1][:1].isdigit():  # noqa: PLR2004 - sphere, result, mark
        return PlannedResult(parts[0], DASH.join(parts[1:-1]), parts[-1])
    return PlannedResult(parts[0], DASH.join(parts[1:]))


def forms_of_work(pair: Pair) -> tuple[str, ...]:
    """Read «Формы работы», one in a line."""
    return lines(pair.row.text(FORMS))


def tasks_done(pair: Pair) -> tuple[tuple[str, TaskState | None], ...]:
    """Return the pair's tasks in their order with how each stands; `None` where nobody said it or said what is no state."""
    told = lines(pair.row.text(TASKS_DONE))[: len(pair.tasks)]
    return tuple((task, _state(typed)) for task, typed in zip_longest(pair.tasks, told, fillvalue=""))


def _state(typed: str) -> TaskState | None:
    words = fold(typed).rstrip(".").lstrip("0123456789.) –-")
    return _SPELT.get(words)
