"""Приказ о проведении мониторинга, а по строке о рекомендациях и решениях – приказ о его итогах."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.councils.agenda import plainly
from flows.domain.documents.common import common, unique
from flows.domain.documents.kinds.note_monitoring import KIND as NOTE
from flows.domain.documents.kinds.note_monitoring import KIND_AND_THEME, written
from flows.domain.documents.pairs import agreed
from flows.domain.monitoring.note.focus import ask_of
from flows.domain.people.named_codes import by_name

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "order.monitoring"
RESULTS = "Об итогах мониторинга наставничества"


def build(facts: Facts) -> Context:
    """Return the order's context; an order on results carries the recommendations of the note it comes with."""
    context = common(facts, KIND)
    window = facts.window
    told = {
        "начало": window.start if window else None,
        "окончание": window.end if window else None,
        "пункт": facts.activity.number.rstrip(". ") or None if facts.activity else None,
    }
    mentors = unique(pair["наставник"] for pair in agreed(facts, KIND))
    people = unique([*mentors, *([context["куратор"]] if context["куратор"] else [])])
    return {**context, **told, **_results(facts, context), "ознакомить": people}


def _results(facts: Facts, context: Context) -> Context:
    if not ask_of(facts.activity).also:
        return {"итоги": None, "меры": []}
    note = written(facts, NOTE)
    parts = KIND_AND_THEME.fullmatch(note.title)
    about = parts[2] if parts else "по итогам мониторинга"
    return {
        "документ": {**context["документ"], "заголовок": RESULTS},
        "заголовок": RESULTS,
        "итоги": f"аналитическую {'записку' if note.ask.word == 'записка' else 'справку'} {about}",
        "меры": [by_name(plainly(line.text), facts.pairs, facts.people) for line in note.recommendations],
    }
