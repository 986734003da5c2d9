"""What people answered: one `Response` for each row of a response tab, one `Reply` for each question of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.model import Origin

if TYPE_CHECKING:
    from datetime import datetime

ENTRY, MIDDLE, EXIT = "вход", "промежуточная", "выход"
WAVES = (ENTRY, MIDDLE, EXIT)
SCORE, CHOICE, OPEN, CODE, EMAIL, WHO, SKIP = (
    "балл",
    "варианты",
    "открытый",
    "код",
    "почта",
    "роль",
    "не учитывать",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A row of `Анкеты`: which question of which tab tells what.

    `holds` says what the column is (a score, choices, an open answer, the respondent's code, …), `indicator` and
    `criterion` what it counts for («M12», «комфорт»). `scale` is the highest mark, 1 for «да/нет», 0 when unknown.
    `position` is its place among the tab's questions (1-based, time mark and e-mail left out), 0 when unknown;
    `sent` is how many forms were handed out.
    """

    survey: str
    text: str
    holds: str = SCORE
    indicator: str = ""
    criterion: str = ""
    wave: str = ""
    scale: int = 0
    options: tuple[str, ...] = ()
    position: int = 0
    sent: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one question: a mark on its scale, chosen options, or open text; all empty when left blank."""

    question: Question
    value: float | None = None
    scale: int = 0
    choices: tuple[str, ...] = ()
    text: str = ""

    @property
    def given(self) -> bool:
        """Tell whether anything was answered that could be read."""
        return self.value is not None or bool(self.choices) or bool(self.text)


@dataclass(frozen=True, slots=True)
class Response:
    """One filled form. `key` is a hash of time, e-mail and the n-th among equals; `respondent` an anonymous code.

    `moment` is `None` when the row has no readable time mark; no name and no e-mail is ever kept. `until` is when the same
    person answered again: before it this answer was his latest.
    """

    key: str
    survey: str
    respondent: str
    moment: datetime | None
    replies: tuple[Reply, ...]
    role: str = ""
    origin: Origin = field(default_factory=Origin)
    until: datetime | None = None
