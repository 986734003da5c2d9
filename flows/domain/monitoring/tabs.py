"""The score card and the personnel events that people type: `Карта оценки` and `Кадровые события`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.model import Origin, Problem, Row, Severity
from flows.domain.people.staff_events import StaffEvent, renamed
from flows.domain.statuses import (
    ATTESTED,
    CARE_LEAVE,
    CONTEST,
    DISMISSED,
    NEW_POST,
    OPEN_LESSON,
    PUBLISHED,
    RENAMED,
    TRANSFERRED,
)
from flows.domain.terms.reading import Window, parse
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Person
    from flows.domain.periods import Period

STEMS = {
    "увол": DISMISSED, "выбы": DISMISSED, "отпуск": CARE_LEAVE, "декрет": CARE_LEAVE, "перев": TRANSFERRED,
    "смена фам": RENAMED, "смена долж": NEW_POST, "аттест": ATTESTED, "конкурс": CONTEST,
    "открыт": OPEN_LESSON, "публик": PUBLISHED,
}  # fmt: skip
HALF = re.compile(
    r"^(i{1,2}|1|2|первое|второе)(?:-?е)?\s*полугоди\w*\s*(20\d\d)\s*[-–—/]\s*(20\d\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """A filled score card: points 0-2 by the card's names, `None` where left blank; `window` when its period reads."""

    period: str
    points: Mapping[str, int | None]
    window: Window | None = None
    origin: Origin = field(default_factory=Origin)


def cards_from_rows(
    rows: Sequence[Row], names: Sequence[str]
) -> tuple[tuple[ScoreCard, ...], tuple[Problem, ...]]:
    """Read `Карта оценки`: a mark other than 0, 1, 2 is asked about and left out. Never raises."""
    cards: list[ScoreCard] = []
    problems: list[Problem] = []
    for row in rows:
        points: dict[str, int | None] = {}
        for name in names:
            cell = row.cells.get(name)
            points[name] = _points(cell)
            if points[name] is None and str(cell if cell is not None else "").strip():
                message = "В карте оценки стоит не 0, 1 или 2, поэтому балл не посчитан. Исправьте его или оставьте ячейку пустой."
                problems.append(
                    Problem(
                        Severity.QUESTION,
                        "card-points",
                        replace(row.origin, column=name),
                        message,
                        printed=str(cell),
                    )
                )
        if any(value is not None for value in points.values()):
            cards.append(ScoreCard(_label(row), points, _window(row), row.origin))
    return tuple(cards), tuple(problems)


def _points(cell: object) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    if isinstance(cell, str):
        cell = cell.strip().replace(",", ".")
        return int(cell) if cell in {"0", "1", "2"} else None
    return int(cell) if cell in {0, 1, 2} else None


def _label(row: Row) -> str:
    day = row.day("Период")
    return f"{day:%d.%m.%Y}" if day else row.text("Период")


def _window(row: Row) -> Window | None:
    day = row.day("Период")
    if day:
        return Window(day, day)
    text = row.text("Период")
    half = HALF.match(text)
    if half and int(half[3]) == int(half[2]) + 1:
        first = half[1].lower() in {"i", "1", "первое"}
        return (
            Window(date(int(half[2]), 9, 1), date(int(half[2]), 12, 31))
            if first
            else Window(date(int(half[3]), 1, 1), date(int(half[3]), 8, 31))
        )
    span = periods.parse(text)
    if span:
        return Window(span.start, span.end)
    windows = parse(text, None).windows
    return windows[0] if windows else None


def events_from_rows(
    rows: Sequence[Row], people: Mapping[str, Person]
) -> tuple[tuple[StaffEvent, ...], tuple[Problem, ...]]:
    """Read `Кадровые события`; «Кто» is a code or a name of the lists. Results of people are typed here too. Never raises."""
    codes = {fold(person.name): code for code, person in people.items() if person.name}
    codes |= {fold(code): code for code in people}
    codes |= _former(rows, codes)
    events: list[StaffEvent] = []
    problems: list[Problem] = []
    for row in rows:
        if not row.text("Что"):
            continue
        what = next((name for stem, name in STEMS.items() if fold(row.text("Что")).startswith(stem)), "")
        event = StaffEvent(
            row.day("Дата"),
            codes.get(fold(row.text("Кто")), ""),
            what,
            row.origin,
            row.text("Новое значение"),
        )
        problems += _event_problems(row, event)
        if event.what and event.day and event.person:
            events.append(event)
    return tuple(events), tuple(problems)


def _former(rows: Sequence[Row], codes: Mapping[str, str]) -> dict[str, str]:
    """Return the codes of former names: where the list has the new name already, an event still tells the old one."""
    told = {
        fold(row.text("Кто")): codes.get(fold(renamed(row.text("Кто"), row.text("Новое значение"))))
        for row in rows
        if fold(row.text("Что")) == RENAMED and row.text("Новое значение")
    }
    return {name: code for name, code in told.items() if code and name not in codes}


def _event_problems(row: Row, event: StaffEvent) -> list[Problem]:
    faults = (
        ("Что", event.what, "Непонятно, что произошло. Выберите событие из списка."),
        ("Дата", event.day, "У события нет даты, поэтому оно не учтено. Впишите дату."),
        (
            "Кто",
            event.person,
            "Такого человека нет в списках наставников и наставляемых. Впишите его код или добавьте в список.",
        ),
    )
    return [
        Problem(
            Severity.QUESTION,
            "staff-event",
            replace(row.origin, column=column),
            message,
            printed=row.text(column),
        )
        for column, value, message in faults
        if not value
    ]


def covers(window: Window | None, period: Period) -> bool:
    """Tell whether a card's period belongs to the period of a note; an unread period belongs to any."""
    if window is None:
        return True
    start, end = window.start or window.end, window.end or window.start
    return bool(start and end and period.start <= end and start <= period.end)
