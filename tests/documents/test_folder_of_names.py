"""A council's folder: lists with rows only, changes of pairs only where there are any, people by name, everyone who signs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from flows.domain.catalogue import record
from flows.domain.councils.agenda import agenda
from flows.domain.councils.handouts import handouts
from flows.domain.councils.pack import How, PackItem, pack
from flows.domain.documents.specimen import COUNCIL, specimen
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.note.shape import Note, NoteLine
from flows.domain.people.named_codes import by_name, short
from flows.domain.periods import Period
from flows.domain.planning.councils import without_empty
from flows.domain.statuses import BROKEN, LEFT, PROPOSED

JANUARY = date(2027, 1, 22)
YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
FACTS = specimen("list.pairs", "council")
LISTS = record.having("handout")


def folder(facts=FACTS, day=COUNCIL):
    made = pack(facts, "2", day)
    there = {item.kind for item in made.items}
    return replace(
        made, items=(*made.items, *(PackItem(kind, kind, How.MADE) for kind in LISTS if kind not in there))
    )


def listed(kind, facts=FACTS):
    return next(each.table.rows for each in handouts(folder(facts), facts) if each.kind == kind)


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_a_list_without_rows_is_not_made_and_the_folder_says_why(kind):
    bare = replace(
        FACTS,
        people={},
        pairs=(),
        activities=(),
        organisation=replace(FACTS.organisation, curator_name="", teachers=0),
    )
    left = {item.kind: item for item in without_empty(folder(bare), bare, ()).items}
    assert left[kind].how is How.MISSING
    assert left[kind].why
    assert {item.kind: item for item in without_empty(folder(bare), bare, {kind}).items}[kind].how is How.MADE
    assert {item.kind: item for item in without_empty(folder(), FACTS, ()).items}[kind].how is (
        How.MADE if listed(kind) else How.MISSING
    )


def test_every_teacher_and_the_curator_sign_once_and_the_rest_of_the_staff_get_lines():
    rows = listed("sheet.acquaintance")
    names = [row[1] for row in rows if row[1]]
    assert len(rows) == FACTS.organisation.teachers
    assert len(names) == len(set(names)) == len(FACTS.people) + 1
    assert FACTS.organisation.curator_name in names
    assert names == sorted(names)
    unknown = replace(FACTS, organisation=replace(FACTS.organisation, teachers=None))
    assert [row[1] for row in listed("sheet.acquaintance", unknown)].count("") == 5


def test_a_pupil_and_one_who_left_sign_no_sheet_and_a_curator_who_mentors_signs_once():
    code, other, mentor = list(FACTS.people)[:3]
    people = {
        **FACTS.people,
        code: replace(FACTS.people[code], position="9 класс"),
        other: replace(FACTS.people[other], status=LEFT),
        mentor: replace(FACTS.people[mentor], name=FACTS.organisation.curator_name),
    }
    names = [row[1] for row in listed("sheet.acquaintance", replace(FACTS, people=people))]
    assert not {FACTS.people[code].name, FACTS.people[other].name} & set(names)
    assert names.count(FACTS.organisation.curator_name) == 1


def test_the_list_of_the_young_names_their_mentors():
    alone = replace(FACTS, pairs=FACTS.pairs[1:])
    assert [row[4] for row in listed("list.young")][:2] == ["Абрамова А.П.", "Власова Г.И."]
    assert listed("list.young", alone)[0][4] == "нет"


@pytest.mark.parametrize(("status", "said"), [(BROKEN, "Согласиться с досрочным прекращением работы пар: Абрамова А.П. – Белова В.С."), (PROPOSED, "Согласиться с новыми парами: Абрамова А.П. – Белова В.С."), ("действует", "")])  # fmt: skip
def test_changes_of_the_pairs_are_a_question_only_where_there_are_any(status, said):
    facts = replace(FACTS, pairs=(replace(FACTS.pairs[0], status=status), *FACTS.pairs[1:]))
    points = agenda(JANUARY, None, facts)
    told = [each for each in points if "изменений в состав" in each.title]
    assert [each.decisions for each in told] == ([(said,)] if said else [])
    kinds = [item.kind for item in pack(facts, "3", JANUARY).items]
    assert "order.pairs_change" not in kinds


def test_the_draft_decision_names_people_and_leaves_figures_and_unnamed_days_to_the_note():
    line = NoteLine("Куратору: поговорить с парами: П-001, П‑003. Основание: план – 3 из 5. Срок: до ____.")
    note = Note(
        Ask(Focus.PROGRAMME), "Аналитическая справка", YEAR, None, "", (), (), recommendations=(line,)
    )
    decisions = agenda(JANUARY, note, FACTS)[0].decisions
    assert (
        decisions[1]
        == "Куратору: поговорить с парами: Абрамова А.П. – Белова В.С., Данилова Е.П. с группой из 3 чел."
    )
    assert not [each for each in decisions if re.search(r"[ПНЛ][-‑]\d|____|Основание", each)]


@pytest.mark.parametrize(("text", "said"), [("пара П-001", "Абрамова А.П. – Белова В.С."), ("П-999 и Н-999", "П-999 и Н-999"), ("Л-002: Н-001", "Белова В.С.: Абрамова А.П."), ("без кодов", "без кодов")])  # fmt: skip
def test_codes_are_spelt_by_name_and_of_nobody_they_stay(text, said):
    assert by_name(text, FACTS.pairs, FACTS.people) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Вера Сергеевна Белова", "Белова В.С."), ("Анна-Мария Белова", "Белова А.-М."), ("Белова", "Белова")],
)
def test_a_surname_stands_first_wherever_it_was_typed(name, said):
    person = replace(next(iter(FACTS.people.values())), name=name)
    assert short(person, person.code) == said
