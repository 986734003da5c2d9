"""Whose name it is, from the surest sign to the least: patronymic, first name, surname, what the sheet says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.russian import by_custom, evidence, given, given_data, people
from flows.russian.doubt import Doubt
from flows.russian.letters import fold

if TYPE_CHECKING:
    from flows.russian.people import Part

_TOLD = {"м": "m", "m": "m", "муж": "m", "мужской": "m", "ж": "f", "f": "f", "жен": "f", "женский": "f"}
_CONTRADICTION = "пол в ячейке «пол» не сходится с именем: проверьте оба"
_DISAGREE = "имя, отчество и фамилия разного рода: проверьте, нет ли опечатки"


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to understand a cell: every part with its role, for a person of one gender («m», «f»)."""

    parts: tuple[Part, ...]
    gender: str

    def of(self, role: str) -> tuple[Part, ...]:
        """Give the parts with this role, as they stand."""
        return tuple(part for part in self.parts if part.role == role)


def told(value: str | None, full_name: str = "") -> str | None:
    """Read «m» or «f» from what stands in a «пол» cell (м, ж, муж., женский, m, f), None from an empty one."""
    spelled = fold(value or "").strip(" .")
    if spelled and spelled not in _TOLD:
        raise Doubt(full_name, "пол пишется «м» или «ж»")
    return _TOLD.get(spelled)


def readings(full_name: str, gender: str | None = None) -> tuple[NameReading, ...]:
    """Give every way to read the cell that no sign contradicts, at least one; Doubt otherwise.

    `gender` is what the sheet says, in any spelling of `told`.
    """
    return _read(full_name, gender)


@lru_cache(maxsize=4096)
def _read(full_name: str, gender: str | None) -> tuple[NameReading, ...]:
    said = told(gender, full_name)
    found: list[NameReading] = []
    doubt: Doubt | None = None
    for parts in people.arrangements(full_name, said):
        try:
            found += [NameReading(parts, sex) for sex in sorted(_genders(parts, said, full_name))]
        except Doubt as refusal:
            doubt = refusal
    if not found:
        raise doubt or Doubt(full_name, people.NOT_NOMINATIVE)
    return tuple(found)


def _genders(parts: tuple[Part, ...], said: str | None, full_name: str) -> frozenset[str]:
    by_father = _by_patronymic(parts)
    by_name = _by_first_name(parts)
    by_surname = _by_surname(parts)
    if by_father:
        _check(by_father, parts, by_surname, full_name)
        if said and said != by_father:
            raise Doubt(full_name, _CONTRADICTION)
        return frozenset(by_father)
    if said == "f" and by_surname == "m" and _is_foreign(parts, by_name):
        by_surname = None
    sexes = by_name & (frozenset(by_surname) if by_surname else given.BOTH)
    if not sexes:
        raise Doubt(full_name, _DISAGREE)
    if said and said not in sexes:
        raise Doubt(full_name, _CONTRADICTION)
    sexes = frozenset(said) if said else sexes
    _check_nominative(parts, sexes, full_name)
    return sexes


def _is_foreign(parts: tuple[Part, ...], by_name: frozenset[str]) -> bool:
    """Say whether a woman may bear a surname on a consonant like a man's: Левин Джессика, but not Иванов Анна."""
    firsts = [fold(part.text) for part in parts if part.role == "first"]
    everyday = any(name in given_data.PLAIN_FEMALE for name in firsts)
    if not firsts or everyday or "f" not in by_name:
        return False
    surnames = [fold(part.text) for part in parts if part.role == "surname"]
    return by_name == {"f"} or all(surname.endswith(("ин", "ын")) for surname in surnames)


def _by_patronymic(parts: tuple[Part, ...]) -> str | None:
    for part in parts:
        if part.role == "patronymic":
            return given.patronymic_gender(part.text)
        if part.role == "eastern" and by_custom.kin(part.text):
            return by_custom.kin(part.text)
    return None


def _by_first_name(parts: tuple[Part, ...]) -> frozenset[str]:
    for part in parts:
        if part.role == "first":
            return given.genders(part.text) or given.BOTH
    return given.BOTH


def _by_surname(parts: tuple[Part, ...]) -> str | None:
    for part in parts:
        if part.role == "surname":
            return evidence.gender(part.text)
    return None


def _check(father: str, parts: tuple[Part, ...], by_surname: str | None, full_name: str) -> None:
    """Doubt when the first name or the surname denies what the patronymic says."""
    for part in parts:
        wrong_name = part.role == "first" and given.contradicts(part.text, father)
        oblique = part.role == "surname" and evidence.is_oblique(
            part.text, certain_only=True, male=father == "m"
        )
        if oblique:
            raise Doubt(full_name, people.NOT_NOMINATIVE)
        if wrong_name or (part.role == "surname" and by_surname and by_surname != father):
            raise Doubt(full_name, _DISAGREE)


def _check_nominative(parts: tuple[Part, ...], sexes: frozenset[str], full_name: str) -> None:
    """Without a patronymic the surname and the name themselves must look like a nominative."""
    for part in parts:
        surname = part.role == "surname" and evidence.is_oblique(
            part.text, certain_only=False, male=sexes == {"m"}
        )
        first = part.role == "first" and given.is_oblique(part.text)
        if surname or first:
            raise Doubt(full_name, people.NOT_NOMINATIVE)
