"""Which monitoring papers are wanted on a day: the roadmap's windows decide, and what somebody asked for (domain §5.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from flows.domain import periods
from flows.domain.catalogue.named import NOTE
from flows.domain.keys import ask, asked_about
from flows.domain.model import Problem, Severity
from flows.domain.monitoring.indicators.evidence import school_period
from flows.domain.monitoring.note.comparison import SPAN
from flows.domain.monitoring.note.focus import Focus, ask_of
from flows.domain.planning.due import State, asked, due, late, opens, school_year_of, subject_of, windows_of
from flows.domain.planning.events import after_pairs, ending_of
from flows.domain.planning.folder_names import pair_name
from flows.domain.planning.pairs import withheld
from flows.domain.planning.wanted import Wanted, Wishes, exists, key_of, settled
from flows.domain.register.life import latest
from flows.domain.statuses import DONE, PROPOSED
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Pair
    from flows.domain.planning.due import Due
    from flows.domain.planning.wanted import Plans

STAGE, SURVEY = "этап@", "survey"
SPANNED = re.compile(r"срок@(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
STAGED = re.compile(r"этап@(\d+)")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
STAGE_NUMBER = re.compile(
    r"^\W*(?:этап\W*)?(\d{1,3}|[IVX]+)(?![\d\w])|(?<!\d)(\d{1,3}|[IVX]+)(?:-?\w{1,2})?\s+этап", re.IGNORECASE
)


def of_rows(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan one paper for each window of each row; what was asked for besides stands beside them.

    Of the answers of one window there is one report, whichever rows call for it.
    """
    dated = list(windows(kind, rows, facts, wishes))
    told: set[Window] = set()
    for activity, window, state in dated:
        subject, year = subject_of(activity, window), school_year_of(activity, window)
        filed = latest(facts.register).get(key_of(facts, kind, subject, year))
        if filed is None:
            if settled((activity,), kind, facts, subject, year):
                continue
            last = window.end or facts.today
            begun = first_day(facts)
            if begun is None or begun > last:
                yield before_pairs(activity, last)
                continue
            if begun > facts.today or (kind.focus == SURVEY and window in told):
                continue
        told.add(window)
        yield Wanted(
            kind,
            subject,
            year,
            window,
            (activity,),
            late=filed is None and state is State.LATE,
            frozen=_closed(filed, state),
        )
    if kind.id == NOTE:
        yield from _asked(kind, facts, wishes, undated=not dated)


def beside(activity: Activity) -> tuple[str, ...]:
    """Name the papers that come with a row's note: recommendations bring the draft order with them."""
    return ask_of(activity).also if NOTE in activity.documents else ()


def of_mentors(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a report of each pair that worked in a window's school year; two rows of one year ask for one report.

    What is due when the pairs' work ends is due for a pair when its own work ends, however long the others go on.
    """
    found: dict[tuple[str, str], Wanted] = {}
    for activity, window, state, pair in (
        *_of_ended(kind, rows, facts, wishes),
        *_of_all(kind, rows, facts, wishes),
    ):
        year = school_year_of(activity, window)
        filed = latest(facts.register).get(key_of(facts, kind, pair.code, year))
        if not reports(pair, window, year, wishes) or (
            filed is None
            and (activity.status == DONE or pair.start > facts.today or withheld(kind, pair, facts))
        ):
            continue
        above = found.get((pair.code, year))
        frozen = _closed(filed, state) and (above is None or above.frozen)
        missed = filed is None and state is State.LATE and (above is None or above.late)
        found[pair.code, year] = Wanted(
            kind,
            pair.code,
            year,
            window,
            (*(above.activities if above else ()), activity),
            (pair,),
            late=missed,
            named=pair_name(pair, facts),
            frozen=frozen,
        )
    yield from found.values()


OfPair: TypeAlias = "Iterator[tuple[Activity, Window, State, Pair]]"


def _of_all(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> OfPair:
    """Yield every pair in every window of the rows, but those whose own end the term means."""
    for activity, window, state in windows(kind, rows, facts, wishes):
        for pair in facts.pairs:
            if not after_pairs(activity) or periods.school_year(pair.end) != school_year_of(activity, window):
                yield activity, window, state, pair


def _of_ended(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> OfPair:
    """Yield the pairs that ended, each with the days after its own end, that are due, asked for or there already."""
    closing = replace(kind, closes=True)
    for activity in (row for row in rows if after_pairs(row)):
        for pair in facts.pairs:
            window = ending_of(pair, facts, wishes.days_off)
            there = exists(facts, kind, pair.code, school_year_of(activity, window))
            due_now = opens(window, closing, wishes.days_off) <= facts.today
            if not there and not due_now and not asked(kind, wishes, pair.code, activity.code):
                continue
            missed = late(window, facts) and not there
            if missed and _of_a_past_year(window, facts):
                continue
            yield (
                activity,
                window,
                State.LATE if missed else State.FROZEN if late(window, facts) else State.OPEN,
                pair,
            )


def _of_a_past_year(window: Window, facts: Facts) -> bool:
    year = periods.parse(facts.organisation.school_year)
    return year is not None and window.end is not None and window.end < year.start


def reports(pair: Pair, window: Window, year: str, wishes: Wishes) -> bool:
    """Tell a pair that has something to report of by a window's end in its school year, and that no finding stops."""
    harmed = {*pair.codes, pair.mentor, *pair.mentees} & wishes.doubts.stopped
    last = window.end or date.min
    begun = periods.parse(year)
    return (
        pair.status != PROPOSED
        and not harmed
        and pair.start <= last
        and begun is not None
        and pair.end >= begun.start
    )


def _closed(filed: Filed | None, state: State) -> bool:
    return filed is not None and (filed.registered or state is not State.OPEN)


def first_day(facts: Facts) -> date | None:
    """Return the first day on which a pair worked: before it there is nothing to write of."""
    return min((pair.start for pair in facts.pairs if pair.status != PROPOSED), default=None)


def windows(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes
) -> Iterator[tuple[Activity, Window, State]]:
    """Yield the windows whose paper must exist today: open, over, or asked for before their day.

    An order on the results comes with its note: for it the kind's windows close as the note's do.
    """
    closing = replace(kind, closes=True)
    standing = due(closing, rows, facts, wishes)
    for each in standing:
        yield each.activity, each.window, each.state
    for activity, window in _early(closing, rows, facts, wishes, standing):
        yield activity, window, State.OPEN


def _early(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, dues: Iterable[Due]
) -> Iterator[tuple[Activity, Window]]:
    """Yield windows that have not opened yet: those with a draft already, and the nearest when one is asked for."""
    coming = [
        (row, window)
        for row in rows
        for window in windows_of(row, facts, kind, wishes.days_off)
        if opens(window, kind, wishes.days_off) > facts.today
    ]
    told = [each for each in coming if exists(facts, kind, subject_of(*each), school_year_of(*each))]
    yield from told
    open_now = any(each.state is State.OPEN for each in dues)
    wanted = [
        each
        for each in coming
        if each not in told
        and (ask(kind.id, each[0].code) in wishes.at_once or (kind.id in wishes.at_once and not open_now))
    ]
    yield from sorted(wanted, key=lambda each: (each[1].end or date.max, each[0].code))[:1]


def _asked(kind: Kind, facts: Facts, wishes: Wishes, *, undated: bool) -> Iterator[Wanted]:
    """Plan the notes that no row calls for: asked for now, by days or by stage, and those made so before.

    Where the roadmap has no day for a note (`undated`), one asked for is about the school year so far.
    """
    now = set(asked_about(kind.id, wishes.at_once))
    begun = first_day(facts)
    if undated and kind.id in wishes.at_once and begun and begun <= facts.today:
        now.add(_span(school_period(facts.today).start, facts.today))
    before = {filed.parts.subject for filed in facts.register if filed.kind == kind.id}
    for subject in sorted(each for each in now | before if each.startswith((SPAN, STAGE))):
        rows, window = _bounds(subject, facts)
        if window is None or window.end is None:
            continue
        year = periods.school_year(window.end)
        filed = latest(facts.register).get(key_of(facts, kind, subject, year))
        if filed is not None or subject in now:
            yield Wanted(
                kind,
                subject,
                year,
                window,
                rows,
                frozen=filed is not None and (filed.registered or subject not in now),
            )


def _bounds(subject: str, facts: Facts) -> tuple[tuple[Activity, ...], Window | None]:
    """Read what a note's subject bounds it by: two days, or the rows of a stage up to the end of the last of them."""
    span = SPANNED.fullmatch(subject)
    if span:
        return (), Window(date.fromisoformat(span[1]), date.fromisoformat(span[2]))
    stage = STAGED.fullmatch(subject)
    rows = tuple(each for each in facts.activities if stage and stage_of(each) == int(stage[1]))
    ends = [window.end for each in rows for window in each.term.windows if window.end]
    starts = [
        window.start or window.end
        for each in rows
        for window in each.term.windows
        if window.start or window.end
    ]
    if not ends:
        return rows, None
    return rows[-1:], Window(min(start for start in starts if start), max(ends))


def stage_of(activity: Activity) -> int | None:
    """Read the number of the stage a row stands in: «Этап 1. Подготовка», «II этап», «3. Отбор»."""
    found = STAGE_NUMBER.search(activity.stage)
    told = (found[1] or found[2]).upper() if found else ""
    return int(told) if told.isdecimal() else ROMAN.get(told)


def wanted_stage(number: int, facts: Facts) -> str:
    """Spell what to ask for to get the note on a stage: the roadmap's own row about it, else the stage itself."""
    own = next(
        (
            row
            for row in facts.activities
            if NOTE in row.documents and stage_of(row) == number and ask_of(row).focus is Focus.STAGE
        ),
        None,
    )
    return ask(NOTE, own.code if own else f"{STAGE}{number}")


def wanted_span(start: date, end: date) -> str:
    """Spell what to ask for to get the note on a span of days."""
    return ask(NOTE, _span(start, end))


def _span(start: date, end: date) -> str:
    return f"{SPAN}{start.isoformat()}..{end.isoformat()}"


def before_pairs(activity: Activity, last: date) -> Problem:
    """Say that no paper is made about days on which no pair worked yet."""
    told = f"К {last:%d.%m.%Y} ни одна пара ещё не работала, поэтому писать не о чем: документ за этот срок не готовится."
    origin = replace(activity.origin, column="Срок (как в документе)")
    return Problem(Severity.NOTE, "before-pairs", origin, told, subject=activity.code)
