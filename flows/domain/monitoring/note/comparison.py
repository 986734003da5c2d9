"""A paper kept as data beside itself, and its comparison with the previous one of the same kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flows.domain.keys import Key
from flows.domain.monitoring.indicators.figure import PERCENT, POINTS, Figure, signed

if TYPE_CHECKING:
    from flows.domain.monitoring.note.focus import Ask
    from flows.domain.monitoring.note.shape import Note
    from flows.domain.periods import Period

VERSION = 1
NO_DATA = "нет данных"
# How the subject of a note that somebody asked for by its days begins.
SPAN = "срок@"


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator then and now; `points` is the change in percentage points or points, `None` when there is none."""

    code: str
    name: str
    before: str
    after: str
    points: Fraction | None
    unit: str = PERCENT

    @property
    def change(self) -> str:
        """Write the change with its sign and unit, «—» when there is none to write."""
        if self.points is None:
            return "—"
        return f"{signed(self.points)} {'п. п.' if self.unit == PERCENT else 'балла'}"


def snapshot(note: Note) -> dict[str, Any]:
    """Return a note's figures as plain JSON values: days in ISO, exact values as «numerator/denominator»."""
    return {
        "version": VERSION,
        "focus": str(note.ask.focus),
        "stage": note.ask.stage,
        "title": note.title,
        "period": {"start": note.period.start.isoformat(), "end": note.period.end.isoformat()},
        "cut_off": note.cut_off.isoformat() if note.cut_off else None,
        "figures": {figure.code: _kept(figure) for figure in note.figures},
    }


def _kept(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "text": figure.text,
        "unit": figure.unit,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "value": str(figure.value) if figure.value is not None else None,
        "missing": figure.missing,
        "rows": list(figure.rows),
        "others": list(figure.others),
    }


def _number(value: float | Fraction | None) -> float | str | None:
    return str(value) if isinstance(value, Fraction) else value


def same_kind(ask: Ask, period: Period, previous: Mapping[str, Any]) -> bool:
    """Tell whether a paper may be compared with a kept one: the same focus, the same stage, and the other one earlier.

    A note on days that somebody chose at will is nobody's previous one.
    """
    kept = previous.get("period") or {}
    if Key.parse(str(previous.get("key", ""))).subject.startswith(SPAN):
        return False
    same = previous.get("focus") == str(ask.focus) and previous.get("stage", "") == ask.stage
    return same and str(kept.get("end", "")) < period.end.isoformat()


def differences(figures: Sequence[Figure], previous: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare figures with kept ones, in the order of today's; nothing kept, nothing compared."""
    kept = previous.get("figures")
    if not isinstance(kept, Mapping):
        return ()
    return tuple(_difference(figure, kept.get(figure.code)) for figure in figures)


def _difference(figure: Figure, earlier: object) -> Difference:
    then = earlier if isinstance(earlier, Mapping) else {}
    before = NO_DATA if not then or then.get("missing") else str(then.get("text", NO_DATA))
    after = figure.text if figure.known else NO_DATA
    value = fraction(then.get("value"))
    comparable = (
        figure.unit == then.get("unit") and figure.unit in {PERCENT, POINTS} and ":" not in figure.code
    )
    points = figure.value - value if comparable and figure.value is not None and value is not None else None
    return Difference(figure.code, figure.name, before, after, points, figure.unit)


def fraction(value: object) -> Fraction | None:
    """Read a number that a kept note holds as text, `None` for what is none."""
    try:
        return Fraction(str(value)) if value is not None else None
    except (ValueError, ZeroDivisionError):
        return None
