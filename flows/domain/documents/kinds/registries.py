"""Реестры, перечень программ и приказы, которые их утверждают: из строк листов с людьми и парами; пустые не готовятся."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.domain import tabs
from flows.domain.documents.common import curator, protocol, registered, role, unique
from flows.domain.documents.kinds.plain import Plain, acquainted
from flows.domain.documents.pairs import codes, living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts

NOBODY = "{} не готовится: в листе «{}» никого нет."
NO_PAIRS = "{} не готовится: в листе «Пары» нет действующих пар."


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


def programmes(facts: Facts, what: str) -> Context:
    """List the pairs that go on or are proposed, with the orders that name them; raise `Refused` when there are none."""
    pairs = living(facts)
    if not pairs:
        raise Refused(NO_PAIRS.format(what))
    orders = {"приказ_о_парах": "order.pairs", "приказ": "order.programs"}
    return {"пары": pairs} | {name: registered(facts, kind) for name, kind in orders.items()}


def approved_registry(facts: Facts) -> Context:
    """List the mentors whom an order approves; raise `Refused` when there are none."""
    mentors = role(facts, "mentor")
    if not mentors:
        raise Refused(NOBODY.format("Приказ об утверждении реестра", tabs.MENTORS))
    return {"наставники": mentors, "протокол": protocol(facts), **acquainted(facts)}


def approved_programmes(facts: Facts) -> Context:
    """List the pairs whose programmes an order approves; raise `Refused` when there are none."""
    pairs, head = living(facts), curator(facts)
    if not pairs:
        raise Refused(NO_PAIRS.format("Приказ об утверждении программ"))
    people = unique([*(pair["наставник"] for pair in pairs), *([head] if head else [])])
    order = registered(facts, "order.pairs")
    return {"пары": pairs, "протокол": protocol(facts), "приказ_о_парах": order, "ознакомить": people}


MENTORS = partial(people, who="mentor", heading="Реестр наставников", tab=tabs.MENTORS)
MENTEES = partial(people, who="mentee", heading="Реестр наставляемых", tab=tabs.MENTEES)
PAIRS = partial(programmes, what="Реестр пар")
PROGRAMMES = partial(programmes, what="Перечень программ")
# fmt: off
KINDS = (
    Plain("registry.mentors", "organisation", "Реестр наставников", MENTORS),
    Plain("registry.mentees", "organisation", "Реестр наставляемых", MENTEES),
    Plain("registry.pairs", "organisation", "Реестр наставнических пар и групп", PAIRS),
    Plain("registry.programs", "organisation",
          "Перечень персонализированных программ наставничества", PROGRAMMES),
    Plain("order.registry", "organisation", "Об утверждении реестра наставников", approved_registry),
    Plain("order.programs", "organisation",
          "Об утверждении персонализированных программ наставничества", approved_programmes),
)
# fmt: on
BUILDERS: dict[str, Builder] = {kind.id: kind.build for kind in KINDS}
SUBJECTS = {kind.id: kind.subject for kind in KINDS}
