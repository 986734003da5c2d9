"""The organisation's requisites: what cannot be one is asked about, what papers lack is asked about once and only where they are made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import settings
from flows.domain.book import requisites
from flows.domain.book.answer_values import setting
from flows.domain.book.requisites import FIELDS, PAY_DAY, PAY_PERIOD, RECIPIENT, RECIPIENT_ADDRESS, findings
from flows.domain.documents.specimen import specimen

WHOLE = specimen("addendum")
BARE = replace(WHOLE, organisation=replace(WHOLE.organisation, **dict.fromkeys(FIELDS.values(), "")))
LINES = [(at, [name, ""]) for at, name in enumerate(FIELDS, 30)]


def asked(facts):
    return {each.subject: each for each in findings(facts, LINES, "книга")}


def unsigned(facts, **agreed):
    people = {code: replace(person, consent_data=None) for code, person in facts.people.items()}
    pairs = tuple(replace(pair, addendum_number="", addendum_date=None, **agreed) for pair in facts.pairs)
    return replace(facts, people=people, pairs=pairs)


def test_every_requisite_is_a_line_of_the_settings():
    assert set(FIELDS) <= {line.name for line in settings.book_layout().organisation}


def test_a_whole_card_is_asked_about_nothing():
    assert asked(unsigned(WHOLE)) == {}


def test_what_is_signed_already_asks_for_no_requisites():
    assert asked(BARE) == {}


def test_each_missing_requisite_is_one_question_however_many_pairs_there_are():
    told = asked(unsigned(BARE))
    assert set(told) == {"Адрес", "ИНН", RECIPIENT, PAY_PERIOD, PAY_DAY}
    assert all(each.origin.row == 30 + list(FIELDS).index(name) for name, each in told.items())


def test_an_organisation_without_pairs_is_asked_about_nothing():
    assert asked(replace(unsigned(BARE), pairs=())) == {}


def test_pay_is_asked_about_only_where_somebody_is_paid():
    assert not {PAY_PERIOD, PAY_DAY} & set(asked(unsigned(BARE, pay="")))


def test_a_recipient_needs_an_address_and_nobody_needs_none():
    bare = unsigned(BARE)
    given = replace(bare, organisation=replace(bare.organisation, recipient="Управление образования"))
    nobody = replace(bare, organisation=replace(bare.organisation, recipient="нет"))
    assert RECIPIENT_ADDRESS in asked(given)
    assert not {RECIPIENT, RECIPIENT_ADDRESS} & set(asked(nobody))


def test_the_page_of_the_site_is_asked_about_where_the_plan_calls_for_that_consent():
    bare = unsigned(BARE)
    rows = (replace(bare.activities[0], documents=("consent.pd_publication",)),)
    assert not {"ОГРН", "Страница сайта"} & set(asked(bare))
    assert {"ОГРН", "Страница сайта"} <= set(asked(replace(bare, activities=rows)))
    assert set(asked(replace(BARE, activities=rows))) == {"ОГРН", "Страница сайта", "Адрес", "ИНН"}


@pytest.mark.parametrize(
    ("name", "typed"),
    [("ИНН", "8600000007"), ("ИНН", "86 0000 0007"), ("ОГРН", "1028600000000"), ("ИНН", "")],
)
def test_a_number_whose_last_digit_fits_is_taken(name, typed):
    assert requisites.fault(name, typed) == ""


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("ИНН", "8600000008"),
        ("ИНН", "860000000"),
        ("ИНН", "нет"),
        ("ОГРН", "1028600000001"),
        ("ОГРН", "١٠٢٨٦٠٠٠٠٠٠٠٠"),
    ],
)
def test_a_number_that_cannot_be_one_is_asked_about_and_refused_as_an_answer(name, typed):
    field = FIELDS[name]
    facts = replace(WHOLE, organisation=replace(WHOLE.organisation, **{field: typed}))
    assert [(each.code, each.subject) for each in findings(facts, LINES)] == [("requisite-odd", name)]
    assert setting(name, typed)[0] is None
