"""Приказ о закреплении наставнических пар с перечнем в приложении (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import PROGRAMME
from flows.domain.documents.common import common, unique
from flows.domain.documents.minutes import protocol
from flows.domain.documents.pairs import listed
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Context, Facts

KIND = "order.pairs"


def build(facts: Facts) -> Context:
    """Return the order's context; raise `Refused` when no pair may be named yet."""
    pairs = listed(facts)
    if not pairs:
        raise Refused(
            "Приказ о закреплении пар не готовится: нет ни одной пары с согласием наставника и дополнительным соглашением."
        )
    context = common(facts, KIND)
    everyone = [person for pair in pairs for person in (pair["наставник"], *pair["наставляемые"])]
    return {
        **context,
        "пары": pairs,
        "есть_группы": any(pair["это_группа"] for pair in pairs),
        "по_соглашениям": any(
            pair["работник"] and not pair["наставник"]["трудовая_функция"] for pair in pairs
        ),
        "есть_доплата": any(pair["доплата"] for pair in pairs),
        "есть_соглашения": any(pair["работник"] and pair["доп_соглашение"] for pair in pairs),
        "согласны": consented(pairs),
        "протокол": protocol(facts, KIND),
        "срок_программ": programs_due(facts),
        "ознакомить": unique([*everyone, *([context["куратор"]] if context["куратор"] else [])]),
    }


def consented(pairs: list[Context]) -> Context:
    """Tell whether every mentor whose consent is asked for has given it in writing, and whether every mentee has."""
    asked = [
        pair["наставник"]
        for pair in pairs
        if not (pair["работник"] and pair["наставник"]["трудовая_функция"])
    ]
    mentees = [person for pair in pairs for person in pair["наставляемые"]]
    return {
        "наставники": bool(asked)
        and all(person["согласие"] or person["согласие_представителя"] for person in asked),
        "наставляемые": all(person["согласие"] or person["согласие_представителя"] for person in mentees),
    }


def programs_due(facts: Facts) -> date | None:
    """Return the day the roadmap sets for the pairs' programmes, if it sets one after the pairs begin; else the pen does."""
    started = min(pair.start for pair in facts.pairs)
    days = [
        window.end
        for activity in facts.activities
        if PROGRAMME in activity.documents
        for window in activity.term.windows
    ]
    return min((day for day in days if day and day >= started), default=None)
