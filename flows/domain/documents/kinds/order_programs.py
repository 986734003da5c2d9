"""Приказ об утверждении персонализированных программ; перечень – в приложении."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, registered, unique
from flows.domain.documents.pairs import living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.programs"
SUBJECT = "organisation"
HEADING = "Об утверждении персонализированных программ наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when there are no pairs."""
    pairs = living(facts)
    if not pairs:
        raise Refused("Приказ об утверждении программ не готовится: в листе «Пары» нет действующих пар.")
    context = common(facts, KIND, HEADING)
    mentors = unique(pair["наставник"] for pair in pairs)
    told = {"пары": pairs, "протокол": protocol(facts), "приказ_о_парах": registered(facts, "order.pairs")}
    return {**context, **told, "ознакомить": unique([*mentors, *([context["куратор"]] if context["куратор"] else [])])}
