"""Дорожная карта – приложение № 2 к приказу о внедрении: строки листа, слово в слово."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common
from flows.domain.documents.minutes import protocol
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Activity, Context, Facts

KIND = "roadmap"


def build(facts: Facts) -> Context:
    """Return the roadmap's context; raise `Refused` when the tab has no rows."""
    if not facts.activities:
        raise Refused("Дорожная карта не готовится: в листе «Дорожная карта» нет строк.")
    stages = ["", *(activity.stage for activity in facts.activities)]
    rows = [
        {**row(activity), "новый_этап": bool(activity.stage) and activity.stage != before}
        for activity, before in zip(facts.activities, stages, strict=False)
    ]
    period = {"начало": facts.period.start, "окончание": facts.period.end} if facts.period else None
    context = common(facts, KIND)
    return {
        **context,
        "строки": rows,
        "период": period,
        "название": " ".join(facts.plan.split()) or None,
        "протокол": protocol(facts, KIND, context["приказ"]),
    }


def row(activity: Activity) -> Context:
    """Return a row as it is printed in the sheet."""
    return {
        "номер": activity.number or None,
        "этап": activity.stage or None,
        "мероприятие": activity.activity or activity.content,
        "содержание": activity.content or None,
        "срок": activity.printed_term or activity.term.text or None,
        "ответственные": activity.printed_responsible or ", ".join(activity.responsible) or None,
        "результат": activity.result or None,
    }
