"""The tab `Дорожная карта` read: activities, findings on its own columns, and terms proposed where it has none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.book import plan_over, whose_plan
from flows.domain.roadmap import file_trace, proposed_terms
from flows.domain.roadmap.activities import from_rows
from flows.domain.roadmap.grids import Document
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.book.answers import Answers
    from flows.domain.book.card import Card
    from flows.domain.model import Activity, Problem, Row
    from flows.domain.periods import Period

COLUMNS = {
    "Срок": "Срок (как в документе)",
    "Ответственные": "Ответственный",
    "Результат": "Результат, вид документа",
}


@dataclass(frozen=True, slots=True)
class PlanTab:
    """What the tab says: its activities, findings, what the column of proposals should show by row, the years of the plan, its title."""

    activities: tuple[Activity, ...] = ()
    problems: tuple[Problem, ...] = ()
    offers: Mapping[int, str] = field(default_factory=dict)
    period: Period | None = None
    title: str = ""


def read(  # noqa: PLR0913, PLR0917 - all that the tab is read by
    rows: Sequence[Row],
    titles: Mapping[str, str],
    home: Card,
    given: Answers,
    names: frozenset[str] = frozenset(),
    today: date = date.min,
) -> PlanTab:
    """Read the tab by what `Настройки` says of the plan; `titles` maps folded titles of kinds to their ids.

    `names` are people whom other tabs know.

    Terms that the system proposed are in force only when a person took them over by an answer. Of a plan that is
    over nothing but that is said.
    """
    card = home.organisation
    moved = plan_over.read(rows, home.period, home.title, today, given)
    rows = moved.rows
    activities, found = from_rows(
        _typed(rows, titles),
        moved.period,
        heading=(moved.title, card.short_name, card.full_name, home.approved),
        names=names | {card.head_name, card.curator_name},
    )
    year = periods.parse(card.school_year)
    offered = proposed_terms.proposals(activities, rows, year)
    asked = proposed_terms.question(activities, offered, year)
    problems = [
        _on_tab(each, rows)
        for each in found
        if not (each.code == "no-term-column" and offered)
        and not (each.code == "empty-term" and each.subject in offered)
    ]
    plan_of = Document(title=moved.title, organisation=card.short_name or card.full_name)
    whose = whose_plan.question(plan_of, activities, home.blank)
    problems += [whose] if whose else []
    if asked and given.closed(asked[0]):
        activities = proposed_terms.taken(activities, offered)
    said = moved.problems or (*asked, *problems, *file_trace.vanished(rows))
    return PlanTab(activities, said, proposed_terms.cells(rows, offered, year), moved.period, moved.title)


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
