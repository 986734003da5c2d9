"""The log of meetings: what counts as a meeting held, what is the same meeting typed twice, what is wrong with a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.asked_again import of_the_same
from flows.domain.model import Problem, Severity
from flows.domain.statuses import CALLED_OFF, HELD, MOVED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from flows.domain.model import Facts, Meeting, Pair

PLANNED, DAY, STATE = "Дата по плану", "Дата проведения", "Статус"
TWICE = "Эта встреча внесена ещё раз и посчитана один раз. Удалите лишнюю строку или исправьте день."
NO_DAY = "Встреча отмечена «состоялась», а дня нет, поэтому она не посчитана. Впишите «Дату проведения»."
BOTH = "Встреча отмечена «отменена», а день проведения есть; она не посчитана. Исправьте статус или сотрите день."
AHEAD = "Встреча отмечена днём, который ещё не наступил; она не посчитана. Исправьте «Дату проведения»."
OUTSIDE = "Встреча прошла вне срока работы пары. Проверьте дату или срок пары."
PLANNED_OUTSIDE = "Встреча запланирована вне срока работы пары и не посчитана. Проверьте дату или срок пары."
NOT_MOVED = "Встреча перенесена, а нового дня нет. Впишите новый день в «Дату по плану», после встречи – в «Дату проведения»."
NOWHERE = "У встречи нет ни дня по плану, ни дня проведения, поэтому она не посчитана. Впишите день."
EMPTY = (
    "День встречи прошёл, а состоялась ли она, не отмечено. Впишите «Дату проведения» или выберите статус."
)


def meeting_day(meeting: Meeting) -> date | None:
    """Return the day of a log row: the day it was held, else the day it was planned for."""
    return meeting.held or meeting.planned


def was_held(meeting: Meeting) -> bool:
    """Tell whether a meeting took place: it has a day and was not called off; one moved and held was held."""
    return meeting.held is not None and meeting.status != CALLED_OFF


def in_its_days(meeting: Meeting, pair: Pair) -> bool:
    """Tell whether a row of the log lies in its pair's own days; one without a day yet lies nowhere else."""
    day = meeting_day(meeting)
    return day is None or pair.start <= day <= pair.end


def held_days(meetings: tuple[Meeting, ...], pair: Pair, today: date) -> list[date]:
    """Return the days on which a pair met, up to today and inside the pair's own days: what a note counts too."""
    rows = of_pair(once(meetings), (pair.code,))
    own = (each.held for each in rows if each.held is not None and was_held(each))
    return sorted(day for day in own if pair.start <= day <= min(pair.end, today))


def of_pair(meetings: tuple[Meeting, ...], names: Collection[str]) -> tuple[Meeting, ...]:
    """Return the rows of a whole log that name a pair in one of these ways, in their order."""
    parts = _by_pair(meetings)
    told = [name for name in names if name in parts]
    if len(told) > 1:
        return tuple(each for each in meetings if each.pair in names)
    return parts[told[0]] if told else ()


@of_the_same
def _by_pair(meetings: tuple[Meeting, ...]) -> Mapping[str, tuple[Meeting, ...]]:
    parts: dict[str, list[Meeting]] = {}
    for each in meetings:
        parts.setdefault(each.pair, []).append(each)
    return {pair: tuple(rows) for pair, rows in parts.items()}


@of_the_same
def once(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Leave each meeting of a whole log once, as `each_once` does."""
    return each_once(meetings)


def each_once(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Leave each meeting once, where it stands first; marks that only its other row has go to the row that stays."""
    kept: list[Meeting] = []
    places: dict[tuple[str, date | None], list[int]] = {}
    for meeting in meetings:
        alike = places.setdefault((fold(meeting.pair), meeting_day(meeting)), [])
        at = next((place for place in alike if same(kept[place], meeting)), None)
        if at is None:
            alike.append(len(kept))
            kept.append(meeting)
        else:
            kept[at] = _with_marks(kept[at], meeting)
    return tuple(kept)


def same(one: Meeting, two: Meeting) -> bool:
    """Tell the same meeting: of one pair, on one day, about one thing; a row without a topic may be about anything.

    Two rows of one plan are the same when they stand alike; one called off and one held are two.
    """
    if fold(one.pair) != fold(two.pair) or was_held(one) != was_held(two):
        return False
    topics = {fold(one.topic), fold(two.topic)} - {""}
    if was_held(one):
        return one.held == two.held and len(topics) < 2  # noqa: PLR2004 - two topics
    alike = (one.planned, one.held, one.status) == (two.planned, two.held, two.status)
    return alike and one.planned is not None and len(topics) < 2  # noqa: PLR2004 - two topics


def _with_marks(one: Meeting, two: Meeting) -> Meeting:
    mentee = two.mentee_score if one.mentee_score is None else one.mentee_score
    mentor = two.mentor_score if one.mentor_score is None else one.mentor_score
    return replace(one, mentee_score=mentee, mentor_score=mentor)


def slips(facts: Facts, unread: Collection[tuple[str, str]] = ()) -> Iterator[Problem]:
    """Name what is wrong with each row, one thing a row; `unread` are cells (code, column) that a finding names already."""
    days = {pair.code: pair for pair in facts.pairs}
    seen: dict[tuple[str, date | None], list[Meeting]] = {}
    for each in facts.meetings:
        alike = seen.setdefault((fold(each.pair), meeting_day(each)), [])
        pair = days.get(each.pair)
        found = (
            (Severity.QUESTION, "meeting-twice", DAY if each.held else PLANNED, TWICE)
            if any(same(other, each) for other in alike)
            else _slip(each, pair, facts.today, {column for code, column in unread if code == each.code})
        )
        alike.append(each)
        if found:
            severity, code, column, told = found
            yield Problem(severity, code, replace(each.origin, column=column), told, subject=each.code)


Slip = tuple[Severity, str, str, str]


def _slip(each: Meeting, pair: Pair | None, today: date, unread: Collection[str]) -> Slip | None:
    if each.held is not None:
        return _of_held(each, each.held, pair, today)
    if DAY in unread or (each.planned is None and PLANNED in unread and each.status != HELD):
        return None
    past = each.planned is not None and each.planned < today
    outside = each.planned is not None and pair is not None and not pair.start <= each.planned <= pair.end
    cases = (
        (each.status == HELD, (Severity.QUESTION, "meeting-no-day", DAY, NO_DAY)),
        (each.planned is None, (Severity.QUESTION, "meeting-nowhere", PLANNED, NOWHERE)),
        (outside, (Severity.NOTE, "meeting-outside", PLANNED, PLANNED_OUTSIDE)),
        (past and each.status == MOVED, (Severity.QUESTION, "meeting-not-moved", PLANNED, NOT_MOVED)),
        (past and not each.status, (Severity.NOTE, "meeting-unmarked", STATE, EMPTY)),
    )
    return next((slip for holds, slip in cases if holds), None)


def _of_held(each: Meeting, held: date, pair: Pair | None, today: date) -> Slip | None:
    outside = pair is not None and not pair.start <= held <= pair.end
    cases = (
        (each.status == CALLED_OFF, (Severity.QUESTION, "meeting-both", STATE, BOTH)),
        (held > today, (Severity.QUESTION, "meeting-ahead", DAY, AHEAD)),
        (outside, (Severity.NOTE, "meeting-outside", DAY, OUTSIDE)),
    )
    return next((slip for holds, slip in cases if holds), None)
