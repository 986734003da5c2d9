"""What «Кадровые события» change about people: from its day on, a person is called, works or takes part as the event says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin
from flows.domain.statuses import CARE_LEAVE, DISMISSED, LEFT, NEW_POST, ON_LEAVE, RENAMED, TRANSFERRED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from flows.domain.model import Person

STATES = {DISMISSED: LEFT, CARE_LEAVE: ON_LEAVE}
CHANGES_POST = frozenset({NEW_POST, TRANSFERRED})


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """Something that happened to a person (`person` is a code): left, moved, renamed, passed, won, published.

    `value` is the new surname or post, the name of a contest or publication.
    """

    day: date | None
    person: str
    what: str
    origin: Origin = field(default_factory=Origin)
    value: str = ""


def applied(people: Mapping[str, Person], events: Iterable[StaffEvent], today: date) -> dict[str, Person]:
    """Return the people as the events up to today leave them; what a tab already says stays as it is.

    An event changes everybody of that name: who stands in both lists has two codes.
    """
    told = dict(people)
    for event in sorted(
        (each for each in events if each.day and each.day <= today), key=lambda each: each.day or today
    ):
        name = fold(told[event.person].name)
        told |= {code: changed(person, event) for code, person in told.items() if fold(person.name) == name}
    return told


def changed(person: Person, event: StaffEvent) -> Person:
    """Return the person after one event."""
    if event.what in STATES:
        return replace(person, status=STATES[event.what])
    if event.what == RENAMED and event.value:
        return replace(person, name=renamed(person.name, event.value))
    return replace(person, position=event.value) if event.what in CHANGES_POST and event.value else person


def renamed(name: str, value: str) -> str:
    """Put a new surname before the old given names; a whole name is taken as it is."""
    words = value.split()
    return " ".join(words) if len(words) > 1 else " ".join([value.strip(), *name.split()[1:]])
