"""What a mentor's report says of the programme, its results and its meetings, and what it leaves to the mentor's pen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.documents.builders import OWN
from flows.domain.documents.specimen import specimen
from flows.domain.model import Meeting, Origin, Row
from flows.domain.people.programme_outcomes import Outcome, outcome
from flows.domain.statuses import BROKEN

SCHOOL = specimen("report.mentor", "pair", 1)
PAIR, END = SCHOOL.pairs[0], date(2027, 5, 31)
(MENTEE,) = PAIR.mentees


def pair(**cells):
    row = Row(Origin(), PAIR.code, {name.replace("_", " "): text for name, text in cells.items()})
    return replace(PAIR, tasks=("первая", "вторая"), row=row)


def report(own, day=END, *, deficits=(), **more):
    people = {**SCHOOL.people, MENTEE: replace(SCHOOL.people[MENTEE], deficits=deficits)}
    told = replace(SCHOOL, pairs=(own,), subject=own.code, people=people, day=day, window=None, **more)
    return OWN["report.mentor"](told)


def met(code, planned, held=None, status="", reason=""):
    return Meeting(code, PAIR.code, planned, held, status, "тема", Origin(), reason=reason)


@pytest.mark.parametrize(
    ("typed", "day", "concluded"),
    [
        ("да\nда", END, Outcome.DONE),
        ("да\nда", date(2027, 5, 28), None),
        ("да\nчастично", date(2027, 5, 28), Outcome.PARTLY),
        ("да\nнет", date(2027, 5, 28), Outcome.PARTLY),
        ("нет\nнет", END, Outcome.NOT_DONE),
        ("нет\nнет", date(2027, 5, 28), None),
        ("да", END, None),
        ("", END, None),
    ],
)
def test_a_programme_is_said_to_be_done_only_as_its_tasks_and_its_term_bear_it(typed, day, concluded):
    assert outcome(pair(Выполнение_задач=typed), day) is concluded


def test_a_pair_without_tasks_concludes_nothing():
    assert outcome(replace(pair(Выполнение_задач="да"), tasks=()), END) is None


def test_each_task_stands_with_its_state_and_one_that_nobody_marked_waits_for_the_pen():
    told = report(pair(Выполнение_задач="да"))
    assert told["задачи"] == [
        {"задача": "первая", "состояние": "выполнена"},
        {"задача": "вторая", "состояние": None},
    ]
    assert told["вывод"] is None


def test_a_planned_result_stands_beside_the_marks_of_its_difficulty_and_one_of_none_apart():
    told = report(
        pair(Планируемые_результаты="Планирование – сам составляет план – 8\nведёт кружок"),
        deficits=("планирование – 4 – 7", "ИКТ – 5 – 5", "речь – 6 – 5", "семья – 3 –"),
    )
    assert [
        (row["сфера"], row["планировали"], row["цель"], row["изменение"]) for row in told["дефициты"]
    ] == [
        ("планирование", "сам составляет план", "8", "выросло"),
        ("ИКТ", None, None, "без изменений"),
        ("речь", None, None, "снизилось"),
        ("семья", None, None, None),
    ]
    assert told["прочие_результаты"] == [{"сфера": None, "результат": "ведёт кружок", "цель": None}]


def test_the_longest_pause_is_told_with_the_meetings_that_the_log_says_fell_through():
    own = (
        met("1", date(2026, 9, 22), date(2026, 9, 22), "состоялась"),
        met("2", date(2026, 10, 6), None, "отменена", "Болезнь наставника."),
        met("3", date(2026, 10, 20)),
        met("4", date(2026, 11, 5), date(2026, 11, 5), "состоялась"),
        met("5", date(2026, 11, 19), date(2026, 11, 19), "состоялась"),
    )
    told = report(pair(), meetings=own, days_off=frozenset({date(2026, 11, 4)}))
    assert told["пауза"] == {
        "дней": "43 дня",
        "с": date(2026, 9, 22),
        "по": date(2026, 11, 5),
        "причины": ["встреча 06.10.2026 отменена – болезнь наставника"],
    }
    assert told["по_месяцам"] == ["сентябрь\u00a0–\u00a01", "ноябрь\u00a0–\u00a02"]
    assert told["итог"] == {"записано": 4, "проведено": 3, "доля": "75,0"}


def test_of_one_meeting_or_none_there_is_no_pause_to_speak_of():
    told = report(pair(), meetings=(met("1", date(2026, 9, 22), date(2026, 9, 22), "состоялась"),))
    assert told["пауза"] is None


def test_a_pair_that_ended_early_says_why_and_from_when():
    ended = replace(
        pair(),
        status=BROKEN,
        end_reason="Заявление наставника.",
        end_notice=date(2027, 2, 8),
        end=date(2027, 2, 15),
    )
    assert report(ended)["досрочно"] == {
        "причина": "заявление наставника",
        "последний_день": date(2027, 2, 15),
    }
    assert report(replace(ended, end_notice=None, end_reason=""))["досрочно"] == {
        "причина": None,
        "последний_день": None,
    }
    assert report(pair())["досрочно"] is None


def test_a_portfolio_tells_what_became_of_each_programme_and_nothing_where_nobody_marked_a_task():
    told = replace(
        specimen("portfolio.mentor", "mentor", 1), pairs=(pair(Выполнение_задач="да\nчастично"),), day=END
    )
    (programme,) = OWN["portfolio.mentor"](told)["программы"]
    assert programme["вывод"] == "выполнена частично"
    assert [task["состояние"] for task in programme["задачи"]] == ["выполнена", "выполнена частично"]
    assert OWN["portfolio.mentor"](replace(told, pairs=(pair(),)))["программы"] == []
