"""Дополнительное соглашение к трудовому договору о наставничестве (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "addendum"
SUBJECT = "pair"
HEADING = "Дополнительное соглашение к трудовому договору"


def build(facts: Facts) -> Context:
    """Return the agreement's context; the contract's number is left to the pen."""
    record = pair_record(facts, the_pair(facts))
    return {**common(facts, KIND, HEADING), "соглашение": record["доп_соглашение"], "пара": record, "наставник": record["наставник"]}
