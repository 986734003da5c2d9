"""People, pairs and meetings as the worst of typists leaves them: each slip is one sentence, everybody else goes on."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from flows.domain.model import Origin, Row, Severity
from flows.domain.people import participants

START, END = date(2026, 9, 15), date(2027, 5, 31)
LINES = count(2)


def row(tab, code, **cells):
    return Row(
        Origin("книга", tab, next(LINES)),
        code,
        {name.replace("_", " "): value for name, value in cells.items()},
    )


def mentor(code, name, **more):
    return row("Наставники", code, ФИО=name, Должность="воспитатель", **more)


def mentee(code, name, **more):
    return row("Наставляемые", code, ФИО=name, Должность="воспитатель", **more)


def pair(code, one, two, **more):
    return row(
        "Пары",
        code,
        **{
            "Наставник": one,
            "Наставляемый": two,
            "Дата начала": START,
            "Дата окончания": END,
            "Состояние": "действует",
        }
        | {name.replace("_", " "): value for name, value in more.items()},
    )


def meeting(code, whose, **more):
    return row("Встречи", code, Пара=whose, **more)


VERA, ANNA = "Орлова Вера Дмитриевна", "Зимина Анна Павловна"
DARIA, POLINA = "Белова Дарья Алексеевна", "Крылова Полина Игоревна"
MENTORS = [mentor("Н-001", VERA), mentor("Н-002", ANNA)]
MENTEES = [mentee("Л-001", DARIA), mentee("Л-002", POLINA)]
SOUND = pair("П-001", VERA, DARIA)


def read(pairs=(), *, mentors=MENTORS, mentees=MENTEES, meetings=()):
    return participants.read(mentors, mentees, [SOUND, *pairs] if pairs != "none" else [], meetings, [])


def only(found):
    assert len(found) == 1, [(each.code, each.message) for each in found]
    return found[0]


def test_a_sound_pair_is_read_without_a_word():
    who, found = read()
    assert [each.code for each in who.pairs] == ["П-001"]
    assert found == ()


@pytest.mark.parametrize(
    "typed",
    [
        " орлова  вера дмитриевна ",
        "ОРЛОВА ВЕРА ДМИТРИЕВНА",
        "Орлова\u00a0Вера\u00a0Дмитриевна",
        "Орлова Вера Дмитриевна\u200b",
    ],
)
def test_a_name_typed_carelessly_is_the_same_person(typed):
    who, found = read([pair("П-002", typed, POLINA)])
    assert who.pairs[1].mentor == "Н-001"
    assert found == ()


@pytest.mark.parametrize(
    ("wrong", "code", "column", "cure"),
    [
        (
            pair("П-002", "Некто Никто Ниоткудович", POLINA),
            "unknown-person",
            "Наставник",
            "Добавьте его туда или исправьте ФИО",
        ),
        (pair("П-002", ANNA, "Некто Никто Ниоткудович"), "unknown-person", "Наставляемый", "Наставляемые"),
        (pair("П-002", "", POLINA), "pair-missing", "Наставник", "Выберите человека из списка"),
        (pair("П-002", ANNA, POLINA, Дата_начала=None), "pair-missing", "Дата начала", "Заполните ячейку"),
        (
            pair("П-002", ANNA, POLINA, Дата_окончания=None),
            "pair-missing",
            "Дата окончания",
            "Заполните ячейку",
        ),
        (
            pair("П-002", ANNA, POLINA, Дата_начала=END, Дата_окончания=START),
            "pair-reversed",
            "Дата окончания",
            "Исправьте даты",
        ),
        (pair("П-002", ANNA, ANNA), "self-pair", "Наставляемый", "Выберите другого"),
        (pair("П-002", VERA, DARIA), "pair-doubled", "Наставляемый", "удалите"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_pair_that_cannot_be_used_is_stopped_and_the_others_go_on(wrong, code, column, cure):
    who, found = read([wrong])
    assert [each.code for each in who.pairs] == ["П-001"]
    problem = only(found)
    assert (problem.severity, problem.code, problem.origin.column, problem.subject) == (
        Severity.STOP,
        code,
        column,
        "П-002",
    )
    assert problem.origin.row == wrong.origin.row
    assert cure in problem.message
    assert not any(part in problem.message for part in (*VERA.split(), *ANNA.split(), "Некто"))


def test_one_person_in_both_lists_under_two_codes_is_still_no_pair():
    """Who stands in both tabs has two codes but is one person (workbook A4)."""
    who, found = read([pair("П-002", VERA, VERA)], mentees=[*MENTEES, mentee("Л-003", VERA)])
    assert [each.code for each in who.pairs] == ["П-001"]
    assert only(found).code == "self-pair"


def test_a_reverse_pair_takes_its_mentor_from_the_mentees():
    who, found = read([pair("П-002", DARIA, VERA)])
    assert (who.pairs[1].mentor, who.pairs[1].mentees) == ("Л-001", ("Н-001",))
    assert found == ()


def test_namesakes_stop_only_the_pair_that_names_them():
    who, found = read([pair("П-002", ANNA, POLINA)], mentors=[*MENTORS, mentor("Н-003", ANNA)])
    assert [each.code for each in who.pairs] == ["П-001"]
    problem = only(found)
    assert problem.code == "namesakes"
    assert "Н-003" in problem.message


@pytest.mark.parametrize("typed", ["Н-003", "н-003", "Зимина Анна Павловна (Н-003)", "Н - 3"])
def test_a_code_tells_namesakes_apart(typed):
    who, found = read([pair("П-002", typed, POLINA)], mentors=[*MENTORS, mentor("Н-003", ANNA)])
    assert who.pairs[1].mentor == "Н-003"
    assert found == ()


def test_a_code_that_nobody_has_is_an_unknown_person():
    assert only(read([pair("П-002", "Н-099", POLINA)])[1]).code == "unknown-person"


def test_a_person_who_left_stops_a_living_pair_and_leaves_an_ended_one_alone():
    gone = [MENTORS[0], mentor("Н-002", ANNA, Состояние="выбыл")]
    _, found = read([pair("П-002", ANNA, POLINA)], mentors=gone)
    problem = only(found)
    assert (problem.code, problem.subject, problem.severity) == ("person-left", "П-002", Severity.STOP)
    assert read([pair("П-002", ANNA, POLINA, Состояние="прекращена")], mentors=gone)[1] == ()


def test_a_pair_that_follows_an_ended_one_is_not_its_double():
    later = pair("П-002", VERA, DARIA, Дата_начала=date(2027, 9, 1), Дата_окончания=date(2028, 5, 31))
    assert read([later])[1] == ()
    again = pair("П-002", VERA, DARIA)
    who, _ = participants.read(
        MENTORS, MENTEES, [pair("П-001", VERA, DARIA, Состояние="прекращена"), again], [], []
    )
    assert [each.code for each in who.pairs] == ["П-001", "П-002"]


def test_a_mentee_of_two_mentors_is_asked_about_and_an_overloaded_mentor_too():
    _, found = read([pair("П-002", ANNA, DARIA)])
    assert only(found).code == "two-mentors"
    many = [mentee(f"Л-{at:03d}", f"Белова Дарья Алексеевна{'а' * at}") for at in range(3, 6)]
    _, found = read(
        [pair(f"П-00{at}", ANNA, each.text("ФИО")) for at, each in enumerate(many, 2)],
        mentees=[*MENTEES, *many],
    )
    assert only(found).code == "crowded"


@pytest.mark.parametrize("typed", ["П-099", "", "Орлова и Белова", "Н-001", "#ССЫЛКА!"])
def test_a_meeting_of_an_unknown_pair_is_asked_about_and_not_counted(typed):
    who, found = read(meetings=[meeting("В-001", typed), meeting("В-002", "п-001", Тема="план")])
    assert [each.code for each in who.meetings] == ["В-002"]
    problem = only(found)
    assert (problem.severity, problem.code) == (Severity.QUESTION, "unknown-pair")
    assert "П-001" in problem.message


def test_a_row_without_a_name_or_a_post_is_named_and_the_others_read():
    people = [
        *MENTORS,
        row("Наставники", "Н-003", ФИО="", Должность="воспитатель"),
        row("Наставники", "Н-004", ФИО="Седова Мария Кирилловна", Должность=""),
    ]
    who, found = read(mentors=people)
    assert {"Н-001", "Н-002", "Н-004"} <= set(who.people)
    assert [(each.code, each.severity) for each in found] == [
        ("no-name", Severity.QUESTION),
        ("no-position", Severity.STOP),
    ]


def test_the_order_of_rows_changes_nothing():
    group = [pair("П-002", ANNA, POLINA, Группа="Искра"), pair("П-003", ANNA, DARIA, Группа="искра ")]
    one, _ = participants.read(MENTORS, MENTEES, [SOUND, *group], [], [])
    two, _ = participants.read(
        list(reversed(MENTORS)), list(reversed(MENTEES)), [*reversed(group), SOUND], [], []
    )
    assert one.pairs == two.pairs
    assert [each.codes for each in one.pairs] == [("П-001",), ("П-002", "П-003")]


@pytest.mark.parametrize(
    ("unread", "code"),
    [
        ("Наставники", "unknown-person"),
        ("Наставляемые", "unknown-person"),
        ("Пары", "unknown-pair"),
        ("Наставники", "unknown-pair"),
    ],
)
def test_what_only_says_that_a_tab_could_not_be_read_is_no_finding(unread, code):
    _, found = read([pair("П-002", "Некто", "Никто")], meetings=[meeting("В-001", "П-099")])
    problem = next(each for each in found if each.code == code)
    assert participants.unfounded(problem, frozenset({unread}))
    assert not participants.unfounded(problem, frozenset({"Запросы"}))


PUPIL = {
    "Дата рождения": date(2011, 9, 15), "Законный представитель": "Орлова Инна Игоревна", "Дата согласия представителя": START,
    "Документ представителя": "свидетельство о рождении", "Адрес представителя": "г. Образцово",
}  # fmt: skip


def alike(row_, **cells):
    return Row(row_.origin, row_.code, {**row_.cells, **cells})


def test_a_pupil_who_mentors_is_told_on_the_mentors_own_tab():
    told = [alike(MENTORS[0], Должность="9 класс", **PUPIL), MENTORS[1]]
    person = read(mentors=told)[0].people["Н-001"]
    assert (person.born, person.representative, person.representative_consent) == (
        date(2011, 9, 15),
        "Орлова Инна Игоревна",
        START,
    )
    assert (person.representative_document, person.representative_address) == (
        "свидетельство о рождении",
        "г. Образцово",
    )


@pytest.mark.parametrize(
    ("form", "sorts"),
    [
        ("ученик – ученик", ("обучающийся", "обучающийся")),
        ("студент – ученик", ("студент", "обучающийся")),
        ("педагог – ученик", ("", "обучающийся")),
        ("педагог – педагог", ("", "")),
        ("", ("", "")),
    ],
)
def test_whom_only_the_form_of_a_pair_calls_a_pupil_is_one(form, sorts):
    people = [alike(MENTORS[0], Должность="9 «А»"), MENTORS[1]]
    who, _ = participants.read(
        people, [alike(MENTEES[0], Должность="7 «Б»")], [alike(SOUND, Форма=form)], [], []
    )
    assert (who.people["Н-001"].sort, who.people["Л-001"].sort) == sorts
    assert who.pairs[0].by_pupil == bool(sorts[0])


@pytest.mark.parametrize(
    "post", ["9 класс", "ученик 9 класса", "обучающаяся 9 «А» класса", "студент колледжа"]
)
def test_a_pupil_in_a_pair_whose_form_speaks_of_workers_is_asked_about(post):
    told = [alike(MENTORS[0], Должность=post), MENTORS[1]]
    who, problems = participants.read(told, MENTEES, [alike(SOUND, Форма="педагог – педагог")], [], [])
    assert who.pairs[0].by_pupil
    assert [each.subject for each in problems if each.code == "pair-form"] == ["П-001"]


def test_what_may_be_published_is_asked_about_once_for_all_who_agreed_to_something():
    agreed = [alike(each, **{"Дата согласия на распространение": START}) for each in MENTORS]
    _, problems = read(mentors=agreed)
    (asked,) = [each for each in problems if each.code == "publication-unsaid"]
    assert "Н-001, Н-002" in asked.message
    said = [alike(agreed[0], **{"Публикация: ФИО": "нет"}), alike(agreed[1], **{"Публикация: ФИО": "да"})]
    assert not [each for each in read(mentors=said)[1] if each.code == "publication-unsaid"]
