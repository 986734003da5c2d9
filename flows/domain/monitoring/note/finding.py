"""A conclusion of a note: what it says, on which figures and rows it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.note.shape import BLANK, NoteLine
from flows.domain.statuses import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.counted import Counted

FULL, MOST = 100, 6
TERM = f"Срок: до {BLANK}."


class Chapter(StrEnum):
    """What a conclusion speaks of: the chapters of a note, in the order in which they are read."""

    PEOPLE = "Кто участвует"
    PAPERS = "Документы"
    MEETINGS = "Как идут встречи"
    CHANGES = "Что изменилось у наставляемых"
    OPINIONS = "Что говорят участники"
    DECISIONS = "Что было решено и что из этого вышло"
    TRENDS = "Что изменилось со временем"
    ROADMAP = "Дорожная карта"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement with its evidence; `good` is `None` when it only states; `advice` is what to do, if anything.

    `strength` is what the same figure says for somebody although not for all. `rule` is the id of the rule that concluded
    it (`config/monitoring.toml`), `weight` says what a short note takes first: the greater, the sooner. `brief` says the
    same without any figure.
    """

    line: NoteLine
    good: bool | None = None
    advice: NoteLine | None = None
    strength: NoteLine | None = None
    rule: str = ""
    chapter: Chapter = Chapter.MEETINGS
    weight: int = 0
    brief: str = ""


def known(counted: Counted, code: str) -> Figure | None:
    """Return an indicator that could be known, or `None`."""
    figure = counted.figure(code)
    return figure if figure is not None and figure.known else None


def line_of(figure: Figure, text: str, rows: tuple[str, ...] | None = None) -> NoteLine:
    """Write a line on an indicator; it stands on the indicator's own rows unless others are given."""
    return NoteLine(text, (figure.code,), figure.rows if rows is None else rows)


def strength_of(figure: Figure, text: str, rows: tuple[str, ...], whole: int) -> NoteLine | None:
    """Write for which rows a figure is good, out of how many, or nothing where it is for none."""
    if not rows:
        return None
    return NoteLine(f"{text}: {listed(rows)} ({len(rows)} из {whole}).", (figure.code,), rows)


def advice_of(figure: Figure, text: str, rows: tuple[str, ...]) -> NoteLine:
    """Write what to do about an indicator: for whose rows, on what ground, the day left to the pen."""
    return NoteLine(f"{text} Основание: {figure.name.lower()} – {figure.text}. {TERM}", (figure.code,), rows)


def advice_to_pairs(
    counted: Counted, figure: Figure, codes: Sequence[str], said: Callable[[tuple[str, ...]], str]
) -> NoteLine | None:
    """Write what to do for those of these pairs that go on, in the words that `said` makes of them; nothing where all are over."""
    rows = going_on(counted, codes)
    return advice_of(figure, said(rows), rows) if rows else None


def going_on(counted: Counted, codes: Sequence[str]) -> tuple[str, ...]:
    """Return which of these pairs go on: one that is over is advised nothing any more."""
    over = {pair.code for pair in counted.pairs if pair.status in ENDED}
    return tuple(code for code in codes if code not in over)


def sentence(text: str) -> str:
    """Begin a sentence with a capital; codes and names inside stay as they are."""
    return text[:1].upper() + text[1:]


def some(evidences: list[str]) -> str:
    """Write the first of many evidences in a row; all of them stand in the paper's tables."""
    rest = len(evidences) - MOST
    return "; ".join(evidences[:MOST]) + (f" и ещё {rest} (все – в таблице)" if rest > 0 else "")
