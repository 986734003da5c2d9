"""Реестр наставляемых: строки листа «Наставляемые» с теми, кто не выбыл."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role
from flows.domain.documents.pairs import codes, living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "registry.mentees"
SUBJECT = "organisation"
HEADING = "Реестр наставляемых"


def build(facts: Facts) -> Context:
    """Return the register's context; raise `Refused` when there is nobody to list."""
    people = role(facts, "mentee")
    if not people:
        raise Refused("Реестр наставляемых не готовится: в листе «Наставляемые» никого нет.")
    pairs = living(facts)
    rows = [{**person, "в_парах": [pair["код"] for pair in pairs if person["код"] in codes(pair)]} for person in people]
    return {**common(facts, KIND, HEADING), "наставляемые": rows}
