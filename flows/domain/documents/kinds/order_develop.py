"""Приказ о разработке дорожной карты: рабочая группа во главе с куратором, состав дописывают от руки."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Context, Facts

KIND = "order.develop"
SUBJECT = "organisation"
HEADING = "О разработке дорожной карты наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context."""
    context = common(facts, KIND, HEADING)
    return {**context, "срок": due(facts), "ознакомить": [context["куратор"]] if context["куратор"] else []}


def due(facts: Facts) -> date | None:
    """Return the last day the roadmap gives to drawing itself up, if it gives one."""
    days = [window.end for activity in facts.activities if "roadmap" in activity.documents for window in activity.term.windows if window.end]
    return max(days, default=None)
