"""Приказ о подготовке педагогического совета: день – из «Настроек», повестку дополняют от руки."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, council

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.council_prep"
SUBJECT = "event"
HEADING = "О подготовке педагогического совета"


def build(facts: Facts) -> Context:
    """Return the order's context."""
    context = common(facts, KIND, HEADING)
    return {**context, "педсовет": council(facts), "ознакомить": [context["куратор"]] if context["куратор"] else []}
