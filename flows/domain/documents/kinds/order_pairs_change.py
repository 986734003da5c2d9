"""Приказ о внесении изменений: приложение к приказу о парах излагается в новой редакции целиком."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import common, registered, unique
from flows.domain.documents.pairs import listed
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.pairs_change"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when no pair may be named."""
    pairs = listed(facts)
    if not pairs:
        raise Refused(
            "Приказ об изменениях не готовится: нет ни одной пары с согласием наставника и дополнительным соглашением."
        )
    context = common(facts, KIND)
    everyone = unique(person for pair in pairs for person in (pair["наставник"], *pair["наставляемые"]))
    told = {
        "пары": pairs,
        "есть_группы": any(pair["это_группа"] for pair in pairs),
        "изменяемый": _changed(facts),
        "редакция": _edition(facts),
    }
    return {
        **context,
        **told,
        "ознакомить": unique([*everyone, *([context["куратор"]] if context["куратор"] else [])]),
    }


def _changed(facts: Facts) -> Context | None:
    """Return number and day of the order that is changed: the one this paper's subject names, else the last."""
    own = tuple(row for row in facts.register if row.parts.family == facts.subject.partition("~")[0])
    return registered(replace(facts, register=own), ORDER_OF_PAIRS) or registered(facts, ORDER_OF_PAIRS)


def _edition(facts: Facts) -> Context | None:
    """Return number and day of the last registered order that has already changed it: its edition is the one in force."""
    own = tuple(
        row
        for row in facts.register
        if row.parts.family == facts.subject.partition("~")[0] and row.parts.subject != facts.subject
    )
    return registered(replace(facts, register=own), KIND)
