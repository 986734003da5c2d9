"""Which legal acts a paper quotes: by its kind and by its day, never by today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.people.taking_part import TakingPart, taking_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Facts, Norm

SEPTEMBER = 9
LOCAL_ACTS = "local acts"  # of `Kind.proposed`
DEMANDS = (
    "срок_уведомления",
    "после_уведомления",
    "добровольность",
    "досрочно",
    "отзыв_согласия",
    "прекращение_распространения",
)


def norms_on(norms: Iterable[Norm], day: date) -> tuple[Norm, ...]:
    """Return the acts in force on a day, both ends included; an open end has no bound."""
    return tuple(
        norm
        for norm in norms
        if (norm.since is None or norm.since <= day) and (norm.until is None or day <= norm.until)
    )


def quoted(facts: Facts, kind: str) -> list[str]:
    """Return the texts after «В соответствии с» for a kind of paper, in the order of the config.

    What is about workers only, or about pupils only, is left out where none of them takes part: in the pairs of the
    paper, and for the organisation's own acts among all whom its lists and its plan name.
    """
    who = concerned(facts, kind)
    return [
        norm.instrumental
        for norm in norms_on(facts.norms, paper_day(facts))
        if kind in norm.kinds and _concerns(norm, who)
    ]


def concerned(facts: Facts, kind: str) -> TakingPart:
    """Tell whom a kind of paper concerns: those of its pairs, of the organisation's own acts everybody."""
    return taking_part(facts, everybody=record.of(kind).proposed == LOCAL_ACTS)


def demands(facts: Facts) -> dict[str, str | None]:
    """Return what the acts in force on the paper's day demand of those who take part, in the words of templates.

    It is `None` where none of them says it.
    """
    said: dict[str, str | None] = dict.fromkeys(DEMANDS)
    who = taking_part(facts)
    for norm in norms_on(facts.norms, paper_day(facts)):
        if _concerns(norm, who):
            said |= norm.says
    return said


def _concerns(norm: Norm, who: TakingPart) -> bool:
    return (who.workers or not norm.workers) and (who.pupils or not norm.pupils)


def paper_day(facts: Facts) -> date:
    """Return a paper's own day: that of its registration or the one planning has named, else the day it speaks for."""
    return facts.day or spoken_day(facts)


def spoken_day(facts: Facts) -> date:
    """Return the day a paper speaks for: its window's start or end, its first pair's start, or 1 September of the school year."""
    window = facts.window
    told = (window.start or window.end) if window else None
    if told:
        return told
    started = min((pair.start for pair in facts.pairs), default=None)
    return started or date(_first_year(facts), SEPTEMBER, 1)


def _first_year(facts: Facts) -> int:
    digits = facts.organisation.school_year[:4]
    if digits.isdecimal():
        return int(digits)
    return facts.today.year if facts.period is None else facts.period.start.year
