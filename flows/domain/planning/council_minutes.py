"""The draft minutes of each council: of one sitting one paper, whichever row of the roadmap or folder asks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.councils.pack import folder_of
from flows.domain.councils.seasons import year_of
from flows.domain.model import Problem
from flows.domain.planning import councils, planners, sittings
from flows.domain.planning.wanted import Wanted, exists
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Facts, Planned
    from flows.domain.planning.wanted import Plans, Wishes


def papers(facts: Facts, wishes: Wishes, planned: Sequence[Planned]) -> Plans:
    """Plan the minutes that rows call for, each with the agenda of its council, and those of a folder that no row gives any."""
    for kind in wishes.kinds.values():
        if kind.adopts and kind.made and kind.id in wishes.builders:
            yield from _of_kind(kind, facts, wishes, planned)


def _of_kind(kind: Kind, facts: Facts, wishes: Wishes, planned: Sequence[Planned]) -> Plans:
    days = {day: (number, now) for number, day, now in councils.days_of(facts, wishes)}
    sat: dict[date, list[Wanted]] = {}
    for each in planners.planner_of(kind)(
        kind, planners.called(facts, wishes).get(kind.id, []), facts, wishes
    ):
        day = None if isinstance(each, Problem) else sittings.day_of(each.window, facts)
        if isinstance(each, Problem) or day not in days:
            yield each
        elif day is not None:
            sat.setdefault(day, []).append(each)
    for day, (number, now) in days.items():
        for each in _of_sitting(kind, number, day, sat.get(day, []), facts, wishes, now=now):
            yield each if each.frozen else replace(each, pack=councils.bare(facts, number, day, planned))


def _of_sitting(  # noqa: PLR0913, PLR0917 - what a sitting is
    kind: Kind, number: str, day: date, called: list[Wanted], facts: Facts, wishes: Wishes, *, now: bool
) -> Iterator[Wanted]:
    """Choose the paper of one sitting: what is filed stays what it is; else the first row's, else the folder's own."""
    rows = tuple(dict.fromkeys(row for each in called for row in each.activities))
    filed = [each for each in called if exists(facts, kind, each.subject, each.period)]
    there = exists(facts, kind, day.isoformat(), year_of(day))
    meant = filed or ([] if there else called[:1])
    yield from (replace(each, activities=rows) if each is meant[0] else each for each in meant)
    if there or (not meant and councils.opened(day, facts, wishes, now=now)):
        own = Wanted(kind, day.isoformat(), year_of(day), Window(day, day), () if filed else rows)
        yield replace(sittings.at_rest(own, facts), named=folder_of(number, day)[-1])
