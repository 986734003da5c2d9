"""Контрольный список: строки дорожной карты, у которых нет бумаги."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import having
from flows.domain.documents.common import common
from flows.domain.documents.kinds.roadmap import row
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "checklist"


def build(facts: Facts) -> Context:
    """Return the list's context: rows that call for no paper, or only for what people write; raise `Refused` when there are none."""
    rows = [
        {**row(activity), "состояние": activity.status or None}
        for activity in facts.activities
        if not set(activity.documents) - {KIND, *having("by_people")}
    ]
    if not rows:
        raise Refused("Контрольный список не готовится: у каждой строки дорожной карты есть свой документ.")
    return {**common(facts, KIND), "строки": rows}
