"""Дневник наставничества: проведённые встречи пары и строки для следующих."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.kinds.report_mentor import held
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "diary"
SUBJECT = "pair"
HEADING = "Дневник наставничества"


def build(facts: Facts) -> Context:
    """Return the diary's context."""
    pair = the_pair(facts)
    return {**common(facts, KIND, HEADING), "пара": pair_record(facts, pair), "встречи": held(facts, pair)}
