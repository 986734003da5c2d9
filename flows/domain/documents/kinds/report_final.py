"""Отчёт по итогам программы наставничества: показатели за год и свод отчётов наставников, остальное пишет куратор."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds.note_monitoring import told

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "report.final"
SUBJECT = "event"
HEADING = "Отчёт по итогам программы наставничества"


def build(facts: Facts) -> Context:
    """Return the report's context."""
    return told(facts, KIND, HEADING)
