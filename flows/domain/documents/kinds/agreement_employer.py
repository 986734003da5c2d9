"""Соглашение организации и работодателя о наставничестве: кто наставник, кого он сопровождает, кто за что отвечает."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.pairs import pair_record

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "agreement.employer"
SUBJECT = "pair"
HEADING = "Соглашение о наставничестве"


def build(facts: Facts) -> Context:
    """Return the agreement's context; the employer's requisites are left to the pen."""
    record = pair_record(facts, the_pair(facts))
    return {**common(facts, KIND, HEADING), "соглашение": record["доп_соглашение"], "пара": record, "наставник": record["наставник"]}
