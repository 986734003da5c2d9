"""The lists that the program itself writes into a council's folder: plan against fact, pairs, sheets to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.councils.deserving import deserving, merits
from flows.domain.councils.seasons import season_of, year_of
from flows.domain.monitoring.indicators.evidence import human
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.pictures import roadmap
from flows.domain.monitoring.note.shape import BLANK, Chart, Table
from flows.domain.people.named_codes import short
from flows.domain.people.pupils import is_pupil
from flows.domain.people.through_time import works_on
from flows.domain.periods import Period
from flows.domain.statuses import BROKEN, ENDED, NOT_NEEDED, PROPOSED, SETTLED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.domain.councils.pack import Pack
    from flows.domain.model import Activity, Facts, Pair, Person
    from flows.domain.terms.reading import Window

Printed = tuple[Table, Chart | None]
HEAD = ("Строка", "Мероприятие", "Срок", "Ответственный")
ONGOING = "ongoing"
SPARE = 5
SOON = "срок ещё не прошёл"


@dataclass(frozen=True, slots=True)
class Handout:
    """One list of a pack, ready to print: a table and, for the plan, its chart."""

    kind: str
    table: Table
    chart: Chart | None = None


def handouts(pack: Pack, facts: Facts) -> tuple[Handout, ...]:
    """Write every list the pack holds; days are judged by the council's day, never by today."""
    lists = [(item.kind, record.of(item.kind).handout) for item in pack.items]
    return tuple(Handout(kind, *MAKERS[name](pack, facts)) for kind, name in lists if name)


def plan_fact(pack: Pack, facts: Facts) -> Printed:
    """Set the school year's rows of the roadmap against what is marked as done, of a plan that was over before all of them."""
    span = _span(year_of(pack.day))
    rows = tuple(
        (each.number.rstrip(". ") or each.code, each.activity, each.printed_term or "—", _state(each, pack))
        for each in _planned(facts, pack)
    )
    table = Table("Дорожная карта: план и факт", ("Строка", "Мероприятие", "Срок", "Состояние"), rows)
    return table, roadmap(facts.activities, span, pack.day)


def overdue(pack: Pack, facts: Facts) -> Printed:
    """Name the rows whose window closes before the council and which nobody marked as done, those of past years too."""
    owing = dict.fromkeys((*_earlier(facts, pack), *_planned(facts, pack)))
    late = [each for each in owing if _passed(each, pack) and each.status not in SETTLED]
    rows = tuple(
        (
            each.number.rstrip(". ") or each.code,
            each.activity,
            each.printed_term or "—",
            ", ".join(each.responsible) or BLANK,
        )
        for each in late
    )
    return (
        Table(
            "Срок прошёл, не отмечено как выполненное",
            ("Строка", "Мероприятие", "Срок", "Ответственный"),
            rows,
        ),
        None,
    )


def next_year(pack: Pack, facts: Facts) -> Printed:
    """List the roadmap's rows of the school year to come; where the plan ends before it, what of this year could be gone on with."""
    span = _span(year_of(pack.day))
    coming = Period(span.start.replace(year=span.start.year + 1), span.end.replace(year=span.end.year + 1))
    named = f"{coming.start.year}/{coming.end.year} учебный год"
    rows = _plan([*_inside(facts, coming), *_going_on(facts, coming)])
    if rows:
        return Table(f"План на {named}", HEAD, rows), None
    here = [each for each in (*_inside(facts, span), *_going_on(facts, span)) if each.status != NOT_NEEDED]
    caption = f"Мероприятия {span.start.year}/{span.end.year} учебного года для плана на {named}"
    return Table(caption, HEAD, _plan(here)), None


def _plan(rows: Iterable[Activity]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            each.number.rstrip(". ") or each.code,
            each.activity,
            each.printed_term or "—",
            ", ".join(each.responsible) or BLANK,
        )
        for each in dict.fromkeys(rows)
    )


def _going_on(facts: Facts, span: Period) -> list[Activity]:
    """Return the rows that go on all the time, for a year that the plan holds."""
    if facts.period and (facts.period.end < span.start or facts.period.start > span.end):
        return []
    return [row for row in facts.activities if not row.term.windows and row.term.kind == ONGOING]


def pairs(pack: Pack, facts: Facts) -> Printed:
    """List the pairs that work or are to work on the council's day; in May all that worked in the year and how they ended."""
    found = _of_the_year(facts, pack) if closes_year(pack) else _living(facts, pack)
    rows = tuple((str(at), *_pair(each, facts)) for at, each in enumerate(found, 1))
    return (
        Table(
            "Наставнические пары и группы",
            ("№", "Код", "Наставник", "Наставляемые", "Форма", "Срок", "Состояние"),
            rows,
        ),
        None,
    )


def acquaintance(pack: Pack, facts: Facts) -> Printed:
    """List everyone who must sign, each once: the teachers that the book knows and the curator, then lines by hand.

    There are as many lines as teachers of whom the card tells only the number, five where it tells none.
    """
    return Table(
        "Лист ознакомления", ("№", "ФИО", "Должность", "Подпись", "Дата"), _signing(pack, facts, 5)
    ), None


def attendance(pack: Pack, facts: Facts) -> Printed:
    """List who may sit in the council: the teachers that the book knows and the curator, then lines by hand.

    Who came is for their own pens.
    """
    return Table("Присутствовали", ("№", "ФИО", "Должность", "Подпись"), _signing(pack, facts, 4)), None


def reward(pack: Pack, facts: Facts) -> Printed:
    """List the mentors who have really worked in the school year by the council's day, each with what for."""
    rows = tuple(
        (
            str(at),
            _name(facts, code),
            ", ".join(short(facts.people.get(mentee), mentee) for pair in own for mentee in pair.mentees),
            merits(facts, own, pack.day) or BLANK,
        )
        for at, (code, own) in enumerate(deserving(facts, pack.day), 1)
    )
    return Table("К поощрению представляются", ("№", "Наставник", "С кем работал", "За что"), rows), None


def _signing(pack: Pack, facts: Facts, width: int) -> tuple[tuple[str, ...], ...]:
    known = [
        each for _, each in sorted(facts.people.items()) if works_on(each, pack.day) and not is_pupil(each)
    ]
    card = facts.organisation
    posts = {human(each, each.code): (each.name or each.code, each.position or BLANK) for each in known}
    if card.curator_name:
        posts.setdefault(fold(card.curator_name), (card.curator_name, card.curator_position or BLANK))
    spare = SPARE if card.teachers is None else max(card.teachers - len(posts), 0)
    named = sorted(posts.values(), key=lambda each: fold(each[0]))
    rows = [(str(at), *each) for at, each in enumerate(named, 1)]
    rows += [(str(at), "", "") for at in range(len(rows) + 1, len(rows) + spare + 1)]
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def closes_year(pack: Pack) -> bool:
    """Tell the folder that sums the school year up."""
    return season_of(pack.day) == "май"


def _of_the_year(facts: Facts, pack: Pack) -> list[Pair]:
    span = _span(year_of(pack.day))
    return [
        pair
        for pair in facts.pairs
        if pair.status != PROPOSED and pair.start <= pack.day and pair.end >= span.start
    ]


def young(pack: Pack, facts: Facts) -> Printed:
    """List the young specialists known to the workbook and who mentors them."""
    mentors: dict[str, list[str]] = {}
    for pair in _living(facts, pack):
        for code in pair.mentees:
            mentors.setdefault(code, []).append(short(facts.people.get(pair.mentor), pair.mentor))
    found = sorted(
        (each for each in facts.people.values() if each.young and works_on(each, pack.day)),
        key=lambda each: each.code,
    )
    rows = tuple(
        (
            str(at),
            each.name or each.code,
            each.position or BLANK,
            str(each.experience) if each.experience is not None else BLANK,
            ", ".join(mentors.get(each.code, ())) or "нет",
        )
        for at, each in enumerate(found, 1)
    )
    return Table("Молодые специалисты", ("№", "ФИО", "Должность", "Стаж, лет", "Наставник"), rows), None


def _span(year: str) -> Period:
    first, _, second = year.partition("-")
    return periods.of_years(int(first), int(second))


def _inside(facts: Facts, span: Period) -> list[Activity]:
    return [row for row in facts.activities if any(_meets(window, span) for window in row.term.windows)]


def _meets(window: Window, span: Period) -> bool:
    if window.end is None:
        return False
    return window.end >= span.start and (window.start or window.end) <= span.end


def _planned(facts: Facts, pack: Pack) -> list[Activity]:
    """Return the rows a council looks at: of its school year, or of the whole plan when its years are over."""
    if periods.over(facts.period, pack.day):
        return [row for row in facts.activities if row.term.windows]
    return _inside(facts, _span(year_of(pack.day)))


def _earlier(facts: Facts, pack: Pack) -> list[Activity]:
    """Return the rows that belong to past school years alone."""
    start = _span(year_of(pack.day)).start
    ends = {row: [window.end for window in row.term.windows if window.end] for row in facts.activities}
    return [row for row, days in ends.items() if days and max(days) < start]


def _passed(each: Activity, pack: Pack) -> bool:
    start = _span(year_of(pack.day)).start
    ends = [window.end for window in each.term.windows if window.end]
    return any(start <= day < pack.day for day in ends) or (bool(ends) and max(ends) < start)


def _state(each: Activity, pack: Pack) -> str:
    if each.status:
        return each.status
    return "срок прошёл, не отмечено" if _passed(each, pack) else SOON


def _living(facts: Facts, pack: Pack) -> Iterable[Pair]:
    return [pair for pair in facts.pairs if pair.status not in ENDED and pair.end >= pack.day]


def _pair(pair: Pair, facts: Facts) -> tuple[str, ...]:
    mentees = ", ".join(_name(facts, code) for code in pair.mentees)
    return (
        pair.code,
        _name(facts, pair.mentor),
        mentees,
        pair.form or BLANK,
        f"{days(pair.start)} – {days(pair.end)}",
        _state_of(pair),
    )


def _state_of(pair: Pair) -> str:
    """Say how a pair stands, of one that ended early also why."""
    if pair.status == BROKEN and pair.end_reason:
        return f"{pair.status}: {pair.end_reason}"
    return pair.status or BLANK


def _name(facts: Facts, code: str) -> str:
    person: Person | None = facts.people.get(code)
    return person.name if person and person.name else code


MAKERS: dict[str, Callable[[Pack, Facts], Printed]] = {
    "plan_fact": plan_fact,
    "overdue": overdue,
    "next_year": next_year,
    "pairs": pairs,
    "acquaintance": acquaintance,
    "attendance": attendance,
    "reward": reward,
    "young": young,
}
"""By the trait `handout` of a kind."""
