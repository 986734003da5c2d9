"""When a paper is due: its windows and the first day of its draft, for every kind and for whoever asks (domain §5.2).

Planners ask here what must exist today, the cell beside the row on which day it will: there is no second rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain import periods, working_days
from flows.domain.keys import ask
from flows.domain.planning.events import (
    after_order,
    after_pairs,
    endings,
    named_windows,
    occasion_of,
    order_windows,
)
from flows.domain.statuses import PROPOSED
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Wishes

ONGOING = "ongoing"


def windows_of(activity: Activity, facts: Facts, kind: Kind, days_off: frozenset[date]) -> tuple[Window, ...]:
    """Return the windows for which a row calls for papers of a kind, none while nobody can tell its days.

    Printed days are what they say. «По завершении работы пар», «После завершения программы», «По итогам работы
    пар», «По окончании учебного года» mean one thing: from the day the last pair of a school year ends, for as many
    working days as the method gives for gathering data. A row that goes on all the time has its school year,
    unless the kind is of an event, an occasion or a closing note: for them somebody must name a day. «В течение двух
    недель со дня приказа» is told by the date of the registered order. An occasion is the day that the row names, else
    the last day of its window, of the pairs' work the day it ends. Windows of one month ask for one closing note.
    """
    windows = activity.term.windows
    if after_pairs(activity):
        windows = tuple(endings(facts, days_off))
    elif after_order(activity):
        windows = tuple(order_windows(activity, facts, days_off))
    elif not windows and kind.occasion:
        windows = tuple(named_windows(activity, facts))
    elif not windows and activity.term.kind == ONGOING and not _needs_a_day(kind):
        year = periods.parse(facts.organisation.school_year)
        windows = (Window(year.start, year.end),) if year else ()
    if kind.occasion:
        days = (
            window.start if after_pairs(activity) else occasion_of(activity, window) for window in windows
        )
        return tuple(dict.fromkeys(Window(day, day) for day in days if day))
    return tuple(_by_month(windows)) if kind.closes else windows


def opens(window: Window, kind: Kind, days_off: frozenset[date]) -> date:
    """Return the first day on which the draft for a window appears.

    It appears the kind's `lead_days` working days before the window begins, of «до …» before its last day. A
    closing note gathers the window's data first: where the window has a beginning, it appears on its first working
    day, and never later than its last. Raises `ValueError` for a window without days.
    """
    first, last = window.start or window.end, window.end or window.start
    if first is None or last is None:
        raise ValueError("a window without days")
    if kind.closes and window.start is not None:
        return min(working_days.on_or_after(window.start, days_off), last)
    return working_days.working_days_before(first, kind.lead_days, days_off)


def counted_to(window: Window, kind: Kind) -> date | None:
    """Return the day that a kind's lead days are counted to, `None` where the window's own beginning is the day."""
    if (kind.closes and window.start is not None) or not kind.lead_days:
        return None
    return window.start or window.end


def school_year_of(activity: Activity, window: Window) -> str:
    """Name the school year a row's window belongs to: what comes after the pairs' work, to the year of that work."""
    day = window.start if after_pairs(activity) else window.end or window.start
    if day is None:
        raise ValueError("a window without days")
    return periods.school_year(day)


def undated(activity: Activity, facts: Facts) -> bool:
    """Tell whether nobody can say the days of a row today, whichever paper it calls for."""
    if after_pairs(activity):
        return not any(pair.status != PROPOSED for pair in facts.pairs)
    if after_order(activity):
        return not any(order_windows(activity, facts, frozenset()))
    return not activity.term.windows and activity.term.kind != ONGOING


def falls_due(kind: Kind, window: Window, facts: Facts, wishes: Wishes, *codes: str) -> bool:
    """Tell whether a window's draft is due, or somebody asked for the kind now, or for its paper about one of the codes."""
    if window.start is None and window.end is None:
        return False
    return asked(kind, wishes, *codes) or opens(window, kind, wishes.days_off) <= facts.today


def asked(kind: Kind, wishes: Wishes, *codes: str) -> bool:
    """Tell whether somebody asked for a kind's papers now, for all of them or for those about one of the codes."""
    return not wishes.at_once.isdisjoint({kind.id, *(ask(kind.id, code) for code in codes)})


def late(window: Window, facts: Facts) -> bool:
    """Tell whether a window is over."""
    return window.end is not None and window.end < facts.today


class State(StrEnum):
    """How a closing note's window stands today: it is being written, is closed, or was missed and must be caught up."""

    OPEN = "готовится"
    FROZEN = "закрыт"
    LATE = "с опозданием"


@dataclass(frozen=True, slots=True)
class Due:
    """A window whose closing note must exist today: the row that calls for it, the day it opened, and how it stands."""

    activity: Activity
    window: Window
    opens: date
    state: State


def due(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> tuple[Due, ...]:
    """Name every window of a closing kind whose paper must exist today.

    After its last day a paper stays as it is; one that was never made is late and still made, once, unless its
    window closed before the card's school year: that is nobody's debt.
    """
    made = {row.parts.subject for row in facts.register if row.kind == kind.id}
    since = periods.parse(facts.organisation.school_year)
    standing: list[Due] = []
    for activity in rows:
        for window in windows_of(activity, facts, kind, wishes.days_off):
            first = opens(window, kind, wishes.days_off)
            if first > facts.today:
                continue
            late_now = late(window, facts) and subject_of(activity, window) not in made
            if late_now and since and window.end and window.end < since.start:
                continue
            state = State.LATE if late_now else State.FROZEN if late(window, facts) else State.OPEN
            standing.append(Due(activity, window, first, state))
    return tuple(sorted(standing, key=lambda each: (each.opens, each.activity.code, each.window.end)))


def subject_of(activity: Activity, window: Window) -> str:
    """Name a paper of a row by the row and the month its window ends."""
    return f"{activity.code}@{window.end:%Y-%m}"


def _needs_a_day(kind: Kind) -> bool:
    return kind.subject == "event" or kind.closes or kind.occasion


def _by_month(windows: Sequence[Window]) -> Iterator[Window]:
    """Join windows that end in one month: they ask for one paper, and a window printed twice asks for none more."""
    joined: dict[tuple[int, int], Window] = {}
    for window in windows:
        if window.end is None:
            continue
        month = window.end.year, window.end.month
        above = joined.get(month)
        joined[month] = window if above is None else _span(above, window)
    yield from joined.values()


def _span(one: Window, two: Window) -> Window:
    starts = [window.start for window in (one, two) if window.start]
    ends = [window.end for window in (one, two) if window.end]
    return Window(min(starts, default=None), max(ends))
