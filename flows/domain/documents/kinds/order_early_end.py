"""Приказ о досрочном прекращении наставничества пары (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import common, inline, registered, the_pair, unique
from flows.domain.documents.pairs import last_day, pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.early_end"


def build(facts: Facts) -> Context:
    """Return the order's context; the last day and the notice's are left to the pen while nobody typed them."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    told = {
        "пара": record, "наставник": record["наставник"], "причина": inline(pair.end_reason), "приказ_о_парах": registered(facts, ORDER_OF_PAIRS, pair),
        "последний_день": last_day(pair), "уведомление": pair.end_notice,
    }  # fmt: skip
    context = common(facts, KIND)
    return {
        **context,
        **told,
        "ознакомить": unique(
            [
                record["наставник"],
                *record["наставляемые"],
                *([context["куратор"]] if context["куратор"] else []),
            ]
        ),
    }
