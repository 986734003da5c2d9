"""Marks that meetings get: those that fall from the first to the last, and two sides that judge far apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import decimal, exact
from flows.domain.monitoring.indicators.meetings import disagreements
from flows.domain.monitoring.note.rules.chance import median
from flows.domain.monitoring.note.rules.drawn import CURATOR, Advised, Conclusion, some
from flows.domain.monitoring.note.shape import NoteLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.monitoring.note.rules.view import View

SIDES = (("наставляемый", "mentee_score"), ("наставник", "mentor_score"))
SHOWN = 3
LEAST_NOISE = 0.5
SURE = 3.5  # so many errors of a mean that no year without a fall shows one


def falling_marks(view: View) -> Iterator[Conclusion]:
    """Name each pair whose marks of meetings fall: the first and the last of them are shown, means of few are not."""
    series = [
        (
            look.pair.code,
            side,
            [float(mark) for each in look.held if (mark := getattr(each, name)) is not None],
        )
        for look in (view.looks.values() if view.of_meetings else ())
        for side, name in SIDES
    ]
    series = [each for each in series if len(each[2]) >= max(view.limits["marks"], 2 * SHOWN)]
    usual = median([_noise(marks) for _, _, marks in series]) if series else 0.0
    found = [each for each in series if _falls(each[2], usual, view)]
    if found:
        codes = tuple(dict.fromkeys(code for code, _, _ in found))
        told = [
            f"{code}, "
            + " и ".join(
                f"{side} (первые: {_marks(marks[:SHOWN])}; последние: {_marks(marks[-SHOWN:])})"
                for one, side, marks in found
                if one == code
            )
            for code in codes
        ]
        going = view.going_on(codes)
        what = "побеседовать с наставником и наставляемым о том, что перестало устраивать во встречах"
        yield Conclusion(
            NoteLine(f"Оценки встреч снижаются: {some(told)}.", (), codes),
            good=False,
            advice=Advised(CURATOR, what, going) if going else None,
            brief=f"Оценки встреч снижаются: {listed(codes)}.",
        )


def _falls(marks: Sequence[float], usual: float, view: View) -> bool:
    half = len(marks) // 2
    fall = sum(marks[:half]) / half - sum(marks[-half:]) / half
    noise = max(LEAST_NOISE, usual, _noise(marks))
    return fall >= view.limits["points"] and fall >= SURE * noise * (2 / half) ** 0.5


def _noise(marks: Sequence[float]) -> float:
    """Return how far marks lie from the mean of their own half of the year."""
    half = len(marks) // 2
    return float(((_variance(marks[:half]) + _variance(marks[-half:])) / 2) ** 0.5)


def _variance(values: Sequence[float]) -> float:
    center = sum(values) / len(values)
    return sum((value - center) ** 2 for value in values) / max(len(values) - 1, 1)


def _marks(marks: Sequence[float]) -> str:
    return ", ".join(decimal(mark, 0 if exact(mark).denominator == 1 else 1) for mark in marks)


def judge_apart(view: View) -> Iterator[Conclusion]:
    """Name pairs whose two sides judge their meetings far apart."""
    if view.counted.figure("M8") is None:
        return
    found = [
        (code, number)
        for code, number in disagreements(view.counted.evidence, view.counted.scope)
        if number >= view.limits["meetings"]
    ]
    if not found:
        return
    rows, least = tuple(pair for pair, _ in found), view.counted.evidence.method.rules.talk_gap
    named = some([f"{pair} (встреч с обеими оценками: {number})" for pair, number in found])
    going = view.going_on(rows)
    yield Conclusion(
        NoteLine(
            f"Оценки наставника и наставляемого расходятся в среднем больше чем на {least} балла: {named}.",
            (),
            rows,
        ),
        good=False,
        advice=Advised(CURATOR, "поговорить о ходе работы с каждой стороной пары", going) if going else None,
        brief=f"Наставник и наставляемый по-разному оценивают встречи: {listed(rows)}.",
    )
