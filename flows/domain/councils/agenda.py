"""What a council is asked: questions with their draft decisions, only those that the book gives a reason for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.named import REGULATION
from flows.domain.councils.deserving import deserving
from flows.domain.councils.seasons import season_of, year_of
from flows.domain.people.named_codes import in_prose, pair_by_name
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, PROPOSED
from flows.russian import Doubt, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.domain.model import Facts, Filed
    from flows.domain.monitoring.note.shape import Note

GROUNDS = re.compile(r" (?:Основание|Срок): ")


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the agenda: «О …», and the draft decisions that go with it."""

    title: str
    decisions: tuple[str, ...] = ()


POINTS: dict[str, tuple[AgendaPoint, ...]] = {
    "август": (
        AgendaPoint("О внедрении системы наставничества", ("Принять Положение о системе наставничества и дорожную карту.",)),
        AgendaPoint("О наставнических парах на новый учебный год", ("Согласиться с проектом списка пар.",)),
    ),
    "ноябрь": (AgendaPoint("О ходе работы наставнических пар"),),
    "январь": (AgendaPoint("Об итогах наставничества за I полугодие"),),
    "март": (AgendaPoint("Об итогах внутреннего мониторинга наставничества", ("Направить данные муниципальному координатору.",)),),
    "май": (
        AgendaPoint("Об итогах наставничества за учебный год"), AgendaPoint("О поощрении наставников"),
        AgendaPoint("О плане наставничества на следующий учебный год"),
    ),
}  # fmt: skip


ADOPTED = (
    AgendaPoint("О наставничестве в новом учебном году", ("Продолжить работу по Положению о системе наставничества и дорожной карте.",)),
    AgendaPoint("О наставнических парах на новый учебный год", ("Согласиться с проектом списка пар.",)),
)  # fmt: skip
BY_LIST = "Ходатайствовать о поощрении наставников по списку (прилагается)."


def agenda(day: date, note: Note | None, facts: Facts) -> tuple[AgendaPoint, ...]:
    """Draft the agenda; the first question of a council that hears a note carries the note's own decisions, people by name.

    Changes of the pairs are a question only where there are any, «по списку» is said where somebody stands in the list,
    and what was adopted in a year before is not adopted again.
    """
    season = season_of(day)
    points = (*_points(season, day, facts), *(_changes(facts, day) if season == "январь" else ()))
    if note is None or season == "август":
        return points
    advice = (in_prose(plainly(line.text), facts.pairs, facts.people) for line in note.recommendations)
    heard = (f"Принять к сведению {_heard(note.title)}.", *advice)
    return (AgendaPoint(points[0].title, (*heard, *points[0].decisions)), *points[1:])


def _points(season: str, day: date, facts: Facts) -> tuple[AgendaPoint, ...]:
    if season == "август" and standing(REGULATION, facts, day):
        return ADOPTED
    if season == "май" and deserving(facts, day):
        return tuple(
            replace(point, decisions=(BY_LIST,)) if "поощрен" in point.title else point
            for point in POINTS[season]
        )
    return POINTS[season]


def plainly(advice: str) -> str:
    """Return what a note advises without its figures and without a day that nobody named: they stand in the note itself."""
    return GROUNDS.split(advice)[0].rstrip()


def _changes(facts: Facts, day: date) -> Iterator[AgendaPoint]:
    """Ask to agree to what changed in the school year by a council's day: pairs that broke off, pairs proposed."""
    start = date(int(year_of(day)[:4]), 9, 1)
    broken = [
        pair for pair in facts.pairs if pair.status == BROKEN and pair.start <= day and pair.end >= start
    ]
    fresh = [pair for pair in facts.pairs if pair.status == PROPOSED and pair.end >= day]
    told = [
        f"{what}: {'; '.join(pair_by_name(pair, facts.people) for pair in pairs)}".rstrip(".") + "."
        for what, pairs in (
            ("Согласиться с досрочным прекращением работы пар", broken),
            ("Согласиться с новыми парами", fresh),
        )
        if pairs
    ]
    if told:
        yield AgendaPoint("О внесении изменений в состав наставнических пар", tuple(told))


def _heard(title: str) -> str:
    """Put a note's title where it is taken note of: «аналитическую справку по итогам …»."""
    try:
        told = phrases.decline(title, "acc", "document")
    except Doubt:
        return f"документ «{title}»"
    return told[:1].lower() + told[1:]


def standing(kind: str, facts: Facts, day: date) -> list[Filed]:
    """Return what holds from a school year before: the acts that stay in force until they are replaced."""
    if not record.of(kind).sent:
        return []
    return [
        row
        for row in in_force(facts.register, by=day)
        if row.kind == kind and row.parts.period < year_of(day)
    ]
