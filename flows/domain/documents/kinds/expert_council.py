"""Письмо и протокол согласования: какие зарегистрированные документы направлены экспертному совету и учредителю."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited, in_force
from flows.domain.documents.kinds.plain import Plain

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts

LETTER = "cover.letter"
SENT = frozenset({"order.introduce", "order.curator", "regulation", "roadmap", "program.org"})


def sent(facts: Facts) -> Context:
    """List the registered papers that are sent to be agreed."""
    return {"документы": cited(row for row in in_force(facts) if row.kind in SENT)}


def agreed(facts: Facts) -> Context:
    """List what a sitting of experts got, of another sitting nothing; attendance and decisions are for the pen."""
    expert = facts.activity is not None and LETTER in facts.activity.documents
    return {"экспертиза": expert, **(sent(facts) if expert else {"документы": []})}


KINDS = (
    Plain(LETTER, "event", "Сопроводительное письмо", sent),
    Plain("protocol.other", "event", "Протокол заседания", agreed),
)
BUILDERS: dict[str, Builder] = {kind.id: kind.build for kind in KINDS}
SUBJECTS = {kind.id: kind.subject for kind in KINDS}
