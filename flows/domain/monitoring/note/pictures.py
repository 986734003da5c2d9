"""What the charts of a paper show, as values; the drawing itself is `flows.papers.charts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.note.shape import Chart
from flows.domain.statuses import DONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.model import Activity
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.periods import Period


def plan_fact(counted: Counted) -> Chart | None:
    """Show planned and held meetings of each pair."""
    rows = tuple((each.pair, each.planned, each.held) for each in counted.meetings)
    return (
        Chart("plan_fact", "Встречи пар: план и факт", {"rows": rows})
        if any(plan or held for _, plan, held in rows)
        else None
    )


def before_after(counted: Counted) -> Chart | None:
    """Show means before and after by criterion, only where enough people answered both times."""
    rows = tuple(
        (each.criterion, float(each.before), float(each.after), each.scale)
        for each in counted.changes
        if each.before is not None and each.after is not None
    )
    return (
        Chart("before_after", "Средние баллы до и после (одни и те же участники)", {"rows": rows})
        if rows
        else None
    )


def cadence(counted: Counted) -> Chart | None:
    """Show the days on which each pair met, from the scope's start to the cut-off."""
    rows = tuple(
        (pair.code, tuple(each.held for each in counted.log.held(pair.code) if each.held))
        for pair in counted.pairs
    )
    data = {"rows": rows, "start": counted.scope.period.start, "end": counted.scope.cut_off}
    return Chart("cadence", "Встречи пар по дням", data) if any(found for _, found in rows) else None


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
