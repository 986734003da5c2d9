"""Words of deadline cells that a line end has cut or a slip of the pen has spoilt, put right."""

from __future__ import annotations

import re

from flows.domain.terms.month_names import MONTH, MONTHS, STEMS
from flows.russian.late import late

KEYWORDS = (
    *(stem + end for stem, ends in STEMS for end in ends.split(" ") if len(stem) > len("ма")),
    "квартал", "квартала", "квартале", "полугодие", "полугодия", "ежегодно", "ежемесячно", "ежеквартально", "еженедельно",
    "постоянно", "течение", "периода", "период", "реализации", "учебного", "учебный", "завершении", "окончании",
    "понедельник", "вторник", "четверг", "пятница", "пятницу", "суббота", "необходимости", "соответствии", "отдельному", "графику",
)  # fmt: skip
LONG_ENOUGH = 5
NEAR_ENOUGH = 1
_BREAK = r"(?:\s*-\s*|\s+)?"


def mended(folded: str) -> str:
    """Put together the words that a line end or a stray space has cut: «сен- тябрь», «янв арь», «20 23»."""
    joined = folded
    for pattern, word in _BROKEN:
        joined = pattern.sub(word, joined)
    joined = re.sub(r"(?<=\w )2 ?0 ?(\d) ?(\d)(?!\d|\.)", r"20\1\2", joined)
    return re.sub(rf"(?<![а-я])({MONTH})(?=\d{{4}})", r"\1 ", joined)


def _broken(word: str) -> re.Pattern[str]:
    return late(rf"(?<![а-я]){_BREAK.join(word)}(?![а-я])")


_BROKEN = tuple((_broken(word), word) for word in sorted(KEYWORDS, key=len, reverse=True))


def corrected(folded: str) -> str:
    """Read a month with one wrong letter as the month it must be; the caller marks the term as guessed."""
    return re.sub(r"(?<![а-я])[а-я]{5,}(?![а-я])", lambda found: _nearest(found[0]), folded)


def _nearest(word: str) -> str:
    if word in MONTHS:
        return word
    near = {
        MONTHS[form]: form
        for form in MONTHS
        if len(form) >= LONG_ENOUGH and form[0] == word[0] and _one_slip(word, form)
    }
    return next(iter(near.values())) if len(near) == NEAR_ENOUGH else word


def _one_slip(word: str, form: str) -> bool:
    """Tell whether the words differ by one letter added, lost, changed, or two swapped."""
    if abs(len(word) - len(form)) > NEAR_ENOUGH:
        return False
    at = next(
        (at for at, (left, right) in enumerate(zip(word, form, strict=False)) if left != right),
        min(len(word), len(form)),
    )
    left, right = word[at:], form[at:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[2:] == right[2:] and left[:2] == right[1::-1])
    )
