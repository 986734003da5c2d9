"""Single cells of a response tab: time marks and ticked options, as people and spreadsheets leave them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from flows.domain.marks import folded
from flows.domain.terms.serial_days import moment_of

if TYPE_CHECKING:
    from flows.domain.marks import Value

_Split = tuple[int, int, tuple[int, str] | tuple[()]]
FIRST_SERIAL, LAST_SERIAL = 30_000, 80_000
NOON_HOURS = 12
MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
CLOCK = r"(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AP]M)?)?"
DOTS = re.compile(rf"^(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){CLOCK}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){CLOCK}", re.IGNORECASE)
SLASHES = re.compile(rf"^(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){CLOCK}", re.IGNORECASE)
ENGLISH = re.compile(rf"^[A-Z][a-z]{{2}} ([A-Z][a-z]{{2}}) (\d{{1,2}}) (\d{{4}}){CLOCK}")


def month_first(cells: list[Value]) -> bool:
    """Tell how a column of «9/6/2018» reads: months first, as Google writes by default, unless a first part exceeds 12."""
    found = [SLASHES.match(cell.strip()) for cell in cells if isinstance(cell, str)]
    return not any(int(each[1]) > NOON_HOURS for each in found if each)


def moment(cell: Value, *, months_first: bool = True) -> datetime | None:
    """Read a time mark in any of the shapes Google and people leave; `None` when it is none."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - spreadsheets know no zones
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return moment_of(cell) if FIRST_SERIAL < cell < LAST_SERIAL else None
    return _typed_moment(cell.strip(), months_first) if isinstance(cell, str) else None


def _typed_moment(text: str, months_first: bool) -> datetime | None:
    if found := DOTS.match(text):
        return _moment(found[3], found[2], found[1], found.groups()[3:])
    if found := YEAR_FIRST.match(text):
        return _moment(found[1], found[2], found[3], found.groups()[3:])
    if found := SLASHES.match(text):
        first, second = (found[1], found[2]) if months_first else (found[2], found[1])
        return _moment(found[3], first, second, found.groups()[3:])
    if found := ENGLISH.match(text):
        return _moment(found[3], str(MONTHS.get(found[1].lower(), 0)), found[2], found.groups()[3:])
    return None


def _moment(year: str, month: str, day: str, clock: tuple[str | None, ...]) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = (clock[3] or "").upper()
    if half:
        hour = hour % NOON_HOURS + (NOON_HOURS if half == "PM" else 0)
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - spreadsheets know no zones
    except ValueError:
        return None


def choices(cell: Value, options: tuple[str, ...]) -> tuple[str, ...]:
    """Split a cell of ticked options joined by «, » although an option may hold commas itself.

    With `options` the split that leaves the least foreign text wins, then the one with fewer parts; foreign text
    stays in one piece. Without them a part that begins with a small letter belongs to the part before it.
    """
    text = "" if cell is None or isinstance(cell, bool) else re.sub(r"\s+", " ", str(cell)).strip()
    if not text:
        return ()
    parts = tuple(text.split(", "))
    return _by_options(parts, options) if options else _by_capitals(parts)


def _by_capitals(parts: tuple[str, ...]) -> tuple[str, ...]:
    joined: list[str] = []
    for part in parts:
        if joined and part[:1].islower():
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return tuple(joined)


def _by_options(parts: tuple[str, ...], options: tuple[str, ...]) -> tuple[str, ...]:
    known = {folded(option): option for option in options}
    longest = max(option.count(", ") for option in options) + 1
    best: list[_Split] = [(0, 0, ())] * (len(parts) + 1)
    for start in range(len(parts) - 1, -1, -1):
        foreign, pieces, _ = best[start + 1]
        found: list[_Split] = [(foreign + 1, pieces + 1, (1, ""))]
        for width in range(1, min(longest, len(parts) - start) + 1):
            option = known.get(folded(", ".join(parts[start : start + width])))
            if option is not None:
                foreign, pieces, _ = best[start + width]
                found.append((foreign, pieces + 1, (width, option)))
        best[start] = min(found, key=lambda each: each[:2])
    return _walked(parts, [step for _, _, step in best])


def _walked(parts: tuple[str, ...], steps: list[tuple[int, str] | tuple[()]]) -> tuple[str, ...]:
    pieces: list[str] = []
    at, foreign = 0, False
    while at < len(parts):
        width, option = steps[at] or (1, "")
        if not option and foreign:
            pieces[-1] = f"{pieces[-1]}, {parts[at]}"
        else:
            pieces.append(option or parts[at])
        foreign = not option
        at += width
    return tuple(dict.fromkeys(pieces))
