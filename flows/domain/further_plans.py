"""Planners of papers that the law, a change or the calendar calls for, whether a roadmap row names them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import change_plans, occasion_plans, own_plans, pupil_plans, site_plans
from flows.domain.documents.kinds import site_copies
from flows.domain.documents.kinds.checklist import BY_PEOPLE

if TYPE_CHECKING:
    from flows.domain.model import Activity
    from flows.domain.wanted import Planner

FORCED = frozenset({
    "addendum", "consent.mentor", "agreement.employer", "consent.pd", "consent.mentee", "order.pairs_change", "notice.early_end", "order.early_end", "letter.thanks", "order.reward", "portfolio.mentor", "journal.orders", "journal.protocols", "extract.council",
} | site_copies.HEADINGS.keys())  # fmt: skip
PLANNERS: dict[str, Planner] = {
    "order.pairs_change": change_plans.changes,
    "notice.early_end": change_plans.early_end,
    "order.early_end": change_plans.early_end,
    "letter.thanks": occasion_plans.thanks,
    "order.reward": occasion_plans.reward,
    "portfolio.mentor": occasion_plans.portfolio,
    "journal.orders": occasion_plans.orders_journal,
    "journal.protocols": occasion_plans.minutes_journal,
    "row": own_plans.for_row,
    **dict.fromkeys(site_copies.HEADINGS, site_plans.copies),
    "addendum": pupil_plans.of_workers,
    "consent.duty": pupil_plans.of_workers,
    "consent.mentor": pupil_plans.of_guests,
    "agreement.employer": pupil_plans.with_employers,
    "consent.pd": pupil_plans.consents,
    "consent.mentee": pupil_plans.consents,
    "consent.pd_publication": pupil_plans.consents,
}


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row: what people write themselves gets a line of the checklist."""
    return ("checklist",) if BY_PEOPLE & set(activity.documents) else ()
