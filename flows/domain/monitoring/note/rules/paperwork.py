"""Whether pairs have their programmes and the papers of the law, and what is behind in the roadmap."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.rules.drawn import (
    CURATOR,
    FULL,
    Advised,
    Conclusion,
    among,
    line_of,
    strength_of,
    whole_of,
)
from flows.domain.monitoring.note.rules.view import Season
from flows.domain.monitoring.note.shape import NoteLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.domain.model import Activity
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.papers_in_order import Papers
    from flows.domain.monitoring.note.rules.view import View

FEW = 3


def programmes(view: View) -> Iterator[Conclusion]:
    """Judge whether all pairs have an approved programme."""
    figure = view.known("M4")
    if figure is None:
        return
    if figure.value == FULL:
        yield whole_of(figure, "Персонализированные программы утверждены у всех пар")
        return
    going = view.going_on(figure.others)
    yield Conclusion(
        line_of(
            figure,
            f"Программы утверждены не у всех пар: {figure.text}. Нет у пар: {listed(figure.others)}.",
            figure.others,
        ),
        good=False,
        advice=Advised(CURATOR, "подготовить и передать на утверждение программы пар", going)
        if going
        else None,
        strength=strength_of(figure, "Программы утверждены", figure.rows, len(view.counted.papers)),
        brief=_without("Утверждённой персонализированной программы", figure),
    )


def papers(view: View) -> Iterator[Conclusion]:
    """Judge whether each pair has all the papers of the law."""
    figure = view.known("M5")
    if figure is None:
        return
    if figure.value == FULL:
        yield whole_of(figure, "Согласия, соглашения и приказы есть у всех пар")
        return
    behind = [each for each in view.counted.papers if each.lacks]
    going = view.going_on(figure.others)
    what = f"собрать недостающие документы: {_lacking([each for each in behind if each.pair in going])}"
    yield Conclusion(
        line_of(
            figure,
            f"Документы собраны не у всех пар: {figure.text}. Не хватает: {_lacking(behind)}.",
            figure.others,
        ),
        good=False,
        advice=Advised(CURATOR, what, going, named=True) if going else None,
        strength=strength_of(figure, "Все документы есть", figure.rows, len(view.counted.papers)),
        brief=_without("Полного набора документов (согласия, соглашения, приказ)", figure),
    )


def _without(what: str, figure: Figure) -> str:
    """Say in words who lacks something: a few by their codes, many by how large a part of the pairs they are."""
    lacking = figure.others
    if not figure.rows:
        return f"{what} нет ни у одной пары."
    if len(lacking) <= FEW:
        return f"{what} нет у {'пары' if len(lacking) == 1 else 'пар'}: {listed(lacking)}."
    return f"{what} нет {among(len(lacking), len(lacking) + len(figure.rows))}."


def _lacking(papers: list[Papers]) -> str:
    """Write what a few pairs lack pair by pair, what many lack paper by paper; the table of the note names each pair."""
    if len(papers) <= FEW:
        return "; ".join(f"{each.pair} – {', '.join(each.lacks)}" for each in papers)
    number = Counter(name for each in papers for name in each.lacks)
    return (
        "; ".join(f"{name} – пар: {count}" for name, count in number.most_common())
        + " (по парам – в таблице)"
    )


def overdue(view: View) -> Iterator[Conclusion]:
    """Name the roadmap's rows whose window has closed undone, and those of which nobody says whether they are done."""
    counted = view.counted
    if not (view.of_meetings or counted.ask.focus is Focus.STAGE):
        return
    whom = "Ответственным за пункты дорожной карты"
    if counted.overdue:
        rows, named = _rows(counted.overdue)
        how = (
            "выполнить или перенести в план следующего учебного года"
            if view.season is Season.OVER
            else "выполнить или предложить новый срок"
        )
        yield Conclusion(
            NoteLine(f"Не выполнены в срок пункты дорожной карты: {named} (всего {len(rows)}).", (), rows),
            good=False,
            advice=Advised(whom, f"{how}: {named}", rows, named=True),
            brief="Часть пунктов дорожной карты не выполнена в срок.",
        )
    if counted.unmarked:
        rows, named = _rows(counted.unmarked)
        yield Conclusion(
            NoteLine(f"Срок прошёл, а выполнены ли пункты дорожной карты, не отмечено: {named}.", (), rows),
            advice=Advised(whom, f"отметить, что выполнено: {named}", rows, named=True),
        )


def _rows(activities: Iterable[Activity]) -> tuple[tuple[str, ...], str]:
    told = tuple(activities)
    return tuple(each.code for each in told), listed(each.number.rstrip(".") or each.code for each in told)
