"""What the rules look at: everything counted for a note, each pair's log beside it, the time of the year, a rule's own thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.growth import hardships, spheres
from flows.domain.monitoring.indicators.meetings import norm_days, waits_of
from flows.domain.people.meeting_log import meeting_day, was_held
from flows.domain.statuses import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.model import Meeting, Pair
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.growth import Hardship, Sphere
    from flows.domain.monitoring.indicators.meetings import Gap, PairMeetings
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.people.staff_events import StaffEvent

FORTNIGHT = timedelta(days=14)
JUNE, AUGUST = 6, 8


class Season(StrEnum):
    """What can still be done on a day: a school year begins, goes on, or is over."""

    START = "начало года"
    RUNNING = "год идёт"
    OVER = "год закончен"


SEASONS = {8: Season.START, 9: Season.START, 5: Season.OVER, 6: Season.OVER, 7: Season.OVER}


@dataclass(frozen=True, slots=True)
class PairLook:
    """One pair as its log shows it: rows by day, those held, those due by the cut-off and not held, waits, the norm in days."""

    pair: Pair
    met: PairMeetings
    rows: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    missed: tuple[Meeting, ...]
    waits: tuple[Gap, ...]
    norm: int
    events: tuple[StaffEvent, ...]

    @property
    def over(self) -> bool:
        """Whether somebody marked that the pair meets no more."""
        return self.pair.status in ENDED

    @property
    def due(self) -> int:
        """Return how many meetings were due by the cut-off, called off ones too: as the log plans them, else by «Встреч в месяц»."""
        return max(len(self.rows), self.met.planned + self.met.cancelled)

    @property
    def step(self) -> float:
        """Return the usual days from one meeting to the next; the norm where it has not met twice."""
        days = sorted((two - one).days for one, two in pairwise(each.held for each in self.held if each.held))
        return float(days[len(days) // 2]) if days else float(self.norm)

    def between(self, start: date, end: date) -> tuple[Meeting, ...]:
        """Return the rows not held whose day lies in some days."""
        return tuple(each for each in self.missed if start <= (meeting_day(each) or date.min) <= end)


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the rules may conclude from; `limits` are the thresholds of the rule that is being asked.

    `apart` are the pairs and people and `trending` the figures of which a conclusion of their own speaks already: what is told there
    is not told again.
    """

    counted: Counted
    looks: Mapping[str, PairLook]
    hardships: tuple[Hardship, ...]
    spheres: tuple[Sphere, ...]
    limits: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    trending: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day the note speaks on."""
        return self.counted.scope.cut_off

    @property
    def season(self) -> Season:
        """What time of the school year it is."""
        return SEASONS.get(self.day.month, Season.RUNNING)

    @property
    def of_meetings(self) -> bool:
        """Whether this paper speaks of meetings at all."""
        return self.counted.figure("M6") is not None

    @property
    def of_people(self) -> bool:
        """Whether this paper speaks of who takes part."""
        return self.counted.figure("M1") is not None

    @property
    def of_difficulties(self) -> bool:
        """Whether this paper speaks of what became of difficulties."""
        return self.counted.figure("M17") is not None

    def known(self, code: str) -> Figure | None:
        """Return an indicator that could be known, or `None`."""
        figure = self.counted.figure(code)
        return figure if figure is not None and figure.known else None

    def under(self, limits: Mapping[str, int]) -> View:
        """Return the same with the thresholds of one rule."""
        return replace(self, limits=limits)

    def kept(self) -> tuple[PairLook, ...]:
        """Return the pairs whose log somebody keeps."""
        return tuple(each for each in self.looks.values() if each.met.filled)

    def going_on(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return which of these pairs go on for a fortnight yet: one that is over is advised nothing any more."""
        return tuple(
            code
            for code in codes
            if (look := self.looks.get(code)) and not look.over and look.pair.end - self.day >= FORTNIGHT
        )

    def people_of(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Return the pairs in which these people are mentees."""
        wanted = set(rows)
        return tuple(code for code, look in self.looks.items() if wanted.intersection(look.pair.mentees))


def view_of(counted: Counted) -> View:
    """Look at everything once."""
    evidence, scope = counted.evidence, counted.scope
    found = hardships(evidence, scope)
    met = {each.pair: each for each in counted.meetings}
    events: dict[str, list[StaffEvent]] = {}
    for event in evidence.events or ():
        if scope.holds(event.day):
            events.setdefault(event.person, []).append(event)
    return View(
        counted,
        {pair.code: _look(pair, met[pair.code], events, counted) for pair in counted.pairs},
        found,
        spheres(found, evidence.method.rules.small),
    )


def _look(
    pair: Pair, met: PairMeetings, events: Mapping[str, Sequence[StaffEvent]], counted: Counted
) -> PairLook:
    evidence = counted.evidence
    rows = sorted(
        counted.log.by_pair.get(pair.code, ()), key=lambda each: (meeting_day(each) or date.min, each.code)
    )
    held = counted.log.held(pair.code)
    return PairLook(
        pair,
        met,
        tuple(rows),
        held,
        tuple(each for each in rows if not was_held(each)),
        tuple(waits_of(pair, held, evidence, counted.scope)),
        norm_days(evidence, pair),
        tuple(event for code in (pair.mentor, *pair.mentees) for event in events.get(code, ())),
    )


def school_end(day: date) -> date:
    """Return the last day on which pairs are expected to meet: in summer the last of May."""
    return date(day.year, 5, 31) if JUNE <= day.month <= AUGUST else day
