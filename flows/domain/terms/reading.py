"""Deadline cells of a roadmap read into windows of days (the contract of DESIGN §4)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from flows.domain.periods import Period
from flows.domain.terms.cadence import repeated, undated
from flows.domain.terms.dated import dated, yearly
from flows.domain.terms.grammar import Span, spans
from flows.domain.terms.mending import corrected, mended
from flows.domain.terms.notes import with_note
from flows.domain.terms.serial_days import day_of
from flows.domain.terms.windows import NO_YEAR, Term, Window, lies_outside
from flows.domain.terms.words import normal
from flows.domain.terms.year_edges import spelled

__all__ = ["EVENT", "Period", "Term", "Window", "lies_outside", "parse"]

EVENT = "event"  # the kind of a term that hangs on something that happens
LONGEST_CELL = 400
_ABOUT = re.compile(r"ориентировочно|примерно|предположительно")
_SINCE_YEAR = re.compile(r"(?:начиная\s+)?с\s+\d{4}")
_SERIAL = re.compile(r"([345]\d{4})(?:[.,]0)?")
NO_CELL = {"-", "--", "---", "_", "нет", "не указан", "не указано", "отсутствует"}


def parse(text: str, period: Period | None) -> Term:
    """Read a deadline cell. Never raises; what is not understood is `unreadable`.

    Flags beside those of DESIGN §4: `approximate` (начало, неделя, «до мая»), `no-year`, `no-period`, `typo`
    (a month with one wrong letter), `open-end` («с …» without an end), `and-more` (words beside the date), `serial`
    (a spreadsheet's number of a day).
    """
    return replace(_cached(text.strip(), period), text=text)


@lru_cache(maxsize=8192)
def _cached(text: str, period: Period | None) -> Term:
    if len(text) > LONGEST_CELL:
        return Term("unreadable")
    folded = normal(text)
    if not folded.strip("_ ") or folded in NO_CELL:
        return Term("empty")
    term = _serial(folded, period) or _read(folded, period) or _again(folded, period) or Term("unreadable")
    return (
        replace(term, flags=term.flags | {"approximate"}) if term.windows and _ABOUT.search(folded) else term
    )


def _serial(folded: str, period: Period | None) -> Term | None:
    """Read the number under which a spreadsheet keeps a day; any other number of five figures is money or the like."""
    found = _SERIAL.fullmatch(folded)
    day = day_of(int(found[1])) if found else None
    return (
        Term("dated", (Window(day, day),), frozenset({"serial"}))
        if day and period and day in period
        else None
    )


def _read(folded: str, period: Period | None) -> Term | None:
    text = spelled(folded, period)
    term = _understood(text, period)
    return (
        replace(term, flags=term.flags | {"approximate"})
        if term and term.windows and text != folded
        else term
    )


def _understood(folded: str, period: Period | None) -> Term | None:
    return (
        dated(folded, period)
        or (NO_YEAR if spans(folded) else None)
        or yearly(folded, period)
        or _undated(folded)
        or _repeated(folded)
        or with_note(folded, period)
    )


def _again(folded: str, period: Period | None) -> Term | None:
    """Read once more with broken words put together, then with a wrong letter in a month's name forgiven and flagged."""
    whole = mended(folded)
    if whole != folded and (term := _read(whole, period)):
        return term
    right = corrected(whole)
    term = _read(right, period) if right != whole else None
    return replace(term, flags=term.flags | {"typo"}) if term else None


def _undated(folded: str) -> Term | None:
    found = undated(folded)
    return Term(found[0], flags=found[1]) if found else None


def _of_months(span: Span) -> bool:
    """Tell whether a span is of whole months: a day of the week beside days means one of them, not each."""
    return all(point.day is None for point in (span.first, span.last) if point)


def _repeated(folded: str) -> Term | None:
    """Read «ежемесячно с сентября по май»: how often is certain, the range only bounds it."""
    found = repeated(folded)
    if found is None:
        return None
    inside = spans(found[0])
    if inside and found[1] == {"weekly"} and not all(_of_months(span) for span in inside):
        return None
    bounded = (
        inside and len(inside) == 1 and (inside[0].last is None or inside[0].first != inside[0].last)
    ) or _SINCE_YEAR.fullmatch(found[0])
    return Term("ongoing", flags=found[1] | {"bounded"}) if bounded else None
