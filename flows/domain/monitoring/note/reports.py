"""Reports beside the note: on a survey and of one mentor; that of the year stands in `year_report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import OPEN, WAVES
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.opinions import received
from flows.domain.monitoring.note import closing
from flows.domain.monitoring.note.opening import figures_table
from flows.domain.monitoring.note.shape import BLANK, Section, Table

if TYPE_CHECKING:
    from flows.domain.monitoring.note.counted import Counted

MENTOR = "заполняет наставник"


def survey_report(counted: Counted) -> Section:
    """Say what was asked, how many answered, and every question's answers; open ones are the curator's to sum up."""
    if not counted.responses:
        return Section("Результаты анкетирования", ("Нет данных: ответов на анкеты за этот период нет.",))
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
    found = summary(counted.responses, counted.evidence.method.rules.small)
    rows = tuple(
        (
            " ".join(each.question.text.split()),
            each.question.wave or "—",
            str(each.answers),
            each.mean or "—",
            each.distribution or "—",
        )
        for each in found
    )
    tables = (
        _sample(counted),
        figures_table("Показатели анкетирования", counted.starting("M9", "M10", "M11"), counted),
        Table("Ответы по вопросам", ("Вопрос", "Волна", "Ответов", "Среднее", "Сколько кто выбрал"), rows),
        *((closing.changes_table(counted),) if counted.changes else ()),
    )
    asked = any(each.question.holds == OPEN and each.answers for each in found)
    return Section(
        "Результаты анкетирования",
        paragraphs,
        tables,
        blank=f"Обобщение открытых ответов ({closing.CURATOR})" if asked else "",
    )


def _sample(counted: Counted) -> Table:
    got = received(counted.responses)
    names = dict.fromkeys((*got, *counted.evidence.sent))
    rows = tuple(
        (name, str(counted.evidence.sent.get(name) or BLANK), str(got.get(name, 0))) for name in names
    )
    return Table("Выборка", ("Анкета", "Разослано", "Получено"), rows)


def one_pair(counted: Counted) -> Section:
    """Report on one pair (`facts.subject`): the meetings as logged; the story is the mentor's."""
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
