"""The longest pause between a pair's meetings and what the log says of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain import working_days
from flows.domain.people.meeting_log import was_held
from flows.domain.statuses import CALLED_OFF, MOVED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from flows.domain.model import Meeting


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause from one held meeting to the next; `days` leaves days off out, `missed` are the meetings it swallowed, with a cause."""

    start: date
    end: date
    days: int
    missed: tuple[Meeting, ...]


def longest(meetings: Iterable[Meeting], days_off: Collection[date]) -> Pause | None:
    """Return the longest pause between two held meetings of one pair, the earlier of two alike; `None` where fewer than two were held."""
    own = list(meetings)
    days = sorted({each.held for each in own if each.held and was_held(each)})
    spans = [(working_days.gap(one, two, frozenset(days_off)), one, two) for one, two in pairwise(days)]
    if not spans:
        return None
    count, start, end = max(spans, key=lambda span: span[0])
    swallowed = [
        each
        for each in own
        if each.reason and each.status in {CALLED_OFF, MOVED} and each.planned and start < each.planned < end
    ]
    return Pause(
        start, end, count, tuple(sorted(swallowed, key=lambda each: (each.planned or start, each.code)))
    )
