"""M17: what became of the mentees' difficulties, by the marks «до» and «после» of «Дефициты»: the higher the better mastered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.coverage import NO_PAIRS
from flows.domain.monitoring.indicators.evidence import human, pairs_in
from flows.domain.monitoring.indicators.figure import absent, decimal, exact, mean, ratio
from flows.domain.people.difficulties import difficulties
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from flows.domain.model import Pair
    from flows.domain.monitoring.indicators.evidence import Evidence
    from flows.domain.monitoring.indicators.figure import Figure, Scope, Spec

NOTHING_TYPED = "в «Дефицитах» нет отметок «до»"
NO_LAST = "в «Дефицитах» ещё нет отметок «после»"


@dataclass(frozen=True, slots=True)
class Hardship:
    """One difficulty of one mentee: marks out of ten at the start and at the end, `None` where there is none (yet)."""

    person: str
    pair: str
    sphere: str
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """Return by how many points the mark grew; a fall is below zero, `None` where one of the marks is not there."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Sphere:
    """A difficulty over the organisation: whose marks grew and fell out of those with both; means only from enough people."""

    name: str
    people: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    before: Fraction | None
    after: Fraction | None

    @property
    def same(self) -> int:
        """Return whose number did not change."""
        return len(self.people) - len(self.up) - len(self.down)


def hardships(evidence: Evidence, scope: Scope) -> tuple[Hardship, ...]:
    """Return the difficulties of those who are mentees in the scope, person by person in the order typed.

    A human being counts once whatever number of pairs; «Дефициты» have no days, so that they count as they stand.
    """
    people, seen = evidence.facts.people, set()
    told: list[Hardship] = []
    for pair in pairs_in(evidence, scope):
        for code in pair.mentees:
            person = people.get(code)
            if person is None or human(person, code) in seen:
                continue
            seen.add(human(person, code))
            told += [
                Hardship(code, pair.code, each.sphere, _exact(each.first), _exact(each.last))
                for each in difficulties(person)
            ]
    return tuple(told)


def _exact(mark: float | None) -> Fraction | None:
    return None if mark is None else exact(mark)


def spheres(told: Iterable[Hardship], small: int) -> tuple[Sphere, ...]:
    """Sum difficulties of one name up over the organisation, those of most people first; only marks of both days count."""
    by_name: dict[str, list[Hardship]] = {}
    for each in told:
        if each.change is not None:
            by_name.setdefault(fold(each.sphere).rstrip(". "), []).append(each)
    found = (_sphere(own, small) for own in by_name.values())
    return tuple(sorted(found, key=lambda each: (-len(each.people), fold(each.name))))


def _sphere(own: list[Hardship], small: int) -> Sphere:
    enough = len(own) >= small
    before = [each.before for each in own if each.before is not None]
    after = [each.after for each in own if each.after is not None]
    return Sphere(
        own[0].sphere.rstrip(". "),
        tuple(each.person for each in own),
        tuple(each.person for each in own if (each.change or 0) > 0),
        tuple(each.person for each in own if (each.change or 0) < 0),
        mean(before) if enough else None,
        mean(after) if enough else None,
    )


def changes_by_person(told: Iterable[Hardship]) -> dict[str, Fraction]:
    """Return by how many points each mentee's mean mark changed, over the difficulties that have both marks."""
    changes: dict[str, list[Fraction]] = {}
    for each in told:
        if each.change is not None:
            changes.setdefault(each.person, []).append(each.change)
    return {person: mean(own) for person, own in changes.items()}


def overcome(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M17: difficulties whose mark grew, out of those with both marks; how many stayed and fell is told beside it.

    A mentee stands in `rows` when one of his grew, else in `others`.
    """
    told = hardships(evidence, scope)
    both = [each for each in told if each.change is not None]
    if not both:
        return _nothing(pairs_in(evidence, scope), told, scope, spec)
    up, down = sum((each.change or 0) > 0 for each in both), sum((each.change or 0) < 0 for each in both)
    rows = tuple(dict.fromkeys(each.person for each in both if (each.change or 0) > 0))
    others = tuple(dict.fromkeys(each.person for each in both if each.person not in rows))
    figure = replace(ratio(spec, scope, up, len(both)), rows=rows, others=others)
    means: tuple[str, ...] = ()
    if len({each.person for each in both}) >= evidence.method.rules.small:
        before = mean([each.before for each in both if each.before is not None])
        after = mean([each.after for each in both if each.after is not None])
        means = (f"средняя отметка: было {decimal(before)}, стало {decimal(after)}",)
    return replace(figure, remarks=(f"без изменений: {len(both) - up - down}, снизилось: {down}", *means))


def _nothing(pairs: tuple[Pair, ...], told: tuple[Hardship, ...], scope: Scope, spec: Spec) -> Figure:
    if not pairs:
        return absent(spec, scope, NO_PAIRS)
    if not any(each.before is not None for each in told):
        return absent(spec, scope, NOTHING_TYPED)
    return absent(spec, scope, NO_LAST, early=any(pair.end > scope.cut_off for pair in pairs))
