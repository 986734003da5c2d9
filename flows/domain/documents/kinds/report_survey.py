"""Отчёт по результатам анкетирования: ответы по вопросам, динамика по тем, кто ответил дважды; обобщение – за куратором."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds.note_monitoring import told

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "report.survey"
SUBJECT = "event"
HEADING = "Отчёт по результатам анкетирования"


def build(facts: Facts) -> Context:
    """Return the report's context."""
    return told(facts, KIND, HEADING)
