"""A paper's own day, and the facts as they are on it: people and card hold from a day to a day (DESIGN §3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.people import through_time
from flows.domain.statuses import OVER

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Facts, Filed
    from flows.domain.planning.wanted import Wanted


def registered_on(filed: Filed | None) -> date | None:
    """Return the day somebody registered a paper with; a new version that is asked for has none yet."""
    return None if filed is None or filed.again or filed.state in OVER else filed.day


def drafted_on(wanted: Wanted, facts: Facts) -> date | None:
    """Return the day a draft is written for: today within its window, else the window's nearest end.

    Papers of a council are of its day. What comes before the pairs' work is of the day it begins, of several pairs
    of the last of them: nobody stands there before his own first day. `None` for a paper without days.
    """
    if wanted.day is not None:
        return wanted.day
    if wanted.pack is not None:
        return wanted.pack.day
    window = wanted.window
    if window is None or (window.start is None and window.end is None):
        return None
    first, last = window.start or window.end, window.end or window.start
    assert first is not None
    assert last is not None
    starts, ends = [pair.start for pair in wanted.pairs], [pair.end for pair in wanted.pairs]
    if starts and (first, last) == (min(starts), max(ends)):
        return max(starts)
    return max(first, min(facts.today, last))


def as_of(facts: Facts, day: date | None) -> Facts:
    """Return the facts as they are on a paper's day; of a paper without days as they are today."""
    if day is None:
        return facts
    people = through_time.on(facts.history, day) if facts.history else facts.people
    evidence = facts.evidence
    if evidence is not None:
        evidence = replace(evidence, facts=replace(evidence.facts, people=people))
    return replace(facts, day=day, people=people, evidence=evidence)


def alike(facts: Facts, one: date | None, other: date | None) -> bool:
    """Tell whether everybody is the same on two days and the same person signs as the head."""
    if one == other:
        return True
    first, second = as_of(facts, one), as_of(facts, other)
    signs = [through_time.acting_on(facts.organisation, day) if day else None for day in (one, other)]
    return first.people == second.people and signs[0] == signs[1]
