"""From the rows of a workbook to the facts papers are written from, with every finding on its cell (DESIGN §3)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain import row_codes
from flows.domain.book import answers, card, chosen_kinds, roadmap_tab
from flows.domain.book.roadmap_tab import PlanTab
from flows.domain.councils.pack import council_problems
from flows.domain.model import Facts, Filed, Norm, Problem, Row
from flows.domain.monitoring.gathering import Gathered, Heard, gather
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.monitoring.tabs import events_from_rows
from flows.domain.people import declensions, meeting_log, participants, staff_events
from flows.domain.register import after_signing
from flows.domain.register.pair_sequence import chain
from flows.domain.tabs import (
    DECLENSIONS,
    FINDINGS,
    MEETINGS,
    MENTEES,
    MENTORS,
    PAIRS,
    REQUESTS,
    ROADMAP,
    SCORE_CARD,
    SETTINGS,
    STAFF_EVENTS,
    SURVEYS,
)
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from flows.domain.book.answers import Answers
    from flows.domain.book.card import Card, SettingsLine
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Cell
    from flows.domain.monitoring.answers.ready_forms import Questionnaire

CODED = (ROADMAP, MENTORS, MENTEES, PAIRS, MEETINGS, REQUESTS, SURVEYS, SCORE_CARD, STAFF_EVENTS)


@dataclass(frozen=True, slots=True)
class BookContents:
    """What a workbook says, before it is understood: rows by tab, lines of `Настройки`, register, numbers given.

    `slips` are what reading the tabs found, `unread` the tabs that could not be read. `grids` are the tabs of form
    responses, `kept` the figures of filed notes as JSON by register key, `templates` the names of staff's own files.
    `known` tells by code what each row said when it was last seen (`row_codes.identity`).
    """

    book: str
    rows: Mapping[str, Sequence[Row]]
    settings: Sequence[SettingsLine]
    register: tuple[Filed, ...]
    numbers: Mapping[str, int]
    slips: Sequence[Problem] = ()
    unread: frozenset[str] = frozenset()
    grids: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    templates: frozenset[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is given besides the workbook: catalogue, legal acts, method of monitoring, days off, our own questionnaires.

    `monitoring` is the method as `config/monitoring.toml` states it; without it the facts carry no evidence.
    """

    kinds: Mapping[str, Kind]
    norms: Sequence[Norm] = ()
    monitoring: Mapping[str, Any] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    forms: Sequence[Questionnaire] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The facts, the card, findings, rows with their codes, the greatest numbers given, and answers in force.

    `unsure` are codes of rows with a cell that could not be read, `surveys` what `Анкеты` should show besides.
    """

    facts: Facts
    card: Card
    problems: tuple[Problem, ...]
    rows: Mapping[str, tuple[Row, ...]]
    numbers: Mapping[str, int]
    requests: tuple[Row, ...]
    kinds: Mapping[str, Kind]
    unsure: frozenset[str] = frozenset()
    answers: Answers = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    offers: Mapping[int, str] = field(default_factory=dict)
    surveys: Gathered | None = None

    @property
    def stopped(self) -> frozenset[str]:
        """Codes of rows that a стоп takes out: no new paper is made about them."""
        return participants.stopped(self.problems)

    def still_open(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Leave out what people confirmed or hid in `Проверка`."""
        return answers.open_problems(problems, self.answers, self.hidden)


def understand(slug: str, contents: BookContents, today: date, supplied: Supplied) -> Understood:
    """Read everything a workbook says; nothing raises on what a person typed."""
    rows, numbers, problems = _coded(contents)
    checked = contents.rows.get(FINDINGS, ())
    given = answers.read(checked)
    hidden = frozenset(row.text("⚙ Ключ") for row in checked if row.flag("Не показывать"))
    slips = tuple(_coded_slip(slip, rows, contents) for slip in contents.slips)
    typed = {(slip.subject, slip.origin.column): slip.printed for slip in slips if slip.subject}
    seen = {tab: answers.applied(of, tab, given, typed) for tab, of in rows.items()}
    by_code = {row.code: row for of in seen.values() for row in of}
    home, missing = card.read(slug, answers.on_card(contents.settings, given), contents.book)
    lost = SETTINGS in contents.unread
    choices = () if lost else home.kinds
    kinds, chosen = chosen_kinds.merged(supplied.kinds, choices, contents.templates, contents.book)
    plan = _plan(home, seen, contents, kinds, given)
    facts, findings = _facts(home, seen, contents, today, plan)
    log = tuple(meeting_log.slips(facts, [(slip.subject, slip.origin.column) for slip in slips]))
    facts = replace(facts, norms=tuple(supplied.norms), meetings=meeting_log.once(facts.meetings))
    surveys = _gathered(facts, home, seen, contents, supplied, numbers.get(SURVEYS, 0))
    found = (
        *(slip for slip in slips if not answers.settled(slip, by_code, given)),
        *problems,
        *chosen,
        *chosen_kinds.unknown(facts.activities, kinds),
        *(() if lost else missing),
        *findings,
        *log,
        *(surveys.problems if surveys else ()),
    )
    return Understood(
        facts=replace(facts, evidence=surveys.evidence) if surveys else facts,
        card=home,
        problems=answers.open_problems(found, given, hidden),
        rows=rows,
        numbers=numbers | {SURVEYS: numbers.get(SURVEYS, 0) + len(surveys.fresh)} if surveys else numbers,
        requests=rows.get(REQUESTS, ()),
        kinds=kinds,
        unsure=frozenset(slip.subject for slip in slips if slip.subject),
        answers=given,
        hidden=hidden,
        offers=plan.offers,
        surveys=surveys,
    )


def _gathered(  # noqa: PLR0913, PLR0917 - all that a note is counted from
    facts: Facts,
    home: Card,
    seen: Mapping[str, Sequence[Row]],
    contents: BookContents,
    supplied: Supplied,
    greatest: int,
) -> Gathered | None:
    """Gather the evidence by the organisation's own method, which wins over ours, and what is odd about councils."""
    if not supplied.monitoring:
        return None
    surveys, scores, events = (seen.get(tab, ()) for tab in (SURVEYS, SCORE_CARD, STAFF_EVENTS))
    grids, kept = contents.grids, contents.kept
    heard = Heard(surveys, scores, events, grids, kept, contents.unread, supplied.forms)
    method = method_from(supplied.monitoring, home.method)
    gathered = gather(facts, heard, method, supplied.days_off | frozenset(home.holidays), greatest)
    councils = council_problems(home.councils, facts.today, contents.book)
    return replace(gathered, problems=(*gathered.problems, *councils))


def _plan(
    home: Card,
    seen: Mapping[str, Sequence[Row]],
    contents: BookContents,
    kinds: Mapping[str, Kind],
    given: Answers,
) -> PlanTab:
    """Read the roadmap. Without `Настройки` the years of the plan are not known, so no term is read at all."""
    titles = {fold(kind.title): kind.id for kind in kinds.values()} | {
        fold(kind.heading): kind.id for kind in kinds.values() if kind.heading
    }
    return (
        PlanTab()
        if SETTINGS in contents.unread
        else roadmap_tab.read(seen.get(ROADMAP, ()), titles, home, given)
    )


def _facts(
    home: Card, seen: Mapping[str, Sequence[Row]], contents: BookContents, today: date, plan: PlanTab
) -> tuple[Facts, tuple[Problem, ...]]:
    """Read the tabs into facts. What only says that another tab could not be read is no finding."""
    mentors, mentees, pairs, meetings = (seen.get(tab, ()) for tab in (MENTORS, MENTEES, PAIRS, MEETINGS))
    who, strays = participants.read(mentors, mentees, pairs, meetings, contents.rows.get(DECLENSIONS, ()))
    who = replace(
        who,
        people=staff_events.applied(
            who.people, events_from_rows(seen.get(STAFF_EVENTS, ()), who.people)[0], today
        ),
    )
    strays = tuple(dict.fromkeys((*strays, *participants.gone(who))))
    facts = Facts(
        organisation=home.organisation,
        today=today,
        people=who.people,
        pairs=who.pairs,
        meetings=who.meetings,
        activities=plan.activities,
        period=home.period,
        register=contents.register,
        cases=who.cases,
        councils=home.councils,
    )
    founded = (each for each in strays if not participants.unfounded(each, contents.unread))
    forms = (
        ()
        if DECLENSIONS in contents.unread
        else declensions.findings(facts, contents.rows.get(DECLENSIONS, ()))
    )
    return facts, (*plan.problems, *founded, *chain(facts), *after_signing.findings(facts), *forms)


def _coded_slip(slip: Problem, rows: Mapping[str, Sequence[Row]], contents: BookContents) -> Problem:
    """Name the row of a slip by its code, so that answers stay with the row when it moves."""
    tab = slip.origin.tab
    row = next(
        (each for each in rows.get(tab, contents.rows.get(tab, ())) if each.origin.row == slip.origin.row),
        None,
    )
    return slip if row is None or slip.subject else replace(slip, subject=row.code or row.text("⚙ Ключ"))


def _coded(contents: BookContents) -> tuple[dict[str, tuple[Row, ...]], dict[str, int], tuple[Problem, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    numbers: dict[str, int] = {}
    problems: list[Problem] = []
    for tab in CODED:
        if tab in contents.rows:
            rows[tab], numbers[tab], slips = row_codes.coded(
                tab, contents.rows[tab], contents.numbers.get(tab, 0), contents.known
            )
            problems += slips
    return rows, numbers, tuple(problems)
