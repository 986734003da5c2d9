"""What changed over the kept notes: one figure in one direction through several of them, and what moved since the last one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import PERCENT, POINTS, Scope, days, decimal, signed
from flows.domain.monitoring.note.comparison import differences, fraction, iso_day, last_before
from flows.domain.monitoring.note.rules.drawn import Conclusion
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.periods import Period
from flows.domain.statuses import BROKEN, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.rules.view import View

# What only grows while a year goes on says nothing by growing.
GROWS_BY_ITSELF = frozenset({"M13", "M15", "M17"})
NO_TREND = GROWS_BY_ITSELF | {"M12"}
A_POINT = 1


def chain(counted: Counted) -> tuple[Mapping[str, Any], ...]:
    """Return the earlier notes that follow each other up to this one, the latest first."""
    subject, notes = counted.evidence.facts.subject, []
    scope = counted.scope
    while note := last_before(counted.ask, subject, scope, counted.evidence.previous):
        start, end = iso_day(note["period"].get("start")), iso_day(note["period"].get("end"))
        cut = iso_day(note.get("cut_off")) or end
        if start is None or end is None or cut is None:
            break
        notes.append(note)
        scope = Scope(Period(start, end), cut)
    return tuple(notes)


def told_on(note: Mapping[str, Any]) -> date | None:
    """Return the day up to which a kept note counted."""
    return iso_day(note.get("cut_off")) or iso_day((note.get("period") or {}).get("end"))


def trend(view: View) -> Iterator[Conclusion]:
    """Name each figure that goes one way through several notes, this one included, by more than chance and rounding do."""
    notes = chain(view.counted)
    for figure in view.counted.figures:
        run = _run(figure, notes, view)
        if not run:
            continue
        up = run[0][1] < run[-1][1]
        named = ", ".join(f"{_value(value, figure)} ({days(day)})" for day, value in run[:-1])
        change = signed(run[-1][1] - run[0][1])
        unit = "п. п." if figure.unit == PERCENT else "балла"
        way = "растёт" if up else "снижается"
        yield Conclusion(
            NoteLine(
                f"{figure.name} {way} от справки к справке: раньше {named} (всего {change} {unit}).",
                (figure.code,),
                figure.rows,
            ),
            good=up,
            brief=f"{figure.name} {way} от справки к справке.",
        )


def _value(value: Fraction, figure: Figure) -> str:
    return f"{decimal(value)} %" if figure.unit == PERCENT else decimal(value)


def _run(figure: Figure, notes: tuple[Mapping[str, Any], ...], view: View) -> list[tuple[date, Fraction]]:
    """Return the longest way of a figure in one direction that ends today, nothing where it is too short or too small."""
    if figure.value is None or figure.unit not in {PERCENT, POINTS} or figure.code.split(":")[0] in NO_TREND:
        return []
    run = [(view.day, figure.value)]
    for note in notes:
        kept = (note.get("figures") or {}).get(figure.code) or {}
        value, day = fraction(kept.get("value")), told_on(note)
        if value is None or day is None or kept.get("unit") != figure.unit:
            break
        step = run[-1][1] - value
        if step == 0 or (len(run) > 1 and (step > 0) != (run[-2][1] > run[-1][1])):
            break
        run.append((day, value))
    run.reverse()
    far = abs(run[-1][1] - run[0][1])
    whole = Fraction(figure.denominator or 0)
    least = (
        max(view.limits["points"], view.limits["rows"] * 100 / whole if whole else 0)
        if figure.unit == PERCENT
        else A_POINT
    )
    steady = all(abs(two[1] - one[1]) * len(run) * 2 >= far for one, two in pairwise(run))
    return run if len(run) >= view.limits["notes"] and far >= least and steady else []


def changed(view: View) -> Iterator[Conclusion]:
    """State what moved since the last note: which figures grew, which fell, which pairs began and were broken off."""
    counted = view.counted
    if not counted.previous:
        return
    moved = [
        (each, figure)
        for each in differences(counted.figures, counted.previous)
        if each.points and (figure := counted.figure(each.code)) and _is_news(each.points, figure, view)
    ]
    day = days(told_on(counted.previous))
    for grew in (True, False):
        mine = [(each, figure) for each, figure in moved if ((each.points or 0) > 0) is grew]
        if mine:
            way = "выросло" if grew else "снизилось"
            named = "; ".join(f"{each.name.lower()} ({each.change})" for each, _ in mine)
            names = ", ".join(each.name.lower() for each, _ in mine)
            yield Conclusion(
                NoteLine(
                    f"С прошлой справки ({day}) {way}: {named}.", tuple(figure.code for _, figure in mine)
                ),
                good=grew,
                brief=f"С прошлой справки {way}: {names}.",
            )
    yield from _composition(view, day)


def _is_news(points: Fraction, figure: Figure, view: View) -> bool:
    if figure.code in GROWS_BY_ITSELF:
        return False
    if figure.unit != PERCENT:
        return abs(points) >= A_POINT
    worth = abs(points) * Fraction(figure.denominator or 0) / 100
    return (
        abs(points) >= view.limits["points"]
        and worth >= view.limits["rows"]
        and figure.code not in view.trending
    )


def _composition(view: View, day: str) -> Iterator[Conclusion]:
    """State which pairs began since the last note, and which were broken off."""
    since = told_on(view.counted.previous or {})
    pairs = view.counted.pairs
    began = tuple(
        pair.code for pair in pairs if since and since < pair.start <= view.day and pair.status != PROPOSED
    )
    broken = tuple(
        pair.code for pair in pairs if since and pair.status == BROKEN and since < pair.end <= view.day
    )
    parts = [
        f"{what}: {listed(codes)}"
        for what, codes in (("начали работу пары", began), ("прекращены пары", broken))
        if codes
    ]
    if parts:
        yield Conclusion(NoteLine(f"С прошлой справки ({day}) {'; '.join(parts)}.", (), (*began, *broken)))
