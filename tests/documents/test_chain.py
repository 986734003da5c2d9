"""Consent, addendum, order, work: what stands out of order is asked about."""

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.documents.pairs import ready
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed
from flows.domain.people.pupils import LAW_OF_MENTORING
from flows.domain.register.pair_sequence import chain

FACTS = specimen("order.pairs", pairs=1)
PAIR = FACTS.pairs[0]
ORDER = Filed(
    "o/order.pairs/o/2026-2027",
    1,
    "order.pairs",
    "О закреплении",
    "",
    "зарегистрирован",
    "",
    "",
    "",
    "",
    "",
    number="14-а",
    day=date(2026, 9, 14),
    covers=("П-001",),
)


def told(pair=PAIR, order=ORDER, card=FACTS.organisation, **mentor):
    people = {**FACTS.people, PAIR.mentor: replace(FACTS.people[PAIR.mentor], **mentor)}
    return [
        problem.code
        for problem in chain(
            replace(FACTS, organisation=card, pairs=(pair,), people=people, register=(*FACTS.register, order))
        )
    ]


def test_papers_in_order_raise_no_question():
    assert told() == []


@pytest.mark.parametrize(
    ("pair", "order", "mentor", "codes"),
    [
        ({}, {}, {"consent_duty": date(2026, 9, 11)}, ["consent-late"]),
        ({"addendum_date": date(2026, 9, 20)}, {}, {}, ["addendum-late", "order-early"]),
        ({}, {"day": date(2026, 9, 9)}, {}, ["order-early"]),
        ({}, {"day": date(2026, 9, 16)}, {}, ["order-late"]),
        ({"addendum_date": date(2026, 9, 20)}, {}, {"job_function": True}, []),
        ({"addendum_date": None}, {"covers": ()}, {"consent_duty": None}, []),
        ({"addendum_number": ""}, {}, {}, ["order-unsigned"]),
        ({}, {}, {"consent_duty": None}, ["order-unsigned"]),
        ({"status": "завершена"}, {"day": date(2026, 9, 16)}, {}, []),
    ],
)
def test_what_stands_out_of_order_is_asked_about(pair, order, mentor, codes):
    assert told(replace(PAIR, **pair), replace(ORDER, **order), **mentor) == codes


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ({"end": date(2026, 12, 19)}, ["pair-expired"]),
        ({"end": date(2026, 12, 20)}, []),
        ({"end": date(2026, 12, 19), "status": "завершена"}, []),
        ({"kind": "групповое"}, ["group-of-one"]),
    ],
)
def test_a_pair_past_its_days_and_a_group_of_one_are_asked_about(pair, code):
    assert told(replace(PAIR, **pair)) == code


def test_a_consent_the_roadmap_asks_for_is_missed_once_the_pair_works():
    row = replace(FACTS.activities[0], documents=("consent.pd",))
    people = {
        code: replace(person, consent_data=None if code == "Л-002" else person.consent_data)
        for code, person in FACTS.people.items()
    }
    found = chain(replace(FACTS, people=people, activities=(row,)))
    assert [(each.code, each.subject, each.origin.column) for each in found] == [
        ("consent-unsigned", "Л-002", "Дата согласия ПДн")
    ]
    assert chain(replace(FACTS, people=people, activities=(row,), today=date(2026, 9, 1))) == ()
    assert chain(replace(FACTS, people=people)) == ()


def test_minutes_come_before_the_order_that_approves():
    assert told(card=replace(FACTS.organisation, council_protocol_date=date(2026, 9, 5))) == ["minutes-late"]
    assert told(card=replace(FACTS.organisation, council_protocol_date=date(2027, 5, 28))) == []


def test_a_question_names_codes_and_days_and_nobody():
    problem = chain(replace(FACTS, register=(replace(ORDER, day=date(2026, 9, 16)),)))[0]
    assert (
        problem.message
        == "Пара П-001: приказ № 14-а (16.09.2026) позже начала работы пары (15.09.2026). Пара начинает работать не раньше приказа. Сдвиньте начало или проверьте дату приказа."
    )
    assert (problem.origin.column, problem.proposal) == ("Дата начала", "")


BEFORE = {"start": date(2025, 2, 28), "addendum_number": "", "addendum_date": None}


@pytest.mark.parametrize(
    ("start", "asked"), [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2026, 9, 15), True)]
)
def test_an_addendum_is_asked_of_pairs_that_begin_under_the_law(start, asked):
    pair = replace(PAIR, **BEFORE | {"start": start})
    stop = ready(pair, FACTS.people)
    assert (stop is not None and "дополнительного соглашения" in stop.message) == asked
    order = replace(ORDER, day=date(2025, 2, 1))
    consent = {"consent_duty": date(2025, 1, 20)}
    assert ("order-unsigned" in told(pair, order, **consent)) == asked


def test_an_addendum_that_came_later_to_a_pair_of_before_is_not_late():
    pair = replace(PAIR, start=date(2024, 9, 15), addendum_date=date(2025, 3, 3))
    order = replace(ORDER, day=date(2024, 9, 10))
    assert told(pair, order, consent_duty=date(2024, 9, 9)) == []


def test_a_consent_was_asked_of_mentors_before_the_law_too():
    people = {**FACTS.people, PAIR.mentor: replace(FACTS.people[PAIR.mentor], consent_duty=None)}
    stop = ready(replace(PAIR, **BEFORE), people)
    assert stop is not None
    assert "письменного согласия наставника" in stop.message


def test_the_day_of_the_law_is_the_one_its_act_is_quoted_from():
    assert {norm.id: norm.since for norm in settings.norms()}["tk-351.8"] == LAW_OF_MENTORING
