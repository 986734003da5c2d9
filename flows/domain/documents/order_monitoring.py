"""Приказ о проведении мониторинга: сроки – из дорожной карты."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, unique
from flows.domain.documents.pairs import living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.monitoring"
SUBJECT = "event"
HEADING = "О проведении мониторинга наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context."""
    context = common(facts, KIND, HEADING)
    window = facts.window
    told = {"начало": window.start if window else None, "окончание": window.end if window else None, "пункт": facts.activity.number.rstrip(". ") or None if facts.activity else None}
    mentors = unique(pair["наставник"] for pair in living(facts))
    return {**context, **told, "ознакомить": unique([*mentors, *([context["куратор"]] if context["куратор"] else [])])}
