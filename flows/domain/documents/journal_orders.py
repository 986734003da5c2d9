"""Журнал приказов: зарегистрированные за календарный год, по порядку дней."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "journal.orders"
SUBJECT = "organisation"
HEADING = "Журнал регистрации приказов"


def build(facts: Facts) -> Context:
    """Return the journal's context; numbers and days are only those that people typed."""
    rows = [filed for filed in facts.register if filed.registered and filed.kind.startswith("order.")]
    rows.sort(key=lambda filed: (filed.day is None, filed.day.toordinal() if filed.day else 0, filed.number))
    return {**common(facts, KIND, HEADING), "записи": [{"номер": filed.number or None, "дата": filed.day, "название": filed.title} for filed in rows]}
