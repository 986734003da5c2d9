"""Papers of kinds that staff added: one for each window of each roadmap row that names the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.planning.doubt import windows_of
from flows.domain.planning.wanted import Wanted, Wishes, exists, falls_due, late, settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Problem


def for_row(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan one paper for each window of each row; a row that goes on all the time has one for its school year."""
    for activity in rows:
        for window in windows_of(activity, facts):
            if window.end is None:
                continue
            subject, year = f"{activity.code}@{window.end:%Y-%m}", periods.school_year(window.end)
            due = falls_due(kind, window, facts, wishes) and not settled((activity,), kind, facts, subject, year)
            if due or exists(facts, kind, subject, year):
                yield Wanted(kind, subject, year, window, (activity,), late=late(window, facts))
