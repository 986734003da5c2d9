"""Which pairs may stand in an order, and who lacks what."""

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.documents.pairs import ready
from flows.domain.documents.specimen import specimen
from flows.domain.model import Severity

FACTS = specimen("order.pairs", pairs=1)
PAIR = FACTS.pairs[0]


def told(pair=PAIR, **mentor):
    people = (
        {**FACTS.people, pair.mentor: replace(FACTS.people[pair.mentor], **mentor)}
        if pair.mentor in FACTS.people
        else FACTS.people
    )
    return ready(pair, people)


def test_a_pair_with_consent_and_addendum_is_ready():
    assert told() is None


@pytest.mark.parametrize(
    ("pair", "mentor", "said"),
    [
        ({}, {"consent_duty": None}, "нет письменного согласия наставника (наставник Н-001)"),
        ({"addendum_number": ""}, {}, "нет дополнительного соглашения (номер и дата) (наставник Н-001)"),
        ({"addendum_date": None}, {}, "нет дополнительного соглашения"),
        (
            {"addendum_date": None},
            {"consent_duty": None},
            "нет письменного согласия наставника и дополнительного соглашения",
        ),
        ({"mentees": ()}, {}, "наставляемый не указан"),
        ({"mentees": ("Н-001",)}, {}, "один и тот же Н-001"),
        ({"mentees": ("Л-099",)}, {}, "в списках нет участника Л-099"),
        ({"end": date(2026, 9, 1)}, {}, "срок кончается раньше"),
    ],
)
def test_a_pair_that_lacks_something_is_stopped_and_says_what(pair, mentor, said):
    problem = told(replace(PAIR, **pair), **mentor)
    assert (problem.severity, problem.subject) == (Severity.STOP, "П-001")
    assert said in problem.message
    assert problem.proposal
    assert not any(
        person.name.split()[0] in problem.message + problem.proposal for person in FACTS.people.values()
    )


def test_mentoring_that_is_the_mentors_own_job_needs_neither():
    assert (
        told(replace(PAIR, addendum_number="", addendum_date=None), consent_duty=None, job_function=True)
        is None
    )
