"""Перечень персонализированных программ наставничества: строки листа «Пары»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, registered
from flows.domain.documents.pairs import living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "registry.programs"
SUBJECT = "organisation"
HEADING = "Перечень персонализированных программ наставничества"


def build(facts: Facts) -> Context:
    """Return the register's context; raise `Refused` when there are no pairs."""
    pairs = living(facts)
    if not pairs:
        raise Refused("Перечень программ не готовится: в листе «Пары» нет действующих пар.")
    return {**common(facts, KIND, HEADING), "пары": pairs, "приказ_о_парах": registered(facts, "order.pairs"), "приказ": registered(facts, "order.programs")}
