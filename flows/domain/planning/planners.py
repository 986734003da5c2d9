"""Planners of papers that the law, a change or the calendar calls for, whether a roadmap row names them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds import site_copies
from flows.domain.documents.kinds.checklist import BY_PEOPLE
from flows.domain.planning import changes, consents, notes, occasions, pairs, rows
from flows.domain.planning import site_copies as site_plans
from flows.domain.statuses import NOT_NEEDED, STOPPING

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Planner, Wishes

# Kinds that are planned even when no row of the roadmap names them.
FORCED = frozenset({
    "addendum", "agreement.employer", "consent.duty", "consent.mentee", "consent.mentor", "consent.pd",
    "extract.council", "journal.orders", "journal.protocols", "letter.thanks", "note.monitoring",
    "notice.early_end", "order.early_end", "order.pairs", "order.pairs_change", "order.reward",
    "portfolio.mentor", "program.personal",
} | site_copies.HEADINGS.keys())  # fmt: skip
# By a kind's id, for the rest by its subject.
PLANNERS: dict[str, Planner] = {
    "organisation": rows.for_organisation,
    "event": rows.for_event,
    "row": rows.for_row,
    "pair": pairs.for_pair,
    "mentor": pairs.for_person,
    "mentee": pairs.for_person,
    "participant": pairs.for_person,
    "council": lambda *_: iter(()),  # dates of councils decide, not rows
    "order.pairs": pairs.pairs_order,
    "order.pairs_change": changes.changes,
    "notice.early_end": changes.early_end,
    "order.early_end": changes.early_end,
    "order.monitoring": rows.of_monitoring,
    "note.monitoring": notes.of_rows,
    "report.survey": notes.of_rows,
    "report.final": notes.of_rows,
    "report.mentor": notes.of_mentors,
    "extract.council": rows.extracts,
    "letter.thanks": occasions.thanks,
    "order.reward": occasions.reward,
    "portfolio.mentor": occasions.portfolio,
    "journal.orders": occasions.orders_journal,
    "journal.protocols": occasions.minutes_journal,
    **dict.fromkeys(site_copies.HEADINGS, site_plans.copies),
    "addendum": consents.of_workers,
    "consent.duty": consents.of_workers,
    "consent.mentor": consents.of_guests,
    "agreement.employer": consents.with_employers,
    "consent.pd": consents.consents,
    "consent.mentee": consents.consents,
    "consent.pd_publication": consents.consents,
}


def planner_of(kind: Kind) -> Planner:
    """Return what plans the papers of a kind."""
    return PLANNERS[kind.id if kind.id in PLANNERS else kind.subject]


def called(facts: Facts, wishes: Wishes) -> dict[str, list[Activity]]:
    """Return for each kind the rows that call for it and may be planned: needed, with a sound term, not stopped."""
    rows: dict[str, list[Activity]] = {}
    for activity in facts.activities:
        if (
            activity.status != NOT_NEEDED
            and activity.code not in wishes.doubts.stopped
            and not activity.term.flags & STOPPING
        ):
            for kind in dict.fromkeys((*activity.documents, *beside(activity))):
                rows.setdefault(kind, []).append(activity)
    return rows


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row: those of its note, and for what people write themselves a line of the checklist."""
    return (*notes.beside(activity), *(("checklist",) if BY_PEOPLE & set(activity.documents) else ()))
