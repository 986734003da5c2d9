"""Papers that a council's folder wants in time: the same that the roadmap's rows would ask for later, its own where no row does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import family
from flows.domain.councils.pack import needs
from flows.domain.councils.seasons import season_of, year_of
from flows.domain.monitoring.note.focus import Focus
from flows.domain.planning import councils, planners
from flows.domain.planning.folder_names import pair_name
from flows.domain.planning.notes import reports
from flows.domain.planning.pairs import withheld
from flows.domain.planning.wanted import Wanted, exists, key_of
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Planned
    from flows.domain.planning.wanted import Wishes

NEAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A council's folder that wants papers; it is `opened` while they are drawn up."""

    day: date
    opened: bool
    planned: Sequence[Planned]
    called: dict[str, list[Activity]]

    @property
    def year(self) -> str:
        """The school year that the council belongs to."""
        return year_of(self.day)


def papers(facts: Facts, wishes: Wishes, planned: Sequence[Planned]) -> Iterator[Wanted]:
    """Plan what the folders of councils want and nothing else has planned yet; what one folder closed another may open."""
    known = {each.key for each in planned}
    called = planners.called(facts, wishes)
    told: dict[str, Wanted] = {}
    for _, day, now in councils.days_of(facts, wishes):
        folder = _Folder(day, councils.opened(day, facts, wishes, now=now), planned, called)
        for need in needs(season_of(day)):
            kind = wishes.kinds.get(need.kind)
            if not need.prepared or kind is None or not kind.made or kind.id not in wishes.builders:
                continue
            for each in (*_of_rows(kind, folder, facts, wishes), *_own(kind, folder, facts, wishes)):
                key = key_of(facts, kind, each.subject, each.period)
                if key not in known and (key not in told or told[key].frozen):
                    told[key] = each
    yield from told.values()


def _of_rows(kind: Kind, folder: _Folder, facts: Facts, wishes: Wishes) -> Iterator[Wanted]:
    """Yield the papers that would be made if somebody asked for the kind now: those of the council's year, of an occasion near it."""
    rows = folder.called.get(kind.id, [])
    if not folder.opened or not (rows or kind.forced) or kind.focus == Focus.MENTOR:
        return
    asking = replace(wishes, at_once=wishes.at_once | {kind.id})
    for each in planners.planner_of(kind)(kind, rows, facts, asking):
        if isinstance(each, Wanted) and each.period == folder.year:
            last = each.window.end if each.window else None
            if not kind.occasion or (last and abs(last - folder.day) <= NEAR):
                yield each


def _own(kind: Kind, folder: _Folder, facts: Facts, wishes: Wishes) -> Iterator[Wanted]:
    """Yield the papers of a folder that no row asks for; after the council they rest."""
    day, rows = folder.day, folder.called.get(kind.id, [])
    window = Window(councils.year_before(day).start, day)
    if kind.focus == Focus.MENTOR:
        found = [
            Wanted(kind, pair.code, folder.year, window, (), (pair,), named=pair_name(pair, facts))
            for pair in facts.pairs
            if reports(pair, window, folder.year, wishes) and not withheld(kind, pair, facts)
        ]
    elif kind.focus == Focus.COLLECTION:
        there = any(each.kind == kind.id and each.period == folder.year for each in folder.planned)
        found = [] if rows or there else [Wanted(kind, day.isoformat(), folder.year, window)]
    elif not rows and (kind.lists or family(kind.id) == "questionnaire"):
        found = [Wanted(kind, facts.organisation.slug, folder.year, Window(day, day))]
    else:
        found = []
    for each in found:
        there = exists(facts, kind, each.subject, each.period)
        if there or folder.opened:
            yield replace(each, frozen=there and not folder.opened)
