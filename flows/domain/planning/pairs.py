"""Which papers of the pairs are wanted on a day: of each pair, of each person in one, and the orders that fix pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.named import CHANGING_ORDER
from flows.domain.documents.pairs import ready
from flows.domain.people import pupils
from flows.domain.planning.due import falls_due
from flows.domain.planning.folder_names import pair_name, short_name
from flows.domain.planning.wanted import Wanted, Wishes, exists, key_of, lasting, living, unharmed
from flows.domain.register.in_force import in_force
from flows.domain.register.life import latest
from flows.domain.statuses import BROKEN, FINISHED
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Pair
    from flows.domain.planning.wanted import Plans


def for_pair(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one paper for each pair, before the pair begins."""
    for pair in lasting(facts, wishes):
        year = periods.school_year(pair.start)
        window = Window(pair.start, pair.end)
        held = withheld(kind, pair, facts)
        due = (
            pair.status != FINISHED
            and not held
            and falls_due(kind, window, facts, wishes, pair.code, *pair.codes)
            and _lacks(kind, pair, facts)
        )
        if not due and not exists(facts, kind, pair.code, year):
            continue
        wanted = Wanted(kind, pair.code, year, window, tuple(rows), (pair,), named=pair_name(pair, facts))
        yield replace(wanted, frozen=bool(held), held=held)
    yield from _of_broken(kind, rows, facts, wishes)


def _of_broken(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted]:
    """Keep what was registered for a pair before it ended early: it is in the files for good."""
    registered = {row.key for row in fixed(kind, facts)}
    for pair in unharmed(facts, wishes):
        year = periods.school_year(pair.start)
        if pair.status == BROKEN and key_of(facts, kind, pair.code, year) in registered:
            yield Wanted(
                kind,
                pair.code,
                year,
                Window(pair.start, pair.end),
                tuple(rows),
                (pair,),
                named=pair_name(pair, facts),
                frozen=True,
            )


def _lacks(kind: Kind, pair: Pair, facts: Facts) -> bool:
    """Tell whether the paper is still to be signed: a consent that has a date exists on paper already."""
    mentor = facts.people[pair.mentor]
    if mentor.job_function and kind.besides_job:
        return False
    if kind.given == "agreement":
        return not (pair.addendum_number and pair.addendum_date)
    if kind.given == "consent_duty":
        return not pupils.consented(mentor, pair.start)
    return not kind.given or getattr(mentor, kind.given) is None


def withheld(kind: Kind, pair: Pair, facts: Facts) -> str:
    """Say what a pair's paper waits for; nothing when it may be drafted.

    A pair that no order may name yet has only the papers that let it: the consents, and once the mentor has agreed
    the addendum or the agreement (ТК РФ, ст. 351.8). What was drafted before stays as it lies.
    """
    if kind.given and kind.given != "agreement":
        return ""
    mentor = facts.people.get(pair.mentor)
    agreed = bool(kind.given and mentor and pupils.consented(mentor, pair.start))
    return "" if agreed else refused((pair,), facts)


def for_person(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one paper for each mentor, mentee or participant of a living pair."""
    seen: set[str] = set()
    # Whoever is in two pairs waits for neither when one of them may be drafted for.
    for pair in sorted(lasting(facts, wishes), key=lambda pair: bool(withheld(kind, pair, facts))):
        codes = {"mentor": (pair.mentor,), "mentee": pair.mentees}.get(
            kind.subject, (pair.mentor, *pair.mentees)
        )
        window = Window(pair.start, pair.end)
        for code in codes:
            year = periods.school_year(pair.start)
            held = withheld(kind, pair, facts)
            due = pair.status != FINISHED and not held and falls_due(kind, window, facts, wishes)
            if code not in seen and (due or exists(facts, kind, code, year)):
                seen.add(code)
                yield Wanted(
                    kind,
                    code,
                    year,
                    window,
                    tuple(rows),
                    (pair,),
                    named=pair_name(pair, facts),
                    who=short_name(facts, code),
                    frozen=bool(held),
                    held=held,
                )


def pairs_order(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the order that fixes pairs: what a registered one covers stays with it, new pairs give a second order.

    Changes of what a registered one says are watched for by the planner of changing orders.
    """
    newest = fixed(kind, facts)
    covered = {code for row in newest for code in row.covers}
    watched = CHANGING_ORDER in wishes.kinds and wishes.kinds[CHANGING_ORDER].made
    for row in newest:
        named = [pair for pair in facts.pairs if set(pair.codes) & set(row.covers)]
        if (
            named
            and all(pair in unharmed(facts, wishes) for pair in named)
            and not set(row.covers) & wishes.doubts.stopped
        ):
            yield replace(
                _order(kind, row.parts.subject, row.parts.period, rows, named),
                held=refused(named, facts),
                frozen=bool(row.marks) and watched,
            )
    years: dict[str, list[Pair]] = {}
    for pair in living(facts, wishes):
        if not set(pair.codes) & covered and (
            falls_due(kind, Window(pair.start, pair.end), facts, wishes) or _ordered(kind, pair, facts)
        ):
            years.setdefault(periods.school_year(pair.start), []).append(pair)
    for year, pairs in years.items():
        yield from (problem for pair in pairs if (problem := ready(pair, facts.people)))
        able = [pair for pair in pairs if ready(pair, facts.people) is None]
        if able:
            yield _order(kind, free_subject(facts.organisation.slug, newest, year), year, rows, able)


def refused(pairs: Sequence[Pair], facts: Facts) -> str:
    """Say why one of the pairs that an order names may not stand in it; nothing when all may."""
    stops = (ready(pair, facts.people) for pair in pairs)
    return next((stop.message.rstrip(".") for stop in stops if stop), "")


def fixed(kind: Kind, facts: Facts) -> list[Filed]:
    """Return the registered orders in force, of each key the newest version."""
    return [row for row in in_force(facts.register) if row.kind == kind.id]


def free_subject(slug: str, taken: Sequence[Filed], year: str) -> str:
    """Name the next order of a year: the slug itself, then «slug-2», «slug-3»."""
    used = {row.parts.subject for row in taken if row.parts.period == year}
    return next(
        name
        for name in (slug, *(f"{slug}-{number}" for number in range(2, len(used) + 2)))
        if name not in used
    )


def _ordered(kind: Kind, pair: Pair, facts: Facts) -> bool:
    return any(
        row.kind == kind.id and set(row.covers) & set(pair.codes) for row in latest(facts.register).values()
    )


def _order(kind: Kind, subject: str, year: str, rows: Sequence[Activity], pairs: Sequence[Pair]) -> Wanted:
    window = Window(
        min((pair.start for pair in pairs), default=None), max((pair.end for pair in pairs), default=None)
    )
    covers = tuple(code for pair in pairs for code in pair.codes)
    return Wanted(kind, subject, year, window, tuple(rows), tuple(pairs), covers)
