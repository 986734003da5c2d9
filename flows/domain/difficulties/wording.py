"""Whether a text speaks of something: phrases of words and of beginnings of words, looked for word by word.

Nothing is guessed: a typing error or a word that is merely alike matches nothing, since a wrong offer is worse than none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.text import fold
from flows.russian import morph
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = late(r"[а-яa-z0-9]+")
STARRED = late(r"([а-яa-z0-9]+)(\*?)")
CLAUSE = late(r"[;,.\n!?()]+")
# What a person says is easy, or is not asked for.
EASY = late(
    r"не (?:нужн|вызыва|требу)\w*|(?:нет|без) (?:затруднен|трудност|проблем)\w*|(?:затруднен|трудност|проблем)\w* нет"
)
ANOTHER = r" (?:\w+ )?"  # at most one other word stands in between
NEVER = late(r"(?!)")


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """Return the words of a text, folded, with a space before and behind each; a hyphen parts them."""
    return f" {' '.join(WORD.findall(fold(text)))} "


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """Return the words of each part of a text that says of something that it is hard or wanted."""
    return tuple(words(each) for each in CLAUSE.split(text) if not EASY.search(fold(each)))


@lru_cache(maxsize=1024)
def sought(phrases: tuple[str, ...], *, forms: bool = False) -> re.Pattern[str]:
    """Return what finds one of the phrases, «рабоч* программ*», among `words`.

    A word with a star stands for every word that begins so, another for itself, with `forms` in any of its forms.
    """
    spelt = (_spelt(phrase, forms=forms) for phrase in phrases)
    found = [each for each in spelt if each]
    return late(f" (?:{'|'.join(found)}) ") if found else NEVER


def _spelt(phrase: str, *, forms: bool) -> str:
    # `fold` drops a star at the end of a text: it marks a header there.
    starred = STARRED.findall(fold(f"{phrase}."))
    return ANOTHER.join(rf"{word}\w*" if star else _forms(word) if forms else word for word, star in starred)


def _forms(word: str) -> str:
    known = {fold(form.word) for reading in morph.readings(word) for form in reading.lexeme}
    return f"(?:{'|'.join(map(re.escape, sorted({word} | known)))})"


def named(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Tell whether a post or another bare name holds one of what is sought."""
    return any(pattern.search(words(text)) for pattern in patterns)
