"""Методика оценки эффективности наставничества: показатели, формулы, источники."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "methodology"
SUBJECT = "organisation"
HEADING = "Методика оценки эффективности наставничества"


def build(facts: Facts) -> Context:
    """Return the paper's context; the order of introduction does not approve it, so the order's number is left to the pen."""
    return {**common(facts, KIND, HEADING), "приказ": None, "протокол": protocol(facts)}
