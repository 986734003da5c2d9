"""Deadline cells with words beside the date, and with a date that narrows another: «май (до 25.05)»."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.domain.periods import Period
from flows.domain.statuses import OUTSIDE_PERIOD
from flows.domain.terms.cadence import cadences, names_occasion, undated
from flows.domain.terms.dated import dated, yearly
from flows.domain.terms.grammar import spans
from flows.domain.terms.month_names import MONTH
from flows.domain.terms.windows import NO_YEAR, Term, Window

__all__ = ["with_note"]

_ANY_MONTH = re.compile(rf"(?<![а-я])(?:{MONTH})(?![а-я])")
_WITHIN = re.compile(
    r"([^()]{3,60})\s?\(([^()]{1,60})\)|([^()\d]{3,14}),?\s(?:до|не позднее)\s(\d\d?)(?:-?го)?(?:\sчисла)?"
)
_OF_THE_MONTH = re.compile(
    r"(?:(до|не позднее)\s)?(?:с\s)?(?:(\d\d?)\s?(?:-|по)\s?)?(\d\d?)(?:-?го|-?е)?(?:\sчисл[аоу])?"
)


def with_note(folded: str, period: Period | None) -> Term | None:
    """Read «май 2024 (по согласованию)»: the date stands, the words beside it are flagged."""
    narrow = _narrowed(folded, period)
    if narrow:
        return narrow
    for at in _cuts(folded):
        head, tail = folded[:at].strip(" ,;:.-"), folded[at:].strip(" ,;:().-")
        day, words = (tail, head) if _names_event(head) else (head, tail)
        if not tail or not (words is head or _beside(folded[at], words)):
            continue
        said = cadences([words])
        term = (None if "yearly" in said else dated(day, period)) or yearly(day, period)
        if term:
            return replace(term, flags=term.flags | {"and-more"} | said)
        if spans(day):
            return NO_YEAR
    return None


def _names_event(head: str) -> bool:
    """Tell whether words before a date only name what it is the date of: «День учителя (5 октября)», «по итогам полугодия (январь)»."""
    told = undated(head)
    return names_occasion(head) or (told is not None and told[0] in {"event", "external"})


def _beside(mark: str, tail: str) -> bool:
    """Tell whether words may stand beside a date and change nothing in it."""
    if names_occasion(tail):
        return True
    if mark == "(":
        return _harmless(tail)
    return mark not in {":", "-"} and undated(_bare_note(tail)) is not None


def _narrowed(folded: str, period: Period | None) -> Term | None:
    """Read «сентябрь (до 15.09)», «2024 год (май)»: what stands in brackets, or after «до», lies in what stands before."""
    found = _WITHIN.fullmatch(folded)
    if found is None:
        return None
    before, inner = (found[1], found[2]) if found[1] else (found[3], f"до {found[4]}")
    outer = dated(before.strip(" ,"), period)
    if outer is None or len(outer.windows) != 1:
        return None
    whole = outer.windows[0]
    if whole.start is None or whole.end is None:
        return None
    inside = _day_of(inner, whole) or dated(inner, Period(whole.start, whole.end))
    if inside is None or OUTSIDE_PERIOD in inside.flags or not inside.windows:
        return None
    windows = tuple(Window(window.start or whole.start, window.end) for window in inside.windows)
    if not all(
        window.start and window.end and whole.start <= window.start <= window.end <= whole.end
        for window in windows
    ):
        return None
    return Term("dated", windows, outer.flags | (inside.flags - {"year-derived"}))


def _day_of(text: str, month: Window) -> Term | None:
    """Read «до 15 числа», «15 числа», «10-15» as days of a month."""
    found = _OF_THE_MONTH.fullmatch(text)
    assert month.start is not None
    if found is None or month.end is None or month.start.month != month.end.month:
        return None
    try:
        last = month.start.replace(day=int(found[3]))
        first = month.start if found[1] else month.start.replace(day=int(found[2] or found[3]))
    except ValueError:
        return None
    return Term("dated", (Window(first, last),)) if first <= last else None


def _harmless(tail: str) -> bool:
    return undated(_bare_note(tail)) is not None or not (
        re.search(r"\d", tail) or "или" in tail.split() or _ANY_MONTH.search(tail)
    )


def _bare_note(tail: str) -> str:
    return tail.removeprefix("и ").removeprefix("далее").removeprefix("затем").strip(" ,-")


def _cuts(folded: str) -> list[int]:
    marks = [at for at, sign in enumerate(folded) if sign in "(,;:"]
    dashes = [at + 1 for at in (folded.find(" - "), folded.rfind(" - ")) if at > 0]
    return (
        marks[::-1]
        + dashes
        + [
            at
            for word in (" далее", " затем", " по ", " и ", " постоянно", " день ")
            if (at := folded.find(word)) > 0
        ]
    )
