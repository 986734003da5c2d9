"""Лист регистрации: участники из таблицы и строки для гостей."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role, unique

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "sheet.registration"
SUBJECT = "event"
HEADING = "Лист регистрации участников"


def build(facts: Facts) -> Context:
    """Return the sheet's context."""
    people = unique([*role(facts, "mentor"), *role(facts, "mentee")])
    return {**common(facts, KIND, HEADING), "участники": people, "событие": facts.activity.activity or None if facts.activity else None}
