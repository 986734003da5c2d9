"""Протокол педагогического совета: ход и голосование вписывают от руки."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, council
from flows.domain.documents.pairs import living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "protocol.council"
SUBJECT = "event"
HEADING = "Протокол педагогического совета"


def build(facts: Facts) -> Context:
    """Return the paper's context; attendance, discussion and votes are never filled."""
    return {**common(facts, KIND, HEADING), "педсовет": council(facts), "пары": living(facts)}
