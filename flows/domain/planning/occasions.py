"""Papers of occasions: thanks and rewards for the Day of mentors and the year's end, a mentor's portfolio, journals at the end of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.record import of
from flows.domain.councils import deserving
from flows.domain.councils.seasons import year_of
from flows.domain.documents.kinds.letter_thanks import FIRST_MENTORS_DAY
from flows.domain.keys import ask
from flows.domain.model import Origin, Problem, Severity
from flows.domain.planning.due import asked, opens, windows_of
from flows.domain.planning.folder_names import pair_name, short_name
from flows.domain.planning.pairs import withheld
from flows.domain.planning.wanted import Wanted, Wishes, exists, settled, unharmed
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, ENDED, LEFT, PROPOSED
from flows.domain.tabs import PAIRS
from flows.domain.terms.named_days import MENTORS_DAY
from flows.domain.terms.reading import Window
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Pair
    from flows.domain.planning.wanted import Plans

YEARS_END = (5, 31)
AFTER = timedelta(days=14)
NEAR, LONG_AFTER = timedelta(days=31), timedelta(days=60)
TITLE = "педагог-наставник"
Occasion = tuple[date, tuple["Activity", ...]]


def thanks(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a letter to each mentor who has really worked by an occasion's day, or for whom somebody asks; ask about the others once."""
    for day, called in _occasions(kind, rows, facts, wishes):
        idle: list[str] = []
        for pair, worked in _first_pairs(day, facts, wishes):
            subject, year = f"{pair.mentor}@{day:%Y-%m}", periods.school_year(day)
            if not _wanted(kind, day, called, subject, facts, wishes):
                continue
            named = ask(kind.id, pair.mentor) in wishes.at_once
            if not worked and not named and not exists(facts, kind, subject, year):
                idle.append(pair.mentor)
            else:
                yield Wanted(
                    kind,
                    subject,
                    year,
                    Window(day, day),
                    called,
                    (pair,),
                    named=pair_name(pair, facts),
                    who=short_name(facts, pair.mentor),
                )
        yield from _idle(day, idle)


def reward(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the order that rewards the mentors who have really worked by an occasion's day; ask about the others once."""
    for day, called in _occasions(kind, rows, facts, wishes):
        found = _first_pairs(day, facts, wishes)
        pairs = tuple(pair for pair, worked in found if worked)
        subject, year = f"{facts.organisation.slug}@{day:%Y-%m}", periods.school_year(day)
        if found and _wanted(kind, day, called, subject, facts, wishes):
            yield from _idle(day, [pair.mentor for pair, worked in found if not worked])
            if pairs:
                yield Wanted(kind, subject, year, Window(day, day), called, pairs)


def _idle(day: date, mentors: Sequence[str]) -> Iterator[Problem]:
    """Ask once about the mentors whom nothing shows to have worked, by codes alone."""
    if mentors:
        told = (
            f"К {day:%d.%m.%Y} не благодарим наставников {', '.join(sorted(mentors))}: их пары нет в зарегистрированном приказе о закреплении "
            "или у неё нет проведённых встреч. Впишите номер и дату приказа и встречи; если наставник не работал, ответьте «да»."
        )
        yield Problem(
            Severity.QUESTION,
            "not-worked",
            Origin(tab=PAIRS),
            told,
            printed=f"{day:%d.%m.%Y}",
            subject=f"{day:%Y-%m}",
        )


def _wanted(  # noqa: PLR0913, PLR0917 - all that decides
    kind: Kind, day: date, called: tuple[Activity, ...], subject: str, facts: Facts, wishes: Wishes
) -> bool:
    year = periods.school_year(day)
    if exists(facts, kind, subject, year) or (
        asked(kind, wishes, subject.partition("@")[0]) and day == _nearest(kind, facts, wishes)
    ):
        return True
    if called and settled(called, kind, facts, subject, year):
        return False
    return opens(Window(day, day), kind, wishes.days_off) <= facts.today <= day + AFTER


def _nearest(kind: Kind, facts: Facts, wishes: Wishes) -> date | None:
    """Return the occasion that comes next: somebody who asks for letters means that one."""
    rows = [
        row for row in facts.activities if kind.id in row.documents and row.code not in wishes.doubts.stopped
    ]
    coming = (day for day, _ in _occasions(kind, rows, facts, wishes) if day >= facts.today)
    return min(coming, default=None)


def _occasions(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> list[Occasion]:
    """Return the days of thanks: the roadmap's own, then the two of every year that no row stands near, then those that were filed."""
    found: dict[date, tuple[Activity, ...]] = {}
    for activity in rows:
        for window in windows_of(activity, facts, kind, wishes.days_off):
            if window.end:
                found[window.end] = (*found.get(window.end, ()), activity)
    years = {
        facts.organisation.school_year,
        *(row.parts.period for row in facts.register if row.kind == kind.id),
    }
    for year in sorted(filter(None, map(periods.parse, years)), key=lambda each: each.start):
        for month, day in (MENTORS_DAY, YEARS_END):
            moment = date(year.end.year, month, day)
            if (month, day) == MENTORS_DAY and moment < FIRST_MENTORS_DAY:
                continue
            if not any(abs(moment - own) <= NEAR for own in found):
                found[moment] = ()
    return sorted(found.items(), key=lambda each: each[0])


def _first_pairs(day: date, facts: Facts, wishes: Wishes) -> list[tuple[Pair, bool]]:
    """Return one pair of each mentor who works with somebody on the day, or finished with them that school year.

    Beside it stands whether they have really worked: an order in force names the pair, and they have met. A pair
    broken off is there only if it has: nobody is asked about one that never began.
    """
    start = date(day.year if day.month >= 9 else day.year - 1, 9, 1)  # noqa: PLR2004 - September
    working = [
        pair
        for pair in unharmed(facts, wishes)
        if pair.status != PROPOSED and pair.start <= day and pair.end >= start
    ]
    at_work = deserving.at_work(facts, min(day, facts.today), in_force(facts.register))
    told: dict[str, tuple[Pair, bool]] = {}
    for pair in working:
        worked = pair.code in at_work
        known = told.get(pair.mentor)
        if pair.status == BROKEN and not worked:
            continue
        if facts.people[pair.mentor].status != LEFT and (known is None or (worked and not known[1])):
            told[pair.mentor] = pair, worked
    return sorted(told.values(), key=lambda each: each[0].code)


def portfolio(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a portfolio for each mentor with the category «педагог-наставник», and for whom somebody asks for."""
    year = facts.organisation.school_year
    whole = periods.parse(year)
    window = Window(whole.start, whole.end) if whole else None
    seen: set[str] = set()
    for pair in unharmed(facts, wishes):
        code = pair.mentor
        person = facts.people[code]
        titled = TITLE in fold(person.category) and pair.status not in ENDED and pair.start <= facts.today
        agreed = not withheld(kind, pair, facts)
        called = (
            ((bool(rows) or titled) and agreed)
            or asked(kind, wishes, code)
            or exists(facts, kind, code, year)
        )
        if code not in seen and called and person.status != LEFT:
            seen.add(code)
            yield Wanted(
                kind,
                code,
                year,
                window,
                tuple(rows),
                (pair,),
                named=pair_name(pair, facts),
                who=short_name(facts, code),
            )


def orders_journal(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the journal of orders of each calendar year that has any, at its end or when asked for."""
    days = {row.day.year for row in in_force(facts.register) if of(row.kind).journal == kind.id and row.day}
    for year in sorted(days | ({facts.today.year} if kind.id in wishes.at_once else set())):
        window = Window(date(year, 1, 1), date(year, 12, 31))
        yield from _journal(
            kind,
            rows,
            facts,
            wishes,
            Wanted(
                kind,
                facts.organisation.slug,
                str(year),
                window,
                tuple(rows),
                year=periods.school_year(date(year, 12, 31)),
            ),
        )


def minutes_journal(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the journal of minutes of each school year that has any, at its end or when asked for."""
    days = {row.day for row in in_force(facts.register) if of(row.kind).journal == kind.id and row.day}
    days |= {each.protocol_day for each in facts.councils if each.protocol and each.protocol_day}
    years = {year_of(day) for day in days} | (
        {facts.organisation.school_year} if kind.id in wishes.at_once else set()
    )
    for year in sorted(years):
        whole = periods.parse(year)
        if whole:
            yield from _journal(
                kind,
                rows,
                facts,
                wishes,
                Wanted(kind, facts.organisation.slug, year, Window(whole.start, whole.end), tuple(rows)),
            )


def _journal(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, wanted: Wanted
) -> Iterator[Wanted]:
    assert wanted.window is not None
    assert wanted.window.start is not None
    assert wanted.window.end is not None
    over = (
        opens(Window(None, wanted.window.end), kind, wishes.days_off)
        <= facts.today
        <= wanted.window.end + LONG_AFTER
    )
    now = (
        bool(rows) or kind.id in wishes.at_once
    ) and wanted.window.start <= facts.today <= wanted.window.end
    if over or now or exists(facts, kind, wanted.subject, wanted.period):
        yield wanted
