"""Повестка педагогического совета: вопросы о наставничестве и строки для других."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds.council_folder import talk

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "agenda.council"
SUBJECT = "council"
HEADING = "Повестка педагогического совета"


def build(facts: Facts) -> Context:
    """Return the paper's context; attendance, discussion and votes are never filled."""
    return talk(facts, KIND, HEADING)
