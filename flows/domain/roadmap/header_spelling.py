"""How a header is spelt on paper: look-alike letters, words broken by a narrow column, cut or read wrongly by a scanner."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["folded", "near", "words_of"]

TWINS = str.maketrans("acekmhoptxybnur", "асекмнортхувпиг")
LATIN = re.compile(r"[acekmhoptxyb]{3,}")
SIGNS = re.compile(r"[а-яіa-z]+(?:-[а-яіa-z]+)*\.?")
LEAST_NEAR, LEAST_CUT, LEAST_POINTED, LEAST_BEGUN = 6, 4, 3, 2
SPACED, MOST_TAIL = 4, 4
SLIPS = 5  # one wrong letter is forgiven for so many


def folded(text: str) -> str:
    """Fold a header: one case, one sort of spaces, «е» for «ё», no marks at its ends."""
    return re.sub(r"\s+", " ", text.lower().replace("ё", "е")).strip(" *:.,;|_")


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Cut a folded header into words in one alphabet; a cut word keeps its full stop, spaced-out letters come together."""
    found = [_one_script(each) for each in SIGNS.findall(text)]
    short = [len(each) == 1 for each in found]
    if sum(short) >= SPACED and sum(short) * 2 > len(found):
        return ("".join(found),)
    return tuple(found)


def _one_script(word: str) -> str:
    if re.search("[а-я]", word) or LATIN.fullmatch(word):
        return word.translate(TWINS)
    return word


def near(word: str, stems: Sequence[str]) -> str:
    """Find the stem that a word was: whole, broken, cut short, or with a few letters read wrongly; "" for none."""
    plain = word.rstrip(".")
    bare = plain.replace("-", "")
    for said in (plain, bare):
        whole = max((stem for stem in stems if said.startswith(stem)), key=len, default="")
        if whole:
            return whole
    head, _, tail = plain.partition("-")
    if tail and len(head) >= LEAST_BEGUN and len(tail) <= MOST_TAIL:
        return next((stem for stem in stems if stem.startswith(head)), "")
    least = LEAST_POINTED if word.endswith(".") else LEAST_CUT
    if len(bare) >= least:
        cut = next((stem for stem in stems if stem.startswith(bare) and len(stem) > LEAST_CUT), "")
        if cut:
            return cut
    return _likest(bare, tuple(stems))


@lru_cache(maxsize=4096)
def _likest(word: str, stems: tuple[str, ...]) -> str:
    best, least = "", SLIPS
    for stem in stems:
        allowed = (len(stem) + 1) // SLIPS
        alike = {word[:2], word[1:3]} & {stem[:2], stem[1:3]}
        if len(stem) < LEAST_NEAR or len(word) < len(stem) - allowed or not alike:
            continue
        slips = _slips(word[: len(stem) + allowed], stem)
        if slips <= allowed and slips < least:
            best, least = stem, slips
    return best


def _slips(word: str, stem: str) -> int:
    """Count the letters to change so that the word begins with the stem."""
    row = list(range(len(word) + 1))
    for at, letter in enumerate(stem, 1):
        fresh = [at]
        for (left, upper), sign in zip(pairwise(row), word, strict=False):
            fresh.append(min(upper + 1, fresh[-1] + 1, left + (sign != letter)))
        row = fresh
    return min(row)
