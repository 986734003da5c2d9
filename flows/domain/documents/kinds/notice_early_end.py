"""Уведомление наставнику о досрочной отмене поручения: не позднее чем за три рабочих дня (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, inline, the_pair
from flows.domain.documents.pairs import last_day, pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "notice.early_end"
SUBJECT = "pair"
HEADING = "Уведомление о досрочном прекращении наставничества"


def build(facts: Facts) -> Context:
    """Return the notice's context; days that nobody typed are left to the pen."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    return {**common(facts, KIND, HEADING), "пара": record, "наставник": record["наставник"], "причина": inline(pair.end_reason), "последний_день": last_day(pair), "уведомление": pair.end_notice}
