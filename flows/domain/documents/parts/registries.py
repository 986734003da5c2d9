"""Реестры, перечень программ и приказы, которые их утверждают: из строк листов с людьми и парами; пустые не готовятся."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.domain import tabs
from flows.domain.documents.common import curator, role, unique
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.pairs import agreed, living
from flows.domain.errors import Refused
from flows.domain.people.named_codes import short
from flows.domain.statuses import ATTESTED, BROKEN, CONTEST, OPEN_LESSON, PROPOSED, PUBLISHED

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder, Kind, PartOfKind
    from flows.domain.model import Context, Facts, Pair, Person

ACHIEVED = frozenset({ATTESTED, CONTEST, OPEN_LESSON, PUBLISHED})
NOBODY = "{} не готовится: в листе «{}» никого нет."
NO_PAIRS = "{} не готовится: в листе «Пары» нет действующих пар."
NONE_READY = "{} не готовится: в листе «Пары» нет действующих пар с согласием наставника и соглашением."
OF_DISTRICT = "{} не готовится: людей ведут организации района. Их данные по району – во вкладке «{}»."
# Where a district's book has what an organisation's tab of people holds.
GATHERED = {tabs.MENTORS: tabs.MENTOR_BASE, tabs.MENTEES: tabs.ORGANISATIONS, tabs.PAIRS: tabs.PROGRAMMES}


def _nothing(facts: Facts, what: str, tab: str, why: str) -> Refused:
    """Say why a register has nobody to list: of a district's own book, where what organisations gave stands instead."""
    return Refused(
        OF_DISTRICT.format(what, GATHERED[tab]) if facts.district is not None else why.format(what, tab)
    )


def people(facts: Facts, who: str, heading: str, tab: str) -> Context:
    """List the people of a role who have not left, each with what they gave, achieved and with whom they work; raise `Refused` when there are none."""
    listed = role(facts, who)
    if not listed:
        raise _nothing(facts, heading, tab, NOBODY)
    going_on = frozenset(str(pair["код"]) for pair in living(facts))
    return {
        tab.lower(): [{**person, **_entry(facts, facts.people[person["код"]], going_on)} for person in listed]
    }


def _entry(facts: Facts, person: Person, going_on: frozenset[str]) -> Context:
    """Return what a register tells of somebody besides the person: pairs and the other half by name, consents, results."""
    own = sorted(
        (
            pair
            for pair in facts.pairs
            if person.code in (pair.mentor, *pair.mentees) and pair.status != PROPOSED
        ),
        key=lambda pair: (pair.start, pair.code),
    )
    return {
        "в_парах": [pair.code for pair in own if pair.code in going_on],
        "участие": [_half(facts, pair, person) for pair in own],
        "согласия": {
            "участие": person.consent_duty,
            "данные": person.consent_data,
            "распространение": person.consent_public,
            "представитель": person.representative_consent,
        },
        "обучение": inline(person.training),
        "результаты": _results(facts, person),
    }


def _half(facts: Facts, pair: Pair, person: Person) -> Context:
    others = pair.mentees if person.code == pair.mentor else (pair.mentor,)
    return {
        "код": pair.code,
        "с_кем": [short(facts.people.get(code), code) for code in others],
        "начало": pair.start,
        "окончание": pair.end,
        "досрочно": pair.status == BROKEN,
    }


def _results(facts: Facts, person: Person) -> list[str]:
    """Return what a person achieved, as «Кадровые события» tell it, the earliest first."""
    found = (
        [
            each
            for each in (facts.evidence.events or ())
            if each.person == person.code and each.what in ACHIEVED
        ]
        if facts.evidence
        else []
    )
    found.sort(key=lambda each: (each.day or facts.today, each.what))
    return [
        f"{each.what}{f' {each.value}' if each.value else ''}{f' ({each.day:%d.%m.%Y})' if each.day else ''}"
        for each in found
    ]


def all_pairs(facts: Facts) -> Context:
    """List the pairs that go on or are proposed; raise `Refused` when there are none."""
    pairs = living(facts)
    if not pairs:
        raise _nothing(facts, "Реестр пар", tabs.PAIRS, NO_PAIRS)
    return {"пары": pairs}


def programmes(facts: Facts, kind: Kind) -> Context:
    """List the pairs that have a programme; raise `Refused` when there are none."""
    return {"пары": _with_programme(facts, kind, "Перечень программ")}


def _with_programme(facts: Facts, kind: Kind, what: str) -> list[Context]:
    """Return the pairs that have a programme: of those that no order may name yet there is none."""
    pairs = agreed(facts, kind.id)
    if not pairs:
        raise _nothing(facts, what, tabs.PAIRS, NONE_READY)
    return pairs


def approved_registry(facts: Facts) -> Context:
    """List the mentors whom an order approves; raise `Refused` when there are none."""
    mentors = role(facts, "mentor")
    if not mentors:
        raise _nothing(facts, "Приказ об утверждении реестра", tabs.MENTORS, NOBODY)
    return {"наставники": mentors}


def approved_programmes(facts: Facts, kind: Kind) -> Context:
    """List the pairs whose programmes an order approves; raise `Refused` when there are none."""
    pairs, head = _with_programme(facts, kind, "Приказ об утверждении программ"), curator(facts)
    people = unique([*(pair["наставник"] for pair in pairs), *([head] if head else [])])
    return {"пары": pairs, "ознакомить": people}


PARTS: dict[str, Builder] = {
    "реестр наставников": partial(people, who="mentor", heading="Реестр наставников", tab=tabs.MENTORS),
    "реестр наставляемых": partial(people, who="mentee", heading="Реестр наставляемых", tab=tabs.MENTEES),
    "реестр пар": all_pairs,
    "утверждаемый реестр": approved_registry,
}
PARTS_OF_KIND: dict[str, PartOfKind] = {
    "перечень программ": programmes,
    "утверждаемые программы": approved_programmes,
}
