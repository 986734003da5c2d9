"""The score card that people type: `Карта оценки`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.model import Origin, Problem, Row, Severity
from flows.domain.terms.reading import Window, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.periods import Period

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


def covers(window: Window | None, period: Period) -> bool:
    """Tell whether a card's period belongs to the period of a note; an unread period belongs to any."""
    if window is None:
        return True
    start, end = window.start or window.end, window.end or window.start
    return bool(start and end and period.start <= end and start <= period.end)
