"""What holds from a day to a day: a person's name, post and state, and who signs as the head.

The lists say what holds now or held before, «Кадровые события» since when; together they tell what held on any day. A
paper is written from what held on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.asked_again import of_the_same
from flows.domain.model import Person
from flows.domain.people.staff_events import CHANGES_POST, in_order, renamed
from flows.domain.statuses import ACTIVE, CARE_LEAVE, DISMISSED, LEFT, ON_LEAVE, RENAMED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from flows.domain.model import Facts, Pair
    from flows.domain.organisation import Acting, Organisation
    from flows.domain.people.staff_events import StaffEvent

History = Mapping[str, tuple[tuple[date, Person], ...]]
Change = tuple[date, str]

STATES = {DISMISSED: LEFT, CARE_LEAVE: ON_LEAVE}
ALWAYS = date.min


def history(
    people: Mapping[str, Person], events: Iterable[StaffEvent], written: Collection[str] = ()
) -> dict[str, tuple[tuple[date, Person], ...]]:
    """Return for each code from which day on the person is what: the first entry holds from the beginning.

    A list may say what was before an event or what is after it: both are understood. A name that the list no longer
    has is found in the event itself or among the names `written` elsewhere in the book. An event is of a human being:
    whoever stands in both lists has two codes.
    """
    own: dict[str, list[StaffEvent]] = {}
    for event in events:
        if event.person in people:
            own.setdefault(event.person, []).append(event)
    free = set(written) - {person.name for person in people.values()}
    told: dict[str, tuple[tuple[date, Person], ...]] = {
        code: ((ALWAYS, person),) for code, person in people.items()
    }
    for code, mine in own.items():
        both = (code, *_twin(people, code, mine, free))
        whole = sorted({each for other in both for each in own.get(other, ())}, key=in_order)
        names = max((_names(people[other], whole, free) for other in both), key=_told)
        told |= {other: _lives(people[other], names, whole) for other in both}
    return told


def on(lives: History, day: date) -> Mapping[str, Person]:
    """Return everybody as they were, are or will be on a day."""
    days = _days(lives)
    if day not in days:
        days[day] = MappingProxyType(
            {
                code: next(person for since, person in reversed(life) if since <= day)
                for code, life in lives.items()
            }
        )
    return days[day]


@of_the_same
def _days(_: History) -> dict[date, Mapping[str, Person]]:
    """Keep who everybody was on the days that were asked for: papers of one run are of few days."""
    return {}


def gone(facts: Facts, pair: Pair) -> frozenset[str]:
    """Return who of a pair has left the organisation by the day after its last one, by codes."""
    people = on(facts.history, pair.end + timedelta(days=1)) if facts.history else facts.people
    return frozenset(
        code for code in (pair.mentor, *pair.mentees) if code in people and people[code].status == LEFT
    )


def works_on(person: Person, day: date) -> bool:
    """Tell whether a person, as of a day, works or learns here on it: hired already and not gone."""
    return person.status != LEFT and (person.hired is None or person.hired <= day)


def names(lives: History) -> dict[str, tuple[str, ...]]:
    """Return every name that each code ever has, the earliest first."""
    return {code: tuple(dict.fromkeys(person.name for _, person in life)) for code, life in lives.items()}


def acting_on(card: Organisation, day: date) -> Acting | None:
    """Return who signs in the head's place on a day; nobody where two do at once: then the head signs."""
    found = [each for each in card.acting if each.start <= day and (each.end is None or day <= each.end)]
    return found[0] if len(found) == 1 else None


def _names(person: Person, events: Sequence[StaffEvent], free: Collection[str]) -> tuple[Change, ...]:
    weddings = [event for event in events if event.what == RENAMED and event.value and event.day]
    after = [renamed(person.name, event.value) for event in weddings]
    at = max((at for at, name in enumerate(after) if fold(name) == fold(person.name)), default=-1)
    before = person.name if at < 0 else _former(person, weddings[0], after, free)
    since = [event.day for event in weddings if event.day]
    return ((ALWAYS, before), *zip(since, after, strict=True))


def _former(person: Person, first: StaffEvent, after: Sequence[str], free: Collection[str]) -> str:
    """Return the name before the first of the events, where the list has a later one; the list's own when nothing tells it."""
    later, given = {fold(name) for name in after}, fold(person.name).split()[1:]
    for told in ([first.called], sorted(free)):
        alike = [
            name for name in told if given and fold(name).split()[1:] == given and fold(name) not in later
        ]
        if len({fold(name) for name in alike}) == 1:
            return alike[0]
    return person.name


def _twin(
    people: Mapping[str, Person], code: str, events: Sequence[StaffEvent], free: Collection[str]
) -> tuple[str, ...]:
    """Return the other code of a human being who stands in both lists, under whichever name; none where it may be another's."""
    called = {fold(name) for _, name in _names(people[code], events, free)}
    alike = {other for other, person in people.items() if fold(person.name) in called} - {code}
    own_list = any(people[other].role == people[code].role for other in alike)
    return tuple(alike) if len(alike) == 1 and not own_list else ()


def _told(names: Sequence[Change]) -> int:
    return len({fold(name) for _, name in names})


def _lives(
    person: Person, called: Sequence[Change], events: Sequence[StaffEvent]
) -> tuple[tuple[date, Person], ...]:
    posts = _posts(person, events)
    states = _states(person, events)
    days = sorted({since for changes in (called, posts, states) for since, _ in changes})
    return tuple(
        (day, replace(person, name=_at(called, day), position=_at(posts, day), status=_at(states, day)))
        for day in days
    )


def _posts(person: Person, events: Sequence[StaffEvent]) -> tuple[Change, ...]:
    moved = [
        (each.day, each.value) for each in events if each.what in CHANGES_POST and each.value and each.day
    ]
    return ((ALWAYS, person.position), *moved)


def _states(person: Person, events: Sequence[StaffEvent]) -> tuple[Change, ...]:
    changed = [(each.day, STATES[each.what]) for each in events if each.what in STATES and each.day]
    before = ACTIVE if person.status in {state for _, state in changed} else person.status
    return ((ALWAYS, before), *changed)


def _at(changes: Sequence[Change], day: date) -> str:
    return next(value for since, value in reversed(changes) if since <= day)
