"""Papers that roadmap rows call for: one a school year for all the rows, or one for each window of each row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.councils.seasons import year_of
from flows.domain.planning import councils, notes, sittings
from flows.domain.planning.due import falls_due, late, school_year_of, subject_of, windows_of
from flows.domain.planning.events import after_pairs
from flows.domain.planning.notes import before_pairs
from flows.domain.planning.wanted import Wanted, Wishes, exists, settled
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Plans

SUMMER, LONG = 62, 200


def for_row(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one paper for each window of each row; a row that goes on all the time has one for its school year."""
    for activity in rows:
        for window in windows_of(activity, facts, kind, wishes.days_off):
            if window.end is None:
                continue
            subject, year = subject_of(activity, window), school_year_of(activity, window)
            due = falls_due(kind, window, facts, wishes) and not settled(
                (activity,), kind, facts, subject, year
            )
            if due or exists(facts, kind, subject, year):
                yield Wanted(kind, subject, year, window, (activity,), late=late(window, facts))


def for_organisation(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one paper a school year for all the rows that call for it, once the first of them is due."""
    years: dict[str, list[tuple[Activity, Window]]] = {}
    for activity in rows:
        for window in windows_of(activity, facts, kind, wishes.days_off):
            if window.end and not _past(activity, window, facts):
                years.setdefault(serving_year(activity, window), []).append((activity, window))
    for year, found in years.items():
        activities = tuple(dict.fromkeys(activity for activity, _ in found))
        window = min((window for _, window in found), key=lambda each: each.end or date.max)
        due = any(falls_due(kind, each, facts, wishes) for _, each in found) or exists(
            facts, kind, facts.organisation.slug, year
        )
        if not due or settled(activities, kind, facts, facts.organisation.slug, year):
            continue
        yield Wanted(kind, facts.organisation.slug, year, window, activities, late=late(window, facts))


def for_event(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, *, of_pairs: bool = False
) -> Plans:
    """Plan one paper for each window of each row; asked for at once, only the nearest window's.

    One that speaks `of_pairs` is not made about days on which no pair worked yet.
    """
    begun = min((pair.start for pair in facts.pairs), default=None)
    for activity in rows:
        windows = windows_of(activity, facts, kind, wishes.days_off)
        nearest = min(
            (window.end for window in windows if window.end and window.end >= facts.today), default=None
        )
        for window in windows:
            if not window.end:
                continue
            subject = subject_of(activity, window)
            year = school_year_of(activity, window)
            asked = kind.id not in wishes.at_once or window.end <= (nearest or window.end)
            if not exists(facts, kind, subject, year):
                if _past(activity, window, facts):
                    continue
                if (
                    not asked
                    or not falls_due(kind, window, facts, wishes)
                    or settled((activity,), kind, facts, subject, year)
                ):
                    continue
                if of_pairs and (begun is None or begun > window.end):
                    yield before_pairs(activity, window.end)
                    continue
            wanted = Wanted(kind, subject, year, window, (activity,), late=late(window, facts))
            yield sittings.at_rest(wanted, facts) if kind.sitting else wanted


def extracts(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan extracts for the rows that name them, and of the councils somebody asks for that no such row's window holds."""
    days = councils.extracts(kind, facts, wishes)
    ours = {day for day in days if not any(councils.covers(row.term.windows, day) for row in rows)}
    yield from for_event(
        kind, rows, facts, replace(wishes, at_once=wishes.at_once | {kind.id}) if days - ours else wishes
    )
    for day in sorted(ours):
        yield sittings.at_rest(Wanted(kind, day.isoformat(), year_of(day), Window(day, day)), facts)


def of_monitoring(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan orders on the results of monitoring with their notes, orders to carry it out ahead of their windows."""
    with_notes = [row for row in rows if notes.beside(row)]
    yield from notes.of_rows(kind, with_notes, facts, wishes)
    others = [row for row in rows if row not in with_notes]
    yield from for_event(kind, others, facts, wishes, of_pairs=True)


def _past(activity: Activity, window: Window, facts: Facts) -> bool:
    """Tell a yearly window of a school year before the card's: what a yearly row asked for then is not made up for now."""
    year = periods.parse(facts.organisation.school_year)
    return (
        activity.term.kind == "yearly"
        and year is not None
        and window.end is not None
        and window.end < year.start
    )


def serving_year(activity: Activity, window: Window) -> str:
    """Name the school year a row's paper serves: a long window's own, and for what ends in July or August the next.

    What comes after the pairs' work serves the year of that work.
    """
    if after_pairs(activity):
        return school_year_of(activity, window)
    end = window.end or window.start or date.min
    if window.start and (end - window.start).days > LONG:
        return periods.school_year(window.start)
    return periods.school_year(end + timedelta(days=SUMMER) if end.month in {7, 8} else end)
