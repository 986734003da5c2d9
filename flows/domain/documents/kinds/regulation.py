"""Положение о системе наставничества – приложение № 1 к приказу о внедрении."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, registered

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "regulation"
SUBJECT = "organisation"
HEADING = "Положение о системе наставничества"


def build(facts: Facts) -> Context:
    """Return the paper's context: the order it is an appendix to, once it is registered."""
    order = registered(facts, "order.introduce")
    return {**common(facts, KIND, HEADING), "приказ": order, "протокол": protocol(facts, order)}
