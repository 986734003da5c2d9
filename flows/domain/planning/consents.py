"""Papers of those who take part without being workers: consents of minors, the agreement with an employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.people import pupils
from flows.domain.planning.pairs import for_pair, for_person
from flows.domain.planning.wanted import Wanted, exists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Pair, Person
    from flows.domain.planning.wanted import Plans, Wishes


def consents(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan consents of everybody when a row calls for them; of minors always: without them a pair may not be fixed.

    A grown-up's consent that has a date is on paper already: no new draft is made of it.
    """
    for each in for_person(kind, rows, facts, wishes):
        if (
            not isinstance(each, Wanted)
            or _minor(each, facts)
            or (
                rows
                and (
                    exists(facts, kind, each.subject, each.period)
                    or not _given(kind, facts.people[each.subject])
                )
            )
        ):
            yield each


def _given(kind: Kind, person: Person) -> bool:
    return bool(kind.given) and getattr(person, kind.given) is not None


def _minor(wanted: Wanted, facts: Facts) -> bool:
    day = min(pair.start for pair in wanted.pairs)
    person = facts.people[wanted.subject]
    return pupils.is_pupil(person) and pupils.who_consents(person, day) != pupils.ALONE


def of_workers(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan what the law asks of workers for the pairs whose mentor is one (ТК РФ, ст. 351.8)."""
    yield from _of(pupils.employed, kind, rows, facts, wishes)


def of_guests(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a consent of each mentor who is no worker of the organisation."""
    yield from _of(_guest, kind, rows, facts, wishes)


def with_employers(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan an agreement for each pair whose mentor comes from an employer."""
    yield from _of(pupils.by_employer, kind, rows, facts, wishes)


def _guest(pair: Pair) -> bool:
    return not pupils.employed(pair)


def _of(
    fits: Callable[[Pair], bool], kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes
) -> Plans:
    for each in for_pair(kind, rows, facts, wishes):
        if not isinstance(each, Wanted) or fits(each.pairs[0]):
            yield each
