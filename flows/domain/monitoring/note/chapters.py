"""The body of a note: each conclusion in the chapter it speaks of, with where the details stand and the charts beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import OPEN
from flows.domain.monitoring.note.finding import Chapter
from flows.domain.monitoring.note.outline import cut
from flows.domain.monitoring.note.rules.drawn import sentence
from flows.domain.monitoring.note.shape import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.domain.monitoring.note.finding import Finding
    from flows.domain.monitoring.note.outline import Outline

    Part = Callable[[Outline], Section | None]

MODEL = (Chapter.PEOPLE, Chapter.PAPERS, Chapter.ROADMAP)
CURATOR = "заполняет куратор"
# What a reader finds in the appendices on a chapter: where it stands, and what it is called there.
DETAILS = {
    Chapter.PEOPLE: ("пары", "Состав пар и групп"),
    Chapter.PAPERS: ("документы", "Что есть и чего не хватает парам"),
    Chapter.MEETINGS: ("встречи", "Встречи по парам"),
    Chapter.CHANGES: ("изменения", "Затруднения и динамика по критериям"),
    Chapter.OPINIONS: ("ответы", "Ответы на вопросы анкет"),
    Chapter.TRENDS: ("сравнение", "Показатели рядом с прошлыми"),
}


def chapter(which: Chapter, *, heading: str = "", of: Iterable[Chapter] = ()) -> Part:
    """Return what writes a chapter, or several under one heading; nothing where there is nothing to conclude."""

    def written(told: Outline) -> Section | None:
        found = [each for one in (tuple(of) or (which,)) for each in told.of(one)]
        return _section(told, heading or str(which), tuple(of) or (which,), found)

    return written


def _section(told: Outline, heading: str, which: tuple[Chapter, ...], found: list[Finding]) -> Section | None:
    if not found:
        return None
    charts = tuple(chart for each in which for chart in told.charts.get(each, ()))
    return Section(
        heading,
        _pointers(told, which, [chart.number for chart in charts]),
        lines=tuple(replace(each.line, text=cut(each.line.text, told)) for each in found),
        blank=f"Обобщение открытых ответов ({CURATOR})"
        if Chapter.OPINIONS in which and _opened(told)
        else "",
        charts=charts,
    )


def _opened(told: Outline) -> bool:
    """Tell whether anybody answered in words: nothing of that is printed, there may be names in it."""
    replies = (reply for each in told.counted.responses for reply in each.replies)
    return any(reply.given and reply.question.holds == OPEN for reply in replies)


def _pointers(told: Outline, which: tuple[Chapter, ...], pictures: list[int]) -> tuple[str, ...]:
    """Tell a reader in one sentence where the details stand and which pictures show them."""
    held = [
        (what, place)
        for each in which
        for name, what in (DETAILS.get(each, ("", "")),)
        if (place := told.where(name))
    ]
    said = [f"{what} – {place}" for what, place in dict(held).items()]
    if pictures:
        numbers = " и ".join(filter(None, (", ".join(map(str, pictures[:-1])), str(pictures[-1]))))
        said.append(f"рисун{'ки' if len(pictures) > 1 else 'ок'} {numbers}")
    return (f"{sentence('; '.join(said))}.",) if said else ()


def results(told: Outline) -> Section:
    """Write the first part of a note for the inner quality system: what people achieved; the rest is the curator's."""
    return Section(
        "Результаты деятельности участников",
        lines=tuple(each.line for each in told.results()),
        blank=f"Образовательная, методическая, проектная и инновационная деятельность ({CURATOR})",
    )


def main(told: Outline) -> Section | None:
    """Write what matters most, for a note of two pages."""
    lines = tuple(replace(each.line, text=cut(each.line.text, told), source=0) for each in told.weighed())
    return Section("Главное", lines=lines) if lines else None


ALL: tuple[Part, ...] = tuple(chapter(each) for each in Chapter)
OF_QUALITY: tuple[Part, ...] = (
    chapter(Chapter.PEOPLE, heading="Внедрение целевой модели наставничества", of=MODEL),
    *(chapter(each) for each in Chapter if each not in MODEL),
)
