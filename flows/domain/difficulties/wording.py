"""Whether a text speaks of something: phrases of words and of beginnings of words, looked for word by word.

Nothing is guessed: a typing error or a word that is merely alike matches nothing, since a wrong offer is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.domain.text import fold
from flows.russian import morph

TOKEN = re.compile(r"[а-яa-z0-9]+")
CLAUSE = re.compile(r"[;,.\n!?()]+")
# What a person says is easy, or is not asked for.
EASY = re.compile(
    r"не (?:нужн|вызыва|требу)\w*|(?:нет|без) (?:затруднен|трудност|проблем)\w*|(?:затруднен|трудност|проблем)\w* нет"
)
BETWEEN = 1
ALIKE = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """A word to look for: exactly so, by its beginning (`open`), or in any of its forms (`forms`)."""

    text: str
    open: bool = False
    forms: bool = False


Phrase = tuple[Sought, ...]


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; a hyphen parts them."""
    return tuple(TOKEN.findall(fold(text)))


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each part of a text that says of something that it is hard or wanted."""
    return tuple(filter(None, (tokens(each) for each in CLAUSE.split(text) if not EASY.search(fold(each)))))


def phrase(text: str, *, forms: bool = False) -> Phrase:
    """Read «рабоч* программ*»: words with a star stand for every word that begins so; with `forms` others match in any form."""
    # `fold` drops a star at the end of a text: it marks a header there.
    starred = re.findall(r"([а-яa-z0-9]+)(\*?)", fold(f"{text}."))
    return tuple(Sought(word, bool(star), forms) for word, star in starred)


def said(wanted: Phrase, words: tuple[str, ...]) -> bool:
    """Tell whether words hold a phrase: all of it in its order, at most one other word in between."""
    return bool(wanted) and any(_from(wanted, words, at) for at in range(len(words)))


def _from(wanted: Phrase, words: tuple[str, ...], at: int) -> bool:
    if not _is(wanted[0], words[at]):
        return False
    rest = wanted[1:]
    following = range(at + 1, min(at + 2 + BETWEEN, len(words)))
    return not rest or any(_from(rest, words, then) for then in following)


def _is(word: Sought, typed: str) -> bool:
    if word.open:
        return typed.startswith(word.text)
    if typed == word.text:
        return True
    return word.forms and typed[:ALIKE] == word.text[:ALIKE] and bool(_bases(typed) & _bases(word.text))


@lru_cache(maxsize=4096)
def _bases(word: str) -> frozenset[str]:
    return frozenset(str(reading.normal_form) for reading in morph.readings(word))
