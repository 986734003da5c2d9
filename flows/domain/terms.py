"""Deadline cells of a roadmap read into windows of days (the contract of DESIGN §4)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from flows.domain.periods import Period
from flows.domain.term_grammar import Point, Span, normal, spans

__all__ = ["Period", "Term", "Window", "parse"]

SEPTEMBER = 9
FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_CELL = 400
MOST_YEARS = 60

YEARLY = re.compile(r"[,;(\s]*\b(?:ежегодно|каждый год|каждого года|каждый|раз в год)\b[),;:\s]*")
WITHIN_PLAN = re.compile(r"\s*\(\s*(?:в течение|на протяжении|весь)[^()]*\)")
TIMES = re.compile(r"(?:не реже\s+)?(?:\d+|один|два|дважды|три|четыре)\s*раза?(?:\s+в\s+(?:учебный\s+)?год)?\s*[(:-]\s*([^()]+)\)?")

EXTERNAL = re.compile(
    r"(?:по|согласно|в соответствии с)\s+(?:\w+\s+){0,3}?(?:план|график|распис|сро[кч]|сорок|приказ|положени|циклограмм)"
    r"|в соответствии с|согласно\b|в (?:установленн|указанн)\w+ срок|срок[иа]?\s+(?:устанавл|определя)|по плану|по графику",
)
EVENT = re.compile(
    r"по (?:заверше|оконча|итогам|результат|мере|запрос|необходим|факту|требовани|поступлени)|после\b|при (?:необходим|налич|поступ|прием|назнач)"
    r"|(?:в течение|не позднее|не позже|через)\s+(?:[\w-]+\s+){1,4}(?:со дня|с момента|с даты|после|до)\b"
    r"|за\s+\d+\s+\w+(?:\s+\w+)?\s+до\b|до начала|до завершени|до окончани|в день|со дня|с момента|перед\b|на\s+\w*\s*педсовет|к педсовет",
)
CADENCES = (
    ("monthly", r"ежемесячно|кажд(?:ый|ого) месяц|раза? в месяц"),
    ("biweekly", r"раз(?:а)? в (?:две|2) недел"),
    ("weekly", r"еженедельно|раза? в неделю|кажд(?:ую|ая) недел"),
    ("quarterly", r"ежеквартально|раза? в квартал|кажд(?:ый|ого) квартал"),
    ("half-yearly", r"(?:2|два) раза в(?: учебн\w+)? год|дважды в(?: учебн\w+)? год|раза? в полугодие|кажд\w+ полугоди"),
    ("several-a-year", r"(?:[3-9]|три|четыре|\d\d) раза? в(?: учебн\w+)? год"),
    ("yearly", r"ежегодно|раз(?:а)? в(?: учебн\w+)? год|кажд(?:ый|ого) (?:учебн\w+ )?год"),
    ("daily", r"ежедневно"),
    ("school-year", r"(?:в течение|на протяжении|весь|всего) (?:всего )?(?:учебн\w+|уч\.?) ?г"),
    ("continuous", r"постоянно|регулярно|систематически|непрерывно|в течение|на протяжении|вес[ьег]\w* (?:период|срок|год)|в период реализации"),
)
CADENCE_START = re.compile(
    r"(?:не (?:реже|менее)(?: чем)?|минимум|\d+|один|одного|два|дважды|три|четыре|раз|раза|кажд|еже|постоянно|регулярно"
    r"|систематически|непрерывно|в течение|на протяжении|вес[ьег]|всего|в период)",
)


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `start` is `None` for «до …»."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline cell: its kind, its windows, flags on what was derived or impossible, and the text as typed."""

    kind: str
    windows: tuple[Window, ...] = ()
    flags: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    window: Window | None
    flags: frozenset[str]


def parse(text: str, period: Period | None) -> Term:
    """Read a deadline cell. Never raises; what is not understood is `unreadable`."""
    folded = normal(text)
    if not folded or folded in {"-", "--"}:
        return Term("empty", text=text)
    if len(folded) > LONGEST_CELL:
        return Term("unreadable", text=text)
    term = _dated(folded, period) or _yearly(folded, period) or _undated(folded) or Term("unreadable")
    return replace(term, text=text)


def _dated(folded: str, period: Period | None) -> Term | None:
    found = spans(folded)
    if found is None:
        return None
    reads = [_resolve(span, period) for span in _share_years(found)]
    if any("no-year" in read.flags for read in reads):
        return Term("unreadable", flags=frozenset({"no-year"}))
    return _collect("dated", reads, period)


def _yearly(folded: str, period: Period | None) -> Term | None:
    found = spans(_without_cadence(folded))
    if found is None or _without_cadence(folded) == folded:
        return None
    if period is None:
        return Term("yearly", flags=frozenset({"no-period"}))
    reads = [_resolve(_in_year(span, year), period) for year in _years(found, period) for span in found]
    inside = [read for read in reads if read.window is None or _inside(read.window, period)]
    return _collect("yearly", inside, period)


def _without_cadence(folded: str) -> str:
    listed = TIMES.fullmatch(folded)
    bare = listed[1] if listed else WITHIN_PLAN.sub(" ", folded)
    return YEARLY.sub(" ", bare).strip(" .,;():")


def _undated(folded: str) -> Term | None:
    if EVENT.match(folded):
        return Term("event")
    if EXTERNAL.match(folded):
        return Term("external")
    if not CADENCE_START.match(folded) or re.search(r"\d{3}", folded):
        return None
    named = next((name for name, pattern in CADENCES if re.search(pattern, folded)), None)
    return Term("ongoing", flags=frozenset({named})) if named else None


def _years(found: tuple[Span, ...], period: Period) -> range:
    typed = [point.year for span in found for point in (span.first, span.last) if point and point.year]
    first = max(min(typed, default=period.start.year - 1), period.start.year - 1)
    return range(first, min(period.end.year + 1, first + MOST_YEARS))


def _in_year(span: Span, year: int) -> Span:
    if span.first is None:
        return replace(span, last=replace(span.last, year=year))
    over = int(_order(span.first) > _order(span.last))
    return replace(span, first=replace(span.first, year=year), last=replace(span.last, year=year + over))


def _order(point: Point) -> tuple[int, int]:
    return point.month, 0


def _share_years(found: tuple[Span, ...]) -> list[Span]:
    """Let a typed year serve the months before it: «сентябрь, декабрь 2023»."""
    shared: list[Span] = []
    later: Point | None = None
    for span in reversed(found):
        last = _borrow(span.last, later)
        first = _borrow(span.first, last) if span.first else None
        guessed = _crossed(span.last, later) or (span.first is not None and _crossed(span.first, last))
        shared.append(replace(span, first=first, last=last, doubtful=span.doubtful or guessed))
        later = first or last
    return shared[::-1]


def _crossed(point: Point, later: Point | None) -> bool:
    return point.year is None and later is not None and later.year is not None and point.month > later.month


def _borrow(point: Point, later: Point | None) -> Point:
    if point.year is not None or later is None or later.year is None:
        return point
    return replace(point, year=later.year - int(_crossed(point, later)))


def _resolve(span: Span, period: Period | None) -> _Read:
    points = [point for point in (span.first, span.last) if point]
    dated = [_with_year(point, period) for point in points]
    if any(point.year is None for point in dated):
        return _Read(None, frozenset({"no-year"}))
    derived = span.doubtful or dated != points or _guessed(points)
    flags = {"year-derived"} if derived else set()
    start = _day(dated[0], last=False) if span.first else None
    end = _day(dated[-1], last=True)
    if end is None or (span.first and start is None):
        return _Read(None, frozenset(flags | {"impossible-date"}))
    if start and start > end:
        return _Read(Window(end, start), frozenset(flags | {"reversed"}))
    return _Read(Window(start, end), frozenset(flags))


def _guessed(points: list[Point]) -> bool:
    return any(point.year is None for point in points)


def _with_year(point: Point, period: Period | None) -> Point:
    if point.year is not None or period is None:
        return point
    if period.start.year == period.end.year:
        return replace(point, year=period.start.year)
    if (period.start.month, period.end.month, period.end.year) != (SEPTEMBER, SEPTEMBER - 1, period.start.year + 1):
        return point
    return replace(point, year=period.start.year if point.month >= SEPTEMBER else period.end.year)


def _day(point: Point, *, last: bool) -> date | None:
    try:
        end = monthrange(point.year or 0, point.month)[1]
        return date(point.year or 0, point.month, point.day or (end if last else 1))
    except (ValueError, IndexError):
        return None


def _collect(kind: str, reads: list[_Read], period: Period | None) -> Term:
    windows = tuple(read.window for read in reads if read.window)
    flags = frozenset().union(*(read.flags for read in reads))
    if kind == "yearly":
        flags -= {"year-derived"}
    elif any(not _inside(window, period) for window in windows):
        flags |= {"outside-period"}
    return Term(kind, tuple(sorted(windows, key=_when)) if kind == "yearly" else windows, flags)


def _when(window: Window) -> date:
    return window.start or window.end or date.min


def _inside(window: Window, period: Period | None) -> bool:
    days = [day for day in (window.start, window.end) if day]
    if period is None:
        return all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days)
    return all(day in period for day in days)
