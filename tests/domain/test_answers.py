"""Answers typed in `Проверка`: told apart by what was asked, in force while the cell still says so, whatever row it moves to."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import settings as profile
from hypothesis import strategies as st

from flows import settings
from flows.domain.book import accepted, answer_verdicts, answers
from flows.domain.book.accepted import ACCEPTED, Value, Yes
from flows.domain.book.answer_values import Known
from flows.domain.model import Origin, Problem, Row, Severity
from flows.domain.periods import Period
from flows.workspace import typed_cells
from tests.wrong_answers import WRONG

TAB, PLAN = "Пары", "Дорожная карта"
START, GOAL, TERM = "Дата начала", "Причина прекращения", "Срок (как в документе)"
KNOWN = Known(
    Period(date(2026, 9, 1), date(2027, 8, 31)),
    {"приказ о закреплении пар": "order.pairs", "аналитическая справка": "note.monitoring"},
    frozenset({"н-003", "Н-003", "орлова вера дмитриевна"}),
    frozenset({"п-002"}),
    partial(typed_cells.in_tab, settings.book_layout()),
)


def row(code="П-002", at=3, **cells):
    of = {
        START: None,
        GOAL: "прежняя",
        "Встреч в месяц": None,
        "Наставник": "Орлов",
        "Состояние": "действует",
    }
    return Row(
        Origin("книга", TAB, at), code, of | {name.replace("_", " "): cell for name, cell in cells.items()}
    )


def line(code="М-001", term="Сентябрь 2026", **cells):
    of = {
        "№ п/п": "1.1", "Раздел / этап": "", "Мероприятие": "Закрепление пар", TERM: term, "Ответственный": "",
        "Результат, вид документа": "", "Готовить документ": "",
    }  # fmt: skip
    return Row(
        Origin("книга", PLAN, 2), code, of | {name.replace("_", " "): cell for name, cell in cells.items()}
    )


def check(key, printed, answer, proposal="", at=2):
    return Row(
        Origin("книга", "Проверка", at),
        "",
        {"⚙ Ключ": key, "Как написано": printed, "Ответ": answer, "Предложение": proposal},
    )


def judged(*rows, of=None):
    cells = of or row()
    return answer_verdicts.judged(answers.read(rows), {cells.origin.tab: [cells]}, KNOWN)


def applied(key, printed, answer, proposal="", *, shown=None, of=None):
    cells = of or row()
    in_force = judged(check(key, printed, answer, proposal), of=cells)
    return answers.applied([cells], cells.origin.tab, in_force, shown or {})[0][0]


def refusal(key, printed, answer, proposal="", of=None):
    (told,) = judged(check(key, printed, answer, proposal), of=of).refused
    return told.message


def test_an_answer_is_read_instead_of_the_cell_it_was_asked_about():
    key = "early-end-reason/Пары/П-002/Причина прекращения"
    assert applied(key, "прежняя", "переезд наставника").text(GOAL) == "переезд наставника"


def test_a_cell_that_says_something_else_by_now_keeps_its_own_word():
    key = "early-end-reason/Пары/П-002/Причина прекращения"
    assert applied(key, "что было", "переезд наставника").text(GOAL) == "прежняя"


def test_an_answer_stays_with_its_row_when_the_row_moves():
    key = "early-end-reason/Пары/П-002/Причина прекращения"
    assert applied(key, "прежняя", "новая", of=row(at=40)).text(GOAL) == "новая"
    assert applied(key, "прежняя", "новая", of=row(code="П-003")).text(GOAL) == "прежняя"


@pytest.mark.parametrize("typed", ["15.09.2026", "15.9.26", "2026-09-15", "15 сентября 2026 г."])
def test_an_answer_about_a_day_is_a_day(typed):
    assert applied("pair-missing/Пары/П-002/Дата начала", "", typed).day(START) == date(2026, 9, 15)


def test_an_answer_about_a_cell_that_nobody_could_read_is_taken_while_the_cell_still_says_so():
    key, shown = "not-a-date/Пары/П-002/Дата начала", {("П-002", START): "когда снег"}
    assert applied(key, "когда снег", "15.09.2026", shown=shown).day(START) == date(2026, 9, 15)
    assert applied(key, "когда дождь", "15.09.2026", shown=shown).day(START) is None


def test_an_answer_about_a_number_is_a_number():
    shown = {("П-002", "Встреч в месяц"): "две"}
    told = applied("not-a-number/Пары/П-002/Встреч в месяц", "две", "2", shown=shown)
    assert told.number("Встреч в месяц") == 2


@pytest.mark.parametrize(("typed", "ticked"), [("да", True), ("Нет", False)])
def test_an_answer_about_a_tick_is_a_tick(typed, ticked):
    told = Row(Origin("книга", "Наставляемые", 2), "Л-001", {"Молодой специалист": False})
    shown = {("Л-001", "Молодой специалист"): "вроде бы"}
    key = "not-a-flag/Наставляемые/Л-001/Молодой специалист"
    assert applied(key, "вроде бы", typed, of=told, shown=shown).flag("Молодой специалист") is ticked


def test_yes_takes_the_proposal_and_without_one_is_refused():
    key = "unknown-person/Пары/П-002/Наставник"
    assert applied(key, "Орлов", "Да", "Н-003").text("Наставник") == "Н-003"
    assert applied(key, "Орлов", "да").text("Наставник") == "Орлов"
    assert "предложения, которое можно принять, здесь нет" in refusal(key, "Орлов", "да")


def test_a_proposal_that_somebody_typed_over_is_held_against_the_column_too():
    key = "unknown-person/Пары/П-002/Наставник"
    assert applied(key, "Орлов", "да", "спросить у Орлова").text("Наставник") == "Орлов"
    assert "такого человека нет в списках" in refusal(key, "Орлов", "да", "спросить у Орлова")


def test_a_confirmation_closes_and_puts_nothing_into_the_cell():
    of = line(term="Ноябрь 2026")
    told = judged(
        check("edge-year/Дорожная карта/М-001/Срок (как в документе)", "Ноябрь 2026", "верно", "ноябрь"),
        of=of,
    )
    assert [(force.closes, force.column) for force in told.forces.values()] == [(True, "")]


def test_a_command_does_what_its_question_offers():
    key = "empty-result/Дорожная карта/М-001/Результат, вид документа"
    told = applied(key, "", "Не готовить", of=line())
    assert (told.text("Готовить документ"), told.text("Результат, вид документа")) == ("не готовить", "")
    key = "duplicate-number/Дорожная карта/М-001/№ п/п"
    assert applied(key, "1.1", "строки разные", of=line()).text("№ п/п") == "1.1"
    assert judged(check(key, "1.1", "строки разные"), of=line()).forces[key, "1.1"].closes
    key = "which-year/Дорожная карта/М-001/Срок (как в документе)"
    told = applied(key, "В течение года", "учебный", of=line(term="В течение года"))
    assert told.text(TERM) == "В течение учебного года"


def test_a_command_does_not_overrule_what_a_person_chose():
    told = applied(
        "empty-result/Дорожная карта/М-001/Результат, вид документа",
        "",
        "не готовить",
        of=line(Готовить_документ="Приказ о закреплении пар"),
    )
    assert told.text("Готовить документ") == "Приказ о закреплении пар"


def test_kinds_named_beside_a_question_about_papers_stand_in_their_own_column():
    of = line(**{"Результат,_вид_документа": "Локальные акты"})
    key = "unnamed-papers/Дорожная карта/М-001/Результат, вид документа"
    told = applied(key, "Локальные акты", "приказ о закреплении пар; Аналитическая справка", of=of)
    assert told.text("Готовить документ") == "order.pairs; note.monitoring"
    assert told.text("Результат, вид документа") == "Локальные акты"


def test_one_of_several_kinds_in_a_cell_is_put_right_and_the_others_stay():
    of = line(Готовить_документ="Приказ о парах; Положение")
    key = "unknown-kind/Дорожная карта/М-001/Готовить документ"
    told = applied(key, "Приказ о парах", "Приказ о закреплении пар", of=of)
    assert told.text("Готовить документ") == "order.pairs; Положение"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("answer", WRONG)
def test_what_is_no_answer_changes_nothing_and_gets_a_sentence(answer):
    of = line(term="Сентябрь 2026")
    for code in ACCEPTED:
        for column in (*of.cells, ""):
            told = judged(check(f"{code}/{PLAN}/М-001/{column}", of.text(column), answer), of=of)
            assert told.forces == {}, (code, column)
            assert told.refused[0].message.startswith("Ответ не принят: ")
            assert told.refused[0].origin.column == "Ответ"


def test_an_answer_beside_no_finding_gets_a_sentence():
    assert "в этой строке нет замечания" in refusal("", "", "да")


def test_a_key_that_people_broke_applies_to_nothing():
    for key in ("x", "x/y", "///", "x/Пары//Причина прекращения"):
        assert applied(key, "прежняя", "новая").text(GOAL) == "прежняя"


def test_of_two_answers_to_one_question_neither_is_in_force():
    key = "early-end-reason/Пары/П-002/Причина прекращения"
    told = judged(check(key, "", "переезд", at=4), check(key, "", "болезнь", at=7))
    assert told.forces == {}
    assert [(each.origin.row, "разные ответы" in each.message) for each in told.refused] == [
        (4, True),
        (7, True),
    ]
    assert judged(check(key, "", "переезд", at=4), check(key, "", "Переезд", at=7)).refused == ()


def test_of_two_answers_that_give_one_cell_different_values_neither_is_in_force():
    of = line(term="Май 2026")
    told = judged(
        check(f"outside-period/{PLAN}/М-001/{TERM}", "Май 2026", "май 2027"),
        check(f"year-derived/{PLAN}/М-001/{TERM}", "Май 2026", "июнь 2027"),
        of=of,
    )
    assert told.forces == {}
    assert all("разные значения" in each.message for each in told.refused)


CHAINED = [
    code
    for code in ACCEPTED
    if accepted.of(code).value is Value.CELL and accepted.of(code).yes is not Yes.ADDS
]


@drawn(st.lists(st.sampled_from(sorted(CHAINED)), min_size=2, max_size=6), st.randoms(use_true_random=False))
@profile(max_examples=60, deadline=None)
def test_a_chain_of_answers_about_one_cell_is_followed_to_its_end(codes, luck):
    """Each answer is to what the one before put into the cell; in which rows of «Проверка» they stand is all one."""
    said = [
        "",
        *(
            f"{luck.choice(['май', 'сентябрь', 'до 15.10.'])} {2001 + at}".replace(". 2", ".2")
            for at in range(len(codes))
        ),
    ]
    typed = [
        check(
            f"{code}/{PLAN}/М-001/{TERM}",
            before,
            "да" if accepted.of(code).yes is Yes.OFFER else after,
            after,
        )
        for code, before, after in zip(codes, said, said[1:], strict=False)
    ]
    luck.shuffle(typed)
    of = line(term="")
    read, used = answers.applied([of], PLAN, judged(*typed, of=of))
    assert read[0].text(TERM) == said[-1]
    assert len(used) == len(codes)


def test_answers_that_lead_back_to_the_first_text_come_to_an_end():
    of = line(term="май 2027")
    told = judged(
        check(f"outside-period/{PLAN}/М-001/{TERM}", "май 2027", "июнь 2027"),
        check(f"outside-period/{PLAN}/М-001/{TERM}", "июнь 2027", "май 2027"),
        of=of,
    )
    assert answers.applied([of], PLAN, told)[0][0].text(TERM) == "май 2027"


def problem(severity=Severity.QUESTION, code="two-mentors", printed="x"):
    return Problem(
        severity, code, Origin("книга", TAB, 3, GOAL), "сообщение", printed=printed, subject="П-002"
    )


def test_a_confirmed_or_hidden_finding_is_not_shown_again_but_a_stop_is():
    told = judged(check(answers.key_of(problem()), "x", "да"))
    assert answers.open_problems([problem()], told, frozenset()) == ()
    assert answers.open_problems([problem(printed="y")], told, frozenset()) == (problem(printed="y"),)
    hidden = frozenset({answers.key_of(problem())})
    assert answers.open_problems([problem()], answers.Answers(), hidden) == ()
    assert answers.open_problems([problem(Severity.STOP)], told, hidden) == (problem(Severity.STOP),)


def test_a_yes_typed_while_its_cell_was_not_printed_beside_it_holds_on():
    told = judged(check(answers.key_of(problem()), "", "да"))
    assert answers.open_problems([problem(printed="y")], told, frozenset()) == ()


def test_a_finding_says_beside_it_what_its_cell_says():
    (told,) = answers.worded([problem(printed="")], {TAB: [row()]})
    assert told.printed == "прежняя"
    (told,) = answers.worded(
        [Problem(Severity.STOP, "x", Origin("", TAB, 3, START), "", subject="П-002")],
        {TAB: [row(Дата_начала=date(2026, 9, 1))]},
    )
    assert told.printed == "01.09.2026"


def test_an_answer_in_force_whose_question_is_gone_is_told_so():
    told = judged(check(answers.key_of(problem()), "x", "да"))
    assert [each.code for each in answers.unused(told, frozenset())] == [answers.UNUSED]
    assert answers.unused(told, told.met([problem()])) == ()


def test_a_finding_is_named_by_the_code_of_its_row_so_that_it_may_move():
    moved = Problem(Severity.QUESTION, "x", Origin("книга", TAB, 9, GOAL), "сообщение", subject="П-002")
    assert answers.key_of(moved) == "x/Пары/П-002/Причина прекращения"
