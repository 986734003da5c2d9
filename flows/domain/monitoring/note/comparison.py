"""A paper kept as data beside itself, and its comparison with the previous one of the same kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flows.domain.keys import Key
from flows.domain.monitoring.indicators.figure import PERCENT, POINTS, Figure, signed
from flows.domain.monitoring.note.finding import Advice
from flows.domain.monitoring.note.focus import Focus
from flows.domain.terms.typed_days import typed_day

if TYPE_CHECKING:
    from flows.domain.monitoring.indicators.figure import Scope
    from flows.domain.monitoring.note.focus import Ask
    from flows.domain.monitoring.note.shape import Note

VERSION = 1
NO_DATA, NOT_COUNTED = "нет данных", "не считалось"
# Papers that measure the whole programme, whatever else each of them is about; recommendations rest on one of them.
MEASURED = frozenset(
    {Focus.PROGRAMME, Focus.ENTRY, Focus.MIDDLE, Focus.FINAL, Focus.QUALITY, Focus.COLLECTION}
)
MONTH = len("2026-12")
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
        "figures": kept_figures(note.figures),
        "decided": [_decision(each) for each in note.recommendations if isinstance(each, Advice)],
    }


def _decision(advice: Advice) -> dict[str, Any]:
    """Keep what was advised with its rows and each row's figure, so that the next note can say what became of it."""
    return {
        "rule": advice.rule,
        "text": advice.text,
        "figures": list(advice.figures),
        "rows": list(advice.rows),
        "measured": dict(advice.measured),
    }


def kept_figures(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return figures by their codes as plain JSON values."""
    return {figure.code: _kept(figure) for figure in figures}


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


def last_before(
    ask: Ask, subject: str, scope: Scope, kept: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the latest kept paper that one about `subject` is compared with, whatever it was about, or `None`.

    Papers on the whole programme follow each other from December to March and May; a stage, a survey or a mentor is
    compared with its own kind alone. What covers days up to the same month, or was counted by the same day, is no
    earlier paper. A note on days that somebody chose at will is nobody's previous one, a council's own only a council's.
    """
    earlier = [each for each in kept if _comparable(ask, subject, each) and _earlier(each, scope)]
    return max(earlier, key=lambda each: (_end(each), _cut(each), str(each.get("key", ""))), default=None)


def _comparable(ask: Ask, subject: str, kept: Mapping[str, Any]) -> bool:
    about = Key.parse(str(kept.get("key", ""))).subject
    if about.startswith(SPAN) or (typed_day(about) is not None and typed_day(subject) is None):
        return False
    same = kept.get("focus") == str(ask.focus) and kept.get("stage", "") == ask.stage
    return same or (ask.focus in {*MEASURED, Focus.RECOMMENDATIONS} and kept.get("focus") in MEASURED)


def _earlier(kept: Mapping[str, Any], scope: Scope) -> bool:
    return (
        _end(kept)[:MONTH] < scope.period.end.isoformat()[:MONTH] and _cut(kept) < scope.cut_off.isoformat()
    )


def _end(kept: Mapping[str, Any]) -> str:
    return str((kept.get("period") or {}).get("end") or "")


def _cut(kept: Mapping[str, Any]) -> str:
    return str(kept.get("cut_off") or _end(kept))


def differences(figures: Sequence[Figure], previous: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare figures with kept ones, in the order of today's; what was known neither then nor now is left out."""
    kept = previous.get("figures")
    if not isinstance(kept, Mapping):
        return ()
    told = (_difference(figure, kept.get(figure.code)) for figure in figures)
    return tuple(each for each in told if {each.before, each.after} - {NO_DATA, NOT_COUNTED})


def _difference(figure: Figure, earlier: object) -> Difference:
    then = earlier if isinstance(earlier, Mapping) else {}
    before = NOT_COUNTED if not then else NO_DATA if then.get("missing") else str(then.get("text", NO_DATA))
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


def iso_day(value: object) -> date | None:
    """Read a day that a kept note holds as text, `None` for what is none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
