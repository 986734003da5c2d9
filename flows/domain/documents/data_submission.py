"""Данные организации для муниципального координатора: счёт по листам на последний день встреч."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents import note_monitoring
from flows.domain.documents.common import common

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "data.submission"
SUBJECT = "event"
HEADING = "Сведения о наставничестве"


def build(facts: Facts) -> Context:
    """Return the form's context: the same count as in the monitoring note."""
    note = note_monitoring.build(facts)
    return {**note, **common(facts, KIND, HEADING)}
