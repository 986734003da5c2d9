"""Протокол заседания, кроме педсовета; экспертному совету – с перечнем документов, присланных на согласование."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited, common, in_force
from flows.domain.documents.kinds.cover_letter import KIND as LETTER
from flows.domain.documents.kinds.cover_letter import SENT

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "protocol.other"
SUBJECT = "event"
HEADING = "Протокол заседания"


def build(facts: Facts) -> Context:
    """Return the minutes' context; attendance, discussion and decisions are for the pen."""
    expert = facts.activity is not None and LETTER in facts.activity.documents
    sent = [row for row in in_force(facts) if row.kind in SENT] if expert else []
    return {**common(facts, KIND, HEADING), "экспертиза": expert, "документы": cited(sent)}
