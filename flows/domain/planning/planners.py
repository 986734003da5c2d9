"""Planners of papers that the law, a change or the calendar calls for, whether a roadmap row names them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.documents.kinds.checklist import KIND as CHECKLIST
from flows.domain.planning import changes, consents, notes, occasions, of_district, pairs, rows, site_copies
from flows.domain.statuses import NOT_NEEDED, STOPPING

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Planner, Wishes

WAYS: dict[str, Planner] = {
    "organisation": rows.for_organisation,
    "event": rows.for_event,
    "row": rows.for_row,
    "pair": pairs.for_pair,
    "mentor": pairs.for_person,
    "mentee": pairs.for_person,
    "participant": pairs.for_person,
    "council": lambda *_: iter(()),  # dates of councils decide, not rows
    "member": of_district.reminders,
    "pairs_order": pairs.pairs_order,
    "changes": changes.changes,
    "early_end": changes.early_end,
    "notices": changes.notices,
    "refusals": changes.refusals,
    "monitoring_order": rows.of_monitoring,
    "notes": notes.of_rows,
    "mentor_reports": notes.of_mentors,
    "municipal_notes": of_district.municipal_notes,
    "extracts": rows.extracts,
    "thanks": occasions.thanks,
    "reward": occasions.reward,
    "portfolio": occasions.portfolio,
    "orders_journal": occasions.orders_journal,
    "minutes_journal": occasions.minutes_journal,
    "site_copies": site_copies.copies,
    "of_workers": consents.of_workers,
    "of_guests": consents.of_guests,
    "with_employers": consents.with_employers,
    "consents": consents.consents,
}
"""By the trait `planner` of a kind, without one by its subject."""


def planner_of(kind: Kind) -> Planner:
    """Return what plans the papers of a kind."""
    return WAYS[kind.planner or kind.subject]


def called(facts: Facts, wishes: Wishes) -> dict[str, list[Activity]]:
    """Return for each kind the rows that call for it and may be planned: needed, with a sound term, not stopped.

    A plan whose years are over calls for nothing.
    """
    rows: dict[str, list[Activity]] = {}
    if periods.over(facts.period, facts.today):
        return rows
    for activity in facts.activities:
        if (
            activity.status != NOT_NEEDED
            and activity.code not in wishes.doubts.stopped
            and not activity.term.flags & STOPPING
            and not of_others(activity, facts)
        ):
            for kind in dict.fromkeys((*activity.documents, *beside(activity))):
                if not of_people(kind, facts):
                    rows.setdefault(kind, []).append(activity)
    return rows


def of_others(activity: Activity, facts: Facts) -> bool:
    """Tell a row of a district's plan that the organisations carry out: its papers are theirs, not the management's."""
    return facts.organisation.over_others and activity.fan_out


def of_people(kind: str, facts: Facts) -> bool:
    """Tell a kind that stands on people, asked for in a district's book, which has none."""
    return facts.district is not None and of_district.of_organisations(record.of(kind))


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row: those of its note, and for what people write themselves a line of the checklist."""
    by_people = set(record.having("by_people")) & set(activity.documents)
    return (*notes.beside(activity), *of_district.beside(activity), *((CHECKLIST,) if by_people else ()))
