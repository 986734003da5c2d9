"""Conclusions that staff wrote themselves: said of a figure whose value is below or above their number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.conclusion_settings import VALUE
from flows.domain.monitoring.note.finding import Chapter
from flows.domain.monitoring.note.rules.drawn import Advised, Conclusion, line_of, sentence

if TYPE_CHECKING:
    from flows.domain.monitoring.indicators.conclusion_settings import OwnConclusion
    from flows.domain.monitoring.note.rules.view import View

CHAPTERS = {
    Chapter.PEOPLE: ("M1", "M2", "M3", "M14"), Chapter.PAPERS: ("M4", "M5"), Chapter.MEETINGS: ("M6", "M7", "M8", "M13"),
    Chapter.OPINIONS: ("M9", "M10", "M11", "M16"),
}  # fmt: skip


def chapter_of(own: OwnConclusion) -> Chapter:
    """Return the chapter that speaks of a figure."""
    code = own.figure.partition(":")[0]
    return next((chapter for chapter, codes in CHAPTERS.items() if code in codes), Chapter.CHANGES)


def own_conclusion(view: View, own: OwnConclusion) -> Conclusion | None:
    """Say it where the figure is known and lies beyond the number; with advice it is a weak side."""
    figure = view.known(own.figure)
    if figure is None or figure.value is None:
        return None
    below = own.below is not None and figure.value < own.below
    above = own.above is not None and figure.value > own.above
    if not below and not above:
        return None
    who, _, what = own.advice.partition(":")
    advice = (
        Advised(who.strip(), what.strip().rstrip(".").replace(VALUE, figure.text)) if what.strip() else None
    )
    brief = own.brief or f"{figure.name} {'ниже' if below else 'выше'} порога, который задала организация."
    return Conclusion(
        line_of(figure, _ended(own.text.replace(VALUE, figure.text))),
        good=False if own.advice else None,
        advice=advice
        or (Advised("Куратору", own.advice.rstrip(".").replace(VALUE, figure.text)) if own.advice else None),
        brief=_ended(re.sub(r"\s*\(?\{значение\}\)?", "", brief)),
    )


def _ended(text: str) -> str:
    return sentence(text if text.endswith((".", "!", "?")) else f"{text}.")
