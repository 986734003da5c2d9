"""Whom a council may reward: only who has really worked, and what for, as far as the book tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.named import CHANGING_ORDER, ORDER_OF_PAIRS
from flows.domain.people.difficulties import difficulties
from flows.domain.people.difficulty_changes import Way, way
from flows.domain.people.meeting_log import held_days
from flows.domain.people.programme_outcomes import Outcome, outcome
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, CALLED_OFF, LEFT, PROPOSED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flows.domain.model import Facts, Filed, Pair

PAIR_ORDERS = frozenset({ORDER_OF_PAIRS, CHANGING_ORDER})


def at_work(facts: Facts, last: date, orders: Iterable[Filed]) -> frozenset[str]:
    """Return the codes of the pairs that have really worked by a day: one of the orders names them, and they have met."""
    held = (each for each in facts.meetings if each.held and each.status != CALLED_OFF)
    met = {each.pair for each in held if each.held and each.held <= last}
    named = {code for row in orders if row.kind in PAIR_ORDERS for code in row.covers}
    return frozenset(
        pair.code
        for pair in facts.pairs
        if met & {pair.group, pair.code, *pair.codes} and named & {pair.code, *pair.codes}
    )


def deserving(facts: Facts, day: date) -> list[tuple[str, list[Pair]]]:
    """Return the mentors who have worked in the school year of a day, each with the pairs they worked with, by codes."""
    year = periods.parse(periods.school_year(day))
    worked = at_work(facts, day, in_force(facts.register, by=day))
    found: dict[str, list[Pair]] = {}
    for pair in sorted(facts.pairs, key=lambda pair: (pair.start, pair.code)):
        person = facts.people.get(pair.mentor)
        here = person is not None and person.status != LEFT and pair.status != PROPOSED
        if here and pair.code in worked and year and pair.start <= day and pair.end >= year.start:
            found.setdefault(pair.mentor, []).append(pair)
    return sorted(found.items())


def merits(facts: Facts, pairs: Sequence[Pair], day: date) -> str:
    """Say what a mentor of these pairs has done: meetings, programmes carried out, difficulties that their mentees mastered."""
    met = sum(len(held_days(facts.meetings, pair, day)) for pair in pairs)
    done = any(pair.status != BROKEN and outcome(pair, day) is Outcome.DONE for pair in pairs)
    told = [f"проведено встреч: {met}"] if met else []
    told += [f"программа {Outcome.DONE}"] if done else []
    grown = _grown(facts, pairs)
    told += [f"наставляемые стали увереннее: {', '.join(grown)}"] if grown else []
    return "; ".join(told)


def _grown(facts: Facts, pairs: Sequence[Pair]) -> list[str]:
    people = (facts.people[code] for pair in pairs for code in pair.mentees if code in facts.people)
    up = (each.sphere for person in people for each in difficulties(person) if way(each) is Way.UP)
    return list({fold(sphere): sphere for sphere in up}.values())
