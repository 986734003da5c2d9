"""Приказ о внесении изменений: приложение к приказу о парах излагается в новой редакции целиком."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, registered, unique
from flows.domain.documents.pairs import listed
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.pairs_change"
SUBJECT = "organisation"
HEADING = "О внесении изменений в приказ о закреплении наставнических пар"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when no pair may be named."""
    pairs = listed(facts)
    if not pairs:
        raise Refused("Приказ об изменениях не готовится: нет ни одной пары с согласием наставника и дополнительным соглашением.")
    context = common(facts, KIND, HEADING)
    everyone = unique(person for pair in pairs for person in (pair["наставник"], *pair["наставляемые"]))
    told = {"пары": pairs, "есть_группы": any(pair["это_группа"] for pair in pairs), "изменяемый": registered(facts, "order.pairs")}
    return {**context, **told, "ознакомить": unique([*everyone, *([context["куратор"]] if context["куратор"] else [])])}
