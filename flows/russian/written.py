"""How people write a post or a title in a cell: two endings of one word, a dash for a hyphen."""

from __future__ import annotations

import re

from flows.russian.doubt import Doubt
from flows.russian.letters import HYPHENS, fold
from flows.russian.word import nominative

THIN = "\u2009"
_DASHES = re.compile(f"[{HYPHENS}]")
_HYPHEN = re.compile(r"(?<=[А-Яа-яЁё])[‐‑–—−](?=[А-Яа-яЁё])")
_TORN = re.compile(r"(?<=[а-яё])-\s(?=[а-яё])")
_SECOND_NAME = re.compile(
    r"(?i)(?<=[а-яё])-(?=(?:детск|начальн|основн|средн|общеобразовательн)(?:ий|ая|ое|ие|ый|яя)\s)"
)
# Two endings of one word: «ученик(ца)», «обучающийся (аяся)», «воспитатель/ница».
_ENDING = re.compile(
    r"(?<![А-Яа-яЁё-])[А-Яа-яЁё-]{3,}(?P<joint>\s?\(-?|/-?)(?P<ending>[А-Яа-яЁё]{1,6})(?=\)|[\s,;/]|$)"
)
_ENDINGS = re.compile(
    "а|я|ы|и|е|ая|яя|ое|ее|ые|ие|ый|ий|ой|ов|ев|ей|ам|ем|ом|ся|аяся|яяся|ееся|иеся|ица|ца|ка|ша|ха|ница|тельница|льница|ница|истка|иса|есса|ка|ики|ки"
)
_TWO_ENDINGS = "у слова два окончания («{}»): оставьте одно – то, что стоит в штатном расписании или названии"


def check(clean: str) -> None:
    """Raise a Doubt for a word with two endings: «ученик(ца)», «воспитатель/ница»."""
    for found in _ENDING.finditer(clean):
        shut = clean[found.end() : found.end() + 1] == ")"
        if shut == ("(" in found["joint"]) and _is_ending(found["ending"], found["joint"]):
            raise Doubt(clean, _TWO_ENDINGS.format(found[0] + (")" if "(" in found["joint"] else "")))


def plain(clean: str, kind: str) -> str:
    """Write a plain hyphen for a dash inside a word, thin spaces round one before a second name: «школа-детский сад».

    In a post a space after a hyphen goes: «учитель- логопед».
    """
    clean = _TORN.sub("-", clean) if kind == "position" else clean
    return _SECOND_NAME.sub(f"{THIN}-{THIN}", _HYPHEN.sub("-", clean))


def restored(clean: str, made: str) -> str:
    """Put the dashes of the cell back into the form made of what `plain` gave."""
    made = made.replace(THIN, "")
    typed = _DASHES.findall(clean)
    return _DASHES.sub(lambda _: typed.pop(0), made) if len(_DASHES.findall(made)) == len(typed) else made


def _is_ending(ending: str, joint: str) -> bool:
    """Tell an ending from a word: «(ца)» and «/ница», not «(логопед)», «(ИЗО)» and «/вечер»."""
    if ending.isupper() and len(ending) > 1 and not _ENDINGS.fullmatch(fold(ending)):
        return False
    known = any(found.known and len(ending) > 3 for found in nominative(ending))  # noqa: PLR2004 - shorter ones are endings
    return not known and (bool(_ENDINGS.fullmatch(fold(ending))) or joint in {"(", "(-", "/-"})
