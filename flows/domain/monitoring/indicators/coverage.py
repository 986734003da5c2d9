"""M1-M3 and M14: who takes part, out of whom, and who stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import Evidence, human, is_young, pairs_in
from flows.domain.monitoring.indicators.figure import Figure, Scope, Spec, absent, ratio, share
from flows.domain.people import pupils
from flows.domain.statuses import DISMISSED, LEFT, PROPOSED
from flows.domain.working_days import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from flows.domain.model import Pair

NO_TOTAL = "не указано, сколько педагогов всего"
TEACHERS, YOUNG = "Педагогов всего", "Молодых специалистов всего"
NO_PAIRS = "в этот срок не работала ни одна пара"


def young_involved(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M1: young specialists who are mentees, out of all young specialists of the organisation."""
    total = evidence.facts.organisation.young_teachers
    pairs = pairs_in(evidence, scope)
    if not total:
        return absent(spec, scope, "не указано, сколько молодых специалистов всего")
    people = evidence.facts.people
    young = [
        code
        for code in _unique(evidence, _mentees(pairs))
        if code in people and is_young(people[code], evidence)
    ]
    return _of(spec, scope, young, total, pairs)


def teachers_covered(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M2: teachers in any role, each counted once although in both lists, out of all teachers; pupils and guests are none."""
    pairs = pairs_in(evidence, scope)
    total = evidence.facts.organisation.teachers
    if not total:
        return absent(spec, scope, NO_TOTAL)
    people = evidence.facts.people
    codes = [code for pair in pairs for code in pupils.teachers(pair, people)]
    return _besides(_of(spec, scope, _unique(evidence, codes), total, pairs), evidence, pairs)


def mentors(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M3: mentors who are teachers here, out of all teachers."""
    pairs = pairs_in(evidence, scope)
    total = evidence.facts.organisation.teachers
    if not total:
        return absent(spec, scope, NO_TOTAL)
    people = evidence.facts.people
    codes = [pair.mentor for pair in pairs if pair.mentor in pupils.teachers(pair, people)]
    return _of(spec, scope, _unique(evidence, codes), total, pairs)


def _besides(figure: Figure, evidence: Evidence, pairs: tuple[Pair, ...]) -> Figure:
    """Say how many take part besides the teachers, so that nobody looks for them in the figure."""
    people = evidence.facts.people
    taught = {human(people.get(code), code) for pair in pairs for code in pupils.teachers(pair, people)}
    all_ = {human(people.get(code), code) for pair in pairs for code in (pair.mentor, *pair.mentees)}
    others = len(all_ - taught)
    return (
        replace(figure, remarks=(f"участвуют и не педагоги, они не посчитаны: {others}",))
        if others
        else figure
    )


def outgrown(evidence: Evidence, scope: Scope) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers of the card that are smaller than their parts: which, how many take part, how many the card tells."""
    people, card = evidence.facts.people, evidence.facts.organisation
    pairs = pairs_in(evidence, scope)
    mentees = _unique(evidence, _mentees(pairs))
    young = [code for code in mentees if code in people and is_young(people[code], evidence)]
    codes = [code for pair in pairs for code in pupils.teachers(pair, people)]
    counts = ((TEACHERS, _unique(evidence, codes), card.teachers), (YOUNG, young, card.young_teachers))
    yield from ((name, len(found), total) for name, found, total in counts if total and len(found) > total)


def stayed(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M14: young mentees still working so many months after their pair began; a person without a state is left out."""
    months = evidence.method.rules.stay_months
    known, kept = [], []
    people = evidence.facts.people
    for code, start in sorted(_first_days(evidence, scope).items()):
        anniversary = months_later(start, months)
        person = people.get(code)
        if person is None or not is_young(person, evidence) or anniversary > scope.limit:
            continue
        left = _left_by(evidence, code, anniversary)
        if left is None:
            continue
        known.append(code)
        kept += [] if left else [code]
    if not known:
        return absent(
            spec,
            scope,
            f"нет молодых специалистов, у которых с начала работы пары прошло {months} месяцев и известно, работают ли они",
            early=True,
        )
    return share(spec, scope, kept, known)


def _left_by(evidence: Evidence, code: str, day: date) -> bool | None:
    """Tell whether a person had left before a day, the day of dismissal being the last of work (ТК РФ, ст. 84.1); `None` when nobody says."""
    people = evidence.facts.people
    one = human(people.get(code), code)
    mine = [
        event
        for event in evidence.events or ()
        if event.what == DISMISSED and event.day and human(people.get(event.person), event.person) == one
    ]
    if mine:
        return any(event.day and event.day < day for event in mine)
    status = people[code].status
    return None if status in {"", LEFT} else False


def _first_days(evidence: Evidence, scope: Scope) -> dict[str, date]:
    started: dict[str, date] = {}
    for pair in evidence.facts.pairs:
        for code in pair.mentees:
            if pair.status != PROPOSED and pair.start <= scope.limit:
                started[code] = min(started.get(code, pair.start), pair.start)
    return started


def _of(spec: Spec, scope: Scope, codes: list[str], total: int, pairs: tuple[Pair, ...]) -> Figure:
    if not pairs:
        return absent(spec, scope, NO_PAIRS)
    if len(codes) > total:
        return absent(spec, scope, "общее число уточняется: участников больше")
    return replace(ratio(spec, scope, len(codes), total), rows=tuple(codes))


def _mentees(pairs: Iterable[Pair]) -> list[str]:
    return [code for pair in pairs for code in pair.mentees]


def _unique(evidence: Evidence, codes: Iterable[str]) -> list[str]:
    """Keep one code for each human, the first met."""
    people = evidence.facts.people
    seen: dict[str, str] = {}
    for code in codes:
        seen.setdefault(human(people.get(code), code), code)
    return list(seen.values())
