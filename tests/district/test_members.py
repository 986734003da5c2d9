"""The list of a district's organisations: each read once, and whatever is wrong with a row said on its cell."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.district import members
from flows.domain.errors import Misconfigured, Refused
from flows.domain.model import Origin, Row, Severity
from tests.district.ground import NAMES, TODAY


def row(at=2, **cells):
    told = {name.replace("_", " "): value for name, value in cells.items()}
    return Row(Origin("Книга района", "Организации", at), f"О-{at - 1:03d}", told)


def school(at=2, code="malysh", name="«Малыш»", **cells):
    return row(at, Код_ОО=code, Краткое_наименование=name, Участвует=True, **cells)


def read(*rows):
    listed, problems = members.read(rows, TODAY)
    return [each.slug for each in listed], [
        (each.code, each.origin.row, each.origin.column) for each in problems
    ]


def test_a_whole_list_is_read_and_nothing_is_said():
    assert read(school(), school(3, "sosna", "«Сосенка»")) == (["malysh", "sosna"], [])


TROUBLES = {
    "no code": (row(Краткое_наименование="«Малыш»"), [], ("member-code", "Код ОО")),
    "a code in Cyrillic": (school(code="малыш"), [], ("member-code", "Код ОО")),
    "a tick in an empty row": (row(Участвует=True), [], ("member-blank", "Участвует")),
    "no name": (school(name=None), ["malysh"], ("member-name", "Краткое наименование")),
    "no tick": (
        row(Код_ОО="malysh", Краткое_наименование="«Малыш»"),
        ["malysh"],
        ("member-apart", "Участвует"),
    ),
    "it left": (school(Вышла_из_района=date(2026, 12, 1)), ["malysh"], ("member-left", "Вышла из района")),
    "no data": (school(**{"⚙ Доступ": "не найдена"}), ["malysh"], None),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_row_that_is_odd_is_told_on_its_cell(name):
    told, slugs, said = TROUBLES[name]
    listed, problems = read(told)
    assert listed == slugs
    assert [(code, column) for code, _, column in problems] == ([said] if said else [])


@pytest.mark.parametrize(
    ("lower", "code", "column"),
    [
        (school(3, "MALYSH", "«Другая»"), "member-twice", "Код ОО"),
        (
            school(
                3, "sosna", "«Сосенка»", Ссылка_на_книгу="https://drive.google.com/open?x=/d/1234567890abc/"
            ),
            "member-book-twice",
            "Ссылка на книгу",
        ),
    ],
)
def test_of_two_rows_for_one_organisation_the_upper_counts(lower, code, column):
    upper = school(Ссылка_на_книгу="https://docs.google.com/spreadsheets/d/1234567890abc/edit#gid=0")
    listed, problems = members.read((upper, lower), TODAY)
    assert [each.origin.row for each in listed] == [2]
    (said,) = problems
    assert (said.code, said.origin.row, said.origin.column) == (code, 3, column)
    assert (said.severity, "в строке 2" in said.message) == (Severity.STOP, True)


def test_two_with_one_name_stay_two_and_are_asked_about():
    listed, problems = read(school(), school(3, "sosna", "«малыш»"))
    assert listed == ["malysh", "sosna"]
    assert problems == [("member-namesake", 3, "Краткое наименование")]


def test_who_left_takes_part_until_its_day():
    (one,), _ = members.read([school(Вышла_из_района=date(2026, 12, 11))], TODAY)
    assert one.takes_part(TODAY)
    assert not one.takes_part(date(2026, 12, 11))


def test_a_type_that_no_list_has_is_told(listed):
    listed.type_row(2, Тип="кадетский корпус")
    report = listed.walk()
    said = [each for each in report.own.problems if each.code == "member-type"]
    assert [(each.origin.row, each.origin.column) for each in said] == [(2, "Тип")]
    assert "ДОУ, школа" in said[0].message
    assert "Тип организации не из списка" in listed.row("malysh").text("⚙ Замечание")


def test_an_organisation_is_added_once(ground):
    (first,) = ground.add("malysh")
    (again,) = ground.add("malysh")
    assert (first.new, first.name) == (True, NAMES["malysh"])
    assert (again.new, again.row) == (False, 2)
    (row,) = ground.rows()
    assert (row.text("Код ОО"), row.text("Тип"), row.flag("Участвует")) == ("malysh", "ДОУ", True)
    folder = next(each for each in ground.root.iterdir() if "Сосенка" in each.name)
    assert [each.slug for each in ground.add(str(folder), folder.name)] == ["sosna", "sosna"]
    assert len(ground.rows()) == 2


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("nobody", "не заведена"),
        ("rayon", "книга самого района"),
        ("у Ивановой", "не код организации"),
        ("..", "в другой рабочей папке"),
        (".", "не книга организации"),
        ("https://docs.google.com/spreadsheets/d/1234567890abcdef/edit", "в другой рабочей папке"),
    ],
)
def test_what_cannot_be_of_the_district_is_refused_in_words(ground, wish, said):
    since = ground.now
    with pytest.raises((Misconfigured, Refused), match=said):
        ground.add(wish)
    assert ground.writes(since) == 0


def test_a_member_of_another_district_is_not_taken(ground):
    book = ground.book("malysh")
    ground.space.sheets.batch(
        ground.place("malysh").book, book.scheme.remembering({("район", "чей"): "another-districts-book"})
    )
    with pytest.raises(Refused, match="состоит в другом районе"):
        ground.add("malysh")
    assert ground.rows() == []
