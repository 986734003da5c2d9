"""Papers of a district's own book: the municipal note with whoever owes data named, and a letter to each of them.

What people of the organisations stand in is no paper of the district: those rows are the organisations' own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.district.debtors import debtors, short
from flows.domain.planning.doubt import ABOUT_PERSON
from flows.domain.planning.due import State, asked, falls_due, late, school_year_of, subject_of, windows_of
from flows.domain.planning.notes import windows
from flows.domain.planning.wanted import BASIS, Wanted, exists, key_of, settled
from flows.domain.register.life import latest
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.district.debtors import Debtor
    from flows.domain.model import Activity, Facts, Filed
    from flows.domain.planning.wanted import Plans, Wishes

OWING = "нет данных:"  # how the basis of a note begins to tell who owes


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row's municipal note: letters to those who have sent nothing."""
    notes = set(record.having("focus", "municipal"))
    return record.having("subject", "member") if notes & set(activity.documents) else ()


def of_organisations(kind: Kind) -> bool:
    """Tell a kind that stands on people and their pairs: a district's book has none, so that it makes none."""
    lives_by_people = kind.subject in ABOUT_PERSON | {"pair"} or kind.of_pairs or kind.closes
    return not kind.of_district and (lives_by_people or bool(kind.lists or kind.kept_in) or kind.for_district)


def owing(facts: Facts, window: Window) -> str:
    """Say how many owe data for a window and who they are, empty where nobody does."""
    last = window.end or window.start
    if facts.district is None or last is None:
        return ""
    found = debtors(facts.district, facts.activities, window)
    return short(found, len(facts.district.taking_part(last))) if found else ""


def municipal_notes(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one note for each window of each row of a district's book, whoever owes data.

    After its window it rests; while it names somebody who owes data it is still renewed when data come, until it is
    registered. «Основание» says how many owe.
    """
    if facts.district is None:
        return
    for activity, window, state in windows(kind, rows, facts, wishes):
        subject, year = subject_of(activity, window), school_year_of(activity, window)
        filed = latest(facts.register).get(key_of(facts, kind, subject, year))
        if filed is None and settled((activity,), kind, facts, subject, year):
            continue
        told = owing(facts, window)
        yield Wanted(
            kind,
            subject,
            year,
            window,
            (activity,),
            late=filed is None and state is State.LATE,
            frozen=_at_rest(filed, state),
            edition=told.partition(" – ")[0],
        )


def _at_rest(filed: Filed | None, state: State) -> bool:
    if filed is None:
        return False
    waits = any(part.startswith(OWING) for part in filed.basis.split(BASIS))
    return filed.registered or (state is not State.OPEN and not waits)


def reminders(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a letter to each organisation that owes data for a row's window, shortly before its last day and after it.

    Notes of one month ask an organisation once. With the data, or with the note's registration, nobody is reminded.
    """
    found: dict[tuple[str, str, str], Wanted] = {}
    for activity, window, debtor in _owed(kind, rows, facts, wishes):
        code, year = debtor.member.code, school_year_of(activity, window)
        subject = f"{code}@{window.end:%Y-%m}"
        above = found.get((code, subject, year))
        found[code, subject, year] = Wanted(
            kind,
            subject,
            year,
            above.window if above else window,
            (*(above.activities if above else ()), activity),
            late=late(window, facts) and not exists(facts, kind, subject, year),
            who=debtor.member.name,
            day=facts.today if late(window, facts) else None,
        )
    yield from found.values()


def _owed(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes
) -> Iterator[tuple[Activity, Window, Debtor]]:
    if facts.district is None:
        return
    since = periods.parse(facts.organisation.school_year)
    for activity in rows:
        for window in windows_of(activity, facts, kind, wishes.days_off):
            if (
                window.end is None
                or (since and window.end < since.start)
                or _registered(activity, window, facts)
            ):
                continue
            due = falls_due(kind, Window(None, window.end), facts, wishes, activity.code)
            for debtor in debtors(facts.district, facts.activities, window):
                if debtor.member.code and (due or asked(kind, wishes, debtor.member.code)):
                    yield activity, window, debtor


def _registered(activity: Activity, window: Window, facts: Facts) -> bool:
    """Tell whether the note of a window is registered: it was closed with those named who owe."""
    subject, year = subject_of(activity, window), school_year_of(activity, window)
    notes = (record.of(name) for name in record.having("focus", "municipal"))
    found = (latest(facts.register).get(key_of(facts, kind, subject, year)) for kind in notes)
    return any(filed is not None and filed.registered for filed in found)
