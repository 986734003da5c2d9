"""On which day a paper that is not there yet will appear: planning is asked as of the days on which something opens.

So what a cell says cannot differ from what planning does, whatever else a planner looks at: a pair's consent, a year
that is past, another row of the same order. No promise is made of what hangs on something nobody has typed yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain.planning import councils, past_years, planners
from flows.domain.planning.due import counted_to, opens, windows_of
from flows.domain.planning.events import ending_of
from flows.domain.planning.wanted import Wanted
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Wishes

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """The first day of a draft; `before` is the day its kind's lead days are counted to, `None` when it opens by itself."""

    day: date
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises that hold today, reckoned once for each kind somebody asks about."""

    facts: Facts
    wishes: Wishes
    known: dict[str, Mapping[str, Promise]] = field(default_factory=dict)

    def of(self, kind: Kind, activity: Activity) -> Promise | None:
        """Return the promise of a row's paper, `None` when it is due already or nobody can name the day."""
        if not kind.made or kind.id not in self.wishes.builders:
            return None
        if kind.id not in self.known:
            wishes = replace(self.wishes, at_once=frozenset())
            rows = planners.called(self.facts, wishes).get(kind.id, [])
            self.known[kind.id] = dict(_promised(kind, rows, self.facts, wishes))
        return self.known[kind.id].get(activity.code)


def _promised(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes
) -> Iterator[tuple[str, Promise]]:
    if kind.subject == councils.SUBJECT:
        for row in rows:
            day = councils.ahead(kind, row, facts, wishes)
            if day:
                yield row.code, Promise(opens(Window(None, day), kind, wishes.days_off), day)
        return
    openings = _openings(kind, rows, facts, wishes)
    waiting = {row.code for row in rows} - _there(kind, rows, facts, wishes, facts.today)
    above = facts.today
    for day in sorted(day for day in openings if day > facts.today):
        if not waiting:
            return
        for code in sorted(waiting & _there(kind, rows, facts, wishes, day)):
            first = _first(code, kind, rows, facts, wishes, above, day)
            yield code, Promise(first, openings.get(first))
            waiting.discard(code)
        above = day


def _openings(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes
) -> Mapping[date, date | None]:
    """Return the days on which a paper of a kind may appear, each with the day its lead days are counted to."""
    openings: dict[date, date | None] = {pair.start: None for pair in facts.pairs}
    windows = [Window(pair.start, pair.end) for pair in facts.pairs]
    windows += [
        window for row in rows for window in windows_of(row, facts, kind, wishes.days_off) if window.end
    ]
    windows += [ending_of(pair, facts, wishes.days_off) for pair in facts.pairs]
    # An order on the results of monitoring opens with the note it comes with.
    for each in (replace(kind, closes=True), kind):
        openings |= {opens(window, each, wishes.days_off): counted_to(window, each) for window in windows}
    return openings


def _there(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, day: date) -> frozenset[str]:
    """Return the codes of the rows for which planning wants a paper of a kind on a day."""
    wanted = planners.planner_of(kind)(kind, rows, replace(facts, today=day), wishes)
    made = (each for each in wanted if isinstance(each, Wanted) and not past_years.past(each, facts))
    return frozenset(row.code for each in made for row in each.activities)


def _first(  # noqa: PLR0913, PLR0917 - what planning is asked with, and between which days
    code: str,
    kind: Kind,
    rows: Sequence[Activity],
    facts: Facts,
    wishes: Wishes,
    without: date,
    there: date,
) -> date:
    """Return the first day of a row's paper, which is there on one day and was not on an earlier one."""
    if code not in _there(kind, rows, facts, wishes, there - ONE):
        return there
    while there - without > ONE:
        middle = without + (there - without) // 2
        if code in _there(kind, rows, facts, wishes, middle):
            there = middle
        else:
            without = middle
    return there
