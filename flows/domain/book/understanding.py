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
from flows.domain.people import declensions, participants, staff_events
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
    `known` tells by code what each row said when it was last seen (`registry.identity`).
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


def understand(  # noqa: PLR0913 - two of them are only for monitoring
    slug: str, told: BookContents, today: date, kinds: Mapping[str, Kind], norms: Sequence[Norm], *,
    monitoring: Mapping[str, Any] | None = None, days_off: frozenset[date] = frozenset(), forms: Sequence[Questionnaire] = (),
) -> Understood:  # fmt: skip
    """Read everything a workbook says; nothing raises on what a person typed.

    `monitoring` is the method as `config/monitoring.toml` states it; without it the facts carry no evidence.
    `forms` are our own ready questionnaires.
    """
    rows, numbers, problems = _coded(told)
    checked = told.rows.get(FINDINGS, ())
    given = answers.read(checked)
    hidden = frozenset(row.text("⚙ Ключ") for row in checked if row.flag("Не показывать"))
    slips = tuple(_coded_slip(each, rows, told) for each in told.slips)
    shown = {(each.subject, each.origin.column): each.printed for each in slips if each.subject}
    seen = {tab: answers.applied(of, tab, given, shown) for tab, of in rows.items()}
    home, missing = card.read(slug, answers.on_card(told.settings, given), told.book)
    kinds, choices = chosen_kinds.merged(kinds, () if SETTINGS in told.unread else home.kinds, told.templates, told.book)
    plan = _plan(home, seen, told, kinds, given)
    facts, findings = _facts(home, seen, told, today, plan)
    facts = replace(facts, norms=tuple(norms))
    surveys = _gathered(facts, home, seen, told, numbers, monitoring, days_off, forms) if monitoring else None
    by_code = {row.code: row for of in seen.values() for row in of}
    left = (each for each in slips if not answers.settled(each, by_code, given))
    found = (*left, *problems, *choices, *chosen_kinds.unknown(facts.activities, kinds), *(() if SETTINGS in told.unread else missing), *findings, *(surveys.problems if surveys else ()))
    unsure = frozenset(each.subject for each in slips if each.subject)
    if surveys:
        facts = replace(facts, evidence=surveys.evidence)
        numbers = {**numbers, SURVEYS: numbers.get(SURVEYS, 0) + len(surveys.fresh)}
    return Understood(facts, home, answers.open_problems(found, given, hidden), rows, numbers, rows.get(REQUESTS, ()), kinds, unsure, given, hidden, plan.offers, surveys)


def _gathered(  # noqa: PLR0913, PLR0917 - all that a note is counted from
    facts: Facts, home: Card, seen: Mapping[str, Sequence[Row]], told: BookContents, numbers: Mapping[str, int], monitoring: Mapping[str, Any], days_off: frozenset[date], forms: Sequence[Questionnaire]
) -> Gathered:
    """Gather the evidence by the organisation's own method, which wins over ours, and what is odd about councils."""
    heard = Heard(seen.get(SURVEYS, ()), seen.get(SCORE_CARD, ()), seen.get(STAFF_EVENTS, ()), told.grids, told.kept, told.unread, forms)
    gathered = gather(facts, heard, method_from(monitoring, home.method), days_off | frozenset(home.holidays), numbers.get(SURVEYS, 0))
    return replace(gathered, problems=(*gathered.problems, *council_problems(home.councils, facts.today, told.book)))


def _plan(home: Card, seen: Mapping[str, Sequence[Row]], told: BookContents, kinds: Mapping[str, Kind], given: Answers) -> PlanTab:
    """Read the roadmap. Without `Настройки` the years of the plan are not known, so no term is read at all."""
    titles = {fold(kind.title): kind.id for kind in kinds.values()} | {fold(kind.heading): kind.id for kind in kinds.values() if kind.heading}
    return PlanTab() if SETTINGS in told.unread else roadmap_tab.read(seen.get(ROADMAP, ()), titles, home, given)


def _facts(home: Card, seen: Mapping[str, Sequence[Row]], told: BookContents, today: date, plan: PlanTab) -> tuple[Facts, tuple[Problem, ...]]:
    """Read the tabs into facts. What only says that another tab could not be read is no finding."""
    mentors, mentees, pairs, meetings = (seen.get(tab, ()) for tab in (MENTORS, MENTEES, PAIRS, MEETINGS))
    who, strays = participants.read(mentors, mentees, pairs, meetings, told.rows.get(DECLENSIONS, ()))
    who = replace(who, people=staff_events.applied(who.people, events_from_rows(seen.get(STAFF_EVENTS, ()), who.people)[0], today))
    strays = tuple(dict.fromkeys((*strays, *participants.gone(who))))
    facts = Facts(
        organisation=home.organisation, today=today, people=who.people, pairs=who.pairs, meetings=who.meetings, activities=plan.activities,
        period=home.period, register=told.register, cases=who.cases, councils=home.councils,
    )  # fmt: skip
    founded = (each for each in strays if not participants.unfounded(each, told.unread))
    forms = () if DECLENSIONS in told.unread else declensions.findings(facts, told.rows.get(DECLENSIONS, ()))
    return facts, (*plan.problems, *founded, *chain(facts), *after_signing.findings(facts), *forms)


def _coded_slip(slip: Problem, rows: Mapping[str, Sequence[Row]], told: BookContents) -> Problem:
    """Name the row of a slip by its code, so that answers stay with the row when it moves."""
    tab = slip.origin.tab
    row = next((each for each in rows.get(tab, told.rows.get(tab, ())) if each.origin.row == slip.origin.row), None)
    return slip if row is None or slip.subject else replace(slip, subject=row.code or row.text("⚙ Ключ"))


def _coded(told: BookContents) -> tuple[dict[str, tuple[Row, ...]], dict[str, int], tuple[Problem, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    numbers: dict[str, int] = {}
    problems: list[Problem] = []
    for tab in CODED:
        if tab in told.rows:
            rows[tab], numbers[tab], slips = row_codes.coded(tab, told.rows[tab], told.numbers.get(tab, 0), told.known)
            problems += slips
    return rows, numbers, tuple(problems)
