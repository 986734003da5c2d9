"""Reports beside the note: on a survey and of one mentor; that of the year stands in `year_report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import WAVES
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.opinions import received
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.opening import looked_up
from flows.domain.monitoring.note.shape import BLANK, Section, Table

if TYPE_CHECKING:
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.outline import Outline

ASKED = "Кого и о чём спрашивали"
MENTOR = "заполняет наставник"


def survey_report(told: Outline) -> Section:
    """Say what was asked, when and of whom; what was answered stands below, and question by question in an appendix."""
    counted = told.counted
    if not counted.responses:
        return Section(ASKED, ("Нет данных: ответов на анкеты за этот период нет.",))
    moments = [each.moment for each in counted.responses if each.moment]
    waves = {
        reply.question.wave for each in counted.responses for reply in each.replies if reply.question.wave
    }
    paragraphs = (
        "Цель: выявить мнение участников о наставничестве и учесть его в дальнейшей работе.",
        f"Инструмент: анкеты; волны: {', '.join(wave for wave in WAVES if wave in waves) or 'не указаны'}.",
        f"Сроки: с {days(min(moments).date())} по {days(max(moments).date())}."
        if moments
        else f"Сроки: {BLANK}.",
    )
    place = told.where("вопросы")
    return Section(
        ASKED,
        (*paragraphs, *((f"Ответы на каждый вопрос: {place}.",) if place else ()), looked_up(told)),
        (_sample(counted),),
    )


def questions(told: Outline) -> Section | None:
    """Write the answers to every question, for a report on a survey; open ones are only counted."""
    counted = told.counted
    if counted.ask.focus is not Focus.SURVEY or not counted.responses:
        return None
    rows = tuple(
        (
            " ".join(each.question.text.split()),
            each.question.wave or "—",
            str(each.answers),
            each.mean or "—",
            each.distribution or "—",
        )
        for each in summary(counted.responses, counted.evidence.method.rules.small)
    )
    head = ("Вопрос", "Волна", "Ответов", "Среднее", "Сколько кто выбрал")
    return Section("Ответы по вопросам", (), (Table("Ответы по вопросам", head, rows),))


def _sample(counted: Counted) -> Table:
    got = received(counted.responses)
    names = dict.fromkeys((*got, *counted.evidence.sent))
    rows = tuple(
        (name, str(counted.evidence.sent.get(name) or BLANK), str(got.get(name, 0))) for name in names
    )
    return Table("Выборка", ("Анкета", "Разослано", "Получено"), rows)


def one_pair(told: Outline) -> Section:
    """Report on one pair (`facts.subject`): the meetings as logged; the story is the mentor's."""
    counted = told.counted
    code = counted.evidence.facts.subject
    mine = next((each for each in counted.meetings if each.pair == code), None)
    pair = next((each for each in counted.pairs if each.code == code), None)
    if mine is None or pair is None:
        return Section(
            "Работа пары",
            ("Нет данных: такая пара в этот срок не работала.",),
            blank=f"Результаты, трудности, предложения ({MENTOR})",
        )
    rows = tuple(
        (
            days(each.held),
            each.topic or "—",
            each.manner or "—",
            str(each.minutes or "—"),
            each.outcome or "—",
        )
        for each in counted.log.held(code)
    )
    paragraphs = (
        f"Срок работы: с {days(pair.start)} по {days(pair.end)}.",
        f"Встреч по плану: {mine.planned}; проведено: {mine.held}; отменено: {mine.cancelled}; с обратной связью: {mine.feedback}.",
        *((f"Наибольший промежуток между встречами: {mine.longest} дн.",) if mine.gap_end else ()),
        *(("Нет данных: встречи в журнал не внесены.",) if not rows else ()),
    )
    return Section(
        "Работа пары",
        paragraphs,
        (Table("Проведённые встречи", ("Дата", "Тема", "Вид", "Минут", "Что сделано"), rows),),
        blank=f"Результаты, трудности, предложения ({MENTOR})",
    )
