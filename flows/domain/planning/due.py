"""When a paper is due: the roadmap's windows decide, nothing else (domain §5.2).

First the windows of any row and the lead days of any kind, then the papers of monitoring, whose windows also close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain import periods, working_days
from flows.domain.keys import ask, of_window
from flows.domain.statuses import NOT_NEEDED, PROPOSED, STOPPING
from flows.domain.terms.reading import Window
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Pair
    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.planning.wanted import Wishes

KINDS = ("note.monitoring", "note.municipal", "report.survey", "report.final", "report.mentor")
AFTER_PAIRS = re.compile(r"заверш|оконча|итогам", re.IGNORECASE)
PAIRS = re.compile(r"\bпар\b|\bпар[аыу]?/|групп|программ|наставнич", re.IGNORECASE)
ENDING = re.compile(r"по завершени|по окончани|после заверш|после оконч")
WEEKS = timedelta(days=14)


def windows_of(activity: Activity, facts: Facts) -> tuple[Window, ...]:
    """Return the row's windows; a row that goes on all the time has one, its school year; one at the end of the pairs' work, theirs."""
    if activity.term.kind == "event" and ENDING.search(fold(activity.printed_term)):
        return endings(facts)
    if activity.term.windows or activity.term.kind != "ongoing":
        return activity.term.windows
    year = periods.parse(facts.organisation.school_year)
    return (Window(year.start, year.end),) if year else ()


def endings(facts: Facts) -> tuple[Window, ...]:
    """Return for each school year the last weeks of the pairs' work: from two weeks before the last of them ends."""
    last: dict[str, date] = {}
    for pair in facts.pairs:
        year = periods.school_year(pair.end)
        last[year] = max(pair.end, last.get(year, pair.end))
    return tuple(Window(day - WEEKS, day) for _, day in sorted(last.items()))


def falls_due(kind: Kind, window: Window, facts: Facts, wishes: Wishes, *codes: str) -> bool:
    """Tell whether a kind's lead days before a window have come, or somebody asked for the kind now, or for its paper about one of the codes."""
    start = window.start or window.end
    if start is None:
        return False
    return (
        asked(kind, wishes, *codes)
        or working_days.working_days_before(start, kind.lead_days, wishes.days_off) <= facts.today
    )


def asked(kind: Kind, wishes: Wishes, *codes: str) -> bool:
    """Tell whether somebody asked for a kind's papers now, for all of them or for those about one of the codes."""
    return not wishes.at_once.isdisjoint({kind.id, *(ask(kind.id, code) for code in codes)})


def late(window: Window, facts: Facts) -> bool:
    """Tell whether a window is over."""
    return window.end is not None and window.end < facts.today


class State(StrEnum):
    """How a window stands today: the paper is being written, is closed, or was missed and must be caught up."""

    OPEN = "готовится"
    FROZEN = "закрыт"
    LATE = "с опозданием"


@dataclass(frozen=True, slots=True)
class Timing:
    """Working days: `lead` before «до …» a draft appears, `event` after an event the data are gathered.

    `since` is the first day the organisation uses the program: windows that closed before it are nobody's debt.
    """

    days_off: frozenset[date] = frozenset()
    lead: int = 10
    event: int = 10
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A paper that must exist: its key among papers, the printed window, the days it opens and closes, its state."""

    key: str
    activity: str
    kind: str
    window: Window
    opens: date
    closes: date
    state: State

    @property
    def late(self) -> bool:
        """Tell whether the paper is caught up after its window."""
        return self.state is State.LATE


def timing_of(method: Method, days_off: frozenset[date], since: date | None = None) -> Timing:
    """Take the working days of a method's rules."""
    return Timing(days_off, method.rules.lead_days, method.rules.event_days, since)


def due(
    activities: Sequence[Activity],
    today: date,
    timing: Timing,
    made: Collection[str] = (),
    pairs: Sequence[Pair] = (),
) -> tuple[Due, ...]:
    """Name every monitoring paper that must exist on a day, once each.

    A window opens on its first working day (for «до …», so many working days before it) and closes with its last
    day; after that the paper stays as it is. `made` holds keys of papers that exist: one that does not and whose
    window is over is late and still made, once.
    """
    found: dict[str, Due] = {}
    for activity in activities:
        if activity.status == NOT_NEEDED or activity.term.flags & STOPPING:
            continue
        for kind in (kind for kind in KINDS if kind in activity.documents):
            for window in note_windows(activity, pairs, timing):
                each = _due(activity, kind, window, today, timing, made)
                if each is not None:
                    found.setdefault(each.key, each)
    return tuple(sorted(found.values(), key=lambda each: (each.opens, each.key)))


def _due(  # noqa: PLR0913, PLR0917 - one row, one window, one day
    activity: Activity, kind: str, window: Window, today: date, timing: Timing, made: Collection[str]
) -> Due | None:
    if window.end is None or (timing.since and window.end < timing.since):
        return None
    opens = opening_day(window, timing)
    if today < opens:
        return None
    key = key_of(activity, kind, window)
    state = State.OPEN if today <= window.end else State.FROZEN if key in made else State.LATE
    return Due(key, activity.code, kind, window, opens, window.end, state)


def key_of(activity: Activity, kind: str, window: Window) -> str:
    """Spell a paper's key among monitoring papers: row, kind and the month its window ends."""
    return of_window(f"{activity.code}@{window.end:%Y-%m}", kind)


def opening_day(window: Window, timing: Timing) -> date:
    """Return the day a draft appears, never later than the window's end."""
    last = window.end or window.start
    if last is None:
        raise ValueError("a window without days")
    if window.start is None:
        return working_days.working_days_before(last, timing.lead, timing.days_off)
    return min(working_days.on_or_after(window.start, timing.days_off), last)


def note_windows(activity: Activity, pairs: Sequence[Pair], timing: Timing) -> tuple[Window, ...]:
    """Return the row's windows; «по завершении работы пар» has one for each school year whose pairs have all ended."""
    if activity.term.windows:
        return _by_month(activity.term.windows)
    told = activity.printed_term or activity.term.text
    if activity.term.kind == "event" and AFTER_PAIRS.search(told) and PAIRS.search(told):
        return tuple(_after_pairs(pairs, timing))
    return ()


def _by_month(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Join windows that end in one month: they ask for one paper, and a window printed twice asks for none more."""
    joined: dict[tuple[int, int], Window] = {}
    for window in windows:
        if window.end is None:
            continue
        month = window.end.year, window.end.month
        above = joined.get(month)
        joined[month] = window if above is None else _span(above, window)
    return tuple(joined.values())


def _span(one: Window, two: Window) -> Window:
    starts = [window.start for window in (one, two) if window.start]
    ends = [window.end for window in (one, two) if window.end]
    return Window(min(starts, default=None), max(ends))


def _after_pairs(pairs: Sequence[Pair], timing: Timing) -> Iterator[Window]:
    years: dict[str, date] = {}
    for pair in pairs:
        if pair.status != PROPOSED:
            year = periods.school_year(pair.end)
            years[year] = max(years.get(year, pair.end), pair.end)
    for last in sorted(years.values()):
        yield Window(last, _later(last, timing.event, timing.days_off))


def _later(day: date, count: int, days_off: frozenset[date]) -> date:
    for _ in range(count):
        day = working_days.on_or_after(day + timedelta(days=1), days_off)
    return day
