"""Согласие наставника на возложение обязанностей: свободное «да» или «нет», условия, право отказаться (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import AGREED, common, ending, the_pair
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "consent.duty"
SUBJECT = "pair"
HEADING = "Согласие на возложение обязанностей наставника"


def build(facts: Facts) -> Context:
    """Return the consent's context; day and signature are the mentor's own."""
    pair = pair_record(facts, the_pair(facts))
    told = ending(pair["наставник"]["пол"])
    return {**common(facts, KIND, HEADING), "пара": pair, "наставник": pair["наставник"], "согласен": AGREED[told], "обязан": f"обязан{told}"}
