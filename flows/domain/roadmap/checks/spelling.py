"""Misspelt words of the trade: one slip away from a word every roadmap uses, and no such word themselves."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["misspelled"]

STEMS = (
    "наставнич", "наставник", "наставляем", "персонализирован", "педагогическ", "методическ", "мониторинг", "реализаци", "соответстви",
    "организаци", "аналитическ", "мероприяти", "образовательн", "воспитател", "специалист", "эффективност", "положени", "программ", "внедрени",
)  # fmt: skip
LONGEST_TAIL = 8
SOROK = {"сороками", "сорокам"}


def misspelled(text: str) -> str:
    """Return the first misspelt word of a text as printed, "" when every word is right or unknown."""
    for found in re.finditer(r"[А-Яа-яЁё]{5,}", text):
        if _is_slip(found[0].lower().replace("ё", "е")):
            return found[0]
    return ""


@lru_cache(maxsize=8192)
def _is_slip(word: str) -> bool:
    return word in SOROK or (not word.startswith(STEMS) and any(_slipped(word, stem) for stem in STEMS))


def _slipped(word: str, stem: str) -> bool:
    """Tell whether the word begins with the stem spelt with one letter lost, doubled, changed or swapped."""
    if not len(stem) - 1 <= len(word) <= len(stem) + LONGEST_TAIL or word[:2] != stem[:2]:
        return False
    at = next(
        (at for at, (left, right) in enumerate(zip(word, stem, strict=False)) if left != right), len(stem)
    )
    rest, wanted = word[at:], stem[at:]
    if len(wanted) < 2:  # noqa: PLR2004 - a changed last letter is an ending, not a slip
        return False
    lost, doubled = rest.startswith(wanted[1:]), rest[1:].startswith(wanted)
    swapped = rest.startswith(wanted[1] + wanted[0] + wanted[2:])
    return lost or doubled or swapped
