"""Приказ о внесении изменений: приложение к приказу о парах излагается в новой редакции целиком."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import common, registered, unique
from flows.domain.documents.pairs import listed
from flows.domain.errors import Refused
from flows.domain.people import through_time

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
        "есть_соглашения": any(pair["работник"] and pair["доп_соглашение"] for pair in pairs),
        "изменяемый": _changed(facts),
        "редакция": _edition(facts),
        "смены_имён": _renamed(facts),
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


def _renamed(facts: Facts) -> list[Context]:
    """Return whom of the pairs the order in force calls otherwise than this one: the former name and the new."""
    edition = _edition(facts) or _changed(facts)
    if edition is None or edition["дата"] is None:
        return []
    before = through_time.on(facts.history, edition["дата"])
    codes = dict.fromkeys(code for pair in facts.pairs for code in (pair.mentor, *pair.mentees))
    changed = [
        {"было": before[code].name, "стало": facts.people[code].name}
        for code in codes
        if code in before and before[code].name != facts.people[code].name
    ]
    return [each for at, each in enumerate(changed) if each not in changed[:at]]
