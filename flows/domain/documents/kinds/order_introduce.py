"""Приказ о внедрении целевой модели: Положение и дорожная карта утверждаются приложениями, куратор назначается пунктом."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, registered

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.introduce"
SUBJECT = "organisation"
HEADING = "О внедрении целевой модели наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context."""
    context = common(facts, KIND, HEADING)
    return {
        **context,
        "протокол": protocol(facts),
        "куратор_назначен": registered(facts, "order.curator"),
        "ознакомить": [context["куратор"]] if context["куратор"] else [],
    }
