"""What must exist on a day: the roadmap, the pairs and the catalogue give the planned papers (DESIGN §3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.councils.pack import year_of
from flows.domain.documents.common import FIGURES, FILE_TITLE
from flows.domain.errors import Refused
from flows.domain.model import Activity, Facts, Filed, Origin, Pair, Planned, Problem, Severity
from flows.domain.monitoring.note.focus import ask_of
from flows.domain.planning import councils, notes, planners
from flows.domain.planning.doubt import needs, silent, windows_of
from flows.domain.planning.due import KINDS, State
from flows.domain.planning.notes import before_pairs, subject_of
from flows.domain.planning.pairs import for_pair, for_person, pairs_order
from flows.domain.planning.wanted import Wanted, Wishes, exists, falls_due, key_of, late, settled
from flows.domain.register.life import begun, latest
from flows.domain.statuses import NOT_NEEDED, OVER, STOPPING
from flows.domain.terms.reading import Window
from flows.russian import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Organisation
    from flows.domain.planning.wanted import Planner

OF_PAIRS = frozenset({"order.monitoring"})
SUMMER, LONG = 62, 200
OF_MONITORING = frozenset(KINDS)
LATE = State.LATE.value
FORCED = frozenset({"consent.duty", "order.pairs", "program.personal", "note.monitoring"}) | planners.FORCED


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned papers, what was found on the way, and what nothing can be said of today.

    `unknown` are kinds, `silent` keys: an unplanned paper among them is not superfluous, its row cannot be read.
    """

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...] = ()
    unknown: frozenset[str] = field(default_factory=frozenset)
    silent: frozenset[str] = field(default_factory=frozenset)


def plan(facts: Facts, wishes: Wishes) -> Plan:
    """Plan every paper due on `facts.today`. A builder that cannot write one paper gives a finding, the others go on."""
    found = _plan(facts, wishes)
    again = _remembering(facts, found.planned)
    return found if again is None else _plan(again, wishes)


def _plan(facts: Facts, wishes: Wishes) -> Plan:
    unknown = frozenset(kind.id for kind in wishes.kinds.values() if kind.made and needs(kind) & wishes.unread)
    planned: list[Planned] = []
    problems: list[Problem] = []
    # The folders of councils come last: they point at everything else that is planned.
    for stage in (lambda facts, wishes, _: _every(facts, wishes), councils.notes, councils.papers):
        for each in stage(facts, wishes, tuple(planned)):
            if isinstance(each, Problem):
                problems.append(each)
            elif each.kind.id not in unknown:
                _take(each, facts, wishes, planned, problems)
    return Plan(tuple(planned), tuple(dict.fromkeys(problems)), unknown, silent(facts, wishes.kinds, wishes.stopped | wishes.unsure, unknown))


def _take(each: Wanted, facts: Facts, wishes: Wishes, planned: list[Planned], problems: list[Problem]) -> None:
    try:
        planned.append(_planned(each, facts, wishes))
    except (Refused, Doubt) as refusal:
        problems.append(_refused(each, refusal))


def _remembering(facts: Facts, planned: Sequence[Planned]) -> Facts | None:
    """Return the facts with the figures of notes made in this run kept, as the next run would find them; `None` when nothing changes.

    Figures do not depend on a comparison, so one more plan settles them.
    """
    if facts.evidence is None:
        return None
    known, before = latest(facts.register), {each.get("key"): each for each in facts.evidence.previous}
    fixed = {key for key, filed in known.items() if filed.registered or filed.state in OVER}
    made = {each.key: {**json.loads(each.kept), "key": each.key} for each in planned if each.kept and each.key not in fixed}
    after = before | made
    return None if after == before else replace(facts, evidence=replace(facts.evidence, previous=tuple(after[key] for key in sorted(after, key=str))))


def _refused(each: Wanted, refusal: Refused | Doubt) -> Problem:
    told: Sequence[Activity | Pair] = (*each.activities, *each.pairs)
    return Problem(Severity.QUESTION, "paper-refused", told[0].origin if told else Origin(), str(refusal), subject=told[0].code if told else "")


def _every(facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    called: dict[str, list[Activity]] = {}
    for activity in facts.activities:
        if activity.status != NOT_NEEDED and activity.code not in wishes.stopped and not activity.term.flags & STOPPING:
            for called_for in dict.fromkeys((*activity.documents, *_beside(activity), *planners.beside(activity))):
                called.setdefault(called_for, []).append(activity)
    for kind in wishes.kinds.values():
        rows = called.get(kind.id, [])
        if not kind.made or kind.id not in wishes.builders or not (rows or kind.id in FORCED):
            continue
        yield from PLANNERS[kind.id if kind.id in PLANNERS else kind.subject](kind, rows, facts, wishes)


def _beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row's note: recommendations bring the draft order with them."""
    return ask_of(activity).also if notes.NOTE in activity.documents else ()


def _for_organisation(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan one paper a school year for all the rows that call for it, once the first of them is due."""
    years: dict[str, list[tuple[Activity, Window]]] = {}
    for activity in rows:
        for window in windows_of(activity, facts):
            if window.end and not _past(activity, window, facts):
                years.setdefault(serving_year(window), []).append((activity, window))
    for year, found in years.items():
        activities = tuple(dict.fromkeys(activity for activity, _ in found))
        window = min((window for _, window in found), key=lambda each: each.end or date.max)
        due = any(falls_due(kind, each, facts, wishes) for _, each in found) or exists(facts, kind, facts.organisation.slug, year)
        if not due or settled(activities, kind, facts, facts.organisation.slug, year):
            continue
        yield Wanted(kind, facts.organisation.slug, year, window, activities, late=late(window, facts))


def _for_event(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan one paper for each window of each row; asked for at once, only the nearest window's."""
    begun = min((pair.start for pair in facts.pairs), default=None)
    for activity in rows:
        nearest = min((window.end for window in activity.term.windows if window.end and window.end >= facts.today), default=None)
        for window in activity.term.windows:
            if not window.end:
                continue
            subject = subject_of(activity, window)
            year = periods.school_year(window.end)
            asked = kind.id not in wishes.at_once or window.end <= (nearest or window.end)
            if not exists(facts, kind, subject, year):
                if _past(activity, window, facts):
                    continue
                if not asked or not falls_due(kind, window, facts, wishes) or settled((activity,), kind, facts, subject, year):
                    continue
                if kind.id in OF_PAIRS and (begun is None or begun > window.end):
                    yield before_pairs(activity, window.end)
                    continue
            yield Wanted(kind, subject, year, window, (activity,), late=late(window, facts))


def _past(activity: Activity, window: Window, facts: Facts) -> bool:
    """Tell a yearly window of a school year before the card's: what a yearly row asked for then is not made up for now."""
    year = periods.parse(facts.organisation.school_year)
    return activity.term.kind == "yearly" and year is not None and window.end is not None and window.end < year.start


def _extracts(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan extracts for the rows that name them, and of the councils somebody asks for that no such row's window holds."""
    days = councils.extracts(kind, facts, wishes)
    ours = {day for day in days if not any(councils.covers(row.term.windows, day) for row in rows)}
    yield from _for_event(kind, rows, facts, replace(wishes, at_once=wishes.at_once | {kind.id}) if days - ours else wishes)
    for day in sorted(ours):
        yield Wanted(kind, day.isoformat(), year_of(day), Window(day, day))


def serving_year(window: Window) -> str:
    """Name the school year a window's paper serves: a long window's own, and for what ends in July or August the next."""
    end = window.end or window.start or date.min
    if window.start and (end - window.start).days > LONG:
        return periods.school_year(window.start)
    return periods.school_year(end + timedelta(days=SUMMER) if end.month in {7, 8} else end)



def _of_monitoring(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan orders on the results of monitoring with their notes, orders to carry it out ahead of their windows."""
    with_notes = [row for row in rows if _beside(row)]
    yield from notes.of_rows(kind, with_notes, facts, wishes)
    yield from _for_event(kind, [row for row in rows if row not in with_notes], facts, wishes)


PLANNERS: dict[str, Planner] = {
    "organisation": _for_organisation,
    "event": _for_event,
    "pair": for_pair,
    "mentor": for_person,
    "mentee": for_person,
    "participant": for_person,
    "order.pairs": pairs_order,
    "order.monitoring": _of_monitoring,
    "note.monitoring": notes.of_rows,
    "report.survey": notes.of_rows,
    "report.final": notes.of_rows,
    "report.mentor": notes.of_mentors,
    "extract.council": _extracts,
    "council": lambda *_: iter(()),  # dates of councils decide, not rows
} | planners.PLANNERS


def _planned(each: Wanted, facts: Facts, wishes: Wishes) -> Planned:
    told = replace(
        facts, organisation=_in_its_year(each, facts), subject=each.subject, heading=each.kind.heading or each.kind.title, activities=facts.activities, window=each.window,
        activity=each.activities[0] if each.activities else None, pairs=each.pairs or facts.pairs, pack=each.pack,
    )  # fmt: skip
    resting = _at_rest(each, facts)
    context = {} if resting else dict(wishes.builders[each.kind.id](told))
    figures, short = context.pop(FIGURES, ""), context.pop(FILE_TITLE, "")
    title = (resting.title if resting else context.get("заголовок")) or each.kind.heading or each.kind.title
    late_mark = (LATE,) if each.late and each.kind.id in OF_MONITORING else ()
    return Planned(
        key=key_of(facts, each.kind, each.subject, each.period), kind=each.kind.id, subject=each.subject, period=each.period, title=title,
        template=each.kind.template, folder=tuple(part.format(school_year=each.year or each.period, pair=each.named) for part in each.kind.folder),
        name=each.kind.name, context=context, basis=(*(f"п. {activity.number}" for activity in each.activities), *_of_council(each), *late_mark), due=each.window,
        late=each.late, covers=each.covers, rows=tuple(activity.code for activity in each.activities), who=each.who, frozen=each.frozen,
        kept=figures, file_title=short, links=councils.links(each.pack) if each.pack and each.kind.id == councils.CONTENTS else (),
    )  # fmt: skip


def _in_its_year(each: Wanted, facts: Facts) -> Organisation:
    """Return the card as it stands in the paper's own school year: in August papers are made for the next one."""
    year = each.year or each.period
    return replace(facts.organisation, school_year=year) if periods.parse(year) else facts.organisation


def _at_rest(each: Wanted, facts: Facts) -> Filed | None:
    """Return the row of a closed paper that nothing will be done about: what it would say today need not be counted."""
    filed = latest(facts.register).get(key_of(facts, each.kind, each.subject, each.period)) if each.frozen else None
    if filed is None or not filed.fingerprint or filed.again or begun(filed) or filed.state in OVER:
        return None
    return None if filed.number and filed.day and not filed.final else filed


def _of_council(each: Wanted) -> tuple[str, ...]:
    return (f"педсовет №{each.pack.number} {each.pack.day:%d.%m.%Y}",) if each.pack else ()
