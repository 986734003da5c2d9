"""The log of meetings as a careful person reads it, for `recount`: units, what was planned, what was held."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tests.monitoring.recount_cells import Book, Row, Span, day, mark, number, plain, units

MARKS = ("Оценка наставляемого 1–10", "Оценка наставника 1–10")


class Unit(NamedTuple):
    """Who keeps one log: a pair, or a group. `names` are all the ways the log may call it."""

    names: frozenset[str]
    start: date
    end: date
    monthly: int | None


class Held(NamedTuple):
    """A meeting that took place, on its day; `reviewed` when its form of feedback was filled."""

    on: date
    reviewed: bool


def logs(book: Book, span: Span) -> list[tuple[Unit, list[Row]]]:
    """Every unit at work with its rows of «Встречи», each once. A group is called by its name or by any member's code.

    A row is the unit's when its day (held, else planned) lies in the span and in the unit's own days: what lies outside is a slip of
    the log, to be mended, and counts neither as planned nor as held. A meeting held after the cut-off was only planned then.
    """
    return [(unit, _own(book, unit, span)) for unit in map(_unit, units(book, span))]


def _unit(rows: list[Row]) -> Unit:
    """A group has the days of its upper row."""
    start, end = day(rows[0].get("Дата начала")), day(rows[0].get("Дата окончания"))
    names = {plain(row.get(column)) for row in rows for column in ("⚙ Код", "Группа")} - {""}
    return Unit(frozenset(names), start or date.max, end or date.max, number(rows[0].get("Встреч в месяц")))


def _own(book: Book, unit: Unit, span: Span) -> list[Row]:
    rows: list[Row] = []
    for row in (dict(row) for row in book.rows("Встречи") if plain(row.get("Пара")) in unit.names):
        other = next((other for other in rows if one_meeting(other, row)), None)
        if other is None:
            rows.append(row)
        else:
            other.update({name: row[name] for name in MARKS if mark(other.get(name)) is None})
    known = (as_known(row, span) for row in rows)
    return [
        row
        for row in known
        if within(unit, span, day(row.get("Дата проведения")) or day(row.get("Дата по плану")))
    ]


def as_known(row: Row, span: Span) -> Row:
    """The row as it stood at the cut-off."""
    on = day(row.get("Дата проведения"))
    if on is None or on <= span.cut:
        return row
    return {**row, "Дата проведения": None, "Статус": "", **dict.fromkeys(MARKS)}


def one_meeting(one: Row, two: Row) -> bool:
    """Whether two rows, as typed, tell of one meeting: one topic, or none in one of them, and either both held on one day or both not
    held and alike in plan day and status. A blank row beside a filled one of the same plan day may be another meeting: it is asked about.
    """
    days = [None if cancelled(row) else day(row.get("Дата проведения")) for row in (one, two)]
    topics = {plain(row.get("Тема")) for row in (one, two)} - {""}
    if any(days):
        return days[0] == days[1] and len(topics) < 2
    states = [
        (plan := day(row.get("Дата по плану")), plain(row.get("Статус")), day(row.get("Дата проведения")))
        for row in (one, two)
    ]
    return plan is not None and states[0] == states[1] and len(topics) < 2


def filled(rows: list[Row]) -> bool:
    """Whether anybody filled this log by the cut-off: a status or a day held in any row. A log of plan days alone tells nothing of the pair."""
    return any(plain(row.get("Статус")) or plain(row.get("Дата проведения")) for row in rows)


def cancelled(row: Row) -> bool:
    """A meeting called off: the status wins over a day typed beside it."""
    return plain(row.get("Статус")).startswith(("отмен", "не "))


def within(unit: Unit, span: Span, on: date | None) -> bool:
    """Whether the day lies in the span and in the unit's own days, first and last included."""
    return on is not None and span.has(on) and unit.start <= on <= unit.end


def planned(unit: Unit, rows: list[Row], span: Span) -> int:
    """How many meetings were due by the cut-off: rows planned for a day within the span, called off ones left out.

    Where the unit's rows have not one plan day, «Встреч в месяц» says the plan for each whole month gone by.
    """
    if any(day(row.get("Дата по плану")) for row in rows) or not unit.monthly:
        return sum(span.has(day(row.get("Дата по плану"))) and not cancelled(row) for row in rows)
    first, last = max(unit.start, span.since), min(unit.end, span.cut)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return max(months, 0) * unit.monthly


def held(rows: list[Row]) -> list[Held]:
    """The meetings held, by day: rows with a readable «Дата проведения» that were not called off.

    «Перенесена» with a day was held on that day; without a day it was not held. «Состоялась» without a day cannot be placed: not
    counted.
    """
    met = ((day(row.get("Дата проведения")), row) for row in rows if not cancelled(row))
    return sorted(Held(on, reviewed(row)) for on, row in met if on is not None)


def reviewed(row: Row) -> bool:
    """The form of feedback is one paper for both: filled when at least one of the two marks can be read."""
    return any(mark(row.get(name)) is not None for name in MARKS)


def longest_silence(unit: Unit, meetings: list[Held], span: Span, days_off: frozenset[date]) -> int:
    """The longest stretch without a meeting, in days that are not days off, from the unit's first day to the cut-off or its last day."""
    first, last = max(unit.start, span.since), min(unit.end, span.cut)
    points = [first, *(meeting.on for meeting in meetings), last]
    return max(_apart(one, other, days_off) for one, other in pairwise(points))


def _apart(one: date, other: date, days_off: frozenset[date]) -> int:
    between = sum(1 for off in days_off if one < off < other)
    return (other - one).days - between
