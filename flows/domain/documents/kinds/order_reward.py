"""Приказ о поощрении наставников, чьи пары есть в таблице; список правит человек."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, member, unique
from flows.domain.documents.kinds.letter_thanks import on_mentors_day
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.reward"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when there are no mentors in pairs."""
    mentors = unique(
        member(facts, facts.people[pair.mentor]) for pair in facts.pairs if pair.mentor in facts.people
    )
    if not mentors:
        raise Refused("Приказ о поощрении не готовится: в листе «Пары» нет наставников.")
    return {
        **common(facts, KIND),
        "наставники": mentors,
        "ознакомить": mentors,
        "день_наставника": on_mentors_day(facts),
    }
