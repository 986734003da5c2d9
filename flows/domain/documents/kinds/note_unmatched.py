"""Справка о наставляемых без пары: коды и запросы, причины вписывает куратор."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role
from flows.domain.documents.pairs import codes, living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "note.unmatched"
SUBJECT = "organisation"
HEADING = "Справка о наставляемых без наставника"


def build(facts: Facts) -> Context:
    """Return the note's context: mentees in no living pair."""
    taken = {code for pair in living(facts) for code in codes(pair)}
    return {**common(facts, KIND, HEADING), "наставляемые": [person for person in role(facts, "mentee") if person["код"] not in taken]}
