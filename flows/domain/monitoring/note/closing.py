"""What a note ends with: its conclusions in words, what to do, a draft of decisions; and the story of one stage."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.figure import PERCENT
from flows.domain.monitoring.note.chapters import CURATOR
from flows.domain.monitoring.note.conclusions import findings
from flows.domain.monitoring.note.outline import ADVISED, LEFT, SIDES, cut, lines_of
from flows.domain.monitoring.note.pictures import OF_A_STAGE
from flows.domain.monitoring.note.rules.drawn import FULL
from flows.domain.monitoring.note.shape import BLANK, NoteLine, Section, Table
from flows.domain.statuses import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Activity
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.finding import Chapter, Finding
    from flows.domain.monitoring.note.outline import Outline

OF_A_CHAPTER, IN_ALL = 3, 14  # conclusions that are said once more in words
ONLY_STATED = frozenset({"M2", "M3"})  # what part of the staff takes part: no half of it is meant to


def conclusions(told: Outline) -> Section | None:
    """Say in words, without the figures above, what is good and then what is not; any may be struck out."""
    chosen = _main(each for each in told.weighed() if each.brief and each.line.rows)
    ordered = [each for good in (True, None, False) for each in chosen if each.good is good]
    lines = tuple(
        NoteLine(text, each.line.figures, each.line.rows)
        for text, each in {cut(each.brief, told): each for each in ordered}.items()
    )
    pointers = (("Сильные и слабые стороны", SIDES), ("Выводы, для которых здесь нет места", LEFT))
    said = "; ".join(f"{what} – {place}" for what, held in pointers if (place := told.where(held)))
    return Section("Выводы", (f"{said}.",) if said else (), lines=lines) if lines else None


def _main(weighed: Iterable[Finding]) -> list[Finding]:
    """Keep the weightiest: few of a chapter, few in all; every one stands in its chapter with its numbers."""
    spoken: Counter[Chapter] = Counter()
    kept: list[Finding] = []
    for each in weighed:
        spoken[each.chapter] += 1
        if spoken[each.chapter] <= OF_A_CHAPTER:
            kept.append(each)
    return kept[:IN_ALL]


def advised(told: Outline) -> tuple[tuple[NoteLine, str], ...]:
    """Return what is advised for which there is room, the weightiest first, each with the words it is printed in."""
    room, chosen = ADVISED[told.short], []
    for each in told.weighed():
        if each.advice is None:
            continue
        text = cut(each.advice.text, told)
        room -= lines_of(text)
        if room >= 0:
            chosen.append((each.advice, text))
    return tuple(chosen)


def recommendations(told: Outline) -> Section | None:
    """Say what to do about the weak sides: to whom, what, by when; the ground of each stands above."""
    lines = tuple(replace(advice, text=text) for advice, text in advised(told))
    blank = "" if told.short else f"Дополнительные рекомендации ({CURATOR})"
    if lines:
        return Section("Рекомендации", lines=lines, blank=blank)
    said = _no_advice(told.counted)
    return Section("Рекомендации", (said,) if said else (), blank=blank) if said or blank else None


def _no_advice(counted: Counted) -> str:
    """Say that nothing has to be done only of what was counted, and only where no conclusion and no share is weak."""
    known = [each.known for each in counted.figures]
    weak = any(each.good is False or each.advice for each in findings(counted))
    if not any(known) or weak or any(map(_low, counted.figures)):
        return ""
    return (
        "Показателей, которые требуют мер, нет."
        if all(known)
        else "Среди посчитанных показателей нет тех, которые требуют мер."
    )


def _low(figure: Figure) -> bool:
    """Tell whether a share is under a half where all are meant to be: what part of the staff takes part is not."""
    meant = figure.known and figure.unit == PERCENT and figure.code not in ONLY_STATED
    return meant and figure.value is not None and figure.value * 2 < FULL


def decisions(told: Outline) -> Section:
    """Write a draft of decisions for the head or the council."""
    counted = told.counted
    also = (
        (NoteLine(f"Подготовить приказ об итогах мониторинга. Срок: до {BLANK}."),)
        if counted.ask.also
        else ()
    )
    word = "записку" if counted.ask.word == "записка" else "справку"
    lines = (
        NoteLine(f"Принять аналитическую {word} к сведению."),
        *(
            (NoteLine(f"Исполнить рекомендации. Срок: до {BLANK}. Ответственный: {BLANK}."),)
            if advised(told)
            else ()
        ),
        *also,
        NoteLine(f"Контроль исполнения: {BLANK}."),
    )
    return Section("Проект управленческих решений", lines=lines)


def stage(told: Outline) -> Section:
    """Describe one stage: its rows in the roadmap, what is done and what is not; the story is the curator's."""
    counted = told.counted
    mine = [each for each in counted.evidence.facts.activities if _same_stage(each.stage, counted)]
    blank = f"Описание хода этапа и предложения ({CURATOR})"
    if not mine:
        return Section("Ход этапа", ("Мероприятия этапа в дорожной карте не найдены.",), blank=blank)
    open_rows = [_number(each) for each in mine if each.status != DONE]
    said = f"Мероприятий этапа: {len(mine)}." + (
        f" Не отмечены как выполненные: {', '.join(open_rows)}." if open_rows else " Все выполнены."
    )
    if told.short:
        return Section("Ход этапа", (said,))
    rows = tuple(
        (_number(each), each.activity, each.printed_term or "—", each.status or "не отмечено")
        for each in mine
    )
    table = Table("Мероприятия этапа", ("Строка", "Мероприятие", "Срок", "Состояние"), rows)
    charts = told.charts.get(OF_A_STAGE, ())
    shown = "".join(f" Сроки мероприятий – рисунок {chart.number}." for chart in charts)
    return Section("Ход этапа", (said + shown,), (table,), blank=blank, charts=charts)


def _number(activity: Activity) -> str:
    return activity.number or activity.code


def _same_stage(name: str, counted: Counted) -> bool:
    activity = counted.evidence.facts.activity
    return activity is not None and name == activity.stage
