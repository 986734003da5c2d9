"""Согласие быть наставником того, кто не работает в организации: обучающегося, студента, работника другой организации."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import AGREED, common, ending, signing, the_pair
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "consent.mentor"
SUBJECT = "pair"
HEADING = "Согласие на участие в наставничестве в качестве наставника"


def build(facts: Facts) -> Context:
    """Return the consent's context; raise `Refused` when it is not known who signs for a pupil."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    who = signing(facts, facts.people[pair.mentor])
    agreed = AGREED["(а)"] if who["за_другого"] else AGREED[ending(record["наставник"]["пол"])]
    return {**common(facts, KIND, HEADING), "пара": record, "наставник": record["наставник"], "согласен": agreed, **who}
