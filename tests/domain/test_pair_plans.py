"""What a pair's row says of its programme: results planned, forms of work, what became of the tasks."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.model import Origin, Pair, Row
from flows.domain.people.difficulties import Difficulty, difficulty
from flows.domain.people.pair_plans import (
    PlannedResult,
    TaskState,
    forms_of_work,
    planned_results,
    tasks_done,
)


def pair(tasks=(), **cells):
    row = Row(Origin(), "П-001", {name.replace("_", " "): text for name, text in cells.items()})
    return Pair("П-001", "Н-001", ("Л-001",), "", "", "", "", tuple(tasks), date(2026, 9, 1), date(2027, 5, 31), "действует", Origin(), row=row)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("планирование – сам составляет план недели – 8", PlannedResult("планирование", "сам составляет план недели", "8")),
        ("планирование - сам составляет план", PlannedResult("планирование", "сам составляет план")),
        ("ведёт занятие без подсказок", PlannedResult("", "ведёт занятие без подсказок")),
        ("планирование – план недели – без подсказок", PlannedResult("планирование", "план недели – без подсказок")),
        ("ИКТ – готовит 2–3 презентации – 7 из 10", PlannedResult("ИКТ", "готовит 2–3 презентации", "7 из 10")),
    ],
)  # fmt: skip
def test_a_planned_result_names_its_difficulty_what_is_learnt_and_the_mark(line, read):
    assert planned_results(pair(Планируемые_результаты=line)) == (read,)


def test_forms_of_work_stand_one_in_a_line():
    assert forms_of_work(pair(Формы_работы="показ занятия\n\nразбор записи ")) == (
        "показ занятия",
        "разбор записи",
    )


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("выполнена", TaskState.DONE),
        ("1. Да", TaskState.DONE),
        ("частично.", TaskState.PARTLY),
        ("2) не выполнена", TaskState.NOT_DONE),
        ("скоро", None),
        ("", None),
    ],
)
def test_what_became_of_a_task_is_read_from_its_line(typed, state):
    assert tasks_done(pair(("определить трудности",), Выполнение_задач=typed)) == (
        ("определить трудности", state),
    )


def test_a_task_of_which_nobody_spoke_has_no_state_and_a_state_without_a_task_is_no_task():
    told = tasks_done(pair(("первая", "вторая"), Выполнение_задач="да"))
    assert told == (("первая", TaskState.DONE), ("вторая", None))
    assert tasks_done(pair(("первая",), Выполнение_задач="да\nда\nда")) == (("первая", TaskState.DONE),)


def test_marks_of_a_difficulty_are_read_on_the_scale_of_ten():
    assert difficulty("планирование – 4 – 8,5") == Difficulty("планирование", "4", "8,5")
    assert (difficulty("ИКТ – 4/5 – ").first, difficulty("ИКТ – 4/5 – ").last) == (8, None)
    assert difficulty("ИКТ — мало").first is None
