"""Texts that go to a district without people's names: whatever names somebody who takes part stays in the organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Person

WORD = re.compile(r"[А-ЯЁA-Z][А-ЯЁA-Zа-яёa-z]{2,}")
ENDING = "аяоёеиыуюйь"
SHORTEST = 3
KEPT_BACK = "текст называет людей и не передан"


@dataclass(frozen=True, slots=True)
class Nameless:
    """The stems of everybody's names, by which a text is known to name somebody, in whatever case."""

    stems: frozenset[str]

    def names(self, text: str) -> bool:
        """Tell whether a text holds a word that may be a part of somebody's name: better one text too few than a name out."""
        return any(self._is_name(fold(word)) for word in WORD.findall(text))

    def _is_name(self, word: str) -> bool:
        return any(word[:length] in self.stems for length in range(SHORTEST, len(word) + 1))

    def __call__(self, text: str, instead: str = KEPT_BACK) -> str:
        """Return a text that names nobody as it is, `instead` for one that does."""
        return instead if self.names(text) else text


def nameless(people: Iterable[Person]) -> Nameless:
    """Read the stems out of the names of those who take part and of pupils' representatives."""
    words = (
        fold(word).rstrip(ENDING)
        for person in people
        for name in (person.name, person.representative)
        for word in WORD.findall(name)
    )
    return Nameless(frozenset(word for word in words if len(word) >= SHORTEST))
