"""What a note may say of single people, counted by hand from the rows: logs, months, difficulties, mentors' loads.

As in `recount`, nothing comes from the program. `numbers` gathers what may truly be said of somebody: a conclusion with any other
number in it is wrong, or speaks of something that nobody can look up.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tests.monitoring.recount_cells import at_work, day, difficulties, mark, person, plain, who, young
from tests.monitoring.recount_log import MARKS, cancelled, held, logs, planned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.monitoring.recount_cells import Book, Row, Span

MENTEES_MARK, MENTORS_MARK = MARKS


class Log(NamedTuple):
    """A log up to the cut-off: how many meetings were due, held, called off (by what reason), left unmarked; both sides' marks."""

    due: int
    held: int
    off: int
    unmarked: int
    reasons: Counter[str]
    days: tuple[date, ...]
    by_mentee: tuple[Fraction, ...]
    by_mentor: tuple[Fraction, ...]


class Hard(NamedTuple):
    """One difficulty of one mentee, and how many meetings of the log were about it."""

    who: str
    sphere: str
    before: Fraction | None
    after: Fraction | None
    met: int


def logs_of(book: Book, span: Span) -> dict[str, Log]:
    """Every log by the upper code of its pair or group."""
    codes = {name: plain(rows[0].get("⚙ Код")) for rows in _by_unit(book, span) for name in _names(rows)}
    return {
        codes[min(unit.names & codes.keys())].upper(): _log(unit, rows, span)
        for unit, rows in logs(book, span)
    }


def _by_unit(book: Book, span: Span) -> list[list[Row]]:
    units: dict[str, list[Row]] = {}
    for row in at_work(book, span):
        units.setdefault(plain(row.get("Группа")) or plain(row.get("⚙ Код")), []).append(row)
    return list(units.values())


def _names(rows: list[Row]) -> set[str]:
    return {plain(row.get(column)) for row in rows for column in ("⚙ Код", "Группа")} - {""}


def _log(unit, rows: list[Row], span: Span) -> Log:
    off = [row for row in rows if cancelled(row)]
    met = [row for row in rows if not cancelled(row) and day(row.get("Дата проведения"))]
    left = [
        row
        for row in rows
        if row not in off
        and row not in met
        and not plain(row.get("Статус"))
        and span.has(day(row.get("Дата по плану")))
    ]
    sides = [tuple(points for row in met if (points := mark(row.get(side))) is not None) for side in MARKS]
    reasons = Counter(plain(row.get("Причина")) for row in off)
    return Log(
        planned(unit, rows, span),
        len(met),
        len(off),
        len(left),
        reasons,
        tuple(one.on for one in held(rows)),
        *sides,
    )


def hard(book: Book, span: Span) -> list[Hard]:
    """Every difficulty of the mentees at work."""
    found = []
    for row in book.rows("Наставляемые"):
        mine = [
            pair
            for pair in at_work(book, span)
            if who(book, pair.get("Наставляемый")) == plain(row.get("ФИО"))
        ]
        names = {plain(pair.get(column)) for pair in mine for column in ("⚙ Код", "Группа")} - {""}
        about = Counter(
            plain(met.get("Дефицит"))
            for met in book.rows("Встречи")
            if plain(met.get("Пара")) in names
            and not cancelled(met)
            and span.has(day(met.get("Дата проведения")))
        )
        if mine:
            found += [
                Hard(row["⚙ Код"], sphere, one, two, about[plain(sphere)])
                for sphere, one, two in difficulties(row.get("Дефициты"))
            ]
    return found


def months(book: Book, span: Span) -> dict[tuple[int, int], tuple[int, int, Counter[str], int]]:
    """By month: meetings held, called off, by what reasons, and how many logs had a meeting called off for the commonest of them."""
    told: dict[tuple[int, int], tuple[list[Row], list[Row]]] = {}
    for row in (row for _, rows in logs(book, span) for row in rows):
        on = day(row.get("Дата проведения")) or day(row.get("Дата по плану"))
        met = day(row.get("Дата проведения")) is not None and not cancelled(row)
        if on is not None and (met or cancelled(row)):
            told.setdefault((on.year, on.month), ([], []))[0 if met else 1].append(row)
    return {month: _month(met, off) for month, (met, off) in sorted(told.items())}


def _month(met: list[Row], off: list[Row]) -> tuple[int, int, Counter[str], int]:
    reasons = Counter(plain(row.get("Причина")) for row in off)
    common = max((reason for reason in reasons if reason), key=lambda reason: reasons[reason], default="")
    pairs = {plain(row.get("Пара")) for row in off if common and plain(row.get("Причина")) == common}
    return len(met), len(off), reasons, len(pairs)


def loads(book: Book, span: Span) -> Counter[str]:
    """How many mentees each mentor leads at the cut-off."""
    return Counter(
        who(book, row.get("Наставник"))
        for row in at_work(book, span)
        if (day(row.get("Дата окончания")) or span.cut) >= span.cut
    )


def without_mentor(book: Book, span: Span) -> list[str]:
    """The young specialists of the list whom no pair at work names."""
    taught = {who(book, row.get("Наставляемый")) for row in at_work(book, span)}
    return [
        row["⚙ Код"]
        for row in book.rows("Наставляемые")
        if young(row) and plain(row.get("Состояние")) != "выбыл" and plain(row.get("ФИО")) not in taught
    ]


# --- what may be said --------------------------------------------------------------------------------------------


def numbers(book: Book, span: Span, codes: set[str]) -> set[Fraction]:
    """Every number that is true of these logs and people, and those of the whole organisation beside."""
    return {number for code in codes for number in _of_one(book, span, code)} | _of_all(book, span)


def _of_one(book: Book, span: Span, code: str) -> Iterator[Fraction]:
    log = logs_of(book, span).get(code)
    if log:
        yield from map(
            Fraction,
            (
                log.due,
                log.held,
                log.off,
                log.unmarked,
                log.due + log.off,
                log.due - log.held,
                *log.reasons.values(),
            ),
        )
        for side in (log.by_mentee, log.by_mentor):
            yield from _of_marks(side)
        if log.by_mentee and log.by_mentor:
            yield abs(_mean(log.by_mentee) - _mean(log.by_mentor))
        if log.due:
            yield Fraction(100 * log.held, log.due)
    rows = [row for row in at_work(book, span) if plain(row.get("⚙ Код")) == plain(code)]
    people = {code} | {
        row["⚙ Код"] for pair in rows if (row := person(book, "Наставляемые", pair.get("Наставляемый")))
    }
    for each in hard(book, span):
        if each.who in people:
            yield from (value for value in (each.before, each.after, Fraction(each.met)) if value is not None)
            if each.before is not None and each.after is not None:
                yield each.after - each.before
    mentors = {plain(row.get("Наставник")) for row in rows} | {
        plain(row.get("ФИО")) for row in book.rows("Наставники") if row["⚙ Код"] == code
    }
    yield from (Fraction(loads(book, span)[mentor]) for mentor in mentors)


def _of_marks(side: tuple[Fraction, ...]) -> Iterator[Fraction]:
    yield from side
    if side:
        yield _mean(side)
        third = max(len(side) // 3, 1)
        yield from (_mean(side[:third]), _mean(side[-third:]))


def _of_all(book: Book, span: Span) -> set[Fraction]:
    every = logs_of(book, span).values()
    told = {Fraction(len(list(every)))}
    for number in ("due", "held", "off", "unmarked"):
        counts = sorted(getattr(log, number) for log in every)
        if counts:
            told |= {Fraction(sum(counts)), _mean(counts), _middle(counts)}
    for met, off, reasons, pairs in months(book, span).values():
        told |= {Fraction(value) for value in (met, off, met + off, pairs, *reasons.values())}
    told |= {Fraction(len(without_mentor(book, span))), Fraction(len(book.rows("Наставляемые")))}
    return told


def _mean(values) -> Fraction:
    values = list(values)
    return sum(map(Fraction, values), Fraction()) / len(values)


def _middle(values: list[int]) -> Fraction:
    half = len(values) // 2
    return Fraction(values[half]) if len(values) % 2 else Fraction(values[half - 1] + values[half], 2)
