"""All that a note is counted from, and the views of it that several indicators share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.domain import periods
from flows.domain.keys import is_key
from flows.domain.monitoring.indicators.figure import Scope
from flows.domain.people.meeting_log import meeting_day, once, was_held
from flows.domain.periods import Period
from flows.domain.register.in_force import in_force
from flows.domain.statuses import PROPOSED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.model import Facts, Filed, Meeting, Pair, Person
    from flows.domain.monitoring.answers.questionnaire import Response
    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.monitoring.tabs import ScoreCard
    from flows.domain.people.staff_events import StaffEvent
    from flows.domain.working_days import GapNorm

SEPTEMBER, JULY = 9, 7
YOUNG = "молодой специалист"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a note may count: the organisation's facts, answers, score cards, personnel events and the method.

    `events` is `None` where the tab is not kept at all. `sent` gives the forms handed out by survey. `norms` are
    the norms about meetings that the roadmap states, `previous` the kept snapshots of earlier papers.
    """

    facts: Facts
    method: Method
    answers: tuple[Response, ...] = ()
    sent: Mapping[str, int] = field(default_factory=dict)
    cards: tuple[ScoreCard, ...] = ()
    events: tuple[StaffEvent, ...] | None = None
    days_off: frozenset[date] = frozenset()
    norms: tuple[GapNorm, ...] = ()
    previous: tuple[Mapping[str, Any], ...] = ()


def scope_of(evidence: Evidence, period: Period, by: date | None = None) -> Scope:
    """Bound a note: everything up to the period's end, today or the day asked for (`by`), whichever is the earliest."""
    limit = min(evidence.facts.today, period.end, by or period.end)
    bare = Scope(period, limit)
    days = [meeting_day(each) for each in evidence.facts.meetings if each.held or each.status]
    days += [each.moment.date() for each in evidence.answers if each.moment]
    return replace(bare, last_entry=max((day for day in days if day and bare.holds(day)), default=None))


def school_period(day: date, start: date | None = None) -> Period:
    """Return the days of the school year up to `day`; a later `start` (the plan's own) cuts its beginning off."""
    year = day.year if day.month >= SEPTEMBER else day.year - 1
    first = date(year, SEPTEMBER, 1)
    return Period(max(first, start) if start and start <= day else first, day)


def period_label(period: Period) -> str:
    """Name a period the way a title does: a half-year, a school year, or its two days."""
    year = periods.school_year(period.end).replace("-", "/")
    whole = (period.start.month, period.start.day) == (SEPTEMBER, 1) and periods.school_year(
        period.start
    ) == periods.school_year(period.end)
    if whole and period.end.month in {12, 1}:
        return f"за I полугодие {year} учебного года"
    if whole and period.end.month in {5, 6, JULY, 8}:
        return f"за {year} учебный год"
    return f"за период с {period.start:%d.%m.%Y} по {period.end:%d.%m.%Y}"


def pairs_in(evidence: Evidence, scope: Scope) -> tuple[Pair, ...]:
    """Return the pairs that worked inside the scope, those only proposed left out."""
    return tuple(
        pair
        for pair in evidence.facts.pairs
        if pair.status != PROPOSED and pair.start <= scope.cut_off and pair.end >= scope.period.start
    )


@dataclass(frozen=True, slots=True)
class Log:
    """The meetings of a scope by pair code; `outside` lie beyond their pair's dates, `strangers` name no known pair."""

    by_pair: Mapping[str, tuple[Meeting, ...]]
    outside: tuple[Meeting, ...]
    strangers: tuple[Meeting, ...]

    def held(self, pair: str) -> tuple[Meeting, ...]:
        """Return the held meetings of a pair, by day."""
        found = [each for each in self.by_pair.get(pair, ()) if was_held(each)]
        return tuple(sorted(found, key=lambda each: (each.held or date.min, each.code)))


def log_of(evidence: Evidence, scope: Scope) -> Log:
    """Sort the meetings of a scope to their pairs, each once; what lies outside is set apart, never counted, never lost."""
    names = pair_names(evidence.facts.pairs)
    pairs = {pair.code: pair for pair in pairs_in(evidence, scope)}
    by_pair: dict[str, list[Meeting]] = {code: [] for code in pairs}
    outside: list[Meeting] = []
    strangers: list[Meeting] = []
    for meeting in (_as_known(each, scope) for each in once(evidence.facts.meetings)):
        day = meeting_day(meeting)
        if not scope.holds(day):
            continue
        pair = pairs.get(names.get(fold(meeting.pair), ""))
        if pair is None:
            (strangers if fold(meeting.pair) not in names else outside).append(meeting)
        elif day and pair.start <= day <= pair.end:
            by_pair[pair.code].append(meeting)
        else:
            outside.append(meeting)
    return Log({code: tuple(found) for code, found in by_pair.items()}, tuple(outside), tuple(strangers))


def _as_known(meeting: Meeting, scope: Scope) -> Meeting:
    """Look at a log row as it stood at the scope's end: a meeting held later was then only planned."""
    if meeting.held is None or meeting.held <= scope.cut_off:
        return meeting
    return replace(meeting, held=None, status="", mentee_score=None, mentor_score=None)


def pair_names(pairs: Sequence[Pair]) -> dict[str, str]:
    """Map every way a log names a pair (its code, a member row's code, the group's name) to the pair's code."""
    names: dict[str, str] = {}
    for pair in pairs:
        for name in (pair.code, *pair.codes, pair.group):
            if name:
                names.setdefault(fold(name), pair.code)
    return names


def human(person: Person | None, code: str) -> str:
    """Return one key for one human, who may stand in both lists: the folded name, else the code. Never printed."""
    return fold(person.name) if person and person.name else code


def is_young(person: Person, evidence: Evidence) -> bool:
    """Tell whether a person is a young specialist: as somebody typed, else by the category or by less service than the rule says."""
    if person.young is not None:
        return person.young
    return fold(person.sort) == YOUNG or (
        person.experience is not None and person.experience < evidence.method.rules.young_years
    )


def registered(evidence: Evidence, scope: Scope, kind: str) -> tuple[Filed, ...]:
    """Return the papers of a kind in force that were known by the cut-off; one without a date counts."""
    return tuple(each for each in in_force(evidence.facts.register, by=scope.limit) if each.kind == kind)


def subject(filed: Filed) -> str:
    """Read what a paper is about from its key `organisation/kind/subject/period`."""
    return filed.parts.subject if is_key(filed.key) else ""


def listed(codes: Iterable[str], most: int = 12) -> str:
    """Write codes in a row, a long row shortened with the number left out."""
    found = list(codes)
    tail = f" и ещё {len(found) - most}" if len(found) > most else ""
    return ", ".join(found[:most]) + tail
