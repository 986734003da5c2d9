"""Answers typed in `Проверка`: in force while the cell still says what was asked about, whatever row it moves to."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.book import answers
from flows.domain.model import Origin, Problem, Row, Severity

TAB = "Пары"
START = "Дата начала"


def row(code="П-002", at=3, **cells):
    return Row(
        Origin("книга", TAB, at),
        code,
        {
            START: None,
            "Цель": "прежняя",
            "Встреч в месяц": None,
            **{name.replace("_", " "): value for name, value in cells.items()},
        },
    )


def check(key, printed, answer, proposal=""):
    return Row(
        Origin("книга", "Проверка", 2),
        "",
        {"⚙ Ключ": key, "Как написано": printed, "Ответ": answer, "Предложение": proposal},
    )


def applied(key, printed, answer, proposal="", *, shown=None, of=None):
    given = answers.read([check(key, printed, answer, proposal)])
    return answers.applied([of or row()], TAB, given, shown or {})[0]


def test_an_answer_is_read_instead_of_the_cell_it_was_asked_about():
    assert applied("x/Пары/П-002/Цель", "прежняя", "вести занятия").text("Цель") == "вести занятия"


def test_a_cell_that_says_something_else_by_now_keeps_its_own_word():
    assert applied("x/Пары/П-002/Цель", "что было", "вести занятия").text("Цель") == "прежняя"


def test_an_answer_stays_with_its_row_when_the_row_moves():
    assert applied("x/Пары/П-002/Цель", "прежняя", "новая", of=row(at=40)).text("Цель") == "новая"
    assert applied("x/Пары/П-002/Цель", "прежняя", "новая", of=row(code="П-003")).text("Цель") == "прежняя"


@pytest.mark.parametrize("typed", ["15.09.2026", "15.9.26", "2026-09-15", "15 сентября 2026 г."])
def test_an_answer_about_a_day_is_a_day(typed):
    told = applied("pair-missing/Пары/П-002/Дата начала", "", typed)
    assert told.day(START) == date(2026, 9, 15)


def test_an_answer_about_a_cell_that_nobody_could_read_is_taken_while_the_cell_still_says_so():
    shown = {("П-002", START): "когда снег"}
    assert applied("not-a-date/Пары/П-002/Дата начала", "когда снег", "15.09.2026", shown=shown).day(
        START
    ) == date(2026, 9, 15)
    assert (
        applied("not-a-date/Пары/П-002/Дата начала", "когда дождь", "15.09.2026", shown=shown).day(START)
        is None
    )


def test_an_answer_about_a_number_is_a_number():
    shown = {("П-002", "Встреч в месяц"): "две"}
    assert (
        applied("not-a-number/Пары/П-002/Встреч в месяц", "две", "2", shown=shown).number("Встреч в месяц")
        == 2
    )


@pytest.mark.parametrize(("typed", "ticked"), [("да", True), ("Нет", False)])
def test_an_answer_about_a_tick_is_a_tick(typed, ticked):
    key = "not-a-flag/Наставляемые/Л-001/Молодой специалист"
    told = Row(Origin("книга", "Наставляемые", 2), "Л-001", {"Молодой специалист": False})
    given = answers.read([check(key, "вроде бы", typed)])
    seen = answers.applied([told], "Наставляемые", given, {("Л-001", "Молодой специалист"): "вроде бы"})[0]
    assert seen.flag("Молодой специалист") is ticked


def test_yes_takes_the_proposal_and_without_one_only_confirms():
    assert applied("x/Пары/П-002/Цель", "прежняя", "Да", "предложенная").text("Цель") == "предложенная"
    assert applied("x/Пары/П-002/Цель", "прежняя", "да").text("Цель") == "прежняя"


def test_a_text_that_looks_like_a_day_stays_text_in_a_column_of_text():
    assert applied("x/Пары/П-002/Цель", "прежняя", "01.09.2026").cells["Цель"] == "01.09.2026"


def test_a_key_that_people_broke_applies_to_nothing():
    for key in ("", "x", "x/y", "///", "x/Пары//Цель"):
        assert applied(key, "прежняя", "новая").text("Цель") == "прежняя"


def problem(severity=Severity.QUESTION, code="two-mentors", printed="x"):
    return Problem(
        severity, code, Origin("книга", TAB, 3, "Цель"), "сообщение", printed=printed, subject="П-002"
    )


def test_a_confirmed_or_hidden_finding_is_not_shown_again_but_a_stop_is():
    given = answers.read([check(answers.key_of(problem()), "x", "да")])
    assert answers.open_problems([problem()], given, frozenset()) == ()
    assert answers.open_problems([problem(printed="y")], given, frozenset()) == (problem(printed="y"),)
    hidden = frozenset({answers.key_of(problem())})
    assert answers.open_problems([problem()], {}, hidden) == ()
    assert answers.open_problems([problem(Severity.STOP)], given, hidden) == (problem(Severity.STOP),)


def test_a_slip_of_reading_is_settled_once_the_cell_has_a_value_by_an_answer():
    slip = Problem(
        Severity.QUESTION,
        "not-a-date",
        Origin("книга", TAB, 3, START),
        "сообщение",
        printed="снег",
        subject="П-002",
    )
    assert answers.settled(slip, {"П-002": row(Дата_начала=date(2026, 9, 1))}, {})
    assert not answers.settled(slip, {"П-002": row(Дата_начала="весной")}, {})
    assert not answers.settled(slip, {}, {})


def test_a_finding_is_named_by_the_code_of_its_row_so_that_it_may_move():
    moved = Problem(Severity.QUESTION, "x", Origin("книга", TAB, 9, "Цель"), "сообщение", subject="П-002")
    assert answers.key_of(moved) == "x/Пары/П-002/Цель"
