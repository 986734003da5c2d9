"""Сопроводительное письмо учредителю: какие зарегистрированные документы направляются на согласование."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited, common, in_force

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "cover.letter"
SUBJECT = "event"
HEADING = "Сопроводительное письмо"
SENT = frozenset({"order.introduce", "order.curator", "regulation", "roadmap", "program.org"})


def build(facts: Facts) -> Context:
    """Return the letter's context."""
    return {**common(facts, KIND, HEADING), "документы": cited(row for row in in_force(facts) if row.kind in SENT)}
