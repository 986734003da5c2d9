"""Приказ об утверждении реестра наставников; реестр – в приложении."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, role
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.registry"
SUBJECT = "organisation"
HEADING = "Об утверждении реестра наставников"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when there is nobody to list."""
    mentors = role(facts, "mentor")
    if not mentors:
        raise Refused("Приказ об утверждении реестра не готовится: в листе «Наставники» никого нет.")
    context = common(facts, KIND, HEADING)
    return {**context, "наставники": mentors, "протокол": protocol(facts), "ознакомить": [context["куратор"]] if context["куратор"] else []}
