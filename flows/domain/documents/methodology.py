"""Методика оценки эффективности наставничества: показатели, формулы, источники."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, registered

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "methodology"
SUBJECT = "organisation"
HEADING = "Методика оценки эффективности наставничества"


def build(facts: Facts) -> Context:
    """Return the paper's context: the order it is an appendix to, once it is registered."""
    return {**common(facts, KIND, HEADING), "приказ": registered(facts, "order.introduce"), "протокол": protocol(facts)}
