"""Surnames in the oblique cases: the petrovich rules with what they get wrong put right.

Every function takes a surname as typed in lower case (`word`) and its spelling without ё (`plain`); a rule that has nothing
to say returns None and the next one is asked, the petrovich rules last.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pytrovich.enums import NamePart

from flows.russian import corrections, morph
from flows.russian.doubt import Doubt
from flows.russian.given import CASES, GENDERS, genders, put, rules
from flows.russian.letters import fold, syllables

# Endings of the five oblique cases by kind of declension.
HARD = ("а", "у", "а", "ом", "е")
HISSING = ("а", "у", "а", "ем", "е")
SOFT = ("я", "ю", "я", "ем", "е")
ON_IY = ("я", "ю", "я", "ем", "и")
ADJECTIVE = ("ого", "ому", "ого", "ым", "ом")
ADJECTIVE_VELAR = ("ого", "ому", "ого", "им", "ом")
ADJECTIVE_SOFT = ("его", "ему", "его", "им", "ем")
ADJECTIVE_TS = ("его", "ему", "его", "ым", "ем")
POSSESSIVE = ("ьего", "ьему", "ьего", "ьим", "ьем")
FEMININE_HARD = ("ой", "ой", "ую", "ой", "ой")
FEMININE_SOFT = ("ей", "ей", "ую", "ей", "ей")
ON_A = ("ы", "е", "у", "ой", "е")
ON_TSA = ("ы", "е", "у", "ей", "е")
ON_KA = ("и", "е", "у", "ой", "е")
ON_SHA = ("и", "е", "у", "ей", "е")
ON_AYA = ("и", "е", "ю", "ей", "е")

_FLEETING_NOUN = re.compile("(?:ец|[ое]к|ень|ель|ел|ей|оть|оль|орь)$")
_SIMPLE = "[аеиоуыюя][бвгджзклмнпрст]"  # a vowel and one consonant: the next vowel may run away
_PEOPLES = "(?:[аяиы]н|[ои]м)ец$"  # Волынец, Муромец: the stress stays on the stem
_POLISH = re.compile(".+(?:[^аеиоуыюя]ска|цка)")
_STRESS_UNKNOWN = (
    "ударение в этой фамилии знает только её носитель (-цом или -цем): впишите творительный падеж"
)
_ASK = "форму этой фамилии знает только её носитель: спросите и впишите нужный падеж"


@lru_cache(maxsize=16384)
def decline(surname: str, gender: str, case: str) -> str:
    """Decline a surname, lower case, of a man («m») or a woman («f»); Doubt when only the bearer knows the form."""
    *firsts, last = surname.split("-")
    copied = fold(last) in corrections.TITLES
    halves = [
        half if copied or fold(half) in corrections.FIRST_HALVES else _half(half, gender, case)
        for half in firsts
    ]
    return "-".join([*halves, _half(last, gender, case)])


def _half(word: str, gender: str, case: str) -> str:
    plain = fold(word)
    if plain in corrections.INDECLINABLE:
        return word
    own = _man(word, plain, case) if gender == "m" else _woman(word, plain, case)
    if own is not None:
        return own
    # A letter in front keeps the rules' own whole-word exceptions out: our table replaces them.
    return str(rules().make(NamePart.LASTNAME, GENDERS[gender], CASES[case], "ъ" + word))[1:]


def _woman(word: str, plain: str, case: str) -> str | None:
    if plain in corrections.NOUN_OR_ADJECTIVE and case in {"gen", "dat", "pre"}:
        raise Doubt(word, _ASK)
    if re.search("[жчшщц]ая$", plain):
        return put(word[:-2], FEMININE_HARD if plain in corrections.STRESSED_SHAYA else FEMININE_SOFT, case)
    if plain in corrections.NOUNS or (
        re.search("[гкхжчшщц]а$|[^иы]на$", plain) and not _POLISH.fullmatch(plain)
    ):
        return _on_a(word, plain, case)
    return None


def _man(word: str, plain: str, case: str) -> str | None:
    if plain in corrections.ASK_BEARER or (plain in corrections.ASK_INSTRUMENTAL and case == "ins"):
        raise Doubt(word, _ASK)
    if plain in corrections.NOUNS or re.search("[гкхжчшщц]а$", plain):
        return _on_a(word, plain, case)
    forms = (rule(word, plain, case) for rule in (_adjective, _on_y, _fleeting, _hissing, _hard))
    return next((form for form in forms if form is not None), None)


def _on_a(word: str, plain: str, case: str) -> str:
    """Decline nouns on -а: Груши, Грушей; Левши, Левшой; Птицы, Птицей; Скрипки."""
    endings = ON_KA if re.search("[гкх]а$", plain) else ON_A
    if plain.endswith("ая"):
        endings = ON_AYA
    elif re.search("[жчшщ]а$", plain):
        endings = ON_KA if plain in corrections.STRESSED_SHA else ON_SHA
    elif plain.endswith("ца"):
        noun = morph.common_noun(plain, "femn")
        endings = ON_A if noun and noun["ins"].endswith("ой") else ON_TSA
    return put(word[:-1], endings, case)


def _adjective(word: str, plain: str, case: str) -> str | None:
    """Decline -цый, -чий, -кий, -ой like the adjectives they are: Куцего, Певчего, Долгого, Сухим."""
    endings = None
    if plain in corrections.POSSESSIVE:
        endings = POSSESSIVE
    elif plain.endswith("цый"):
        endings = ADJECTIVE_TS
    elif re.search("[чц]ий$", plain) and plain not in corrections.NOUNS_IY:
        endings = ADJECTIVE_SOFT
    elif re.search("[гкх]ий$", plain) and not _is_noun_on_iy(plain):
        endings = ADJECTIVE_VELAR
    elif plain.endswith("ой") and syllables(plain) > 1 and morph.common_noun(plain, "masc") is None:
        endings = ADJECTIVE_VELAR if re.search("[гкхжчшщ]ой$", plain) else ADJECTIVE
    return put(word[:-2], endings, case) if endings else None


def _is_noun_on_iy(plain: str) -> bool:
    return plain in corrections.NOUNS_IY or "m" in genders(plain)


def _on_y(word: str, plain: str, case: str) -> str | None:
    """Decline nouns on -й: Топчия, Героя, Когая, Хемингуэя."""
    if plain.endswith("ий") and _is_noun_on_iy(plain):
        return put(word[:-1], ON_IY if syllables(plain) > 1 else SOFT, case)
    keeps = re.search("[оэуюя]й$", plain) or (
        plain.endswith("ей") and morph.common_noun(plain, "masc") is None
    )
    return put(word[:-1], SOFT, case) if keeps else None


def _fleeting(word: str, plain: str, case: str) -> str | None:
    """Let the vowel run away where it does: Соловья, Кашенка, Мальца, Кравцом."""
    if plain in corrections.FLEETING:
        stem = corrections.FLEETING[plain]
        return put(stem, SOFT if stem.endswith("л") else HARD, case)
    if plain in corrections.FAST_VOWEL:
        return put(word, HISSING if plain.endswith("ец") else HARD, case)
    noun = morph.common_noun(plain, "masc") if _FLEETING_NOUN.search(plain) and syllables(plain) > 1 else None
    if noun and not re.search(_PEOPLES, plain):
        return _like_noun(word, noun, case)
    if re.search(f"(?:{_SIMPLE}|[аеиоуыюя][чшж])ок$", plain):
        return put(word[:-2] + "к", HARD, case)
    return _on_ec(word, plain, case) if re.search(f"{_SIMPLE}ец$|робец$", plain) else None


def _on_ec(word: str, plain: str, case: str) -> str:
    steady = re.search(_PEOPLES, plain)
    if case == "ins" and not steady and not re.search("вец$|робец$", plain):
        raise Doubt(word, _STRESS_UNKNOWN)
    return put(word[:-2] + ("ьц" if plain.endswith("лец") else "ц"), HISSING if steady else HARD, case)


def _like_noun(word: str, noun: dict[str, str], case: str) -> str:
    form = noun["gen" if case == "acc" else case]
    return form if "ё" in word else form.replace("ё", "е")


def _hissing(word: str, plain: str, case: str) -> str | None:
    """Choose -ом under stress and -ем otherwise after ж, ч, ш, щ, ц: Ткачом, Галичем, Стрижом, Кацем."""
    if plain[-1] not in "жчшщц":
        return None
    noun = morph.common_noun(plain, "masc")
    if noun:
        return _like_noun(word, noun, case)
    if plain.endswith("ец"):
        return None
    stressed = plain in corrections.STRESSED_ICH or (plain.endswith("ач") and syllables(plain) > 1)
    return put(word, HARD if stressed else HISSING, case)


def _hard(word: str, plain: str, case: str) -> str | None:
    """Keep -ым for Russian -ов, -ин alone: Грином, Юном, Коэном, Татарином; a foreign -их declines: Эрлиха."""
    foreign = re.search(".[бвдзлмпст]их$", plain) or plain in corrections.INSTRUMENTAL_OM
    short = re.search("[иы]н$", plain) and syllables(plain) == 1
    other = plain[-1] in "вн" and not re.search("[ое]в$|[иы]н$", plain)
    return put(word, HARD, case) if foreign or short or other else None
