"""What was said of an unchangeable thing is kept for the very same thing only, and nobody can change the answer."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.asked_again import of_the_same
from flows.domain.documents.specimen import specimen
from flows.domain.people import through_time
from flows.domain.register import life


def test_the_same_thing_is_asked_once_and_an_equal_one_anew():
    asked = []
    count = of_the_same(lambda rows: asked.append(rows) or len(rows))
    one = (1, 2)
    equal = (*one,)
    assert [count(one), count(one), count(equal), count(one)] == [2, 2, 2, 2]
    assert [each is one for each in asked] == [True, False]


def test_nobody_can_change_what_others_will_be_told():
    facts = specimen("order.pairs")
    with pytest.raises(TypeError):
        life.latest(facts.register)["key"] = None
    lives = {code: ((date.min, person),) for code, person in facts.people.items()}
    with pytest.raises(TypeError):
        through_time.on(lives, date(2026, 9, 1))["Н-001"] = None


def test_people_of_another_day_and_of_another_book_are_others():
    facts = specimen("order.pairs")
    code, person = next(iter(facts.people.items()))
    later = specimen("order.pairs", pairs=2).people[code]
    lives = {code: ((date.min, person), (date(2027, 1, 1), later))}
    assert through_time.on(lives, date(2026, 9, 1))[code] is person
    assert through_time.on(lives, date(2027, 9, 1))[code] is later
    assert through_time.on({code: ((date.min, later),)}, date(2026, 9, 1))[code] is later
