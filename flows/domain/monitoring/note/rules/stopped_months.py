"""A month in which many pairs stopped at once, and the reason that the log gives: then it is told of the month, not of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import working_days
from flows.domain.monitoring.note.rules.chance import UNLIKELY, tail, usual_part
from flows.domain.monitoring.note.rules.drawn import Conclusion
from flows.domain.monitoring.note.rules.reasons import main_reason, reasons, why
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.people.meeting_log import meeting_day, was_held
from flows.domain.statuses import CALLED_OFF, MOVED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Meeting
    from flows.domain.monitoring.note.rules.view import PairLook, View

MONTHS = ("январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре")  # fmt: skip
SUMMER = frozenset({6, 7, 8})
BEFORE = timedelta(days=14)
NOTHING = "причина в журнале не указана"
SURER = 5


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month of the scope: the pairs at work through it, those of them that missed, what was due and what was missed."""

    start: date
    end: date
    working: tuple[str, ...]
    stopped: tuple[str, ...]
    due: int
    missed: tuple[Meeting, ...]


def stopped_month(view: View) -> Iterator[Conclusion]:
    """Name each month in which many pairs stopped at once, with the reason that the log gives."""
    for month in stopped(view) if view.of_meetings else ():
        groups = view.counted.evidence.method.conclusions.reasons
        reason, number = main_reason(reasons(month.missed, groups))
        because = (
            f"главная причина в журнале – {reason} ({number} из {len(month.missed)})"
            if reason
            else why(month.missed, groups)
        )
        name = f"В {MONTHS[month.start.month - 1]}"
        yield Conclusion(
            NoteLine(
                f"{name} {month.start.year} года не состоялось {len(month.missed)} из {month.due} встреч, это коснулось пар: {len(month.stopped)} из {len(month.working)}; {because or NOTHING}.",
                (),
                month.stopped,
            ),
            good=None if reason else False,
            brief=f"{name} встречи сорвались у многих пар{f': {reason}' if reason else ''}.",
        )


def stopped(view: View) -> tuple[Month, ...]:
    """Return the months in which far more was missed, by many pairs, than in the others."""
    limits = view.counted.evidence.method.conclusions.rules.get("stopped-month")
    months = _months(view)
    if limits is None or len(months) < 2:  # noqa: PLR2004 - a month is compared with another
        return ()
    found = []
    for month in months:
        rest = [(len(each.missed), each.due) for each in months if each is not month]
        usual = usual_part(rest)
        share = len(month.missed) / month.due if month.due else 0
        enough = len(month.stopped) >= max(limits.limits["pairs"], len(month.working) * 0.4)
        far = (share - usual) * 100 >= limits.limits["percent"]
        if enough and far and tail(len(month.missed), month.due, usual) * len(months) < UNLIKELY / SURER:
            found.append(month)
    return tuple(found)


def only_then(look: PairLook, months: Sequence[Month]) -> bool:
    """Tell whether a pair waited longer than its norm only in months in which many pairs stopped."""
    long = [wait for wait in look.waits if wait.days > look.norm]
    return bool(long) and all(
        any(month.start - BEFORE <= wait.start and wait.end <= month.end + BEFORE for month in months)
        for wait in long
    )


def _months(view: View) -> list[Month]:
    """Return the whole months of the scope with what was due in each; summer and pairs that fell silent for good are left out."""
    scope = view.counted.scope
    months = []
    first = scope.period.start.replace(day=1)
    while first <= view.day:
        after = working_days.months_later(first, 1)
        last = after - timedelta(days=1)
        if first >= scope.period.start and last <= view.day and first.month not in SUMMER:
            months.append(_month(first, last, view))
        first = after
    return [each for each in months if each.working]


def _month(first: date, last: date, view: View) -> Month:
    working, stopped, missed, due = [], [], [], 0
    for look in view.kept():
        resumed = not look.held or (look.held[-1].held or date.min) >= first
        if look.pair.start > first or look.pair.end < last or not resumed:
            continue
        rows = [each for each in look.rows if first <= (meeting_day(each) or date.min) <= last]
        # One that nobody marked may have taken place.
        own = [each for each in rows if each.status in {CALLED_OFF, MOVED} and not was_held(each)]
        working.append(look.pair.code)
        due += len(rows)
        missed += own
        stopped += [look.pair.code] if own else []
    return Month(first, last, tuple(working), tuple(stopped), due, tuple(missed))
