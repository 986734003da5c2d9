"""Форма обратной связи по итогам встречи: пустой бланк с участниками пары."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "form.feedback"
SUBJECT = "pair"
HEADING = "Форма обратной связи по итогам встречи"


def build(facts: Facts) -> Context:
    """Return the form's context."""
    return {**common(facts, KIND, HEADING), "пара": pair_record(facts, the_pair(facts))}
