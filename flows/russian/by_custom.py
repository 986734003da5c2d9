"""Names built by another custom: a family name before one or two short words (Ким Чен Ир), two first names, two surnames.

Only the last word of a Korean, Chinese or Vietnamese name declines, and only a man's (D. E. Rosenthal's handbook, §149).
"""

from __future__ import annotations

import re

from flows.russian import corrections, evidence, given, given_data
from flows.russian.letters import fold, syllables

_SYLLABLES = re.compile("(?:[бвгджзйклмнпрстфхцчшщ]{0,2}ь?[аеиоуыэюя]{1,3}(?:нь|нг|[нмкптлрйь])?){1,3}")
_LONGEST = 4  # words of one
_PAIR = 2
_SONS = ("оглы", "оглу", "углы", "уулу", "угли", "улы")
_DAUGHTERS = ("кызы", "гызы", "кизи", "кзы")
_FATHER = 3  # letters of the shortest father's name before them


def kin(word: str) -> str | None:
    """Give «m» for a word that means somebody's son (оглы, Гусейн-оглы, Маратулы), «f» for a daughter, else None."""
    spelled = fold(word)
    last = spelled.rpartition("-")[2]
    if last in corrections.SONS | corrections.DAUGHTERS:
        return "m" if last in corrections.SONS else "f"
    for gender, endings in (("m", _SONS), ("f", _DAUGHTERS)):
        for ending in endings:
            if spelled.endswith(ending) and len(spelled) >= len(ending) + _FATHER and not given.genders(word):
                return gender
    return None


def eastern(names: list[str], said: str | None) -> bool:
    """Say whether the words make a name whose last word alone declines: Ким Чен Ир, Нгуен Тхи Хоа, Дэн Сяопин."""
    first, *rest = map(fold, names)
    if first not in corrections.FAMILIES or len(names) > _LONGEST or not rest:
        return False
    if not all(_SYLLABLES.fullmatch(name) for name in rest):
        return False
    if len(rest) > 1:
        return not any(given.genders(name) and syllables(name) > 1 for name in rest)
    known = given.genders(rest[0])
    return not known or rest[0] in corrections.FAMILIES or bool(said and said not in known)


def turned(names: list[str]) -> bool:
    """Say whether a family name of that kind stands last, after a name that no dictionary holds: Сяомин Ли."""
    first, last = fold(names[0]), fold(names[-1])
    strange = (
        first not in corrections.FAMILIES
        and not given.genders(first)
        and not evidence.is_plain_surname(first)
    )
    return (
        len(names) == _PAIR and last in corrections.FAMILIES and strange and bool(_SYLLABLES.fullmatch(first))
    )


def roles(names: list[str]) -> tuple[str, ...]:
    """Give the roles of the words of such a name."""
    return ("family",) * (len(names) - 1) + ("last",)


def western(names: list[str], said: str) -> tuple[str, ...] | None:
    """Give the roles of three words that are two first names and a surname, or two surnames and a first name.

    Two everyday names may be a patronymic without its ending: those are not read.
    """
    known = [said in given.genders(name) and not evidence.is_plain_surname(name) for name in names]
    plain = [evidence.is_plain_surname(name) for name in names]
    if sum(fold(name) in given_data.PLAIN_MALE | given_data.PLAIN_FEMALE for name in names) > 1:
        return None
    if known == [False, True, True]:
        return ("surname", "first", "first")
    if known == [True, True, False]:
        return ("first", "first", "surname")
    if any(plain):
        return None
    if known == [True, False, False]:
        return ("first", "surname", "surname")
    return ("surname", "surname", "first") if known == [False, False, True] else None


def twice_named(names: list[str]) -> bool:
    """Say whether a woman bears two first names before her patronymic: Орлова Анна Мария Борисовна."""
    if len(names) != _LONGEST or given.patronymic_gender(names[-1]) != "f":
        return False
    return all("f" in given.genders(name) for name in names[1:3]) and not given.genders(names[0])
