"""Planners of papers that the law, a change or the calendar calls for, whether a roadmap row names them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds import site_copies
from flows.domain.documents.kinds.checklist import BY_PEOPLE
from flows.domain.planning import changes, consents, occasions, rows
from flows.domain.planning import site_copies as site_plans

if TYPE_CHECKING:
    from flows.domain.model import Activity
    from flows.domain.planning.wanted import Planner

FORCED = frozenset({
    "addendum", "consent.mentor", "agreement.employer", "consent.pd", "consent.mentee", "order.pairs_change", "notice.early_end", "order.early_end", "letter.thanks", "order.reward", "portfolio.mentor", "journal.orders", "journal.protocols", "extract.council",
} | site_copies.HEADINGS.keys())  # fmt: skip
PLANNERS: dict[str, Planner] = {
    "order.pairs_change": changes.changes,
    "notice.early_end": changes.early_end,
    "order.early_end": changes.early_end,
    "letter.thanks": occasions.thanks,
    "order.reward": occasions.reward,
    "portfolio.mentor": occasions.portfolio,
    "journal.orders": occasions.orders_journal,
    "journal.protocols": occasions.minutes_journal,
    "row": rows.for_row,
    **dict.fromkeys(site_copies.HEADINGS, site_plans.copies),
    "addendum": consents.of_workers,
    "consent.duty": consents.of_workers,
    "consent.mentor": consents.of_guests,
    "agreement.employer": consents.with_employers,
    "consent.pd": consents.consents,
    "consent.mentee": consents.consents,
    "consent.pd_publication": consents.consents,
}


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row: what people write themselves gets a line of the checklist."""
    return ("checklist",) if BY_PEOPLE & set(activity.documents) else ()
