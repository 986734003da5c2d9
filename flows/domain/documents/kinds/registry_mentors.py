"""Реестр наставников: строки листа «Наставники» с теми, кто не выбыл."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role
from flows.domain.documents.pairs import codes, living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "registry.mentors"
SUBJECT = "organisation"
HEADING = "Реестр наставников"


def build(facts: Facts) -> Context:
    """Return the register's context; raise `Refused` when there is nobody to list."""
    people = role(facts, "mentor")
    if not people:
        raise Refused("Реестр наставников не готовится: в листе «Наставники» никого нет.")
    pairs = living(facts)
    rows = [{**person, "в_парах": [pair["код"] for pair in pairs if person["код"] in codes(pair)]} for person in people]
    return {**common(facts, KIND, HEADING), "наставники": rows}
