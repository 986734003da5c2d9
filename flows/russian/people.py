"""A person's cell taken apart: which word is the surname, the first name, the patronymic."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from flows.russian import by_custom, corrections, evidence, given, given_data
from flows.russian.doubt import Doubt
from flows.russian.letters import HYPHENS, fold, require_russian, require_text

LONGEST = 100
_WHOLE = 3  # surname, first name, patronymic
_PAIR = 2
_LETTER = "(?:Д[жзЖЗ]|[А-ЯЁ])"
_TOKEN = re.compile(
    rf"(?P<initials>{_LETTER}\.(?:[ -]?{_LETTER}\.)*(?:[ -]?[А-ЯЁ](?![А-Яа-яЁё]))?)"
    r"|(?P<word>[А-Яа-яЁё]+(?:['’ʼ-][А-Яа-яЁё]+)*)"
    r"|(?P<other>\S)"
)
_COMMA = re.compile(r"(?<![А-Яа-яЁё])[А-ЯЁ]\.?,\s?[А-ЯЁ](?![А-Яа-яё])")
_FULL_STOP = re.compile(r"(?<=[а-яё]{3})\.$")
_OF_A_PLACE = re.compile(r"(?:аль|эль|ад|ас|аш|де|ди|бин|ибн)-[А-ЯЁ]")
_SON_OF = frozenset({"абд", "абу", "бин", "ибн"})
_TWO = "похоже, в ячейке не один человек: оставьте одного"
_NOT_A_NAME = "в ячейке не фамилия, имя и отчество, а должность, организация или пометка"
_UNCLEAR = "не ясно, где здесь фамилия и где имя: впишите «Фамилия Имя Отчество»"
_NO_PATRONYMIC = (
    "в трёх словах нет отчества: впишите «Фамилия Имя Отчество» или проверьте, один ли это человек"
)
_SMALL_LETTER = (
    "фамилия, имя и отчество пишутся с прописной буквы; если это не человек, уберите текст из ячейки"
)
_DISAGREE = "имя и отчество разного рода: проверьте, нет ли опечатки"
NOT_NOMINATIVE = "имя стоит не в именительном падеже: впишите его так, как в паспорте"


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the tidied cell, where it stands in it, and its role.

    Roles: surname, first, patronymic, initials, particle (фон), eastern (Гасан оглы, Гасаноглы); in names whose last word
    alone declines, family and last (Ким Чен, Ир).
    """

    text: str
    at: int
    role: str


Ways = list[tuple[str, ...]]


@lru_cache(maxsize=4096)
def clean(full_name: str) -> str:
    """Tidy the text of a cell that may hold a person; Doubt for what cannot be one."""
    text = require_text(full_name, LONGEST)
    require_russian(text, full_name)
    if _COMMA.search(text):
        raise Doubt(full_name, "между инициалами стоит запятая: впишите «Фамилия И.О.»")
    if re.search(r"\([А-ЯЁ]", text):
        raise Doubt(full_name, "в скобках стоит второе имя или фамилия: оставьте то, что в паспорте")
    if re.search(r"\d", text):
        raise Doubt(full_name, "в имени стоят цифры")
    if re.search(r"[,;/&+]| и ", text):
        raise Doubt(full_name, _TWO)
    return re.sub(rf" ?[{HYPHENS}] ?", "-", _FULL_STOP.sub("", text))


def arrangements(full_name: str, said: str | None = None) -> tuple[tuple[Part, ...], ...]:
    """Give the possible roles of the words, at least one way; Doubt when the cell is no single person.

    `said` is the gender («m», «f») that the sheet tells: names of another custom are read with it.
    """
    found = _eastern(_particles(_letters(_tokens(clean(full_name), full_name))), full_name)
    words = [part for part in found if part.role == "word"]
    if not any(given.patronymic_gender(part.text) for part in words) and any(
        given.is_oblique_patronymic(part.text) for part in words
    ):
        raise Doubt(full_name, NOT_NOMINATIVE)
    ways = _custom(found, [part.text for part in words], said) or _ways(found, words, full_name)
    made = tuple(_with_roles(found, words, way) for way in ways)
    fit = tuple(parts for parts in made if not any(_is_stray(parts, at) for at in range(len(parts))))
    if not fit:
        raise Doubt(full_name, _UNCLEAR)
    return fit


def _custom(found: tuple[Part, ...], names: list[str], said: str | None) -> Ways:
    """Read a name of another custom: Ким Чен Ир, and with the gender told Миллер Джессика Энн."""
    if any(part.role not in {"word", "particle"} for part in found):
        return []
    if len(names) == len(found) and by_custom.eastern(names, said):
        alone = [by_custom.roles(names)]
        return [*alone, ("surname", "first")] if len(names) == _PAIR else alone
    if len(names) == len(found) and by_custom.turned(names):
        return [("first", "surname")]
    if len(names) == len(found) and by_custom.twice_named(names):
        return [("surname", "first", "first", "patronymic")]
    patronymic = any(given.patronymic_gender(name) for name in names)
    way = by_custom.western(names, said) if said and len(names) == _WHOLE and not patronymic else None
    return [way] if way else []


def _is_stray(parts: tuple[Part, ...], at: int) -> bool:
    """Say whether a particle stands before anything but a surname."""
    after = parts[at + 1].role if at + 1 < len(parts) else None
    return parts[at].role == "particle" and after not in {"particle", "surname"}


def _with_roles(found: tuple[Part, ...], words: list[Part], way: tuple[str, ...]) -> tuple[Part, ...]:
    roles = {part.at: role for part, role in zip(words, way, strict=True)}
    return tuple(replace(part, role=roles.get(part.at, part.role)) for part in found)


def _tokens(text: str, full_name: str) -> tuple[Part, ...]:
    parts = []
    for found in _TOKEN.finditer(text):
        word = found[0]
        if found["other"]:
            raise Doubt(
                full_name, f"в имени лишний знак «{word}»" if word.isprintable() else "в имени невидимый знак"
            )
        parts.append(Part(word, found.start(), "initials" if found["initials"] else _role(word, full_name)))
    if (
        any(len(part.text) == _PAIR and part.text.isupper() and part.role == "word" for part in parts)
        and not text.isupper()
    ):
        raise Doubt(full_name, "инициалы пишутся с точками: «Фамилия И.О.»")
    return tuple(parts)


def _role(word: str, full_name: str) -> str:
    spelled = fold(word)
    if len(word) == 1 and word.isupper():
        return "letter"
    if by_custom.kin(word):
        return "marker"
    if (word.islower() and spelled in corrections.PARTICLES) or spelled in _SON_OF:
        return "particle"
    if any(half in corrections.NOT_A_PERSON for half in spelled.split("-")):
        raise Doubt(full_name, _NOT_A_NAME)
    if word[0].islower() and not re.match("[дл]['’ʼ]", word) and not _OF_A_PLACE.match(word):
        raise Doubt(full_name, _SMALL_LETTER)
    return "word"


def _letters(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """Letters without dots: a surname of one letter before or after a name and patronymic (Ю), otherwise initials."""
    words = [part for part in found if part.role == "word"]
    is_surname = len(words) == _PAIR and len(found) == _WHOLE and given.patronymic_gender(words[1].text)
    role = "word" if is_surname else "initials"
    return tuple(replace(part, role=role) if part.role == "letter" else part for part in found)


def _particles(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """In a long name capitals may begin a particle too: Фон Берг Анна Карловна, Аль Хаддад Омар."""
    words = [part for part in found if part.role == "word"]
    names = [part.text for part in words]
    if len(words) < _WHOLE or by_custom.eastern(names, None):
        return found
    if len(words) == _WHOLE and any(map(given.patronymic_gender, names)):
        return found
    last = words[-1].at
    return tuple(
        replace(part, role="particle")
        if part.role == "word" and part.at != last and fold(part.text) in corrections.PARTICLES
        else part
        for part in found
    )


def _eastern(found: tuple[Part, ...], full_name: str) -> tuple[Part, ...]:
    """Mark a father's name with «оглы», «кызы»: it is copied, it never declines. Узун-оглы Мария Ивановна has such a surname."""
    marks = [at for at, part in enumerate(found) if part.role == "marker"]
    if not marks:
        return found
    at = marks[0]
    alone = fold(found[at].text) not in corrections.SONS | corrections.DAUGHTERS
    if alone and any(given.patronymic_gender(part.text) for part in found):
        return tuple(replace(part, role="word") if part.role == "marker" else part for part in found)
    if len(marks) > 1 or (not alone and (not at or found[at - 1].role != "word")):
        raise Doubt(full_name, _UNCLEAR)
    eastern = {at} if alone else {at - 1, at}
    return tuple(
        replace(part, role="eastern") if number in eastern else part for number, part in enumerate(found)
    )


def _ways(found: tuple[Part, ...], words: list[Part], full_name: str) -> Ways:
    names = [part.text for part in words]
    whole = len(names) == _WHOLE and given.genders(names[1])
    initials = [part for part in found if part.role == "initials"]
    if any(fold(name) in corrections.SELDOM_A_PERSON for name in names) and not whole and not initials:
        raise Doubt(full_name, _NOT_A_NAME)
    if initials:
        return _with_initials(found, names, full_name)
    eastern = any(part.role == "eastern" for part in found)
    if eastern and len(names) == 1:
        return [("first",)]
    if eastern and len(names) == _PAIR:
        return [("surname", "first")] if found[-1].role == "eastern" else [("first", "surname")]
    patronymics = [given.patronymic_gender(name) is not None for name in names]
    if len(names) == _WHOLE and not eastern:
        return _three(names, patronymics, full_name)
    if len(names) == _PAIR:
        return (
            _two_with_patronymic(names, patronymics, full_name)
            if any(patronymics)
            else _two(names, full_name)
        )
    raise Doubt(
        full_name, _TWO if len(names) > _WHOLE else "одного слова мало: впишите фамилию, имя и отчество"
    )


def _with_initials(found: tuple[Part, ...], names: list[str], full_name: str) -> Ways:
    groups = [at for at, part in enumerate(found) if part.role == "initials"]
    together = groups[-1] - groups[0] == len(groups) - 1
    dotted = sum("." in found[at].text for at in groups)
    if len(names) == 1 and together and dotted in {0, 1} and dotted in {0, len(groups)}:
        return [("surname",)]
    if len(names) == _PAIR and len(groups) == 1 and dotted and any(given.genders(name) for name in names):
        return _two(names, full_name)
    raise Doubt(full_name, _TWO)


def _three(names: list[str], patronymics: list[bool], full_name: str) -> Ways:
    if patronymics[2] and not patronymics[1]:
        first, way = names[1], ("surname", "first", "patronymic")
    elif patronymics[1] and (not patronymics[2] or given.genders(names[0])):
        first, way = names[0], ("first", "patronymic", "surname")
    else:
        raise Doubt(full_name, _NO_PATRONYMIC)
    if evidence.is_plain_surname(first):
        raise Doubt(full_name, _TWO)
    return [way]


def _two_with_patronymic(names: list[str], patronymics: list[bool], full_name: str) -> Ways:
    whose, son_of = given.genders(names[0]), given.patronymic_gender(names[1])
    if patronymics == [False, True] and not evidence.is_plain_surname(names[0]):
        # Роман Абрамович is a son of Abram or a man called Abramovich: the forms are the same. Анна Абрамович is a surname,
        # Анна Иванович more likely a slip of the pen.
        if whose and son_of not in whose and (son_of == "f" or given.is_everyday_patronymic(names[1])):
            raise Doubt(full_name, _DISAGREE)
        return [("first", "patronymic")] if not whose or son_of in whose else [("first", "surname")]
    if patronymics == [True, False] and given.genders(names[1]) and given.patronymic_gender(names[0]) == "m":
        return [("surname", "first")]
    raise Doubt(full_name, _UNCLEAR)


def _two(names: list[str], full_name: str) -> Ways:
    ranks = [_rank(name) for name in names]
    if max(ranks) < 1 and any(map(_is_oblique, names)):
        raise Doubt(full_name, NOT_NOMINATIVE)
    if max(ranks) < 1 and _are_ordinary(names):
        raise Doubt(full_name, _NOT_A_NAME)
    if ranks[0] == ranks[1] == -1:
        raise Doubt(full_name, _TWO)
    if ranks[0] == ranks[1]:
        return [("surname", "first"), ("first", "surname")]
    return [("surname", "first")] if ranks[1] > ranks[0] else [("first", "surname")]


def _are_ordinary(names: list[str]) -> bool:
    """Say whether ordinary words stand here: Мир Цветов, but not Чермен Кокоев and not Слепцов Айаал."""
    surname = any(map(evidence.is_plain_surname, names))
    others = [name for name in names if not evidence.is_plain_surname(name)]
    return any(map(evidence.is_thing if surname else evidence.is_ordinary_word, others))


def _is_oblique(name: str) -> bool:
    return given.is_oblique(name) or evidence.is_oblique(name, certain_only=True, male=False)


def _rank(name: str) -> int:
    """Say how surely the word is a first name: 2 an everyday one, 1 a known one, 0 unknown, -1 a surname by its ending."""
    if fold(name) in given_data.PLAIN_FEMALE | given_data.PLAIN_MALE:
        return 2
    return -1 if evidence.is_plain_surname(name) else int(bool(given.genders(name)))
