"""Реестры, перечень программ и приказы, которые их утверждают: из строк листов с людьми и парами; пустые не готовятся."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.domain import tabs
from flows.domain.documents.common import curator, role, unique
from flows.domain.documents.pairs import agreed, codes, living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder, Kind, PartOfKind
    from flows.domain.model import Context, Facts

NOBODY = "{} не готовится: в листе «{}» никого нет."
NO_PAIRS = "{} не готовится: в листе «Пары» нет действующих пар."
NONE_READY = "{} не готовится: в листе «Пары» нет действующих пар с согласием наставника и соглашением."


def people(facts: Facts, who: str, heading: str, tab: str) -> Context:
    """List the people of a role who have not left, each with the codes of their pairs; raise `Refused` when there are none."""
    listed = role(facts, who)
    if not listed:
        raise Refused(NOBODY.format(heading, tab))
    pairs = living(facts)
    own = {
        person["код"]: [pair["код"] for pair in pairs if person["код"] in codes(pair)] for person in listed
    }
    return {tab.lower(): [{**person, "в_парах": own[person["код"]]} for person in listed]}


def all_pairs(facts: Facts) -> Context:
    """List the pairs that go on or are proposed; raise `Refused` when there are none."""
    pairs = living(facts)
    if not pairs:
        raise Refused(NO_PAIRS.format("Реестр пар"))
    return {"пары": pairs}


def programmes(facts: Facts, kind: Kind) -> Context:
    """List the pairs that have a programme; raise `Refused` when there are none."""
    return {"пары": _with_programme(facts, kind, "Перечень программ")}


def _with_programme(facts: Facts, kind: Kind, what: str) -> list[Context]:
    """Return the pairs that have a programme: of those that no order may name yet there is none."""
    pairs = agreed(facts, kind.id)
    if not pairs:
        raise Refused(NONE_READY.format(what))
    return pairs


def approved_registry(facts: Facts) -> Context:
    """List the mentors whom an order approves; raise `Refused` when there are none."""
    mentors = role(facts, "mentor")
    if not mentors:
        raise Refused(NOBODY.format("Приказ об утверждении реестра", tabs.MENTORS))
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
