"""Addresses as people type them, and the rights that follow from the table of config."""

from __future__ import annotations

import pytest

from flows import access_table, settings
from flows.domain import access
from flows.domain.access import Places
from flows.domain.model import Severity

POLICY = access_table.table()
BOOK = "Книга"
YEAR = "2026-2027"
PLACES = Places(
    "root",
    {
        f"{YEAR}": "year", f"{YEAR}/01 Локальные акты": "acts", f"{YEAR}/02 Приказы": "orders",
        f"{YEAR}/02 Приказы/Проекты": "drafts", f"{YEAR}/02 Приказы/Зарегистрированные": "issued",
        f"{YEAR}/03 Пары": "pairs", f"{YEAR}/03 Пары/П-001 Пара": "pair", f"{YEAR}/06 Анкеты": "surveys",
        "2027-2028/03 Пары": "pairs next year",
    },
    {"agreement": "addendum", "consent": "consent.pd", "order": "order.pairs"},
)  # fmt: skip


def typed(**cells):
    names = {"head": "Почта руководителя", "curator": "Почта куратора", "accountant": "Почта бухгалтера"}
    return access.typed(
        POLICY, [(at, [names[who], text]) for at, (who, text) in enumerate(cells.items(), 40)], BOOK
    )


def opened(**cells):
    return {
        (each.file_id, each.address.email): each.role
        for each in access.targets(typed(**cells).addresses, PLACES)
    }


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("a@school.ru", ["a@school.ru"]),
        (" A.Petrova@School.RU ", ["a.petrova@school.ru"]),
        ("a@school.ru; b@school.ru", ["a@school.ru", "b@school.ru"]),
        ("a@school.ru, b@school.ru\nc+x@mail.school.ru", ["a@school.ru", "b@school.ru", "c+x@mail.school.ru"]),
        ("a@school.ru b@school.ru", ["a@school.ru", "b@school.ru"]),
        ("", []),
        (" ; ,", []),
    ],
)  # fmt: skip
def test_several_addresses_stand_in_one_cell_however_they_are_parted(text, emails):
    read = typed(curator=text)
    assert [each.email for each in read.addresses] == emails
    assert read.problems == ()
    assert read.sure


@pytest.mark.parametrize(
    ("text", "why", "emails"),
    [
        ("Громова Татьяна Ильинична", "не адрес почты", []),
        ("нет", "не адрес почты", []),
        ("kuratоr@school.ru", "русские буквы", []),
        ("a@школа.рф", "русские буквы", []),
        ("a@school", "с ошибкой", []),
        ("a@@school.ru", "с ошибкой", []),
        ("a@school.ru.", "с ошибкой", []),
        ("Громова <a@school.ru>", "что-то ещё", []),
        ("a@school.ru (школа)", "что-то ещё", []),
        ("a@school.ru; Громова; b@school.ru", "2-й по счёту", ["a@school.ru", "b@school.ru"]),
    ],
)
def test_what_is_no_address_is_a_question_on_its_cell_and_nothing_is_guessed(text, why, emails):
    read = typed(head="h@school.ru", curator=text)
    (problem,) = read.problems
    assert (problem.severity, problem.origin.tab, problem.origin.row, problem.origin.column) == (
        Severity.QUESTION, "Настройки", 41, "Значение",
    )  # fmt: skip
    assert why in problem.message
    assert not any(word in problem.message for word in text.split() if "@" in word)
    assert sorted(each.email for each in read.addresses) == sorted(["h@school.ru", *emails])
    assert not read.sure


def test_an_address_typed_twice_is_noted_and_used_once():
    read = typed(curator="a@school.ru; A@school.ru")
    assert [each.email for each in read.addresses] == ["a@school.ru"]
    assert [(each.severity, each.code) for each in read.problems] == [(Severity.NOTE, "access-twice")]
    assert read.sure


def test_the_curator_edits_all_and_needs_the_folder_of_pairs_by_itself():
    assert opened(curator="c@s.ru") == {
        ("root", "c@s.ru"): "writer",
        ("pairs", "c@s.ru"): "writer",
        ("pairs next year", "c@s.ru"): "writer",
    }


def test_the_head_reads_all_and_edits_what_the_head_signs():
    rights = opened(head="h@s.ru")
    assert {file_id for file_id, _ in rights} == {"root", "acts", "orders", "pairs", "pairs next year"}
    assert (rights["root", "h@s.ru"], rights["orders", "h@s.ru"]) == ("commenter", "writer")


def test_the_accountant_sees_issued_orders_and_agreements_but_no_book_no_survey_no_consent():
    assert opened(accountant="b@s.ru") == {("issued", "b@s.ru"): "reader", ("agreement", "b@s.ru"): "reader"}


def test_who_is_two_of_them_has_the_greater_role():
    rights = opened(head="x@s.ru", curator="x@s.ru")
    assert rights["root", "x@s.ru"] == "writer"
    assert rights["orders", "x@s.ru"] == "writer"


def test_the_folders_of_pairs_of_every_year_are_to_be_limited():
    assert access.limited(POLICY, PLACES) == {
        "pairs": f"{YEAR}/03 Пары",
        "pairs next year": "2027-2028/03 Пары",
    }


def test_every_line_and_kind_of_the_table_is_there():
    lines = {line.name for line in settings.book_layout().organisation}
    kinds = settings.catalogue()
    folders = {"/".join(kind.folder[1:]) for kind in kinds.values()}
    around = {part for path in folders for part in (path, path.partition("/")[0])} | {
        "02 Приказы/Зарегистрированные"
    }
    for holder in POLICY.holders:
        assert holder.setting in lines
        assert {where for where, _ in holder.opens} - {""} <= around
        assert {kind for kind, _ in holder.papers} <= kinds.keys()
    assert set(POLICY.limited) <= around


def test_a_role_that_there_is_none_of_is_named():
    with pytest.raises(ValueError, match="master"):
        access.policy({"holder": [{"id": "x", "title": "x", "setting": "x", "opens": [["", "master"]]}]})
