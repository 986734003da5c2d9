"""Papers of a council's sitting that is over: they rest, only the number of its minutes is still entered in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.planning.wanted import Wanted, rests
from flows.domain.statuses import ACTIVE, ENDED

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Facts, Pair
    from flows.domain.terms.reading import Window


def at_rest(wanted: Wanted, facts: Facts) -> Wanted:
    """Return a paper as it is wanted after its council: as it was filed, or once more, of that day, with the number typed since."""
    day = day_of(wanted.window, facts)
    if day is None or day >= facts.today:
        return wanted
    typed = [
        each.protocol for each in facts.councils if each.protocol and day in {each.day, each.protocol_day}
    ]
    edition = f"протокол № {typed[-1]}" if typed else ""
    return replace(
        wanted,
        edition=edition,
        frozen=rests(facts, wanted.kind, wanted.subject, wanted.period, edition),
        pairs=tuple(_on(day, facts)) or wanted.pairs,
    )


def day_of(window: Window | None, facts: Facts) -> date | None:
    """Return the day of the council that a paper's window holds or comes before, as the paper itself names it."""
    start = (window.start or window.end) if window else None
    return min((day for day in facts.organisation.councils if start and day >= start), default=None)


def _on(day: date, facts: Facts) -> list[Pair]:
    """Return the pairs as they stood on a day: one that has ended since was still at work."""
    return [
        replace(pair, status=ACTIVE) if pair.status in ENDED else pair
        for pair in facts.pairs
        if pair.start <= day <= pair.end
    ]
