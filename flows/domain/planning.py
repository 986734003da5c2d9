"""What must exist on a day: the roadmap, the pairs and the catalogue give the planned papers (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from flows.domain import calendar, periods
from flows.domain.documents import Kind
from flows.domain.documents.pairs import ready
from flows.domain.errors import Refused
from flows.domain.knowable import NOT_NEEDED, STOPPING, needs, silent, windows_of
from flows.domain.life import OVER, latest
from flows.domain.model import Activity, Facts, Filed, Origin, Pair, Planned, Problem, Severity
from flows.domain.participants import ENDED
from flows.domain.terms import Window
from flows.domain.wanted import Wanted, Wishes, exists, key_of, late, pair_name, settled, short_name
from flows.russian import Doubt

OF_PAIRS = frozenset({"note.monitoring", "report.survey", "report.final", "order.monitoring"})
SUMMER, LONG = 62, 200
FORCED = ("consent.duty", "order.pairs", "program.personal")
FINISHED = "завершена"


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
    unknown = frozenset(kind.id for kind in wishes.kinds.values() if kind.made and needs(kind) & wishes.unread)
    wanted: list[Wanted] = []
    problems: list[Problem] = []
    for each in _every(facts, wishes):
        if isinstance(each, Problem):
            problems.append(each)
        elif each.kind.id not in unknown:
            wanted.append(each)
    planned: list[Planned] = []
    for each in wanted:
        try:
            planned.append(_planned(each, facts, wishes))
        except (Refused, Doubt) as refusal:
            problems.append(_refused(each, refusal))
    return Plan(tuple(planned), tuple(dict.fromkeys(problems)), unknown, silent(facts, wishes.kinds, wishes.stopped | wishes.unsure, unknown))


def _refused(each: Wanted, refusal: Refused | Doubt) -> Problem:
    told: Sequence[Activity | Pair] = (*each.activities, *each.pairs)
    return Problem(Severity.QUESTION, "paper-refused", told[0].origin if told else Origin(), str(refusal), subject=told[0].code if told else "")


def _every(facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    called: dict[str, list[Activity]] = {}
    for activity in facts.activities:
        if activity.status != NOT_NEEDED and activity.code not in wishes.stopped and not activity.term.flags & STOPPING:
            for called_for in activity.documents:
                called.setdefault(called_for, []).append(activity)
    for kind in wishes.kinds.values():
        rows = called.get(kind.id, [])
        if not kind.made or kind.id not in wishes.builders or not (rows or kind.id in FORCED):
            continue
        yield from PLANNERS[kind.id if kind.id in PLANNERS else kind.subject](kind, rows, facts, wishes)


def _due(kind: Kind, window: Window, facts: Facts, wishes: Wishes) -> bool:
    start = window.start or window.end
    if start is None:
        return False
    return kind.id in wishes.at_once or calendar.working_days_before(start, kind.lead_days, wishes.days_off) <= facts.today


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
        due = any(_due(kind, each, facts, wishes) for _, each in found) or exists(facts, kind, facts.organisation.slug, year)
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
            subject = f"{activity.code}@{window.end:%Y-%m}"
            year = periods.school_year(window.end)
            asked = kind.id not in wishes.at_once or window.end <= (nearest or window.end)
            if not exists(facts, kind, subject, year):
                if _past(activity, window, facts):
                    continue
                if not asked or not _due(kind, window, facts, wishes) or settled((activity,), kind, facts, subject, year):
                    continue
                if kind.id in OF_PAIRS and (begun is None or begun > window.end):
                    yield _before_pairs(activity, window)
                    continue
            yield Wanted(kind, subject, year, window, (activity,), late=late(window, facts))


def _past(activity: Activity, window: Window, facts: Facts) -> bool:
    """Tell a yearly window of a school year before the card's: what a yearly row asked for then is not made up for now."""
    year = periods.parse(facts.organisation.school_year)
    return activity.term.kind == "yearly" and year is not None and window.end is not None and window.end < year.start


def serving_year(window: Window) -> str:
    """Name the school year a window's paper serves: a long window's own, and for what ends in July or August the next."""
    end = window.end or window.start or date.min
    if window.start and (end - window.start).days > LONG:
        return periods.school_year(window.start)
    return periods.school_year(end + timedelta(days=SUMMER) if end.month in {7, 8} else end)


def _before_pairs(activity: Activity, window: Window) -> Problem:
    told = f"К {window.end:%d.%m.%Y} ни одна пара ещё не работала, поэтому писать не о чем: документ за этот срок не готовится."
    origin = replace(activity.origin, column="Срок (как в документе)")
    return Problem(Severity.NOTE, "before-pairs", origin, told, subject=activity.code)


def _unharmed(facts: Facts, wishes: Wishes) -> list[Pair]:
    """Leave out pairs that a стоп names, themselves or one of their people."""
    return [pair for pair in facts.pairs if not {*pair.codes, pair.mentor, *pair.mentees} & wishes.stopped]


def _living(facts: Facts, wishes: Wishes) -> list[Pair]:
    return [pair for pair in _unharmed(facts, wishes) if pair.status not in ENDED]


def _lasting(facts: Facts, wishes: Wishes) -> list[Pair]:
    """Return living pairs and those that ended in their time: the papers of these stay what they were."""
    return [pair for pair in _unharmed(facts, wishes) if pair.status not in ENDED or pair.status == FINISHED]


def _for_pair(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan one paper for each pair, before the pair begins."""
    for pair in _lasting(facts, wishes):
        year = periods.school_year(pair.start)
        window = Window(pair.start, pair.end)
        due = pair.status != FINISHED and _due(kind, window, facts, wishes) and _lacks(kind, pair, facts)
        if not due and not exists(facts, kind, pair.code, year):
            continue
        yield Wanted(kind, pair.code, year, window, tuple(rows), (pair,), late=False, named=pair_name(pair, facts))


def _lacks(kind: Kind, pair: Pair, facts: Facts) -> bool:
    """Tell whether the paper is still to be signed: a consent that has a date exists on paper already."""
    mentor = facts.people[pair.mentor]
    if mentor.job_function and kind.id in {"consent.duty", "addendum"}:
        return False
    if kind.id == "consent.duty":
        return mentor.consent_duty is None
    return kind.id != "addendum" or pair.addendum_date is None


def _for_person(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan one paper for each mentor, mentee or participant of a living pair."""
    seen: set[str] = set()
    for pair in _lasting(facts, wishes):
        codes = {"mentor": (pair.mentor,), "mentee": pair.mentees}.get(kind.subject, (pair.mentor, *pair.mentees))
        window = Window(pair.start, pair.end)
        for code in codes:
            year = periods.school_year(pair.start)
            due = pair.status != FINISHED and _due(kind, window, facts, wishes)
            if code not in seen and (due or exists(facts, kind, code, year)):
                seen.add(code)
                yield Wanted(kind, code, year, window, tuple(rows), (pair,), named=pair_name(pair, facts), who=short_name(facts, code))


def _pairs_order(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    """Plan the order that fixes pairs: what a registered one covers stays with it, new pairs give a second order."""
    newest = _fixed(kind, facts)
    covered = {code for row in newest for code in row.covers}
    for row in newest:
        named = [pair for pair in facts.pairs if set(pair.codes) & set(row.covers)]
        if named and all(pair in _unharmed(facts, wishes) for pair in named) and not set(row.covers) & wishes.stopped:
            yield _order(kind, row.key.split("/")[2], row.key.split("/")[3], rows, named)
    years: dict[str, list[Pair]] = {}
    for pair in _living(facts, wishes):
        if not set(pair.codes) & covered and (_due(kind, Window(pair.start, pair.end), facts, wishes) or _ordered(kind, pair, facts)):
            years.setdefault(periods.school_year(pair.start), []).append(pair)
    for year, pairs in years.items():
        yield from (problem for pair in pairs if (problem := ready(pair, facts.people)))
        able = [pair for pair in pairs if ready(pair, facts.people) is None]
        if able:
            yield _order(kind, _free_subject(facts.organisation.slug, newest, year), year, rows, able)


def _fixed(kind: Kind, facts: Facts) -> list[Filed]:
    """Return the registered orders in force, of each key the newest version."""
    registered = [row for row in facts.register if row.kind == kind.id and row.registered and row.state not in OVER]
    return list({row.key: row for row in sorted(registered, key=lambda row: row.version)}.values())


def _free_subject(slug: str, taken: Sequence[Filed], year: str) -> str:
    """Name the next order of a year: the slug itself, then «slug-2», «slug-3»."""
    used = {row.key.split("/")[2] for row in taken if row.key.endswith(f"/{year}")}
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, len(used) + 2))) if name not in used)


def _ordered(kind: Kind, pair: Pair, facts: Facts) -> bool:
    return any(row.kind == kind.id and set(row.covers) & set(pair.codes) for row in latest(facts.register).values())


def _order(kind: Kind, subject: str, year: str, rows: Sequence[Activity], pairs: Sequence[Pair]) -> Wanted:
    window = Window(min((pair.start for pair in pairs), default=None), max((pair.end for pair in pairs), default=None))
    covers = tuple(code for pair in pairs for code in pair.codes)
    return Wanted(kind, subject, year, window, tuple(rows), tuple(pairs), covers)


Planner = Callable[[Kind, Sequence[Activity], Facts, Wishes], Iterator[Wanted | Problem]]
PLANNERS: dict[str, Planner] = {
    "organisation": _for_organisation,
    "event": _for_event,
    "pair": _for_pair,
    "mentor": _for_person,
    "mentee": _for_person,
    "participant": _for_person,
    "order.pairs": _pairs_order,
}


def _planned(each: Wanted, facts: Facts, wishes: Wishes) -> Planned:
    told = replace(
        facts, subject=each.subject, heading=each.kind.heading or each.kind.title, activities=facts.activities, window=each.window,
        activity=each.activities[0] if each.activities else None, pairs=each.pairs or facts.pairs,
    )  # fmt: skip
    context = wishes.builders[each.kind.id](told)
    title = each.kind.heading or each.kind.title
    return Planned(
        key=key_of(facts, each.kind, each.subject, each.period), kind=each.kind.id, subject=each.subject, period=each.period, title=title,
        template=each.kind.template, folder=tuple(part.format(school_year=each.period, pair=each.named) for part in each.kind.folder),
        name=each.kind.name, context=context, basis=tuple(f"п. {activity.number}" for activity in each.activities), due=each.window, late=each.late,
        covers=each.covers, rows=tuple(activity.code for activity in each.activities), who=each.who,
    )  # fmt: skip
