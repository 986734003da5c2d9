"""What a note begins with: why it is written, what for, about which days, from what, and what could not be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.method import UNNAMED
from flows.domain.monitoring.note.details import by_form, registered
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.outline import FORMULAS, SOURCES
from flows.domain.monitoring.note.rules.drawn import sentence
from flows.domain.monitoring.note.shape import BLANK, NoteLine, Section

if TYPE_CHECKING:
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.outline import Outline

VISIT = "посещение занятия"
AIM = "оценить ход и результаты наставничества и подготовить решения по итогам оценки"
AIMS = {
    Focus.STAGE: "оценить, как пройден этап дорожной карты, и решить, что исправить до следующего",
    Focus.ENTRY: "определить, с чем участники начинают работу, и подготовить к ней всё, чего не хватает",
    Focus.MIDDLE: "оценить, как идёт работа пар, и решить, что исправить до её завершения",
    Focus.FINAL: "оценить результаты наставничества за год и подготовить решения на следующий",
    Focus.QUALITY: "оценить вклад наставничества в качество образования и подготовить решения по итогам оценки",
    Focus.RECOMMENDATIONS: "подготовить рекомендации и управленческие решения по итогам мониторинга",
}


def grounds(told: Outline) -> Section:
    """Say why the note is written, what for, about which days, how and from what; once for all what could not be counted."""
    counted = told.counted
    aim = AIMS.get(counted.ask.focus, AIM)
    period = f"с {days(counted.scope.period.start)} по {days(counted.scope.period.end)}"
    basis = f"Основание: {_basis(counted)}; приказ от {BLANK} № {BLANK}."
    paragraphs: tuple[str, ...] = (
        (f"{basis} Период: {period}. {_counted_by(counted)}",)
        if told.short
        else (
            basis,
            f"Цель: {aim}.",
            f"Период: {period}. {_counted_by(counted)}",
            f"Методы: {', '.join(_methods(counted))}. Зарегистрировано документов: {len(registered(counted))}.",
            _by_method(counted.evidence.method.own),
            looked_up(told),
        )
    )
    heading = "Основание и данные" if told.short else "Общие сведения"
    tables = () if told.short else (by_form(counted),)
    return Section(heading, tuple(text for text in paragraphs if text), tables, _unknown(told))


def looked_up(told: Outline) -> str:
    """Tell where the formulas stand and what the numbers after the conclusions mean."""
    formulas, sources = told.where(FORMULAS), told.where(SOURCES)
    said = (
        f"как посчитан каждый показатель – {formulas}" if formulas else "",
        f"на чём стоит каждый вывод (по номеру после него) – {sources}" if sources else "",
    )
    known = "; ".join(text for text in said if text)
    return f"{sentence(known)}." if known else ""


def _by_method(own: str) -> str:
    """Name the organisation's own method; of one that nobody named only that its thresholds are its own."""
    if own == UNNAMED:
        return "Пороги показателей – установленные организацией."
    return f"Показатели посчитаны по методике организации: {own}." if own else ""


def _unknown(told: Outline) -> tuple[NoteLine, ...]:
    return tuple(each.line for each in told.unknown)


def _basis(counted: Counted) -> str:
    activity = counted.evidence.facts.activity
    if activity is None:
        return "решение организации"
    return f"дорожная карта, пункт {activity.number.rstrip('. ')}" if activity.number else "дорожная карта"


def _counted_by(counted: Counted) -> str:
    said = f"Данные учтены по {days(counted.scope.cut_off)}"
    if counted.scope.last_entry:
        return f"{said}; последняя запись в журнале встреч и анкетах – {days(counted.scope.last_entry)}."
    name = counted.evidence.facts.organisation.short_name
    return f"{said}; записей за период в журнале встреч и анкетах организации {name} нет."


def _methods(counted: Counted) -> list[str]:
    """Name the methods, each with how much it looked at."""
    rows = [meeting for own in counted.log.by_pair.values() for meeting in own]
    visited = any(meeting.manner == VISIT for meeting in rows)
    return [
        "анализ документов",
        f"анализ журнала встреч (записей: {len(rows)})",
        *((f"анкетирование (заполнено анкет: {len(counted.responses)})",) if counted.responses else ()),
        *(("посещение занятий",) if visited else ()),
    ]
