"""«Для кого» of a request: codes, names, groups; nobody and several are told apart from everybody."""

import pytest

from flows.domain.book import asked_for_whom
from flows.domain.model import Origin, Row


def row(code, **cells):
    return Row(Origin(), code, cells)


TABS = {
    "Наставники": (row("Н-001", ФИО="Орлова Вера Дмитриевна"), row("Н-002", ФИО="Панина Галина Степановна")),
    "Наставляемые": (row("Л-001", ФИО="Седова Мария Кирилловна"), row("Л-002", ФИО="Панина Ольга Игоревна"), row("Л-003", ФИО="Жёлтикова Анна Павловна")),
    "Пары": (
        row("П-001", Наставник="Орлова Вера Дмитриевна", Наставляемый="Седова Мария Кирилловна", Группа=None),
        row("П-002", Наставник="Панина Галина Степановна", Наставляемый="Панина Ольга Игоревна", Группа="Группа 1"),
        row("П-003", Наставник="Панина Галина Степановна", Наставляемый="Жёлтикова Анна Павловна", Группа="Группа 1"),
    ),
    "Дорожная карта": (row("М-004"),),
}  # fmt: skip


@pytest.mark.parametrize("told", ["", "  ", "вся организация", "Вся организация"])
def test_nothing_means_the_whole_organisation(told):
    assert asked_for_whom.codes(told, TABS) == ()


@pytest.mark.parametrize(
    "told",
    [
        "Н-001",
        "н-1",
        "Орлова Вера Дмитриевна",
        "орлова  вера дмитриевна",
        "Орлова В.Д.",
        "Орлова В. Д.",
        "Орлова",
    ],
)
def test_a_mentor_brings_her_pairs(told):
    assert asked_for_whom.codes(told, TABS) == ("Н-001", "П-001")


def test_a_pair_brings_its_mentor_and_a_mentee_both():
    assert asked_for_whom.codes("П-001", TABS) == ("П-001", "Н-001")
    assert asked_for_whom.codes("Желтикова А.П.", TABS) == ("Л-003", "П-003", "Н-002")
    assert asked_for_whom.codes("группа 1", TABS) == ("П-002", "П-003", "Н-002")
    assert asked_for_whom.codes("М-004", TABS) == ("М-004",)


@pytest.mark.parametrize("told", ["Н-009", "Панина", "Иванова Ольга Петровна", "кто-нибудь"])
def test_nobody_and_several_are_no_answer(told):
    assert asked_for_whom.codes(told, TABS) is None
