"""Invented answers, a score card and events for the monitoring papers of the invented organisation."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import Question, Reply, Response
from flows.domain.monitoring.indicators.conclusion_settings import (
    THRESHOLDS,
    Conclusions,
    ConclusionSetting,
    ReasonGroup,
)
from flows.domain.monitoring.indicators.evidence import Evidence
from flows.domain.monitoring.indicators.figure import Spec
from flows.domain.monitoring.indicators.method import Level, Method, Rules
from flows.domain.monitoring.tabs import ScoreCard
from flows.domain.people.staff_events import StaffEvent
from flows.domain.statuses import OPEN_LESSON
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from flows.domain.model import Facts

NAMES = (
    "Вовлечённость молодых специалистов", "Охват педагогов наставничеством", "Доля наставников", "Обеспеченность программами", "Документальная готовность пар",
    "Выполнение плана встреч", "Регулярность встреч", "Обратная связь после встреч", "Возврат анкет", "Удовлетворённость наставляемых",
    "Удовлетворённость наставников", "Динамика по критериям", "Завершаемость программ", "Закрепляемость молодых специалистов", "Результаты участников", "Карта оценки программы",
)  # fmt: skip
CARD = ("Соответствие целям", "Психологический климат", "Активность наставляемого")
# Every rule of ours is drawn on trial; one number serves for all their thresholds.
LIMIT = 30
DRAWN = Conclusions(
    {
        name: ConclusionSetting(name, len(THRESHOLDS) - at, dict.fromkeys(limits, LIMIT))
        for at, (name, limits) in enumerate(THRESHOLDS.items())
    },
    reasons=(ReasonGroup("болезнь", ("болезн",)),),
)
METHOD = Method(
    {f"M{at}": Spec(f"M{at}", name, "часть / целое × 100") for at, name in enumerate(NAMES, 1)},
    Rules(gap_source="методика"), CARD, 2, (Level(4, 6, "оптимальный"), Level(0, 3, "допустимый")), "образец", conclusions=DRAWN,
)  # fmt: skip
FORM = "Ответы на форму (1)"
QUESTIONS = {
    "вход": Question(
        FORM, "Насколько вам комфортно?", indicator="M12", criterion="комфорт", wave="вход", scale=10
    ),
    "выход": Question(
        FORM, "Насколько вам было комфортно?", indicator="M12", criterion="комфорт", wave="выход", scale=10
    ),
    "довольны": Question(
        FORM,
        "Вы довольны работой пары?",
        indicator="M10",
        criterion="удовлетворённость",
        wave="выход",
        scale=10,
    ),
}
DAYS = {"вход": datetime(2026, 9, 20, 12), "выход": datetime(2026, 11, 20, 12)}  # noqa: DTZ001 - a form knows no zone


def evidence(facts: Facts) -> Evidence:
    """Return evidence about the people of the facts: every mentee answered at the start and now."""
    codes = sorted(code for code, person in facts.people.items() if person.role == "mentee")
    answers = tuple(_answer(code, wave, at) for wave in DAYS for at, code in enumerate(codes))
    card = ScoreCard(
        "I полугодие 2026/2027",
        dict(zip(CARD, (2, 1, 2), strict=True)),
        Window(date(2026, 9, 1), date(2026, 12, 31)),
    )
    events = tuple(StaffEvent(date(2026, 11, 10), code, OPEN_LESSON) for code in codes[:1])
    return Evidence(facts, METHOD, answers, {FORM: max(len(codes), 1)}, (card,), events)


def _answer(code: str, wave: str, at: int) -> Response:
    mark = 4 + at % 3 if wave == "вход" else 6 + at % 4
    replies = [
        Reply(QUESTIONS[wave], mark, 10),
        *([Reply(QUESTIONS["довольны"], 7 + at % 4, 10)] if wave == "выход" else []),
    ]
    return Response(f"{code}-{wave}", FORM, code, DAYS[wave], tuple(replies), "mentee")
