"""Отчёт по итогам программы наставничества: пары и встречи за год, остальное пишет куратор."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents import note_monitoring
from flows.domain.documents.common import common

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "report.final"
SUBJECT = "event"
HEADING = "Отчёт по итогам программы наставничества"


def build(facts: Facts) -> Context:
    """Return the report's context: the same count as in the monitoring note."""
    note = note_monitoring.build(facts)
    return {**note, **common(facts, KIND, HEADING)}
