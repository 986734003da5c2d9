"""From the rows of a workbook to the facts papers are written from, with every finding on its cell (DESIGN §3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import answers, card, participants, registry, roadmap
from flows.domain.model import Facts, Filed, Norm, Problem, Row
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.card import Card, Line
    from flows.domain.documents import Kind

ROADMAP, MENTORS, MENTEES, PAIRS, MEETINGS, CASES, REQUESTS, CHECK = (
    "Дорожная карта", "Наставники", "Наставляемые", "Пары", "Встречи", "Склонения", "Запросы", "Проверка",
)  # fmt: skip
CODED = (ROADMAP, MENTORS, MENTEES, PAIRS, MEETINGS, REQUESTS)
COLUMNS = {"Срок": "Срок (как в документе)", "Ответственные": "Ответственный", "Результат": "Результат, вид документа"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook says, before it is understood: rows by tab, lines of `Настройки`, register, numbers given."""

    book: str
    rows: Mapping[str, Sequence[Row]]
    settings: Sequence[Line]
    register: tuple[Filed, ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Understood:
    """The facts, the card, findings, rows with their codes, the greatest numbers given, and answers in force."""

    facts: Facts
    card: Card
    problems: tuple[Problem, ...]
    rows: Mapping[str, tuple[Row, ...]]
    numbers: Mapping[str, int]
    requests: tuple[Row, ...]
    kinds: Mapping[str, Kind]


def understand(slug: str, told: Told, today: date, kinds: Mapping[str, Kind], norms: Sequence[Norm]) -> Understood:
    """Read everything a workbook says; nothing raises on what a person typed."""
    rows, numbers, problems = _coded(told)
    given = answers.read(told.rows.get(CHECK, ()))
    hidden = frozenset(row.text("⚙ Ключ") for row in told.rows.get(CHECK, ()) if row.flag("Не показывать"))
    seen = {tab: answers.applied(of, tab, given) for tab, of in rows.items()}
    home, missing = card.read(slug, told.settings, told.book)
    titles = {fold(kind.title): kind.id for kind in kinds.values()} | {fold(kind.heading): kind.id for kind in kinds.values() if kind.heading}
    activities, slips = roadmap.from_rows(_typed(seen.get(ROADMAP, ()), titles), home.period)
    mentors, mentees, pairs, meetings = (seen.get(tab, ()) for tab in (MENTORS, MENTEES, PAIRS, MEETINGS))
    who, strays = participants.read(mentors, mentees, pairs, meetings, told.rows.get(CASES, ()))
    facts = Facts(
        organisation=home.organisation, today=today, people=who.people, pairs=who.pairs, meetings=who.meetings, activities=activities,
        period=home.period, register=told.register, norms=tuple(norms), cases=who.cases,
    )  # fmt: skip
    found = (*problems, *missing, *(_on_tab(each, rows.get(ROADMAP, ())) for each in slips), *strays)
    return Understood(facts, home, answers.open_problems(found, given, hidden), rows, numbers, rows.get(REQUESTS, ()), kinds)


def _coded(told: Told) -> tuple[dict[str, tuple[Row, ...]], dict[str, int], tuple[Problem, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    numbers: dict[str, int] = {}
    problems: list[Problem] = []
    for tab in CODED:
        if tab in told.rows:
            rows[tab], numbers[tab], slips = registry.coded(tab, told.rows[tab], told.numbers.get(tab, 0))
            problems += slips
    return rows, numbers, tuple(problems)


def _typed(rows: Sequence[Row], titles: Mapping[str, str]) -> list[Row]:
    """Let people name kinds by their titles in «Готовить документ»."""
    typed: list[Row] = []
    for row in rows:
        parts = [part.strip() for part in row.text("Готовить документ").split(";") if part.strip()]
        cells = {**row.cells, "Готовить документ": "; ".join(titles.get(fold(part), part) for part in parts)}
        typed.append(replace(row, cells=cells))
    return typed


def _on_tab(problem: Problem, rows: Sequence[Row]) -> Problem:
    """Point a finding of the roadmap's reader at the tab's own column, with the cell as printed."""
    column = COLUMNS.get(problem.origin.column, problem.origin.column)
    row = next((each for each in rows if each.origin.row == problem.origin.row), None)
    printed = problem.printed or (row.text(column) if row else "")
    return replace(problem, origin=replace(problem.origin, column=column), printed=printed)
