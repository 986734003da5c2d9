"""Раздел «Наставничество» на сайте: что в нём должно быть и какие документы уже зарегистрированы."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited, common
from flows.domain.documents.pairs import living
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "site.page"


def build(facts: Facts) -> Context:
    """Return the page's context: registered papers by number and day, those who work in pairs now by number only."""
    papers = cited(row for row in in_force(facts.register) if of(row.kind).public)
    pairs = living(facts)
    counts = {
        "наставников": len({pair["наставник"]["код"] for pair in pairs}),
        "наставляемых": len({person["код"] for pair in pairs for person in pair["наставляемые"]}),
        "пар": len(pairs),
    }
    return {**common(facts, KIND), "документы": papers, "счёт": counts}
