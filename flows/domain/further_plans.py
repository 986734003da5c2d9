"""Planners of papers that the law, a change or the calendar calls for, whether a roadmap row names them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import change_plans

if TYPE_CHECKING:
    from flows.domain.wanted import Planner

FORCED = frozenset({"addendum", "order.pairs_change", "notice.early_end", "order.early_end"})
PLANNERS: dict[str, Planner] = {
    "order.pairs_change": change_plans.changes,
    "notice.early_end": change_plans.early_end,
    "order.early_end": change_plans.early_end,
}
