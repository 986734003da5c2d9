"""The dictionary of Russian forms (pymorphy3, OpenCorpora), opened on first use: it costs a fifth of a second."""

from __future__ import annotations

from functools import cache
from typing import Any

TAGS = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "pre": "loct"}
NAMES = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"})


@cache
def _analyzer() -> Any:
    from pymorphy3.analyzer import MorphAnalyzer  # noqa: PLC0415 - who only writes dates need not pay for the dictionary

    return MorphAnalyzer()  # type: ignore[no-untyped-call]


@cache
def readings(word: str) -> tuple[Any, ...]:
    """Give everything the dictionary or its guesser can say about the word, likeliest first."""
    return tuple(_analyzer().parse(word))


@cache
def known(word: str) -> tuple[Any, ...]:
    """Give the readings of a word that really stands in the dictionary; none for a guess."""
    return tuple(found for found in readings(word) if found.is_known)


def grammemes(reading: Any) -> frozenset[str]:
    """Give the marks of a reading: part of speech, gender, number, case and the rest."""
    return frozenset(reading.tag.grammemes)


@cache
def common_noun(word: str, gender: str) -> dict[str, str] | None:
    """Give the singular forms of a common noun of this gender («masc», «femn») by case, or None when it is not one."""
    for found in known(word):
        marks = grammemes(found)
        if {"NOUN", "nomn", "sing", gender} <= marks and not marks & NAMES and "Fixd" not in marks:
            return _singular(found)
    return None


def _singular(noun: Any) -> dict[str, str] | None:
    forms = {case: noun.inflect({tag, "sing"}) for case, tag in TAGS.items()}
    return {case: form.word for case, form in forms.items() if form} if all(forms.values()) else None
