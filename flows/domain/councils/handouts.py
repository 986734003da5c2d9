"""The lists that the program itself writes into a council's folder: plan against fact, pairs, sheets to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.councils.pack import year_of
from flows.domain.monitoring.indicators.evidence import human
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.pictures import roadmap
from flows.domain.monitoring.note.shape import BLANK, Chart, Table
from flows.domain.periods import Period
from flows.domain.statuses import ENDED, SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.domain.councils.pack import Pack
    from flows.domain.model import Activity, Facts, Pair, Person
    from flows.domain.terms.reading import Window

Printed = tuple[Table, Chart | None]
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
    """Set the school year's rows of the roadmap against what is marked as done."""
    span = _span(year_of(pack.day))
    rows = tuple(
        (each.number.rstrip(". ") or each.code, each.activity, each.printed_term or "—", _state(each, pack))
        for each in _inside(facts, span)
    )
    table = Table("Дорожная карта: план и факт", ("Строка", "Мероприятие", "Срок", "Состояние"), rows)
    return table, roadmap(facts.activities, span, pack.day)


def overdue(pack: Pack, facts: Facts) -> Printed:
    """Name the rows whose window closes before the council and which nobody marked as done."""
    late = [
        each
        for each in _inside(facts, _span(year_of(pack.day)))
        if _passed(each, pack) and each.status not in SETTLED
    ]
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
    """List the roadmap's rows of the school year to come."""
    span = _span(year_of(pack.day))
    coming = Period(span.start.replace(year=span.start.year + 1), span.end.replace(year=span.end.year + 1))
    rows = tuple(
        (
            each.number.rstrip(". ") or each.code,
            each.activity,
            each.printed_term or "—",
            ", ".join(each.responsible) or BLANK,
        )
        for each in _inside(facts, coming)
    )
    return (
        Table(
            f"План на {coming.start.year}/{coming.end.year} учебный год",
            ("Строка", "Мероприятие", "Срок", "Ответственный"),
            rows,
        ),
        None,
    )


def pairs(pack: Pack, facts: Facts) -> Printed:
    """List the pairs that work or are to work on the council's day."""
    rows = tuple((str(at), *_pair(each, facts)) for at, each in enumerate(_living(facts, pack), 1))
    return (
        Table(
            "Наставнические пары и группы",
            ("№", "Код", "Наставник", "Наставляемые", "Форма", "Срок", "Состояние"),
            rows,
        ),
        None,
    )


def acquaintance(pack: Pack, facts: Facts) -> Printed:
    """List everyone who must sign, each once; signature and day stay blank."""
    codes = [code for pair in _living(facts, pack) for code in (pair.mentor, *pair.mentees)]
    seen = {human(facts.people.get(code), code): code for code in reversed(codes)}
    rows = tuple(
        (str(at), _name(facts, code), _post(facts, code), BLANK, BLANK)
        for at, code in enumerate(sorted(seen.values()), 1)
    )
    return Table("Лист ознакомления", ("№", "ФИО", "Должность", "Подпись", "Дата"), rows), None


def young(pack: Pack, facts: Facts) -> Printed:
    """List the young specialists known to the workbook and whether they have a mentor."""
    paired = {code for pair in _living(facts, pack) for code in pair.mentees}
    found = sorted((each for each in facts.people.values() if each.young), key=lambda each: each.code)
    rows = tuple(
        (
            str(at),
            each.name or each.code,
            each.position or BLANK,
            str(each.experience) if each.experience is not None else BLANK,
            "есть" if each.code in paired else "нет",
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


def _passed(each: Activity, pack: Pack) -> bool:
    span = _span(year_of(pack.day))
    return any(window.end and span.start <= window.end < pack.day for window in each.term.windows)


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
        pair.status or BLANK,
    )


def _name(facts: Facts, code: str) -> str:
    person: Person | None = facts.people.get(code)
    return person.name if person and person.name else code


def _post(facts: Facts, code: str) -> str:
    person = facts.people.get(code)
    return person.position if person and person.position else BLANK


MAKERS: dict[str, Callable[[Pack, Facts], Printed]] = {
    "plan_fact": plan_fact,
    "overdue": overdue,
    "next_year": next_year,
    "pairs": pairs,
    "acquaintance": acquaintance,
    "young": young,
}
"""By the trait `handout` of a kind."""
