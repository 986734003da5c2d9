"""Части о мероприятии и о плане: что называет строка дорожной карты, какие мероприятия запланированы; своих слов здесь нет."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.documents.common import role
from flows.domain.documents.kinds.roadmap import row
from flows.domain.documents.parts.acts import forms_of
from flows.domain.statuses import NOT_NEEDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Activity, Context, Facts


def event(facts: Facts) -> Context:
    """Tell what the roadmap calls an event, when it is and who answers; nothing of what it does not name."""
    told = facts.activity
    return {"событие": row(told) if told else None}


def planned(facts: Facts) -> Context:
    """List the roadmap's rows as a programme's plan, the forms of mentoring and what mentees ask for."""
    asked = (person["запрос"] for person in role(facts, "mentee") if person["запрос"])
    return {
        "мероприятия": _rows(facts, lambda _: True),
        "формы": forms_of(facts),
        "запросы": list(dict.fromkeys(asked)),
    }


def told_about(facts: Facts) -> Context:
    """List the other rows of the roadmap that make mentoring known: what is published, told of at events or written by people."""
    known = {*record.having("publishes"), *record.having("by_people"), *record.having("achieved")}
    own = facts.activity.code if facts.activity else ""
    return {"мероприятия": _rows(facts, lambda each: each.code != own and bool(known & set(each.documents)))}


def _rows(facts: Facts, wanted: Callable[[Activity], bool]) -> list[Context]:
    return [row(each) for each in facts.activities if each.status != NOT_NEEDED and wanted(each)]


PARTS: dict[str, Builder] = {"событие": event, "мероприятия": planned, "продвижение": told_about}
