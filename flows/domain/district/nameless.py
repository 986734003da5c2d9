"""Texts that go to a district without people's names: whatever names somebody who takes part stays in the organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Person

WORD = re.compile(r"[A-Za-zА-ЯЁа-яё]{3,}")
ENDING = "аяоёеиыуюйь"
SHORTEST, TELLING, CASE_ENDING = 3, 5, 3
KEPT_BACK = "текст называет людей и не передан"


@dataclass(frozen=True, slots=True)
class Nameless:
    """The stems of everybody's names, by which a text is known to name somebody in whatever case; surnames also apart."""

    stems: frozenset[str]
    surnames: frozenset[str]

    def names(self, text: str) -> bool:
        """Tell whether a text holds a word that may be a part of somebody's name: better one text too few than a name out."""
        return any(self._is_name(word) for word in WORD.findall(text))

    def _is_name(self, word: str) -> bool:
        """Know a name by its stem and an ending; a small letter begins a surname that nobody takes for a word, or none."""
        known = self.surnames if word[0].islower() else self.stems
        folded = fold(word)
        lengths = range(max(SHORTEST, len(folded) - CASE_ENDING), len(folded) + 1)
        return any(folded[:length] in known for length in lengths)

    def __call__(self, text: str, instead: str = KEPT_BACK) -> str:
        """Return a text that names nobody as it is, `instead` for one that does."""
        return instead if self.names(text) else text


def nameless(people: Iterable[Person]) -> Nameless:
    """Read the stems out of the names of those who take part and of pupils' representatives."""
    names = [
        [_stem(word) for word in WORD.findall(name)]
        for person in people
        for name in (person.name, person.representative)
    ]
    stems = frozenset(stem for words in names for stem in words if len(stem) >= SHORTEST)
    return Nameless(stems, frozenset(words[0] for words in names if words and len(words[0]) >= TELLING))


def _stem(word: str) -> str:
    return fold(word).rstrip(ENDING)
