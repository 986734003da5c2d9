"""Who stands in for the head and when: the lines «И.О. на период» of `Настройки`, three for each absence of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.model import Cell, Origin, Problem, Severity
from flows.domain.organisation import Acting
from flows.domain.terms.typed_days import typed_day
from flows.domain.text import fold
from flows.russian import Doubt
from flows.russian.people import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME, SINCE, UNTIL = "фио", "с", "по"
LINE = re.compile(r"и\.? ?о\.? на период(?: ?№? ?\d{1,2})? \((фио|с|по)\)")
HEAD_SIGNS = "до этого документы подписывает руководитель"


@dataclass
class Absence:
    """The lines of one absence as typed: cell and row by what they say."""

    cells: dict[str, Cell] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def text(self, what: str) -> str:
        """Return a line's cell as text."""
        value = self.cells.get(what)
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "").strip()

    def day(self, what: str) -> date | None:
        """Return a line's cell as a day."""
        value = self.cells.get(what)
        return value if isinstance(value, date) else typed_day(self.text(what))


def read(
    lines: Sequence[tuple[int, Sequence[Cell]]], head: str, origin: Origin
) -> tuple[tuple[Acting, ...], tuple[Problem, ...]]:
    """Read every absence; of one that cannot be used, and of two at once, one sentence on its cell: the head signs then."""
    acting: list[Acting] = []
    problems: list[Problem] = []
    for absence in _absences(lines):
        fault = next(_faults(absence, head, acting), None)
        start, end = absence.day(SINCE), absence.day(UNTIL)
        if fault is not None:
            what, told = fault
            cell = replace(origin, row=absence.rows.get(what, next(iter(absence.rows.values()))))
            problems.append(
                Problem(
                    Severity.QUESTION,
                    "acting-head",
                    cell,
                    told,
                    printed=absence.text(what),
                    subject=absence.titles.get(what, ""),
                )
            )
        named = absence.text(NAME) and fold(absence.text(NAME)) != fold(head)
        if start and named and not (end and end < start) and not _unread(absence) and not _no_person(absence):
            acting.append(Acting(absence.text(NAME), start, end))
    return tuple(acting), tuple(problems)


def _absences(lines: Sequence[tuple[int, Sequence[Cell]]]) -> list[Absence]:
    """Group the lines in threes: the first of each kind belong together, then the second, whatever stands between."""
    found: list[Absence] = []
    counts = dict.fromkeys((NAME, SINCE, UNTIL), 0)
    for row, cells in lines:
        title = str(cells[0] or "").strip() if cells else ""
        line = LINE.fullmatch(fold(title))
        if not line:
            continue
        at = counts[line[1]]
        counts[line[1]] += 1
        if at == len(found):
            found.append(Absence())
        found[at].cells[line[1]] = cells[1] if len(cells) > 1 else None
        found[at].rows[line[1]] = row
        found[at].titles[line[1]] = title.rstrip(" *:")
    return [each for each in found if any(each.text(what) for what in counts)]


def _unread(absence: Absence) -> str:
    return next((what for what in (SINCE, UNTIL) if absence.text(what) and absence.day(what) is None), "")


def _no_person(absence: Absence) -> str:
    """Return why the cell of a name cannot be one person; nothing when it can."""
    try:
        clean(absence.text(NAME))
    except Doubt as doubt:
        return doubt.reason
    return ""


def _faults(absence: Absence, head: str, above: Sequence[Acting]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an absence and in which of its lines, the first thing first."""
    name, start, end, unread = absence.text(NAME), absence.day(SINCE), absence.day(UNTIL), _unread(absence)
    if not name:
        yield (
            NAME,
            f"Указан период, а кто исполняет обязанности руководителя – нет: впишите ФИО полностью; {HEAD_SIGNS}.",
        )
    elif why := _no_person(absence):
        yield NAME, f"Исполняющий обязанности не прочитан: {why}; {HEAD_SIGNS}."
    if unread:
        yield unread, f"День не прочитан: впишите его так: 10.12.2026; {HEAD_SIGNS}."
    if start is None:
        yield (
            SINCE,
            f"Не указано, с какого дня исполняют обязанности руководителя: впишите день; {HEAD_SIGNS}.",
        )
    elif end and end < start:
        yield (
            UNTIL,
            f"Период исполнения обязанностей кончается раньше, чем начинается: исправьте дни; {HEAD_SIGNS}.",
        )
    elif any(_together(each, start, end) for each in above):
        yield (
            SINCE,
            "Два человека исполняют обязанности руководителя в одни и те же дни: исправьте периоды; в эти дни документы подписывает руководитель.",
        )
    if name and fold(name) == fold(head):
        yield (
            NAME,
            "Исполняющим обязанности назван сам руководитель: впишите того, кто его замещает, или очистите ячейку.",
        )


def _together(one: Acting, start: date, end: date | None) -> bool:
    return start <= (one.end or date.max) and one.start <= (end or date.max)
