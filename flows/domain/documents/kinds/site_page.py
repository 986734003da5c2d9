"""Раздел «Наставничество» на сайте: что в нём должно быть и какие документы уже зарегистрированы."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited, common, role
from flows.domain.documents.pairs import living
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "site.page"


def build(facts: Facts) -> Context:
    """Return the page's context: registered papers by number and day, participants by number only."""
    papers = cited(row for row in in_force(facts.register) if of(row.kind).public)
    counts = {
        "наставников": len(role(facts, "mentor")),
        "наставляемых": len(role(facts, "mentee")),
        "пар": len(living(facts)),
    }
    return {**common(facts, KIND), "документы": papers, "счёт": counts}
