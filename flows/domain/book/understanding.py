"""From the rows of a workbook to the facts papers are written from, with every finding on its cell (DESIGN §3)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain import row_codes
from flows.domain.book import answer_verdicts, answers, card, chosen_kinds, requisites, roadmap_tab, trifles
from flows.domain.book.answer_values import Known, any_text
from flows.domain.book.answers import Answers
from flows.domain.book.district_tabs import read as read_district
from flows.domain.book.roadmap_tab import PlanTab
from flows.domain.councils.pack import council_problems
from flows.domain.model import Facts, Filed, Norm, Problem, Row
from flows.domain.monitoring.gathering import Gathered, Heard, gather
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.people import declensions, meeting_log, participants
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

    from flows.domain.book.answer_values import ReadCell
    from flows.domain.book.answers import Answer, Asked
    from flows.domain.book.card import Card, SettingsLine
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Cell
    from flows.domain.monitoring.answers.ready_forms import Questionnaire
    from flows.domain.people.staff_events import StaffEvent


@dataclass(frozen=True, slots=True)
class BookContents:
    """What a workbook says, before it is understood: rows by tab, lines of `Настройки`, register, numbers given.

    `slips` are what reading the tabs found, `unread` the tabs that could not be read. `grids` are the tabs of form
    responses, `kept` the figures of filed notes as JSON by register key, `templates` the names of staff's own files.
    `known` tells by code what each row said when it was last seen (`row_codes.identity`). `cell` reads a text as the
    column of a tab would: answers are held against it.
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
    cell: ReadCell = any_text


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

    `unsure` are codes of rows with a cell that could not be read, `surveys` what `Анкеты` should show besides, `seen`
    the rows as answers make them read, `used` what was asked and answered in force.
    """

    facts: Facts
    card: Card
    problems: tuple[Problem, ...]
    rows: Mapping[str, tuple[Row, ...]]
    numbers: Mapping[str, int]
    requests: tuple[Row, ...]
    kinds: Mapping[str, Kind]
    unsure: frozenset[str] = frozenset()
    answers: Answers = field(default_factory=Answers)
    seen: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    used: frozenset[Asked] = frozenset()
    hidden: frozenset[str] = frozenset()
    offers: Mapping[int, str] = field(default_factory=dict)
    surveys: Gathered | None = None

    @property
    def stopped(self) -> frozenset[str]:
        """Codes of rows that a стоп takes out: no new paper is made about them."""
        return participants.stopped(self.problems)

    def still_open(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Leave out what people answered or hid in `Проверка`."""
        return answers.open_problems(answers.worded(problems, self.seen), self.answers, self.hidden)

    def unused(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Tell beside the answers whose question is among neither these findings nor ours that it is gone."""
        met = self.answers.met(answers.worded(problems, self.seen))
        return answers.unused(self.answers, self.used | met)


def understand(slug: str, contents: BookContents, today: date, supplied: Supplied) -> Understood:
    """Read everything a workbook says; nothing raises on what a person typed."""
    rows, numbers, problems = _coded(contents)
    checked = contents.rows.get(FINDINGS, ())
    typed = answers.read(checked)
    hidden = frozenset(row.text("⚙ Ключ") for row in checked if row.flag("Не показывать"))
    slips = tuple(_coded_slip(slip, rows, contents) for slip in contents.slips)
    home, missing, of_card, told = _card(slug, contents, typed)
    own = () if (lost := SETTINGS in contents.unread) else home.kinds
    kinds, chosen = chosen_kinds.merged(supplied.kinds, own, contents.templates, contents.book)
    others = (each for each in typed if each.about.tab != SETTINGS)
    given = of_card.and_also(answer_verdicts.judged(others, rows, _known(home, rows, contents, kinds)))
    seen, used = _answered(rows, given, slips)
    plan = _plan(home, seen, contents, kinds, given, today)
    facts, events, findings = _facts(home, seen, contents, today, plan)
    log = tuple(meeting_log.slips(facts, [(slip.subject, slip.origin.column) for slip in slips]))
    facts = _supplied(facts, supplied, home)
    surveys = _gathered(facts, events, home, seen, contents, supplied, numbers.get(SURVEYS, 0))
    found = answers.worded((
        *(slip for slip in slips if (answers.key_of(slip), slip.printed.strip()) not in used),
        *problems,
        *chosen,
        *chosen_kinds.unknown(facts.activities, kinds),
        *(() if lost else (*missing, *requisites.findings(facts, contents.settings, contents.book))),
        *findings,
        *log,
        *(surveys.problems if surveys else ()),
    ), seen)  # fmt: skip
    still, one = trifles.in_book(found, facts.activities, contents.book, given, hidden)
    return Understood(
        facts=replace(facts, evidence=surveys.evidence) if surveys else facts,
        card=home,
        problems=(*still, *given.refused),
        rows=rows,
        numbers=numbers | {SURVEYS: numbers.get(SURVEYS, 0) + len(surveys.fresh)} if surveys else numbers,
        requests=rows.get(REQUESTS, ()),
        kinds=kinds,
        unsure=frozenset(slip.subject for slip in slips if slip.subject),
        answers=given,
        seen=seen,
        used=told | used | given.met((*found, *one)),
        hidden=hidden,
        offers=plan.offers,
        surveys=surveys,
    )


def _card(
    slug: str, contents: BookContents, typed: Sequence[Answer]
) -> tuple[Card, tuple[Problem, ...], Answers, frozenset[Asked]]:
    """Read `Настройки` by the answers about it; tell which answers are in force and which of them were in use."""
    of_card = answer_verdicts.judged((each for each in typed if each.about.tab == SETTINGS), {}, Known())
    lines, used = answers.on_card(contents.settings, of_card)
    return *card.read(slug, lines, contents.book), of_card, used


def _supplied(facts: Facts, supplied: Supplied, home: Card) -> Facts:
    """Add what the tabs of people do not hold: legal acts, days off; each meeting once."""
    return replace(
        facts,
        norms=tuple(supplied.norms),
        meetings=meeting_log.once(facts.meetings),
        days_off=supplied.days_off | frozenset(home.holidays),
    )


def _gathered(  # noqa: PLR0913, PLR0917 - all that a note is counted from
    facts: Facts,
    events: tuple[StaffEvent, ...],
    home: Card,
    seen: Mapping[str, Sequence[Row]],
    contents: BookContents,
    supplied: Supplied,
    greatest: int,
) -> Gathered | None:
    """Gather the evidence by the organisation's own method, which wins over ours, and what is odd about councils."""
    if not supplied.monitoring:
        return None
    surveys, scores = (seen.get(tab, ()) for tab in (SURVEYS, SCORE_CARD))
    grids, kept = contents.grids, contents.kept
    heard = Heard(surveys, scores, events, grids, kept, contents.unread, supplied.forms)
    method = method_from(supplied.monitoring, home.method)
    gathered = gather(facts, heard, method, facts.days_off, greatest)
    councils = council_problems(home.councils, facts.today, contents.book)
    return replace(gathered, problems=(*gathered.problems, *councils))


def _plan(  # noqa: PLR0913, PLR0917 - all that the roadmap is read by
    home: Card,
    seen: Mapping[str, Sequence[Row]],
    contents: BookContents,
    kinds: Mapping[str, Kind],
    given: Answers,
    today: date,
) -> PlanTab:
    """Read the roadmap. Without `Настройки` the years of the plan are not known, so no term is read at all."""
    return (
        PlanTab()
        if SETTINGS in contents.unread
        else roadmap_tab.read(
            seen.get(ROADMAP, ()), _titles(kinds), home, given, _names(seen, contents), today
        )
    )


def _names(seen: Mapping[str, Sequence[Row]], contents: BookContents) -> frozenset[str]:
    """Return the names that stand whole on the tabs of people and of forms."""
    people = [row.text("ФИО") for tab in (MENTORS, MENTEES) for row in seen.get(tab, ())]
    declined = [row.text(declensions.NOMINATIVE) for row in contents.rows.get(DECLENSIONS, ())]
    return frozenset(filter(None, (*people, *declined)))


def _titles(kinds: Mapping[str, Kind]) -> dict[str, str]:
    return {fold(kind.title): kind.id for kind in kinds.values()} | {
        fold(kind.heading): kind.id for kind in kinds.values() if kind.heading
    }


def _known(
    home: Card, rows: Mapping[str, Sequence[Row]], contents: BookContents, kinds: Mapping[str, Kind]
) -> Known:
    """Gather what answers are held against."""
    people = [row for tab in (MENTORS, MENTEES) for row in rows.get(tab, ())]
    return Known(
        home.period,
        _titles({kind.id: kind for kind in kinds.values() if kind.made}),
        frozenset(name for row in people for name in (fold(row.text("ФИО")), row.code) if name),
        frozenset(
            fold(name) for row in rows.get(PAIRS, ()) for name in (row.code, row.text("Группа")) if name
        ),
        contents.cell,
    )


def _answered(
    rows: Mapping[str, Sequence[Row]], given: Answers, slips: Sequence[Problem]
) -> tuple[dict[str, tuple[Row, ...]], frozenset[Asked]]:
    """Read the rows of every tab by their answers; tell which of these were in use."""
    shown = {(slip.subject, slip.origin.column): slip.printed.strip() for slip in slips if slip.subject}
    read = {tab: answers.applied(of, tab, given, shown) for tab, of in rows.items()}
    used = frozenset().union(*(of for _, of in read.values()))
    return {tab: of for tab, (of, _) in read.items()}, used


def _facts(
    home: Card, seen: Mapping[str, Sequence[Row]], contents: BookContents, today: date, plan: PlanTab
) -> tuple[Facts, tuple[StaffEvent, ...], tuple[Problem, ...]]:
    """Read the tabs into facts. What only says that another tab could not be read is no finding."""
    mentors, mentees, pairs, meetings = (seen.get(tab, ()) for tab in (MENTORS, MENTEES, PAIRS, MEETINGS))
    forms, staff = contents.rows.get(DECLENSIONS, ()), seen.get(STAFF_EVENTS, ())
    who, strays = participants.read(mentors, mentees, pairs, meetings, forms, staff, today)
    facts = Facts(
        organisation=home.organisation,
        today=today,
        people=who.people,
        history=who.history,
        pairs=who.pairs,
        meetings=who.meetings,
        activities=plan.activities,
        period=plan.period,
        plan=plan.title,
        register=contents.register,
        cases=who.cases,
        councils=home.councils,
    )
    founded = (each for each in strays if not participants.unfounded(each, contents.unread))
    risky = () if DECLENSIONS in contents.unread else declensions.findings(facts, forms)
    district, listed = read_district({**contents.rows, **seen}, today, contents.cell)
    odd = (*plan.problems, *founded, *chain(facts), *after_signing.findings(facts), *risky, *listed)
    return replace(facts, district=district), who.events, odd


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
    for tab in row_codes.PREFIXES:
        if tab in contents.rows:
            rows[tab], numbers[tab], slips = row_codes.coded(
                tab, contents.rows[tab], contents.numbers.get(tab, 0), contents.known
            )
            problems += slips
    return rows, numbers, tuple(problems)
