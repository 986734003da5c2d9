"""A roadmap whose years are all over: one question, and the plan moved to new years when a person says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.model import Origin, Problem, Severity
from flows.domain.periods import Period
from flows.domain.roadmap import district_trace
from flows.domain.roadmap.activities import PROOF
from flows.domain.tabs import ROADMAP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.book.answers import Answers
    from flows.domain.model import Row

CODE = "plan-over"
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
PRINTED = ("Срок (как в документе)", "Раздел / этап")
DAYS = ("Дата начала", "Контрольная дата")
DONE_ON, OF_THE_OLD = "Дата выполнения", ("Статус", "Дата выполнения", PROOF)
SUMMER = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """The plan as it is read: its rows and years, by how many years it was moved, and the question if it is over."""

    rows: Sequence[Row]
    period: Period | None
    title: str
    problems: tuple[Problem, ...] = ()


def read(rows: Sequence[Row], period: Period | None, title: str, today: date, given: Answers) -> Moved:
    """Read a plan whose years may be over. Every «да» moves it once; a plan moved long ago may be over again.

    The cells stay as typed: years in terms and titles are read as so many later. What was done by the old plan's days
    says nothing of the new one's.
    """
    told = Moved(rows, period, title)
    while told.period is not None and periods.over(told.period, today):
        problem = _question(told.period, today)
        first = _first_year(problem, given)
        if first is None or first <= told.period.start.year:
            return replace(told, problems=(problem,))
        told = _moved(told, first - told.period.start.year)
    return told


def _question(period: Period, today: date) -> Problem:
    first = today.year if today.month >= SUMMER else today.year - 1
    said = (
        "План закончился: перенести на новый год? По нему больше ничего не готовится. Ответьте «да»: сроки будут прочитаны "
        "на новые годы, ячейки останутся как есть. Если есть новая дорожная карта, перенесите её файл."
    )
    return Problem(
        Severity.QUESTION,
        CODE,
        Origin(tab=ROADMAP),
        said,
        proposal=f"{first}-{first + 1}",
        printed=f"{period.start:%d.%m.%Y}–{period.end:%d.%m.%Y}",
    )


def _first_year(problem: Problem, given: Answers) -> int | None:
    """Return the first year a «да» moves the plan to: what was proposed when it was given."""
    force = given.to(problem)
    offered = periods.parse(force.answer.proposal) if force and force.closes else None
    return offered.start.year if offered else None


def _moved(told: Moved, years: int) -> Moved:
    assert told.period is not None
    period = Period(_later(told.period.start, years), _later(told.period.end, years))
    rows = [_row(row, years, period) for row in told.rows]
    return Moved(rows, period, _text(told.title, years))


def _row(row: Row, years: int, period: Period) -> Row:
    if district_trace.of(row).code:  # its days are the district's, whatever years the plan is moved to
        return row
    cells = dict(row.cells)
    for column in PRINTED:
        if column in cells and row.day(column) is None:
            cells[column] = _text(row.text(column), years)
    for column in (*DAYS, *PRINTED):
        day = row.day(column)
        cells |= {column: _later(day, years)} if day else {}
    done = row.day(DONE_ON)
    if done is not None and done < period.start:
        cells |= dict.fromkeys(OF_THE_OLD)
    return replace(row, cells=cells)


def _text(text: str, years: int) -> str:
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


def _later(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)
