"""Conclusions about how pairs work: programmes, papers, meetings, feedback; the weak ones with what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.meetings import norm_label
from flows.domain.monitoring.note.finding import (
    FULL,
    Finding,
    advice_of,
    advice_to_pairs,
    known,
    line_of,
    some,
    strength_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.monitoring.indicators.papers_in_order import Papers
    from flows.domain.monitoring.note.counted import Counted

FEW = 3


def coverage(counted: Counted) -> Iterator[Finding]:
    """State who is covered; no level is set for it."""
    for figure in counted.starting("M1", "M2", "M3"):
        if figure.known:
            yield Finding(line_of(figure, f"{figure.name}: {figure.text}."))


def programs(counted: Counted) -> Iterator[Finding]:
    """Judge whether all pairs have an approved programme."""
    figure = known(counted, "M4")
    if figure is None:
        return
    if figure.value == FULL:
        yield Finding(
            line_of(figure, f"Персонализированные программы утверждены у всех пар: {figure.text}."), good=True
        )
        return
    advice = advice_to_pairs(
        counted,
        figure,
        figure.others,
        lambda rows: f"Куратору: подготовить и передать на утверждение программы пар: {listed(rows)}.",
    )
    yield Finding(
        line_of(
            figure,
            f"Программы утверждены не у всех пар: {figure.text}. Нет у пар: {listed(figure.others)}.",
            figure.others,
        ),
        good=False,
        advice=advice,
        strength=strength_of(figure, "Программы утверждены у пар", figure.rows, len(counted.papers)),
    )


def readiness(counted: Counted) -> Iterator[Finding]:
    """Judge whether each pair has all the papers of the law."""
    figure = known(counted, "M5")
    if figure is None:
        return
    if figure.value == FULL:
        yield Finding(
            line_of(figure, f"Согласия, соглашения и приказы есть у всех пар: {figure.text}."), good=True
        )
        return
    lacking = _lacking([each for each in counted.papers if each.lacks])
    advice = advice_to_pairs(
        counted,
        figure,
        figure.others,
        lambda rows: (
            f"Куратору: собрать недостающие документы: {_lacking([each for each in counted.papers if each.lacks and each.pair in rows])}."
        ),
    )
    yield Finding(
        line_of(
            figure, f"Документы собраны не у всех пар: {figure.text}. Не хватает: {lacking}.", figure.others
        ),
        good=False,
        advice=advice,
        strength=strength_of(figure, "Все документы есть у пар", figure.rows, len(counted.papers)),
    )


def _lacking(papers: list[Papers]) -> str:
    """Write what a few pairs lack pair by pair, what many lack paper by paper; the table of the note names each pair."""
    if len(papers) <= FEW:
        return "; ".join(f"{each.pair} – {', '.join(each.lacks)}" for each in papers)
    number = Counter(name for each in papers for name in each.lacks)
    return (
        "; ".join(f"{name} – пар: {count}" for name, count in number.most_common())
        + " (по парам – в таблице)"
    )


def plan(counted: Counted) -> Iterator[Finding]:
    """Judge whether the planned meetings took place."""
    figure = known(counted, "M6")
    if figure is None:
        return
    tail = f" Примечание: {'; '.join(figure.remarks)}." if figure.remarks else ""
    if (figure.value or 0) >= FULL:
        yield Finding(line_of(figure, f"План встреч выполнен: {figure.text}.{tail}"), good=True)
        return
    behind = tuple(each.pair for each in counted.meetings if each.held < each.planned)
    full = tuple(each.pair for each in counted.meetings if 0 < each.planned <= each.held)
    advice = advice_to_pairs(
        counted,
        figure,
        behind,
        lambda rows: (
            f"Наставникам (пары: {listed(rows)}): провести пропущенные встречи или перенести их с указанием причины."
        ),
    )
    yield Finding(
        line_of(figure, f"План встреч выполнен не полностью: {figure.text}.{tail}", behind),
        good=False,
        advice=advice,
        strength=strength_of(figure, "План встреч выполнен полностью у пар", full, len(counted.meetings)),
    )


def rhythm(counted: Counted) -> Iterator[Finding]:
    """Name the gaps that are longer than the norm."""
    figure = known(counted, "M7")
    if figure is None:
        return
    norm = norm_label(counted.evidence)
    if figure.value == FULL:
        yield Finding(
            line_of(figure, f"Промежутки между встречами в пределах нормы ({norm}): {figure.text}."),
            good=True,
        )
        return
    longest = sorted(
        (each for each in counted.meetings if each.breaks_norm), key=lambda each: (-each.longest, each.pair)
    )
    gaps = some(
        [
            f"{each.pair} – {each.longest} дн. (с {days(each.gap_start)} по {days(each.gap_end)})"
            for each in longest
        ]
    )
    advice = advice_to_pairs(
        counted,
        figure,
        figure.others,
        lambda rows: f"Наставникам (пары: {listed(rows)}): встречаться не реже, чем раз в {norm}",
    )
    yield Finding(
        line_of(
            figure,
            f"Промежутки между встречами длиннее нормы ({norm}), в норме пар: {figure.text}. Дольше нормы: {gaps}.",
            figure.others,
        ),
        good=False,
        advice=advice,
        strength=strength_of(
            figure, "Встречаются в пределах нормы пары", figure.rows, len(figure.rows) + len(figure.others)
        ),
    )


def feedback(counted: Counted) -> Iterator[Finding]:
    """Judge whether feedback is left after every meeting."""
    figure = known(counted, "M8")
    if figure is None:
        return
    if figure.value == FULL:
        yield Finding(
            line_of(figure, f"Обратная связь заполнена после всех встреч: {figure.text}."), good=True
        )
        return
    met = [each for each in counted.meetings if each.held]
    whole = tuple(each.pair for each in met if each.feedback == each.held)
    advice = advice_of(
        figure, f"Наставникам: заполнить обратную связь по встречам: {listed(figure.others)}.", figure.others
    )
    yield Finding(
        line_of(figure, f"Обратная связь заполнена не после всех встреч: {figure.text}."),
        good=False,
        advice=advice,
        strength=strength_of(figure, "Обратная связь есть после каждой встречи у пар", whole, len(met)),
    )


WORK_RULES: tuple[Callable[[Counted], Iterator[Finding]], ...] = (
    coverage,
    programs,
    readiness,
    plan,
    rhythm,
    feedback,
)
