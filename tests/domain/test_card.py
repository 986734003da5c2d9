"""The tab `Настройки` as people fill it: what is missing is named with its row, what can be read is read."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.book import card
from flows.domain.model import Severity
from flows.domain.organisation import Nature

FULL = {
    "Полное наименование *": "Детский сад № 200", "Краткое наименование *": "ДС № 200", "Должность руководителя *": "заведующий", "ФИО руководителя *": "Соколова Марина Викторовна",
    "Куратор *": "Громова Татьяна Ильинична", "Должность куратора *": "методист", "Учебный год *": "2026-2027", "Город *": "г. Светлогорье",
}  # fmt: skip


def lines(told=FULL, *more):
    rows = [
        ["Организация"],
        ["Параметр", "Значение"],
        *([name, value] for name, value in told.items()),
        *more,
    ]
    return [(at, cells) for at, cells in enumerate(rows, 2)]


def read(told=FULL, *more):
    return card.read("sadik", lines(told, *more), "книга")


def test_a_full_card_is_read_without_a_word():
    told, problems = read()
    assert problems == ()
    assert told.organisation.city == "г. Светлогорье"
    assert told.organisation.school_year == "2026-2027"


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("left", ["", None, "   "])
def test_a_missing_value_is_named_where_it_stands(name, left):
    _, problems = read(FULL | {name: left})
    assert [(each.severity, each.code) for each in problems] == [(Severity.STOP, "card-missing")]
    assert name.removesuffix(" *") in problems[0].message
    assert problems[0].origin.row == 4 + list(FULL).index(name)


@pytest.mark.parametrize("name", FULL)
def test_a_line_that_was_deleted_is_named_too(name):
    _, problems = read({key: value for key, value in FULL.items() if key != name})
    assert [each.code for each in problems] == ["card-missing"]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-2027",
        "2026/2027",
        "2026–2027",
        "2026 — 2027 уч. год",
        "2026-27",
        "2026/27 учебный год",
        " 2026 - 2027 ",
    ],
)
def test_a_school_year_however_it_is_typed(typed):
    told, problems = read(FULL | {"Учебный год *": typed})
    assert problems == ()
    assert told.organisation.school_year == "2026-2027"
    assert told.period is not None
    assert (told.period.start, told.period.end) == (date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    "typed", ["нынешний", "2026", "2027-2026", "2026-2029", "26-27", "сентябрь", "#ССЫЛКА!", date(2026, 9, 1)]
)
def test_a_school_year_that_is_none_stops_the_papers_and_says_how_to_write_it(typed):
    _, problems = read(FULL | {"Учебный год *": typed})
    assert [(each.severity, each.code) for each in problems] == [(Severity.STOP, "card-missing")]
    assert "2026-2027" in problems[0].message
    assert problems[0].printed


def test_a_period_that_ends_before_it_begins_is_named():
    _, problems = read(
        FULL | {"Период дорожной карты (с)": date(2027, 1, 1), "Период дорожной карты (по)": date(2026, 1, 1)}
    )
    assert [each.code for each in problems] == ["period-reversed"]


def test_a_period_of_which_a_half_is_missing_falls_back_to_the_school_year():
    told, problems = read(
        FULL | {"Период дорожной карты (с)": date(2025, 9, 1), "Период дорожной карты (по)": "потом"}
    )
    assert problems == ()
    assert told.period is not None
    assert told.period.start == date(2026, 9, 1)


def test_blocks_may_stand_in_any_order_with_lines_between_them():
    councils = [
        [],
        ["Педсоветы"],
        ["№", "Дата", "Тема", "Протокол №", "Дата протокола"],
        ["1", date(2026, 8, 29), "Начало года", "1", date(2026, 8, 29), "положение; пары"],
        [2.0, "", "Зимний"],
        [],
        ["Нерабочие дни"],
        ["Дата", "Что"],
        [date(2026, 11, 3), "Перенос"],
        ["не дата", "?"],
    ]
    rows = [(at, cells) for at, cells in enumerate([*councils, [], *(cells for _, cells in lines())], 2)]
    told, problems = card.read("sadik", rows, "книга")
    assert problems == ()
    assert [(each.number, each.day) for each in told.councils] == [("1", date(2026, 8, 29)), ("2", None)]
    assert [each.adopted for each in told.councils] == ["положение; пары", ""]
    assert told.holidays == (date(2026, 11, 3),)
    assert told.organisation.council_protocol == "1"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("24", 24), ("24.0", 24), ("24,0", 24), ("двадцать", None), ("", None), ("-5", None)],
)
def test_counts_of_teachers_are_whole_numbers_or_unknown(typed, number):
    assert read(FULL | {"Педагогов всего": typed})[0].organisation.teachers == number


def test_an_empty_tab_is_all_missing_and_no_crash():
    _, problems = card.read("sadik", [], "книга")
    assert {each.subject for each in problems} == {name.removesuffix(" *") for name in FULL}
    card.read("sadik", [(2, []), (3, [None]), (4, ["", None, 5]), (5, [True])], "книга")


def test_requisites_are_read_as_typed_and_a_number_typed_as_a_figure_is_the_same():
    told, problems = read(
        FULL | {"ИНН": 8600000007.0, "ОГРН": "1028600000000", "Секретарь педсовета": "Белова Вера Сергеевна"}
    )
    assert problems == ()
    assert (told.organisation.inn, told.organisation.ogrn) == ("8600000007", "1028600000000")
    assert told.organisation.secretary == "Белова Вера Сергеевна"


@pytest.mark.parametrize(("typed", "body"), [(None, Nature.ORGANISATION), ("организация", Nature.ORGANISATION), ("Управление", Nature.MANAGEMENT), ("методический  центр.", Nature.CENTRE)])  # fmt: skip
def test_who_we_are_is_said_in_one_line_and_an_empty_one_is_an_organisation(typed, body):
    told, problems = read(FULL | {"Кто мы": typed})
    assert problems == ()
    assert told.organisation.nature is body
    assert told.organisation.over_others is (body is not Nature.ORGANISATION)


def test_who_we_are_in_other_words_is_asked_about_and_taken_for_an_organisation():
    told, problems = read(FULL | {"Кто мы": "департамент"})
    assert [(each.severity, each.code, each.printed) for each in problems] == [(Severity.QUESTION, "card-nature", "департамент")]  # fmt: skip
    assert "методический центр" in problems[0].message
    assert not told.organisation.over_others


@pytest.mark.parametrize(
    ("length", "read_as"), [("", "полная"), ("Краткая.", "краткая"), ("полная", "полная")]
)
def test_how_long_notes_are_is_said_on_the_card(length, read_as):
    told, problems = read(FULL | {"Объём справки": length})
    assert told.organisation.note_length == read_as
    assert problems == ()


def test_a_word_that_says_nothing_of_notes_is_asked_about_and_the_usual_holds():
    told, problems = read(FULL | {"Объём справки": "две страницы"})
    assert told.organisation.note_length == "полная"
    assert [(each.code, each.printed, each.origin.row) for each in problems] == [
        ("note-setting", "две страницы", 12)
    ]
    assert "полная, краткая" in problems[0].message
