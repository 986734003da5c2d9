"""Personal names in the six cases, initials and forms of address; a Doubt wherever the right form cannot be known.

Any order of the parts, initials on either side, no patronymic, double surnames, «оглы» and «кызы», capitals. The rules of
petrovich decline; which word is what and whose name it is, is our own work (DESIGN §4, reference on Russian).
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from flows.russian import corrections, given, given_data, surnames
from flows.russian.doubt import Doubt
from flows.russian.letters import fold, like
from flows.russian.people import clean
from flows.russian.whose import readings

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.russian.people import Part
    from flows.russian.whose import NameReading

CASES = ("nom", "gen", "dat", "acc", "ins", "pre")
NBSP = "\u00a0"
_SEXES = {"m": "м", "f": "ж"}
_NO_SIGNATURE = "для подписи нужна фамилия и хотя бы одна буква имени"
_SEX_UNKNOWN = (
    "по этой записи не видно, мужчина это или женщина, а формы разные: впишите «м» или «ж» в ячейку «пол»"
)


def decline(full_name: str, case: str, gender: str | None = None) -> str:
    """Put the name into `case` (nom gen dat acc ins pre); the nominative comes back byte for byte.

    `gender` is what the sheet says («м», «ж»); a patronymic and a first name are asked before it.
    Raises Doubt when the cell is not one person in the nominative or the form cannot be known.
    """
    if case not in CASES:
        raise ValueError(case)
    ways = readings(full_name, gender)
    if case == "nom":
        return full_name
    text = clean(full_name)
    return _one(partial(_whole, text, case=case), ways, full_name)


def gender(full_name: str) -> str | None:
    """Give «м» or «ж» when the name itself shows it, None otherwise."""
    try:
        found = {way.gender for way in readings(full_name)}
    except Doubt:
        return None
    return _SEXES[found.pop()] if len(found) == 1 else None


def initials(full_name: str) -> str:
    """Write «И.О. Фамилия» for a signature, a no-break space before the surname; Doubt when it is not clear what is what."""
    return _signature(full_name, "nom", None, "{initials}" + NBSP + "{surname}")


def surname_initials(full_name: str, case: str = "nom", gender: str | None = None) -> str:
    """Write «Фамилия И.О.» in `case`, a no-break space after the surname; Doubt as in `decline`."""
    return _signature(full_name, case, gender, "{surname}" + NBSP + "{initials}")


def address(full_name: str) -> str:
    """Write «Имя Отчество» for a greeting; Doubt when either is missing or it is not clear what is what."""
    ways = readings(full_name)
    if not all(way.of("first") and (way.of("patronymic") or way.of("eastern")) for way in ways):
        raise Doubt(full_name, "для обращения нужны имя и отчество полностью")
    return _one(_greeting, ways, full_name)


def risky(full_name: str, gender: str | None = None) -> str | None:
    """Say why the made forms should be confirmed once by a person who knows the bearer, or None; never raises."""
    try:
        ways = readings(full_name, gender)
    except Doubt:
        return None
    return next(
        (reason for way in ways for reason in map(_risk, way.parts, [way.gender] * len(way.parts)) if reason),
        None,
    )


def shorten(full_name: str, form: str) -> str:
    """Write «Фамилия И.О.» out of a form typed by a person: the surname as typed there, initials as in `full_name`.

    Doubt when the two do not have the same words in the same places.
    """
    ways = readings(full_name)
    words = clean(form).split()
    places = clean(full_name).split()
    if len(words) != len(places):
        raise Doubt(full_name, "вписанная форма не сходится с именем по числу слов: проверьте её")
    return _one(partial(_shorten, clean(full_name), words), ways, full_name)


def _one(make: Callable[[NameReading], str], ways: tuple[NameReading, ...], full_name: str) -> str:
    """Make a form by every reading and return it when they all give the same."""
    try:
        found = {make(way) for way in ways}
    except Doubt as doubt:
        raise Doubt(full_name, doubt.reason) from None
    if len(found) == 1:
        return found.pop()
    if len({way.gender for way in ways}) > 1:
        raise Doubt(full_name, _SEX_UNKNOWN)
    if any(way.of("family") for way in ways):
        raise Doubt(full_name, "в таком имени склоняют и одно слово, и оба: впишите нужные падежи")
    raise Doubt(full_name, "не ясно, где здесь фамилия и где имя: впишите «Фамилия Имя Отчество»")


def _greeting(way: NameReading) -> str:
    return " ".join(part.text for part in way.parts if part.role in {"first", "patronymic", "eastern"})


def _whole(text: str, way: NameReading, case: str) -> str:
    made, end = "", 0
    for part in way.parts:
        made += text[end : part.at] + _form(part, way.gender, case)
        end = part.at + len(part.text)
    return _spelled_like(text, made + text[end:])


def _spelled_like(text: str, form: str) -> str:
    """Write е for ё when the cell does."""
    return form if re.search("[ёЁ]", text) else form.replace("ё", "е").replace("Ё", "Е")


def _form(part: Part, sex: str, case: str) -> str:
    word = part.text.lower()
    if case == "nom" or part.role in {"initials", "particle", "eastern", "family"}:
        return part.text
    if part.role == "last":
        return _same_capitals(part.text, given.decline_last(word, sex, case))
    if part.role == "surname":
        return _same_capitals(part.text, surnames.decline(word, sex, case))
    if part.role == "patronymic":
        return _same_capitals(part.text, given.decline_patronymic(word, sex, case))
    return _same_capitals(part.text, given.decline_first(word, sex, case))


def _same_capitals(source: str, form: str) -> str:
    halves = source.split("-"), form.split("-")
    return "-".join(map(like, *halves)) if len(halves[0]) == len(halves[1]) else like(source, form)


@lru_cache(maxsize=16384)
def _signature(full_name: str, case: str, sex: str | None, shape: str) -> str:
    if case not in CASES:
        raise ValueError(case)
    ways = readings(full_name, sex)
    return _one(partial(_short, case, shape), ways, full_name)


def _short(case: str, shape: str, way: NameReading) -> str:
    if len(way.of("family")) > 1:  # Ким Чен Ир is never shortened
        return " ".join(_form(part, way.gender, case) for part in way.parts)
    surname = " ".join(
        _form(part, way.gender, case) for part in way.parts if part.role in {"particle", "surname", "family"}
    )
    letters = "".join(_letter(part) for part in _in_order(way))
    if not surname or not letters:
        raise Doubt(surname, _NO_SIGNATURE)
    return shape.format(surname=surname, initials=letters)


def _shorten(text: str, words: list[str], way: NameReading) -> str:
    if len(way.of("family")) > 1:
        return " ".join(words)
    places = [
        text[: part.at].count(" ") for part in way.parts if part.role in {"particle", "surname", "family"}
    ]
    letters = "".join(_letter(part) for part in _in_order(way))
    if not places or not letters:
        raise Doubt(text, _NO_SIGNATURE)
    return " ".join(words[place] for place in dict.fromkeys(places)) + NBSP + letters


def _in_order(way: NameReading) -> list[Part]:
    order = ("first", "last", "initials", "patronymic", "eastern")
    return sorted((part for part in way.parts if part.role in order), key=lambda part: order.index(part.role))


def _letter(part: Part) -> str:
    if part.role == "initials":
        return _dotted(part.text)
    if fold(part.text) in corrections.SONS | corrections.DAUGHTERS:
        return ""
    return (
        "-".join(half[0].upper() + "." for half in part.text.split("-"))
        if part.role == "first"
        else part.text[0].upper() + "."
    )


def _dotted(text: str) -> str:
    return re.sub(r"(Д[жзЖЗ]|[А-ЯЁ])\.?", r"\1.", text.replace(" ", ""))


def _risk(part: Part, sex: str) -> str | None:
    word = fold(part.text)
    if part.role == "surname":
        return _surname_risk(word, sex)
    if part.role != "first":
        return None
    if sex == "f" and word.endswith("ь") and word not in given_data.SOFT_DECLINED:
        return "женское имя на мягкий знак: словари расходятся, склонять ли его"
    if word in given_data.STRESSED_IYA or (sex == "m" and word.endswith("ия")):
        return "имя на «-ия»: проверьте дательный падеж"
    return "двойное имя: проверьте, склоняется ли первая половина" if "-" in word else None


def _surname_risk(word: str, sex: str) -> str | None:
    if (
        word
        in corrections.NOUN_OR_ADJECTIVE
        | corrections.NOUNS
        | corrections.ASK_BEARER
        | corrections.ASK_INSTRUMENTAL
    ):
        return "фамилия совпадает с обычным словом: проверьте окончания"
    if sex == "m" and re.search("(?:ец|[оёе]к|ень|(?<![ое]в)ич|ач|ель|[жшщц]|[бвдзлмпст]их)$", word):
        return "мужская фамилия с таким концом: проверьте беглую гласную и творительный падеж"
    if sex == "f" and re.search("[щшц]ая$", word):
        return "женская фамилия на «-щая», «-шая», «-цая»: проверьте окончания"
    return (
        "фамилия на «-ша», «-ча», «-жа», «-ца»: проверьте творительный падеж"
        if re.search("[шчжщц]а$", word)
        else None
    )
