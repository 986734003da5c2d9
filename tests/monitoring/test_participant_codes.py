"""The code of a participant in a form: its column is recognised, and whoever gave none, a strange one or one twice is named at once."""

from datetime import date

import monitoring_school as school
import pytest
from monitoring_school import person, row

from flows.domain.model import Severity
from flows.domain.monitoring.answers.participant_codes import asks_code
from flows.domain.monitoring.gathering import Heard, gather

TAB = "Ответы на форму (1)"
CODES = ["Л-001", "л 2", "Л-003"]
PEOPLE = tuple(person(code) for code in ("Л-001", "Л-002", "Л-003", "Н-001"))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Укажите Ваш код участника", CODES), ("Ваш код", CODES), ("Ваш код", []), ("КОД участника *", []), ("Код", CODES), ("Код (например, Л-005)", CODES),
        ("Впишите свой код, пожалуйста", ["ромашка", "дуб"]), ("Кто Вы?", CODES), ("Анонимный код", ["Л-001", "не знаю", ""]), ("код наставляемого", ["Л001"]),
    ],
)  # fmt: skip
def test_a_column_of_codes_is_known_by_header_and_content(header, cells):
    assert asks_code(header, cells)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Код организации", ["12", "13"]), ("Пришёл ли QR-код?", ["да"]), ("Помог ли наставнику кодекс?", ["да"]), ("Код", ["1234", "77"]),
        ("Ваша группа", ["А-1", "да", "нет"]), ("Что понравилось?", ["всё"]), ("Кто Вы?", ["Л-001"]), ("Какая у Вас группа?", ["А-1", "Б-2", "В-3"]),
    ],
)  # fmt: skip
def test_a_column_of_something_else_is_not(header, cells):
    assert not asks_code(header, cells)


def grid(*cells, header="Укажите Ваш код участника"):
    lines = [[f"{at:02}.12.2026 10:00:00", cell, 8] for at, cell in enumerate(cells, 1)]
    return [["Отметка времени", header, "Комфорт (от 1 до 10)"], *lines]


def gathered(answers, *surveys, people=PEOPLE):
    heard = Heard(surveys=surveys, grids={TAB: answers})
    return gather(school.facts(today=date(2026, 12, 31), people=people), heard, school.METHOD, frozenset())


def found(told, *codes):
    return [(each.code, each.origin.row) for each in told.problems if each.code in codes]


NAMED = ("answer-no-code", "answer-odd-code", "answer-strange-code", "double-response")


def test_a_new_forms_column_of_codes_is_taken_at_once_and_every_doubt_named_with_its_row():
    told = gathered(grid("Л-001", "Л-002", "л 2", "", "не знаю", "Не знаю", "Мария", "Л-099"))
    assert [each.text("Показатель") for each in told.fresh] == ["код", ""]
    assert sorted(found(told, *NAMED)) == [
        ("answer-no-code", 5), ("answer-no-code", 6), ("answer-no-code", 7), ("answer-odd-code", 8), ("answer-strange-code", 9), ("double-response", 3),
    ]  # fmt: skip
    last = [each for each in told.evidence.answers if each.until is None]
    assert len(last) == 7  # two who do not know their codes are two


def test_own_made_up_codes_are_nobodys_fault():
    assert found(gathered(grid("ромашка", "дуб", "ромашка")), *NAMED) == [("double-response", 2)]


def test_a_question_left_unmapped_is_taken_for_a_code_and_asked_to_be_chosen():
    mapped = (
        row(at=2, code="А-001", Анкета=TAB, Вопрос="Укажите Ваш код участника"),
        row(at=3, code="А-002", Анкета=TAB, Вопрос="Комфорт (от 1 до 10)", Показатель="M12: комфорт", Волна="вход"),
    )  # fmt: skip
    told = gathered(grid("Л-001", "Л-002"), *mapped)
    (asked,) = [each for each in told.problems if each.code == "survey-code"]
    assert (asked.severity, asked.proposal, asked.subject) == (Severity.QUESTION, "код", "А-001")
    assert "Выберите «код»" in asked.message
    assert [each.respondent for each in told.evidence.answers] == ["Л-001", "Л-002"]
    assert not [each for each in told.problems if each.code == "survey-unmapped"]


def test_a_column_that_people_leave_out_is_left_out():
    told = gathered(
        grid("Л-001", "Л-001"),
        row(at=2, code="А-001", Анкета=TAB, Вопрос="Укажите Ваш код участника", Показатель="не учитывать"),
    )  # fmt: skip
    assert found(told, *NAMED, "survey-code") == []
    assert len(told.evidence.answers) == 2
