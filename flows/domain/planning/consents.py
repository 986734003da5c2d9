"""Papers of those who take part without being workers: consents of minors, the agreement with an employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.people import pupils
from flows.domain.planning.pairs import for_pair, for_person
from flows.domain.planning.wanted import Wanted, exists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Pair
    from flows.domain.planning.wanted import Plans, Wishes


def consents(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan consents of everybody when a row calls for them; of minors and of mentors who do not work here always.

    Without a minor's consent a pair may not be fixed, and nothing else lets the organisation keep data of a mentor
    who is no worker of it (152-ФЗ, ст. 6). A consent that has a date is on paper already: no new draft is made of it.
    """
    for each in for_person(kind, rows, facts, wishes):
        if not isinstance(each, Wanted) or (
            (rows or _minor(each, facts) or _guest_here(each))
            and (exists(facts, kind, each.subject, each.period) or not _given(kind, each, facts))
        ):
            yield each


def _given(kind: Kind, wanted: Wanted, facts: Facts) -> bool:
    person = facts.people[wanted.subject]
    if kind.given == "consent_duty":
        return pupils.consented(person, _first_day(wanted))
    return bool(kind.given) and getattr(person, kind.given) is not None


def _first_day(wanted: Wanted) -> date:
    return min(pair.start for pair in wanted.pairs)


def _minor(wanted: Wanted, facts: Facts) -> bool:
    person = facts.people[wanted.subject]
    return pupils.is_pupil(person) and pupils.who_consents(person, _first_day(wanted)) != pupils.ALONE


def _guest_here(wanted: Wanted) -> bool:
    """Tell a mentor who is no worker here: no labour law lets the organisation keep that one's data."""
    return any(_guest(pair) and pair.mentor == wanted.subject for pair in wanted.pairs)


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
