"""Письмо и протокол согласования: какие зарегистрированные документы направлены экспертному совету и учредителю."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited
from flows.domain.errors import Refused
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts

NOTHING = "Сопроводительное письмо не готовится: направлять ещё нечего. Впишите номер и дату того, что согласуют, во вкладку «Документы»."


def sent(facts: Facts) -> Context:
    """List the registered papers that are sent to be agreed, and to whom; raise `Refused` while there are none."""
    papers = _papers(facts)
    if not papers:
        raise Refused(NOTHING)
    body = facts.activity.printed_responsible if facts.activity else ""
    return {"документы": papers, "адресат": " ".join(body.split()) or facts.organisation.founder or None}


def _papers(facts: Facts) -> list[Context]:
    return cited(row for row in in_force(facts.register) if of(row.kind).sent)


def agreed(facts: Facts) -> Context:
    """List what a sitting of experts got, of another sitting nothing; attendance and decisions are for the pen."""
    expert = facts.activity is not None and any(
        of(kind).expert == "letter" for kind in facts.activity.documents
    )
    return {"экспертиза": expert, "документы": _papers(facts) if expert else []}


PARTS: dict[str, Builder] = {"направленные документы": sent, "рассмотренные документы": agreed}
