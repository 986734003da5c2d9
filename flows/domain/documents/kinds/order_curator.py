"""Приказ о назначении куратора и ответственных по формам наставничества."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, registered
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.curator"
SUBJECT = "organisation"
HEADING = "О назначении куратора наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when the card names no curator."""
    context = common(facts, KIND, HEADING)
    if context["куратор"] is None:
        raise Refused("Приказ о назначении куратора не готовится: в «Настройках» не указан куратор.")
    forms = sorted({pair.form for pair in facts.pairs if pair.form})
    return {**context, "формы": forms, "приказ_о_внедрении": registered(facts, "order.introduce"), "ознакомить": [context["куратор"]]}
