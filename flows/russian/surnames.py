"""Surnames in the oblique cases: the petrovich rules with what they get wrong put right."""

from __future__ import annotations

import re

from pytrovich.enums import NamePart

from flows.russian import corrections as known
from flows.russian import morph
from flows.russian.doubt import Doubt
from flows.russian.given import CASES, GENDERS, genders, put, rules
from flows.russian.letters import fold, syllables

# Endings of the five oblique cases by kind of declension.
HARD = ("а", "у", "а", "ом", "е")
HISSING = ("а", "у", "а", "ем", "е")
SOFT = ("я", "ю", "я", "ем", "е")
SOFT_IY = ("я", "ю", "я", "ем", "и")
ADJECTIVE = ("ого", "ому", "ого", "ым", "ом")
ADJECTIVE_IM = ("ого", "ому", "ого", "им", "ом")
ADJECTIVE_SOFT = ("его", "ему", "его", "им", "ем")
POSSESSIVE = ("ьего", "ьему", "ьего", "ьим", "ьем")
FEMALE_ADJECTIVE = ("ой", "ой", "ую", "ой", "ой")
FEMALE_SOFT = ("ей", "ей", "ую", "ей", "ей")
NOUN_HARD = ("ы", "е", "у", "ой", "е")
NOUN_VELAR = ("и", "е", "у", "ой", "е")
NOUN_HISSING = ("и", "е", "у", "ей", "е")

_FLEETING_NOUN = re.compile(r".*(?:ец|[оёе]к|ень|ель|[её]л|[её]р|[её]т|[оё]к|ей|оть|оль|орь)")
# Names of peoples and places keep the stress on the stem (Волынцем, Муромцем); -вец moves it (Кравцом).
_STEADY_EC = "(?:[аяиы]н|[ои]м)ец$"
_FOREIGN_IH = re.compile(r".+[бвдзлмпст]их")
_POLISH = re.compile(r".+(?:[^аеиоуыюя]ска|цка)")
_STRESS_UNKNOWN = "ударение в этой фамилии знает только её носитель (-цом или -цем): впишите творительный падеж"
_ASK = "форму этой фамилии знает только её носитель: спросите и впишите нужный падеж"


def decline(surname: str, gender: str, case: str) -> str:
    """Decline a surname, lower case, of a man («m») or a woman («f»); Doubt when only the bearer knows the form."""
    *firsts, last = surname.split("-")
    copied = fold(last) in known.TITLES
    halves = [half if copied or fold(half) in known.FIRST_HALVES else _half(half, gender, case) for half in firsts]
    return "-".join([*halves, _half(last, gender, case)])


def _half(word: str, gender: str, case: str) -> str:
    spelled = fold(word)
    if spelled in known.INDECLINABLE:
        return word
    own = _male(word, spelled, case) if gender == "m" else _female(word, spelled, case)
    if own is not None:
        return own
    # A letter in front keeps the rules' own whole-word exceptions out: our table replaces them.
    return str(rules().make(NamePart.LASTNAME, GENDERS[gender], CASES[case], "ъ" + word))[1:]


def _female(word: str, spelled: str, case: str) -> str | None:
    if spelled in known.NOUN_OR_ADJECTIVE and case in {"gen", "dat", "pre"}:
        raise Doubt(word, _ASK)
    if spelled in known.NOUNS:
        return _noun(word, spelled, case)
    if re.search("[жчшщц]ая$", spelled):
        return put(word[:-2], FEMALE_ADJECTIVE if spelled in known.STRESSED_SHAYA else FEMALE_SOFT, case)
    if re.search("[гкхжчшщц]а$|[^иы]на$", spelled) and not _POLISH.fullmatch(spelled):
        return _noun(word, spelled, case)
    return None


def _noun(word: str, spelled: str, case: str) -> str:
    stem = word[:-1]
    if spelled.endswith("ая"):
        return put(stem, ("и", "е", "ю", "ей", "е"), case)
    if re.search("[жчшщ]а$", spelled):
        return put(stem, NOUN_VELAR if spelled in known.STRESSED_SHA else NOUN_HISSING, case)
    if spelled.endswith("ца"):
        noun = morph.common_noun(spelled, "femn")
        stressed = noun is not None and noun["ins"].endswith("ой")
        return put(stem, NOUN_HARD if stressed else ("ы", "е", "у", "ей", "е"), case)
    return put(stem, NOUN_VELAR if re.search("[гкх]а$", spelled) else NOUN_HARD, case)


def _male(word: str, spelled: str, case: str) -> str | None:
    if spelled in known.ASK_BEARER or (spelled in known.ASK_INSTRUMENTAL and case == "ins"):
        raise Doubt(word, _ASK)
    if spelled in known.FLEETING:
        return put(known.FLEETING[spelled], _after(known.FLEETING[spelled]), case)
    for rule in (_noun_male, _adjective, _y, _fleeting, _hissing, _hard):
        form = rule(word, spelled, case)
        if form is not None:
            return form
    return None


def _noun_male(word: str, spelled: str, case: str) -> str | None:
    if spelled in known.NOUNS or re.search("[гкхжчшщц]а$", spelled):
        return _noun(word, spelled, case)
    return None


def _adjective(word: str, spelled: str, case: str) -> str | None:
    if spelled in known.POSSESSIVE:
        return put(word[:-2], POSSESSIVE, case)
    if re.search("цый$", spelled) or (re.search("[чц]ий$", spelled) and spelled not in known.NOUNS_IY):
        instrumental = ("его", "ему", "его", "ым", "ем") if spelled.endswith("цый") else ADJECTIVE_SOFT
        return put(word[:-2], instrumental, case)
    if spelled.endswith("ой") and syllables(spelled) > 1 and morph.common_noun(spelled, "masc") is None:
        return put(word[:-2], ADJECTIVE_IM if re.search("[гкхжчшщ]ой$", spelled) else ADJECTIVE, case)
    if re.search("[гкх]ий$", spelled) and not _is_noun_iy(spelled):
        return put(word[:-2], ADJECTIVE_IM, case)
    return None


def _is_noun_iy(spelled: str) -> bool:
    return spelled in known.NOUNS_IY or "m" in genders(spelled)


def _y(word: str, spelled: str, case: str) -> str | None:
    if spelled.endswith("ий") and _is_noun_iy(spelled):
        return put(word[:-1], SOFT_IY if syllables(spelled) > 1 else SOFT, case)
    if re.search("[еоэуюя]й$", spelled) and not _runs_away(spelled):
        return put(word[:-1], SOFT, case)
    return None


def _runs_away(spelled: str) -> bool:
    noun = morph.common_noun(spelled, "masc") if _FLEETING_NOUN.fullmatch(spelled) else None
    return noun is not None and fold(noun["gen"])[:-1] not in {spelled, spelled[:-1]}


def _fleeting(word: str, spelled: str, case: str) -> str | None:
    if spelled in known.FAST_VOWEL and spelled != "швец":
        return put(word, _after(spelled), case)
    if syllables(spelled) > 1 and not re.search(_STEADY_EC, spelled) and _FLEETING_NOUN.fullmatch(spelled) and not re.search("[еэ]р$|[еэ]т$", spelled):
        noun = morph.common_noun(spelled, "masc")
        if noun:
            return _noun_form(word, noun, case)
    if re.search("(?:[её]н|он|ин|[чшж])ок$", spelled) and syllables(spelled) > 1:
        return put(word[:-2] + "к", HARD, case)
    if re.search("[аеиоуыюя][бвгджзклмнпрст]ок$", spelled):
        return put(word[:-2] + "к", HARD, case)
    if re.search("[аеиоуыюя][бвгджзклмнпрст]ец$|робец$", spelled):
        if case == "ins" and not re.search(f"{_STEADY_EC}|вец$|робец$", spelled):
            raise Doubt(word, _STRESS_UNKNOWN)
        stem = word[:-2] + ("ьц" if spelled.endswith("лец") else "ц")
        return put(stem, HISSING if re.search(_STEADY_EC, spelled) else HARD, case)
    return None


def _after(stem: str) -> tuple[str, ...]:
    return SOFT if stem.endswith("вл") else HISSING if stem[-1] in "жчшщ" or stem.endswith("ец") else HARD


def _noun_form(word: str, noun: dict[str, str], case: str) -> str:
    form = noun["gen" if case == "acc" else case]
    return form if "ё" in word else form.replace("ё", "е")


def _hissing(word: str, spelled: str, case: str) -> str | None:
    if spelled[-1] not in "жчшщц":
        return None
    noun = morph.common_noun(spelled, "masc")
    if noun:
        return _noun_form(word, noun, case)
    if spelled.endswith("ец"):
        return None
    stressed = spelled in known.STRESSED_ICH or (spelled.endswith("ач") and syllables(spelled) > 1)
    return put(word, HARD if stressed else HISSING, case)


def _hard(word: str, spelled: str, case: str) -> str | None:
    if _FOREIGN_IH.fullmatch(spelled) or spelled in known.INSTRUMENTAL_OM:
        return put(word, HARD, case)
    if spelled[-1] in "вн" and not re.search("[оеё]в$|[иы]н$", spelled):
        return put(word, HARD, case)
    if re.search("[иы]н$", spelled) and syllables(spelled) == 1:
        return put(word, HARD, case)
    return None
