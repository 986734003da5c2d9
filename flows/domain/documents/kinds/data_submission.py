"""Данные организации для муниципального координатора: счёт по листам на последний день встреч."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common
from flows.domain.documents.counts import tally

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "data.submission"
SUBJECT = "event"
HEADING = "Сведения о наставничестве"


def build(facts: Facts) -> Context:
    """Return the form's context."""
    return {**common(facts, KIND, HEADING), **tally(facts)}
