"""What the charts of a paper show, as values, and which chapter speaks of each; the drawing itself is `flows.papers.charts`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.note.finding import Chapter
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.shape import MOST_CHARTS, Chart
from flows.domain.statuses import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from flows.domain.model import Activity
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.outline import Outline
    from flows.domain.periods import Period

# More rows would take half a page and be read by nobody: of many pairs those are shown that stand out.
MOST_ROWS = 8
OF_A_STAGE = "этап"


def illustrated(told: Outline) -> Outline:
    """Choose at most three charts, each for the chapter that speaks of it; a note of two pages has none."""
    if told.short:
        return told
    counted, number = told.counted, 0
    placed: dict[str, tuple[Chart, ...]] = {}
    for chapter in (OF_A_STAGE, *Chapter):
        if not _spoken_of(chapter, told):
            continue
        compared = (before_after,) if chapter == _compared_in(told) else ()
        for make in (*MADE.get(chapter, ()), *compared):
            chart = make(counted) if number < MOST_CHARTS else None
            if chart:
                number += 1
                placed[chapter] = (*placed.get(chapter, ()), replace(chart, number=number))
    return replace(told, charts=placed)


def _spoken_of(chapter: str, told: Outline) -> bool:
    if chapter == OF_A_STAGE:
        return told.counted.ask.focus is Focus.STAGE
    return any(each.chapter == chapter for each in told.said)


def _compared_in(told: Outline) -> Chapter | None:
    """Return the chapter that speaks of marks before and after."""
    spoken = (each.chapter for each in told.said if any(code.startswith("M12") for code in each.line.figures))
    return next(spoken, None)


def plan_fact(counted: Counted) -> Chart | None:
    """Show planned and held meetings: of every pair, of many pairs those that met less than they planned, the furthest behind first.

    A log that nobody fills does not show whether its pair met.
    """
    if counted.figure("M6") is None:
        return None
    rows = [
        (each.pair, each.planned, each.held)
        for each in counted.meetings
        if each.filled and (each.planned or each.held)
    ]
    if len(rows) <= MOST_ROWS:
        return Chart("plan_fact", "Встречи пар: план и факт", {"rows": tuple(rows)}) if rows else None
    behind = sorted((row for row in rows if row[2] < row[1]), key=lambda row: (row[2] - row[1], row[0]))
    caption = "Пары, которые встречались реже, чем запланировали" + (
        f": первые {MOST_ROWS} из {len(behind)}" if len(behind) > MOST_ROWS else ""
    )
    return Chart("plan_fact", caption, {"rows": tuple(behind[:MOST_ROWS])}) if behind else None


def before_after(counted: Counted) -> Chart | None:
    """Show means before and after by criterion, only where enough people answered both times; of many, those that moved most."""
    rows = [
        (each.criterion, float(each.before), float(each.after), each.scale)
        for each in counted.changes
        if each.before is not None and each.after is not None
    ]
    caption = "Средние баллы до и после (одни и те же участники)"
    if len(rows) > MOST_ROWS:
        rows = sorted(rows, key=lambda row: -abs(row[2] - row[1]) / row[3])[:MOST_ROWS]
        caption += f": {MOST_ROWS} критериев, которые изменились сильнее других"
    return Chart("before_after", caption, {"rows": tuple(rows)}) if rows else None


def cadence(counted: Counted) -> Chart | None:
    """Show the days on which each pair met, from the scope's start to the cut-off; of many pairs those with too long a wait."""
    if counted.figure("M7") is None:
        return None
    shown = [each.pair for each in counted.meetings if each.held]
    caption = "Встречи пар по дням"
    if len(shown) > MOST_ROWS:
        waited = sorted(
            (each for each in counted.meetings if each.held and each.breaks_norm),
            key=lambda each: (-each.longest, each.pair),
        )
        shown = [each.pair for each in waited[:MOST_ROWS]]
        caption = "Пары с самыми долгими перерывами: встречи по дням"
    rows = tuple((code, tuple(each.held for each in counted.log.held(code) if each.held)) for code in shown)
    data = {"rows": rows, "start": counted.scope.period.start, "end": counted.scope.cut_off}
    return Chart("cadence", caption, data) if rows else None


def gantt(counted: Counted) -> Chart | None:
    """Show the roadmap's dated rows inside the scope, with the cut-off as the line of the day."""
    return roadmap(counted.evidence.facts.activities, counted.scope.period, counted.scope.cut_off)


def roadmap(activities: Sequence[Activity], period: Period, line: date | None) -> Chart | None:
    """Show the roadmap's windows that touch a period: row number, days, done or not; `line` is the day to mark."""
    rows = tuple(
        (
            each.number.rstrip(".") or each.code,
            max(window.start or window.end, period.start),
            min(window.end, period.end),
            each.status == DONE,
        )
        for each in activities
        for window in each.term.windows
        if window.end and window.end >= period.start and (window.start or window.end) <= period.end
    )
    return (
        Chart(
            "gantt",
            "Дорожная карта: сроки мероприятий",
            {"rows": rows, "start": period.start, "end": period.end, "line": line},
        )
        if rows
        else None
    )


MADE: dict[str, tuple[Callable[[Counted], Chart | None], ...]] = {
    OF_A_STAGE: (gantt,),
    Chapter.MEETINGS: (plan_fact, cadence),
}
