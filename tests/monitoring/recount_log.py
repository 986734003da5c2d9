"""The log of meetings as a careful person reads it, for `recount`: units, what was planned, what was held."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from tests.monitoring.recount_cells import Book, Row, Span, at_work, day, mark, number, plain


class Unit(NamedTuple):
    """Who keeps one log: a pair, or a group (rows of «Пары» with one «Группа»). `end` None: no last day was typed."""

    name: str
    start: date
    end: date | None
    monthly: int | None


class Held(NamedTuple):
    """A meeting that took place, on its day; `reviewed` when its form of feedback was filled."""

    on: date
    reviewed: bool


def units(book: Book, span: Span) -> dict[str, Unit]:
    """The units at work within the span. A group lasts from its first row's start to its last row's end."""
    grouped: dict[str, list[Row]] = {}
    for row in at_work(book, span):
        grouped.setdefault(plain(row.get("Группа")) or plain(row.get("⚙ Код")), []).append(row)
    return {name: _unit(name, rows) for name, rows in grouped.items()}


def _unit(name: str, rows: list[Row]) -> Unit:
    ends = [day(row.get("Дата окончания")) for row in rows]
    starts = [start for row in rows if (start := day(row.get("Дата начала")))]
    monthly = next((count for row in rows if (count := number(row.get("Встреч в месяц")))), None)
    return Unit(name, min(starts), None if None in ends else max(end for end in ends if end), monthly)


def log(book: Book) -> dict[str, list[Row]]:
    """The rows of «Встречи» by unit; a member's own code stands for his group. A name that is no pair's stays by itself, in nobody's log."""
    names = {
        plain(row.get("⚙ Код")): plain(row.get("Группа")) or plain(row.get("⚙ Код"))
        for row in book.rows("Пары")
    }
    rows: dict[str, list[Row]] = {}
    for row in book.rows("Встречи"):
        name = plain(row.get("Пара"))
        rows.setdefault(names.get(name, name), []).append(row)
    return rows


def filled(rows: list[Row], span: Span) -> bool:
    """Whether anybody filled this log by the cut-off: a status, or a day held, in a row whose day (held or planned) had come.

    A log with nothing but plan days ahead of it or behind it was never filled: it tells nothing of the pair.
    """
    known = [
        row
        for row in rows
        if any(
            on and on <= span.cut for on in (day(row.get("Дата проведения")), day(row.get("Дата по плану")))
        )
    ]
    return any(plain(row.get("Статус")) or plain(row.get("Дата проведения")) for row in known)


def cancelled(row: Row) -> bool:
    """A meeting called off: the status wins over a day typed beside it."""
    return plain(row.get("Статус")).startswith(("отмен", "не "))


def within(unit: Unit, span: Span, on: date | None) -> bool:
    """Whether the day lies in the span and in the unit's own days, first and last included."""
    return on is not None and span.has(on) and unit.start <= on and (unit.end is None or on <= unit.end)


def planned(unit: Unit, rows: list[Row], span: Span) -> int:
    """How many meetings were due by the cut-off: plan days within the span and the unit's days, called off ones left out.

    A row doubled (same plan day, same theme) counts once. Where the unit's log has not one plan day, «Встреч в месяц» says the plan:
    for each calendar month its share of the days, rounded at the end.
    """
    days = {
        (on, plain(row.get("Тема")))
        for row in rows
        if within(unit, span, on := day(row.get("Дата по плану"))) and not cancelled(row)
    }
    if days or any(day(row.get("Дата по плану")) for row in rows) or not unit.monthly:
        return len(days)
    first, last = max(unit.start, span.since), min(unit.end or span.cut, span.cut)
    share = sum(unit.monthly / _month_length(first + timedelta(n)) for n in range((last - first).days + 1))
    return int(share + 0.5)


def _month_length(on: date) -> int:
    following = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return (following - on.replace(day=1)).days


def held(unit: Unit, rows: list[Row], span: Span) -> list[Held]:
    """The meetings held, by day: a readable «Дата проведения» within the span and the unit's days, not called off.

    «Перенесена» with a day was held on that day; without a day it was not held. «Состоялась» without a day cannot be placed: not
    counted. The same day with the same theme is one meeting written twice; its feedback counts if either row has it.
    """
    met: dict[tuple[date, str], bool] = {}
    for row in rows:
        on = day(row.get("Дата проведения"))
        if on is not None and within(unit, span, on) and not cancelled(row):
            key = (on, plain(row.get("Тема")))
            met[key] = met.get(key, False) or reviewed(row)
    return [Held(on, met[on, theme]) for on, theme in sorted(met)]


def reviewed(row: Row) -> bool:
    """The form of feedback is one paper for both: filled when at least one of the two marks can be read."""
    return any(mark(row.get(f"Оценка {side} 1–10")) is not None for side in ("наставляемого", "наставника"))


def longest_silence(unit: Unit, meetings: list[Any], span: Span, days_off: frozenset[date]) -> int:
    """The longest stretch without a meeting, in days that are not days off, from the unit's first day to the cut-off or its last day."""
    first, last = max(unit.start, span.since), min(unit.end or span.cut, span.cut)
    points = [first, *(meeting.on for meeting in meetings), last]
    return max(_apart(one, other, days_off) for one, other in pairwise(points))


def _apart(one: date, other: date, days_off: frozenset[date]) -> int:
    between = sum(1 for off in days_off if one < off < other)
    return (other - one).days - between
