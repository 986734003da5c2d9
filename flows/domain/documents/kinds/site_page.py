"""Раздел «Наставничество» на сайте: что в нём должно быть и какие документы уже зарегистрированы."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited, common, in_force, role
from flows.domain.documents.pairs import living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "site.page"
SUBJECT = "organisation"
HEADING = "Раздел «Наставничество» на официальном сайте"
PUBLIC = frozenset(
    {
        "order.introduce",
        "order.curator",
        "order.registry",
        "regulation",
        "regulation.rewards",
        "roadmap",
        "program.org",
        "methodology",
        "note.monitoring",
    }
)


def build(facts: Facts) -> Context:
    """Return the page's context: registered papers by number and day, participants by number only."""
    papers = cited(row for row in in_force(facts) if row.kind in PUBLIC)
    counts = {
        "наставников": len(role(facts, "mentor")),
        "наставляемых": len(role(facts, "mentee")),
        "пар": len(living(facts)),
    }
    return {**common(facts, KIND, HEADING), "документы": papers, "счёт": counts}
