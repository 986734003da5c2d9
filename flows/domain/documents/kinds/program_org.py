"""Программа наставничества организации: рамка, в которой работают программы пар."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, protocol, role
from flows.domain.documents.pairs import living

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "program.org"
SUBJECT = "organisation"
HEADING = "Программа наставничества"


def build(facts: Facts) -> Context:
    """Return the programme's context; the order of introduction does not approve it, so the order's number is left to the pen."""
    told = {"наставники": role(facts, "mentor"), "наставляемые": role(facts, "mentee"), "пары": living(facts)}
    return {**common(facts, KIND, HEADING), **told, "приказ": None, "протокол": protocol(facts)}
