"""A register row remembers what its paper said of whom, without a name."""

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed
from flows.domain.register import paper_marks


def marks_of(context):
    """The marks of a paper that is judged by all it says."""
    return paper_marks.marks(context, context)


FACTS = specimen("order.pairs")
ROW = Filed(
    "o/order.pairs/o/2026-2027",
    1,
    "order.pairs",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    marks=marks_of(BUILDERS["order.pairs"](FACTS)),
)
PAIR, MENTOR = FACTS.pairs[0], FACTS.people[FACTS.pairs[0].mentor]


def test_an_order_marks_every_pair_and_everybody_in_it():
    codes = {code for pair in FACTS.pairs for code in (pair.code, pair.mentor, *pair.mentees)}
    assert set(paper_marks.told(ROW)) == codes
    assert len(ROW.marks) == len(codes) + 1
    assert not any(person.name.split()[0] in " ".join(ROW.marks) for person in FACTS.people.values())


def test_the_same_facts_give_the_same_marks():
    told = paper_marks.told(ROW)
    assert all(told[pair.code] == paper_marks.of_pair(pair, FACTS.people) for pair in FACTS.pairs)
    assert all(
        told[code] == paper_marks.of_person(person, person.position) for code, person in FACTS.people.items()
    )


@pytest.mark.parametrize(
    ("pair", "mentor", "changed"),
    [
        ({"mentor": "Н-099"}, {}, ("наставник",)),
        ({"mentees": ("Л-099",)}, {}, ("наставляемые",)),
        ({"kind": "групповое"}, {}, ("форма и вид",)),
        ({"end": date(2027, 4, 30)}, {}, ("срок",)),
        ({"addendum_number": "99"}, {}, ("реквизиты согласия или соглашения",)),
        ({}, {"consent_duty": date(2026, 9, 1)}, ("реквизиты согласия или соглашения",)),
        ({"goal": "иная", "status": "действует"}, {}, ()),
    ],
)
def test_what_changed_in_a_pair_is_named(pair, mentor, changed):
    people = {**FACTS.people, MENTOR.code: replace(MENTOR, **mentor), "Н-099": replace(MENTOR, code="Н-099")}
    assert (
        paper_marks.differing(
            paper_marks.OF_PAIR,
            paper_marks.told(ROW)[PAIR.code],
            paper_marks.of_pair(replace(PAIR, **pair), people),
        )
        == changed
    )


def test_what_changed_in_a_person_is_named():
    before = paper_marks.told(ROW)[MENTOR.code]
    assert paper_marks.differing(
        paper_marks.OF_PERSON,
        before,
        paper_marks.of_person(replace(MENTOR, name="Иванова Анна Павловна"), MENTOR.position),
    ) == ("ФИО",)
    assert paper_marks.differing(
        paper_marks.OF_PERSON, before, paper_marks.of_person(MENTOR, "методист")
    ) == ("должность",)
    assert (
        paper_marks.differing(
            paper_marks.OF_PERSON,
            before,
            paper_marks.of_person(replace(MENTOR, name=MENTOR.name.replace(" ", "\u00a0")), MENTOR.position),
        )
        == ()
    )


@pytest.mark.parametrize(
    "kind",
    [kind for kind, subject in SUBJECTS.items() if subject in {"pair", "mentor", "mentee", "participant"}],
)
def test_a_paper_about_a_person_marks_that_person(kind):
    facts = specimen(kind, SUBJECTS[kind])
    assert facts.subject in dict(each.split("=") for each in marks_of(BUILDERS[kind](facts)))


def test_what_a_paper_only_cites_does_not_change_what_it_says():
    context = BUILDERS["program.personal"](specimen("program.personal", "pair"))
    row = replace(ROW, marks=marks_of(context))
    assert paper_marks.says_the_same(
        row, {**context, "приказ_о_парах": {"номер": "26/1", "дата": date(2026, 9, 14)}, "основания": []}
    )
    assert not paper_marks.says_the_same(row, {**context, "пара": {**context["пара"], "цель": "иная"}})
    assert not paper_marks.says_the_same(replace(row, marks=row.marks[1:]), context)


def test_many_people_fit_into_a_cell():
    facts = specimen("order.pairs", pairs=37)
    assert len(" ".join(marks_of(BUILDERS["order.pairs"](facts)))) * 300 / 37 < 50_000
