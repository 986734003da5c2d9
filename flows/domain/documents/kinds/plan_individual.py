"""План индивидуального развития наставляемого: его затруднения, действия и отметки."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, member, the_person
from flows.domain.documents.pairs import pairs_of

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "plan.individual"
SUBJECT = "mentee"
HEADING = "План индивидуального развития"


def build(facts: Facts) -> Context:
    """Return the plan's context."""
    person = the_person(facts)
    pairs = pairs_of(facts, person)
    return {**common(facts, KIND, HEADING), "наставляемый": member(facts, person), "пары": pairs, "наставник": pairs[0]["наставник"] if pairs else None}
