"""Сопроводительное письмо учредителю: какие зарегистрированные документы направляются на согласование."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "cover.letter"
SUBJECT = "event"
HEADING = "Сопроводительное письмо"
SENT = frozenset({"order.introduce", "order.curator", "regulation", "roadmap", "program.org"})


def build(facts: Facts) -> Context:
    """Return the letter's context."""
    papers = [{"название": filed.title, "номер": filed.number or None, "дата": filed.day} for filed in facts.register if filed.registered and filed.kind in SENT]
    return {**common(facts, KIND, HEADING), "документы": papers}
