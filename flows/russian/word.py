"""One word of a phrase: how it may be read in the nominative, and its other forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from flows.russian import morph
from flows.russian.corrections import DECLINED_LIKE, FIXED_HALVES, MASCULINE
from flows.russian.letters import fold, like

_NAMES = frozenset({"Surn", "Name", "Patr", "Abbr", "Init"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A nominative reading: noun or adjective, its gender (None in the plural), number and animacy."""

    kind: str  # noun, adjective
    gender: str | None
    plural: bool
    animate: bool
    known: bool
    source: Any
    model: tuple[str, str] | None = None  # a word the dictionary lacks and the one it declines like

    def inflect(self, wanted: set[str]) -> str | None:
        """Give the form with these marks, lower case; the everyday ending where there is a poetic one (-ою) too."""
        made = self.source.inflect(wanted)
        if made is None:
            return None
        word = str(made.word)
        if word[:2] != self.source.word[:2]:  # лучшие: наихороших, лучших
            same = [str(found.word) for found in self.source.lexeme if wanted <= morph.grammemes(found)]
            word = next((spelt for spelt in same if spelt[:2] == self.source.word[:2]), word)
        if re.search("[оеё]ю$", word):
            same = [found.word for found in self.source.lexeme if wanted <= morph.grammemes(found)]
            word = str(next((form for form in same if re.search("[оеё]й$", form)), word))
        return self.model[0] + word.removeprefix(self.model[1]) if self.model else word

    def agrees(self, other: Reading) -> bool:
        """Say whether an adjective of one reading can stand by the other."""
        return self.plural == other.plural and (self.plural or self.gender == other.gender)


@cache
def nominative(word: str) -> tuple[Reading, ...]:
    """Give the nominative readings of a word without hyphens, likeliest first; guesses only for what the dictionary lacks."""
    spelled = word.lower()
    for lacking, model in DECLINED_LIKE.items():
        if spelled in {lacking, lacking + "ы", lacking + "и"}:
            found = [_reading(parse) for parse in morph.known(model + spelled.removeprefix(lacking))]
            return tuple(replace(reading, model=(lacking, model)) for reading in found if reading)
    made = [_reading(parse) for parse in morph.known(spelled) or morph.readings(spelled)]
    likeliest = tuple(dict.fromkeys(reading for reading in made if reading))
    if spelled in MASCULINE:
        return tuple(sorted(likeliest, key=lambda reading: reading.gender != "masc"))
    return likeliest


def like_of_a_place(word: str) -> tuple[Reading, ...]:
    """Read an adjective on -ской that the dictionary takes for the town or for another case: Полевской (техникум)."""
    found = re.fullmatch("(.{2,})ской", word.lower())
    like_town = nominative("городской") if found else ()
    return tuple(
        replace(reading, known=False, model=(found[1], "город"))
        for reading in like_town
        if found and reading.gender == "masc" and reading.kind == "adjective"
    )


def _reading(parse: Any) -> Reading | None:
    marks = morph.grammemes(parse)
    if "nomn" not in marks or marks & _NAMES:
        return None
    plural = "plur" in marks
    gender = None if plural else str(parse.tag.gender)
    if marks & _ADJECTIVES:
        return Reading("adjective", gender, plural, animate=False, known=parse.is_known, source=parse)
    if "NOUN" in marks:
        return Reading("noun", gender, plural, animate="anim" in marks, known=parse.is_known, source=parse)
    return None


@lru_cache(maxsize=8192)
def form(word: str, reading: Reading, case: str, *, animate: bool) -> str | None:
    """Put the word into `case`, capitals kept; None when it has no such form.

    The accusative of a plural or a masculine follows `animate`, not the dictionary.
    """
    if case == "nom" or (case == "acc" and reading.gender == "neut"):
        return word
    first_declension = not reading.plural and word.lower().endswith(("а", "я"))
    if case == "acc" and reading.gender in {None, "masc"} and not first_declension:
        return form(word, reading, "gen", animate=animate) if animate else word
    wanted = {morph.TAGS[case], "plur" if reading.plural else "sing"}
    if reading.kind == "adjective" and reading.gender:
        wanted.add(reading.gender)
    made = reading.inflect(wanted)
    return None if made is None else like(word, made)


def halves(word: str) -> list[str]:
    """Give the parts of a hyphenated word; one part when the dictionary holds it whole or there is no hyphen."""
    return [word] if morph.known(word.lower()) else word.split("-")


def is_fixed_half(half: str, last: str) -> bool:
    """Say whether a first half is copied: invariable, of letters that are not Russian, or anything before «менеджер»."""
    foreign = not re.search("[А-Яа-яЁё]", half) or (half.isupper() and not last.isupper())
    return fold(half) in FIXED_HALVES or foreign or fold(last) == "менеджер"
