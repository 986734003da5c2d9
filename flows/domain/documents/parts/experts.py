"""Письмо и протокол согласования: какие зарегистрированные документы направлены экспертному совету и учредителю."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts


def sent(facts: Facts) -> Context:
    """List the registered papers that are sent to be agreed."""
    return {"документы": cited(row for row in in_force(facts.register) if of(row.kind).sent)}


def agreed(facts: Facts) -> Context:
    """List what a sitting of experts got, of another sitting nothing; attendance and decisions are for the pen."""
    expert = facts.activity is not None and any(
        of(kind).expert == "letter" for kind in facts.activity.documents
    )
    return {"экспертиза": expert, **(sent(facts) if expert else {"документы": []})}


PARTS: dict[str, Builder] = {"направленные документы": sent, "рассмотренные документы": agreed}
