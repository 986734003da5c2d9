"""A conclusion of a note: what it says, on which figures and rows it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.domain.monitoring.note.shape import NoteLine


class Chapter(StrEnum):
    """What a conclusion speaks of: the chapters of a note, in the order in which they are read."""

    PEOPLE = "Кто участвует"
    PAPERS = "Документы"
    MEETINGS = "Как идут встречи"
    CHANGES = "Что изменилось у наставляемых"
    OPINIONS = "Что говорят участники"
    DECISIONS = "Что было рекомендовано и что из этого вышло"
    TRENDS = "Что изменилось со временем"
    ROADMAP = "Дорожная карта"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement with its evidence; `good` is `None` when it only states; `advice` is what to do, if anything.

    `strength` is what the same figure says for somebody although not for all. `rule` is the id of the rule that concluded
    it (`config/monitoring.toml`), `weight` says what a short note takes first: the greater, the sooner. `brief` says the
    same without any figure; what needs no repeating has none.
    """

    line: NoteLine
    good: bool | None = None
    advice: NoteLine | None = None
    strength: NoteLine | None = None
    rule: str = ""
    chapter: Chapter = Chapter.MEETINGS
    weight: int = 0
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Advice(NoteLine):
    """A recommendation: the next note judges by `rule` and by what was `measured` of each row what became of it."""

    rule: str = ""
    measured: tuple[tuple[str, int], ...] = ()
