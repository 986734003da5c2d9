"""Whose early end a pair's is: the mentor refuses by an application, the employer cancels by a notice (ТК РФ, ст. 351.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.people import through_time
from flows.domain.people.pupils import employed
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.model import Facts, Pair

COLUMN = "Кто прекращает"
MENTOR, EMPLOYER = "наставник", "работодатель"
REASONS = (
    (
        MENTOR,
        re.compile(r"(?:заявлени|отказ|инициатив|желани|просьб)\w{0,40} наставник|наставник\w{0,40} отказ"),
    ),
    (
        EMPLOYER,
        re.compile(r"(?:решени|инициатив)\w{0,40} (?:работодател|руководител|администраци|организаци)"),
    ),
)


def ended_by(pair: Pair) -> str:
    """Return who ends a pair early, as its own cell says or, where it is empty, the words of the reason; nothing else tells it."""
    typed = fold(pair.ended_by)
    if typed in {MENTOR, EMPLOYER}:
        return typed
    return next((who for who, words in REASONS if words.search(fold(pair.end_reason))), "")


def by_warning(pair: Pair, facts: Facts) -> bool:
    """Tell an early end of which one side warns the other: the mentor is a worker, and has not left with the pair's end."""
    return employed(pair) and pair.mentor not in through_time.gone(facts, pair)
