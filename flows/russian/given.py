"""First names and patronymics: whose they are and how they decline."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from flows.russian import given_data, morph
from flows.russian.doubt import Doubt
from flows.russian.letters import fold

CASES = {
    "gen": Case.GENITIVE,
    "dat": Case.DATIVE,
    "acc": Case.ACCUSATIVE,
    "ins": Case.INSTRUMENTAL,
    "pre": Case.PREPOSITIONAL,
}
GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE}
BOTH = frozenset("mf")
_OF_TAG = {"masc": frozenset("m"), "femn": frozenset("f"), "ms-f": BOTH}
_FATHERS_ON_A = "иль|кузьм|козьм|лук|фом|никит|савв?|фок|сил|ион"
_WHOLE_PATRONYMIC = re.compile(
    rf".+(?:[оею]|сла)вич|.*(?:{_FATHERS_ON_A})[иы]ч|.{{2,}}[ае]ич|.{{3,}}ыч|(?P<f>.+(?:[оеьюа]вна|[иы]чна|[ив]ишна))"
)
_OBLIQUE = re.compile(r"(?P<m>.+ч)(?:а|у|ем|ом|е)|(?P<f>.+н)(?:ы|е|у|ой|ою)")
_STRESSED_PATRONYMICS = frozenset({"ильич", "кузьмич", "козьмич", "лукич", "фомич"})
# What the rules get wrong: the name's end, how many letters go, endings of the five cases.
_OWN = {
    "f": (
        ("нинэль", 1, ("и", "и", "ь", "ью", "и")),
        *((hush + "а", 1, ("и", "е", "у", "ей", "е")) for hush in "жчшщ"),
    ),
    "m": (
        ("ия", 1, ("и", "и", "ю", "ей", "и")),
        ("ек", 0, ("а", "у", "а", "ом", "е")),
        ("ц", 0, ("а", "у", "а", "ем", "е")),
    ),
}


@cache
def rules() -> PetrovichDeclinationMaker:
    """Read the petrovich rules, once."""
    return PetrovichDeclinationMaker()


def put(stem: str, endings: tuple[str, ...], case: str) -> str:
    """Put the ending of a case on a stem; `endings` stand in the order of `CASES`."""
    return stem + dict(zip(CASES, endings, strict=True))[case]


def patronymic_gender(word: str) -> str | None:
    """Give «m» for Иванович, «f» for Ивановна, None for a word that cannot be a patronymic in the nominative."""
    found = None if fold(word) in given_data.MALE else _WHOLE_PATRONYMIC.fullmatch(fold(word))
    return ("f" if found["f"] else "m") if found else None


def is_oblique_patronymic(word: str) -> bool:
    """Say whether the word is a patronymic in another case: Ивановича, Ивановне."""
    found = _OBLIQUE.fullmatch(fold(word))
    return found is not None and patronymic_gender(found["m"] or found["f"] + "а") is not None


@cache
def genders(name: str) -> frozenset[str]:
    """Tell whose first name it is, as a set of «m» and «f»; empty when neither the dictionary nor our list knows it."""
    word = fold(name)
    if word in given_data.EITHER:
        return BOTH
    if word in given_data.FEMALE or word in given_data.MALE:
        return frozenset("f" if word in given_data.FEMALE else "m")
    found = frozenset().union(
        *(_OF_TAG.get(str(parse.tag.gender), frozenset()) for parse in _nominative(word))
    )
    if not found and "-" in word:
        parts = [genders(part) for part in word.split("-")]
        return parts[-1] or parts[0]
    return found


def contradicts(name: str, gender: str) -> bool:
    """Say whether an everyday name stands beside a patronymic of the other sex: «Анна Иванович»."""
    return fold(name) in (given_data.PLAIN_MALE if gender == "f" else given_data.PLAIN_FEMALE)


def is_everyday_patronymic(word: str) -> bool:
    """Say whether a man's patronymic comes from an everyday name: Иванович, Андреевич, Юрьевич."""
    stem = fold(word)[:-4]
    return any(stem.removesuffix("ь") + ending in given_data.PLAIN_MALE for ending in ("", "й", "ий", "ь"))


def is_oblique(name: str) -> bool:
    """Say whether the dictionary knows the word as a first name, but only in another case: Марии, Ивану."""
    word = fold(name)
    if genders(word):
        return False
    return any({"Name", "sing"} <= morph.grammemes(found) for found in morph.known(word))


def _nominative(word: str) -> list[Any]:
    return [found for found in morph.known(word) if {"Name", "nomn", "sing"} <= morph.grammemes(found)]


def decline_first(name: str, gender: str, case: str) -> str:
    """Decline a first name, lower case, into an oblique case; of a man's double name only the last half declines."""
    *firsts, last = name.split("-")
    if gender == "f":
        firsts = [_first(part, gender, case) for part in firsts]
    return "-".join([*firsts, _first(last, gender, case)])


def _first(name: str, gender: str, case: str) -> str:
    word = fold(name)
    if word in given_data.UNSETTLED:
        raise Doubt(name, "имя на «-о»: словари расходятся, впишите нужный падеж")
    if word in given_data.FIXED_MALE or (
        gender == "f" and word.endswith("ь") and word not in given_data.SOFT_DECLINED
    ):
        return name
    for ending, cut, endings in _OWN[gender]:
        if word.endswith(ending):
            return put(name[: len(name) - cut], endings, case)
    return str(rules().make(NamePart.FIRSTNAME, GENDERS[gender], CASES[case], name))


def decline_last(name: str, gender: str, case: str) -> str:
    """Decline the last word of a Korean, Chinese or Vietnamese name, lower case: a man's on a consonant alone does."""
    if re.search("[^аеиоуыэюя][ая]$", name):
        raise Doubt(name, "склоняется ли такое имя, знает его носитель: впишите нужные падежи")
    if gender == "f" or re.search("[аеёиоуыэюя]$", name):
        return name
    return _first(name, gender, case)


def decline_patronymic(name: str, gender: str, case: str) -> str:
    """Decline a patronymic of the Russian kind, lower case, into an oblique case."""
    if case == "ins" and fold(name) in _STRESSED_PATRONYMICS:
        return name + "ом"
    halves = name.split("-")
    return "-".join(_patronymic(half, gender, case) if patronymic_gender(half) else half for half in halves)


def _patronymic(name: str, gender: str, case: str) -> str:
    stem, endings = (
        (name, ("а", "у", "а", "ем", "е")) if gender == "m" else (name[:-1], ("ы", "е", "у", "ой", "е"))
    )
    return put(stem, endings, case)
