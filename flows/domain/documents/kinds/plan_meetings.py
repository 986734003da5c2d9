"""План встреч пары: записанные встречи, за ними строки для новых."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.kinds.program_personal import meetings
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "plan.meetings"
SUBJECT = "pair"
HEADING = "План встреч"


def build(facts: Facts) -> Context:
    """Return the plan's context."""
    pair = the_pair(facts)
    return {**common(facts, KIND, HEADING), "пара": pair_record(facts, pair), "встречи": meetings(facts, pair)}
