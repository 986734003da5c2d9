"""What a surname's ending tells: whose it is, whether it stands in the nominative, whether it can be anything but a surname."""

from __future__ import annotations

import re

from flows.russian import corrections, given, morph
from flows.russian.letters import fold, syllables

_FEMALE = re.compile(r"..+(?:[ое]ва|[сц]кая|[иы]на)|.+[ая]я")
_MALE = re.compile(r"..+(?:[ое]в|[сц]кой|[гкхшщ]ий|[иы]н)|.+ый")
_PLAIN = re.compile(r".+(?:[ое]ва?|[сц]к(?:ий|ая)|енко|швили|дзе|янц?)")
_OBLIQUE = re.compile(r".+(?:(?:[ое]в|[иы]н)(?:у|ым|ом)|[сц]к(?:ого|ому|им|ом|ую)|.(?:[ое]го|[ое]му|ую|юю))")
_MAYBE_OBLIQUE = re.compile(r".+(?:[аяуюе]|[оеыи]м|ой|ей)")
_NAMES = frozenset({"Surn", "Name", "Patr"})


def is_plain_surname(word: str) -> bool:
    """Say whether the ending is one that only surnames have: Иванов, Сидоренко, Капанадзе."""
    return bool(_PLAIN.fullmatch(fold(word))) and not given.genders(word)


def is_ordinary_word(word: str) -> bool:
    """Say whether the dictionary knows the word, but not as anybody's name: Школа, Отдел."""
    found = morph.known(fold(word))
    return bool(found) and not any(_NAMES & morph.grammemes(reading) for reading in found)


def is_thing(word: str) -> bool:
    """Say whether the dictionary knows the word as a thing in the nominative: Мир, Клуб."""
    found = [morph.grammemes(reading) for reading in morph.known(fold(word))]
    return any({"NOUN", "inan", "nomn"} <= marks and not marks & _NAMES for marks in found)


def is_oblique(surname: str, *, certain_only: bool, male: bool) -> bool:
    """Say whether a surname stands in another case than the nominative: Ивановой, Толстого, Мельника.

    `certain_only` looks at endings alone; otherwise the dictionary is asked too. `male` lets «Береговой» pass: of a person
    who may be a woman it may well be said in the genitive.
    """
    word = fold(surname.rpartition("-")[2])
    if _OBLIQUE.fullmatch(word) and syllables(word) > (2 if word.endswith("м") else 1):
        return True
    if not male and word.endswith(("ой", "ою")) and _like_adjective(word) and not _nominative(word):
        return True
    if certain_only or not _MAYBE_OBLIQUE.fullmatch(word):
        return False
    return bool(_nouns(word)) and not _nominative(word)


def _like_adjective(word: str) -> bool:
    """Берегового, not Героя or Цоя."""
    return syllables(word) > 1 and morph.common_noun(word, "masc") is None


def _nouns(word: str) -> list[frozenset[str]]:
    marks = [morph.grammemes(found) for found in morph.known(word)]
    return [found for found in marks if {"NOUN", "sing"} <= found]


def _nominative(word: str) -> bool:
    return any("nomn" in marks for marks in _nouns(word))


def gender(surname: str) -> str | None:
    """Tell whose surname the ending says it is: «f» for Иванова, «m» for Иванов, None when it fits both or halves disagree."""
    said = {_half(half) for half in fold(surname).split("-")} - {None}
    return said.pop() if len(said) == 1 else None


def _half(word: str) -> str | None:
    if (
        word
        in corrections.NOUNS | corrections.NOUN_OR_ADJECTIVE | corrections.INDECLINABLE | corrections.NOUNS_IY
    ):
        return None
    if _FEMALE.fullmatch(word):
        return "f" if not _is_noun_on_ina(word) else None
    if word.endswith("ой"):
        return "m" if _like_adjective(word) and _nominative(word) else None
    if _MALE.fullmatch(word) and syllables(word) > 1 and "m" not in given.genders(word):
        return None if word in corrections.ASK_INSTRUMENTAL | corrections.INSTRUMENTAL_OM else "m"
    return None


def _is_noun_on_ina(word: str) -> bool:
    return bool(re.fullmatch("[^аеиоуыюя]+[иы]на", word)) and is_ordinary_word(word)
