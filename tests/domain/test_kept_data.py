"""The consent to processing lists what the book keeps about a person: every column stands under a phrase, and each phrase under a column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.people import publishing
from flows.domain.people.kept_data import KEPT, listed
from flows.domain.tabs import MENTEES, MENTORS, STAFF_EVENTS

LAYOUT = settings.book_layout()
FACTS = specimen("consent.pd", "participant")
MENTOR = FACTS.people[FACTS.subject]
MENTEE = FACTS.people[FACTS.pairs[-1].mentees[0]]
PUPIL = {"position": "9 класс", "sort": "обучающийся"}


@pytest.mark.parametrize("tab", [MENTORS, MENTEES, STAFF_EVENTS])
def test_every_column_about_people_stands_under_a_phrase_of_the_consent(tab):
    columns = {each.header for each in LAYOUT.tab(tab).columns if not each.header.startswith("⚙")}
    spoken_of = {column for kept in KEPT if tab in kept.tabs for column in kept.columns}
    assert columns - spoken_of == set()


def test_no_phrase_speaks_of_what_the_book_does_not_have():
    for kept in KEPT:
        there = {each.header for tab in kept.tabs for each in LAYOUT.tab(tab).columns}
        assert set(kept.columns) <= there, kept.phrase


@pytest.mark.parametrize("person", [MENTOR, MENTEE, replace(MENTOR, **PUPIL), replace(MENTEE, **PUPIL)])
@pytest.mark.parametrize("worker", [True, False])
def test_what_is_kept_about_others_is_not_asked_of_a_person(person, worker):
    told = listed(person, worker=worker)
    pupil, mentor = person.position == "9 класс", person.role == "mentor"
    assert ("класс или курс" in told) == pupil != ("должность" in told)
    assert ("стаж работы" in told) != pupil
    assert any("законного представителя" in each for each in told) == pupil
    assert any(each.startswith("чем может помочь") for each in told) == mentor
    assert any(each.startswith("запрос о помощи") for each in told) != mentor
    assert any("размер выплаты" in each for each in told) == (worker and mentor)


def test_the_columns_of_publication_are_the_sorts_that_the_form_asks_about():
    for tab, person in ((MENTORS, MENTOR), (MENTEES, MENTEE)):
        columns = [each.header for each in LAYOUT.tab(tab).columns if each.header in publishing.SORTS]
        names = publishing.SORTS
        assert publishing.sorts(person, pupil=False) == tuple(
            names[column] for column in names if column in columns
        )


def test_what_the_site_prints_of_a_mentor_is_asked_about():
    asked = BUILDERS["consent.pd_publication"](FACTS)["публикуемое"]
    assert set(asked) >= {
        publishing.SORTS[each] for each in (publishing.NAME, publishing.PART, publishing.HELP)
    }


@pytest.mark.parametrize(
    ("typed", "goes", "name"),
    [
        ("Управление образования", True, "Управление образования"),
        ("нет", False, None),
        ("Не передаются.", False, None),
        ("", True, None),
    ],
)
def test_whom_data_go_to_is_as_the_card_says_and_blank_where_it_does_not(typed, goes, name):
    card = replace(FACTS.organisation, recipient=typed)
    context = BUILDERS["consent.pd"](replace(FACTS, organisation=card))
    assert (context["передаются"], context["получатель"]["название"]) == (goes, name)
