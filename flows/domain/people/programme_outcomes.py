"""What became of a pair's programme, as far as the states typed beside its tasks bear it; what they do not bear nobody says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain.people.pair_plans import TaskState, tasks_done

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Pair


class Outcome(StrEnum):
    """How far a programme was carried out, as a report says it."""

    DONE = "выполнена"
    PARTLY = "выполнена частично"
    NOT_DONE = "не выполнена"


def outcome(pair: Pair, day: date) -> Outcome | None:
    """Return what a day knows of a pair's programme; `None` while a task has no state or the term goes on.

    A task done in part, or some done and some not, make it partly done whenever that is typed; that all are done or none
    is a conclusion of its end alone.
    """
    states: frozenset[TaskState | None] = frozenset(state for _, state in tasks_done(pair))
    if TaskState.PARTLY in states or {TaskState.DONE, TaskState.NOT_DONE} <= states:
        return Outcome.PARTLY
    if day < pair.end:
        return None
    if states == {TaskState.DONE}:
        return Outcome.DONE
    return Outcome.NOT_DONE if states == {TaskState.NOT_DONE} else None
