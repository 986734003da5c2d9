"""Every indicator by its code, and the counting of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators import coverage, growth, meetings, opinions, outcomes, papers_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.domain.monitoring.indicators.evidence import Evidence
    from flows.domain.monitoring.indicators.figure import Figure, Scope, Spec

    One = Callable[[Evidence, Scope, Spec], Figure]

DYNAMICS = "M12"
INDICATORS: Mapping[str, One] = {
    "M1": coverage.young_involved,
    "M2": coverage.teachers_covered,
    "M3": coverage.mentors,
    "M4": papers_in_order.programs_approved,
    "M5": papers_in_order.papers_complete,
    "M6": meetings.plan_done,
    "M7": meetings.regular,
    "M8": meetings.feedback_given,
    "M9": opinions.returned,
    "M10": opinions.satisfaction,
    "M11": opinions.satisfaction,
    "M13": outcomes.completed,
    "M14": coverage.stayed,
    "M15": outcomes.achievements,
    "M16": outcomes.card_sum,
    "M17": growth.overcome,
}
ORDER = (*(f"M{at}" for at in range(1, 18)),)


def count(
    evidence: Evidence, scope: Scope, codes: Sequence[str] = ORDER, after: Sequence[str] = opinions.AFTER
) -> tuple[Figure, ...]:
    """Count the indicators asked for, in the order asked; M12 gives one figure for each criterion."""
    figures: list[Figure] = []
    for code in codes:
        spec = evidence.method.specs.get(code)
        if spec is None:
            continue
        if code == DYNAMICS:
            figures += opinions.dynamics(evidence, scope, spec, after)
        else:
            figures.append(INDICATORS[code](evidence, scope, spec))
    return tuple(figures)
