"""Codes of rows and numbers of drafts: given once, never given again, never guessed."""

from __future__ import annotations

import pytest

from flows.domain import row_codes
from flows.domain.model import Origin, Row, Severity

TAB = "Пары"


def rows(*codes, tab=TAB):
    return [
        Row(Origin("книга", tab, at, ""), code, {"⚙ Код": code, "Цель": f"цель {at}"})
        for at, code in enumerate(codes, 2)
    ]


def given(*codes, highest=0, tab=TAB):
    coded, top, problems = row_codes.coded(tab, rows(*codes, tab=tab), highest)
    return [row.code for row in coded], top, [each.code for each in problems]


def test_rows_without_a_code_get_the_next_numbers_in_order():
    assert given("", "", "") == (["П-001", "П-002", "П-003"], 3, [])


def test_a_code_that_was_ever_given_is_not_given_again():
    """The row with П-007 was deleted; its number stays taken."""
    assert given("П-001", "", highest=7) == (["П-001", "П-008"], 8, [])


def test_a_copied_row_gets_a_code_of_its_own_and_the_upper_one_keeps_it():
    assert given("П-001", "П-001", "П-001") == (
        ["П-001", "П-002", "П-003"],
        3,
        ["code-copied", "code-copied"],
    )


def test_a_row_copied_from_another_tab_gets_a_code_of_this_one():
    assert given("Н-004", "П-001") == (["П-002", "П-001"], 2, ["code-copied"])


@pytest.mark.parametrize("typed", ["мой код", "П-1", "п-001", "P-001", "П001", "П-", "?", "П-001/2"])
def test_a_code_that_somebody_typed_over_stops_its_row_instead_of_giving_its_papers_a_second_time(typed):
    coded, top, problems = row_codes.coded(TAB, rows(typed, "П-002"), 2)
    assert [row.code for row in coded] == [typed, "П-002"]
    assert top == 2
    assert [(each.severity, each.code, each.subject) for each in problems] == [
        (Severity.STOP, "code-broken", typed)
    ]
    assert "Верните прежний код" in problems[0].message
    assert problems[0].origin.column == "⚙ Код"


@pytest.mark.parametrize("tab", ["Встречи", "Запросы"])
def test_rows_whose_codes_name_no_paper_just_get_a_new_one(tab):
    codes, _, problems = given("что-то", tab=tab)
    assert codes == [f"{row_codes.PREFIXES[tab]}-001"]
    assert problems == ["code-copied"]


def test_more_than_a_thousand_rows_keep_counting():
    assert given("П-999", "", "") == (["П-999", "П-1000", "П-1001"], 1001, [])
    assert given("П-1000", "П-1000")[0] == ["П-1000", "П-1001"]


def test_numbers_of_drafts_are_counted_by_year():
    numbers = ["ПР-2026-003", "ПР-2025-040", "26/1", "", "ПР-2026-0010"]
    assert row_codes.highest_draft(numbers, 2026) == 10
    assert row_codes.highest_draft(numbers, 2027) == 0
    assert row_codes.draft_number(2026, 4) == "ПР-2026-004"


def pairs(*told, codes=()):
    return [
        Row(Origin(tab=TAB, row=at), code, {"Наставник": mentor, "Наставляемый": mentee})
        for at, ((mentor, mentee), code) in enumerate(zip(told, codes, strict=True), 2)
    ]


ONE, OTHER = ("Орлова В.Д.", "Жукова А.Р."), ("Панина Г.С.", "Седова М.К.")
KNOWN = {
    "П-001": row_codes.identity(TAB, pairs(ONE, codes=[""])[0]),
    "П-002": row_codes.identity(TAB, pairs(OTHER, codes=[""])[0]),
    "Н-001": "x0",
}


@pytest.mark.parametrize(
    ("told", "codes", "expected"),
    [
        ([OTHER, ONE], ["", ""], ["П-002", "П-001"]),
        ([OTHER, ONE, ONE], ["", "", "П-001"], ["П-002", "П-003", "П-001"]),
        ([ONE, ONE], ["", ""], ["П-001", "П-003"]),
        ([("орлова  в.д.", "ЖУКОВА А.Р."), ("Новая Н.Н.", "Жукова А.Р.")], ["", ""], ["П-001", "П-003"]),
        ([("", ""), ONE], ["", "П-002"], ["П-003", "П-002"]),
    ],
)
def test_a_row_whose_code_was_wiped_gets_it_back_by_what_it_says(told, codes, expected):
    coded, top, problems = row_codes.coded(TAB, pairs(*told, codes=codes), 2, KNOWN)
    assert [row.code for row in coded] == expected
    assert top == max(2, *(int(code[2:]) for code in expected))
    assert problems == ()


def test_what_tells_a_row_hides_what_it_says():
    assert row_codes.identity(TAB, pairs(("", ""), codes=[""])[0]) == ""
    assert all(len(told) == 13 for told in list(KNOWN.values())[:2])
    assert row_codes.identity("Встречи", pairs(ONE, codes=[""])[0]) == ""
