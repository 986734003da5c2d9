"""Выписка из протокола: один вопрос, подписи и заверение."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, council
from flows.domain.documents.pairs import living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "extract.council"
SUBJECT = "event"
HEADING = "Выписка из протокола педагогического совета"


def build(facts: Facts) -> Context:
    """Return the paper's context: number of the minutes as typed; attendance, discussion and votes are never filled."""
    told = council(facts)
    minutes = [each.protocol for each in facts.councils if told and each.protocol and told["дата"] in {each.day, each.protocol_day}]
    return {**common(facts, KIND, HEADING), "педсовет": told, "пары": living(facts), "номер_протокола": minutes[-1] if minutes else None}
