"""When a pair is to meet over its whole term: days by its own cadence, what people typed in the nearest places, the stages.

Only «Встреч в месяц» lets a day be proposed: without it nothing is, and what was typed stands alone.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.people.meeting_log import each_once, of_pair
from flows.domain.working_days import HOLIDAYS, ONE, is_working

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.domain.model import Meeting, Pair

LONGEST_TERM = 5 * 366
"""In days: a longer term is a slip of the year, and no days are proposed for it."""
SHORTEST_STAGED, LEAST_SHARE, MONTHS_TELL = 8, 2, 80
"""In weekdays: a term that has stages at all, the shortest stage, a term whose stages are whole months."""
LEAST_STAGE, MOST_STAGE = timedelta(14), timedelta(62)
STAGES = ("адаптационный", "основной", "контрольно-оценочный")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the plan: its day, whether that day is only proposed, and the meeting typed for it; a free one has none."""

    day: date | None
    proposed: bool = False
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the term, both ends included."""

    name: str
    start: date
    end: date


def plan_of(pair: Pair, meetings: tuple[Meeting, ...], days_off: frozenset[date]) -> tuple[Place, ...]:
    """Return every line of a pair's plan in the order of days; what was typed without a day and found no place comes last.

    A typed meeting takes the nearest free place of its month, so that a month has no fewer lines than the cadence asks for
    and no more than were typed beyond it. Those without a day take the first places left.
    """
    names = {pair.code, pair.group, *pair.codes} - {""}
    own = each_once(replace(each, pair=pair.code) for each in of_pair(meetings, names))
    dated = [(day, each) for each in own if (day := each.planned or each.held)]
    dated.sort(key=lambda one: (one[0], one[1].code))
    free = _left(proposed_days(pair.start, pair.end, pair.meetings_a_month or 0, days_off), dated)
    undated = sorted((each for each in own if not (each.planned or each.held)), key=lambda each: each.code)
    placed = [Place(day, meeting=each) for day, each in dated]
    placed += [Place(day, proposed=True, meeting=each) for day, each in zip(free, undated, strict=False)]
    placed += [Place(day, proposed=True) for day in free[len(undated) :]]
    placed += [Place(None, meeting=each) for each in undated[len(free) :]]
    return tuple(sorted(placed, key=_order))


def proposed_days(start: date, end: date, a_month: int, days_off: frozenset[date]) -> tuple[date, ...]:
    """Return the days of so many meetings a month from `start` to `end`, spread evenly over each month's working days.

    A part of a month has its part of the meetings; a month with too few working days has no more than those. A term too
    short for one by this count has one all the same.
    """
    if a_month <= 0 or (end - start).days >= LONGEST_TERM:
        return ()
    days: list[date] = []
    due = Fraction(0)
    for first, last in _months(start, end):
        before, whole = due, monthrange(first.year, first.month)[1]
        due += Fraction(a_month * ((last - first).days + 1), whole)
        days += _spread(_working(first, last, days_off), _rounded(due) - _rounded(before))
    return tuple(days or _spread(_working(start, end, days_off), 1))


@lru_cache(maxsize=256)
def stages(start: date, end: date) -> tuple[Stage, ...]:
    """Part a term into its three stages: about a sixth for the first and the last, whole months where the term has them.

    None for a term of a few days. Only weekdays and the calendar count: days off typed later move no stage.
    """
    days = _working(start, end, frozenset()) if (end - start).days < LONGEST_TERM else ()
    if len(days) < SHORTEST_STAGED:
        return ()
    share = max(len(days) // 6, LEAST_SHARE)
    first, last = days[share - 1], days[-share]
    if len(days) >= MONTHS_TELL:
        first, last = min(first, start + MOST_STAGE), max(last, end - MOST_STAGE)
        cuts = [day for _, day in _months(start, end)][:-1]
        first = _nearest(first, (day for day in cuts if day - start >= LEAST_STAGE))
        last = _nearest(last, (day + ONE for day in cuts if end - day > LEAST_STAGE))
    parts = ((start, first), (first + ONE, last - ONE), (last, end))
    return tuple(Stage(name, *part) for name, part in zip(STAGES, parts, strict=True))


def stage_of(day: date, parts: Sequence[Stage]) -> Stage | None:
    """Return the stage a day falls in, the nearest one for a day outside the term; none where there are no stages."""
    return next((stage for stage in parts if day <= stage.end), parts[-1] if parts else None)


def _order(place: Place) -> tuple[bool, date, str]:
    return place.day is None, place.day or date.max, place.meeting.code if place.meeting else ""


def _left(days: Sequence[date], dated: Sequence[tuple[date, Meeting]]) -> list[date]:
    """Return the places that no meeting with a day takes: month by month, the nearest two first."""
    months: dict[tuple[int, int], list[tuple[int, date]]] = {}
    for at, (day, _) in enumerate(dated):
        months.setdefault((day.year, day.month), []).append((at, day))
    free = set(days)
    for month, typed in months.items():
        own = [day for day in days if (day.year, day.month) == month]
        near = sorted((abs((day - place).days), place, day, at) for place in own for at, day in typed)
        waiting = {at for at, _ in typed}
        for _, place, _, at in near:
            if place in free and at in waiting:
                free.discard(place)
                waiting.discard(at)
    return sorted(free)


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    first = start
    while first <= end:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        yield first, min(last, end)
        if last >= end:
            return
        first = last + ONE


@lru_cache(maxsize=1024)  # the pairs of a school begin and end together
def _working(first: date, last: date, days_off: frozenset[date]) -> tuple[date, ...]:
    days = (first + timedelta(count) for count in range((last - first).days + 1))
    return tuple(day for day in days if is_working(day, days_off) and (day.month, day.day) not in HOLIDAYS)


def _spread(days: Sequence[date], count: int) -> list[date]:
    """Choose so many of the days, each in the middle of its share of them."""
    if count >= len(days):
        return list(days)
    return [days[(2 * at + 1) * len(days) // (2 * count)] for at in range(count)]


def _rounded(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def _nearest(day: date, cuts: Iterable[date]) -> date:
    return min(cuts, key=lambda cut: abs(cut - day))
