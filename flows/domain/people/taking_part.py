"""Who takes part in mentoring, as far as the law tells them apart: workers of the organisation, pupils and students."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.people.pupils import PUPILS_WORDS, employed, is_pupil, of_form

if TYPE_CHECKING:
    from flows.domain.model import Activity, Facts, Pair

YOUNGER = frozenset({"pupils", "students", "mixed"})  # of `Activity.audience`
GROWN = frozenset({"teachers", "mixed"})


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Whether a mentor is a worker here, whether anybody is a pupil or a student, and whether anybody else has a post."""

    workers: bool
    pupils: bool
    posts: bool = True


def taking_part(facts: Facts, *, everybody: bool = False) -> TakingPart:
    """Tell who takes part in the pairs a paper speaks of; without pairs, or where `everybody` counts, in the organisation.

    A plan that speaks of pupils counts for an organisation that teaches them: a kindergarten's pupils are no mentees.
    """
    pairs = facts.pairs
    workers, pupils = any(map(employed, pairs)), any(_with_pupils(pair, facts) for pair in pairs)
    if pairs and not everybody:
        return TakingPart(workers, pupils, _posts(pairs, facts))
    people = facts.people.values()
    young = (
        pupils
        or any(map(is_pupil, people))
        or (not facts.organisation.kindergarten and _planned(facts.activities, YOUNGER))
    )
    grown = workers if pairs else any(not is_pupil(person) for person in people)
    return TakingPart(grown or not young or (not facts.people and _planned(facts.activities, GROWN)), young)


def _posts(pairs: tuple[Pair, ...], facts: Facts) -> bool:
    codes = (code for pair in pairs for code in (pair.mentor, *pair.mentees))
    return any(not is_pupil(facts.people[code]) for code in codes if code in facts.people)


def _with_pupils(pair: Pair, facts: Facts) -> bool:
    named = {of_form(pair), of_form(pair, 1)} & PUPILS_WORDS
    return bool(named) or any(
        is_pupil(facts.people[code]) for code in (pair.mentor, *pair.mentees) if code in facts.people
    )


def _planned(activities: tuple[Activity, ...], audiences: frozenset[str]) -> bool:
    return any(each.audience in audiences for each in activities)
