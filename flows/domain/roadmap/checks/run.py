"""What is wrong with a roadmap, one small function for each trap (domain §6); nothing is ever mended here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.roadmap.checks.called_papers import PAPER_CHECKS
from flows.domain.roadmap.checks.order import ORDER_CHECKS
from flows.domain.roadmap.checks.reach import REACH_CHECKS
from flows.domain.roadmap.checks.rows import ROW_CHECKS
from flows.domain.roadmap.checks.terms import TERM_CHECKS
from flows.domain.roadmap.checks.view import Facts, RoadmapView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Activity, Problem
    from flows.domain.periods import Period
    from flows.domain.roadmap.grids import Document

__all__ = ["CHECKS", "check"]

CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    *TERM_CHECKS,
    *ROW_CHECKS,
    *PAPER_CHECKS,
    *ORDER_CHECKS,
    *REACH_CHECKS,
)


def check(  # noqa: PLR0913, PLR0917 - all that checks look at
    activities: tuple[Activity, ...],
    document: Document,
    period: Period | None,
    columns: frozenset[str],
    facts: Facts | None = None,
    names: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Run every check and return the findings in the order of the checks; `names` are people whom the book knows.

    `apart` are codes of rows of another plan: nothing is asked about them, their numbers are none of this plan's, but what
    they promise nobody has to add.
    """
    plan = RoadmapView(activities, document, period, columns, facts or {}, names)
    whole = tuple(problem for each in CHECKS for problem in each(plan))
    if not apart:
        return whole
    own = replace(
        plan, activities=tuple(_alone(each, apart) for each in activities if each.code not in apart)
    )
    theirs = {problem.code for problem in whole if problem.subject in apart}
    found = (problem for each in CHECKS for problem in each(own))
    return tuple(problem for problem in found if problem in whole or problem.code in theirs)


def _alone(activity: Activity, apart: frozenset[str]) -> Activity:
    return replace(activity, joint="") if activity.joint in apart else activity
