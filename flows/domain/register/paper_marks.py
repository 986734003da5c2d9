"""What a paper said of each pair and person, as short marks in the register: enough to tell later what has changed.

A mark is «code=digest.digest…»: no names leave the papers, and a cell holds the marks of hundreds of people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Context, Filed, Pair, Person

DIGITS = 6
NAME, POST = "ФИО", "должность"
MENTOR, MENTEES, FORM, TERM, PAPERS = (
    "наставник",
    "наставляемые",
    "форма и вид",
    "срок",
    "реквизиты согласия или соглашения",
)
OF_PERSON = (NAME, POST)
OF_PAIR = (MENTOR, MENTEES, FORM, TERM, PAPERS)
ESSENCE = "суть"
# What a paper only cites: it may become known after the paper was signed, and nobody would change the paper for it.
CITED = frozenset({
    "основания", "нормы", "приказ", "приказ_о_парах", "приказ_о_внедрении", "куратор_назначен", "положение", "протокол", "изменяемый", "редакция", "исходный",
    "документы", "записи", "участвуют", "повод",
})  # fmt: skip
PEOPLE = frozenset({"им", "код", "должность"})
PAIR = frozenset({"наставник", "наставляемые", "код", "начало"})


def marks(context: Context, judged: Context) -> tuple[str, ...]:
    """Return a mark for each pair and person that a paper's context tells of, by code, and one for all it says of its own.

    `judged` is what of the context the paper is judged by (`papers.fingerprint`): what its template reads.
    """
    told = sorted(dict(_found(context)).items())
    return (_essence(judged), *(f"{code}={'.'.join(parts)}" for code, parts in told))


def says_the_same(filed: Filed, judged: Context) -> bool:
    """Tell a paper of which only what it cites has changed since it was filed; a row without such a mark never says so."""
    before = next((mark for mark in filed.marks if mark.startswith(f"{ESSENCE}=")), "")
    return bool(before) and before == _essence(judged)


def _essence(judged: Context) -> str:
    own = {name: value for name, value in judged.items() if name not in CITED}
    spelt = json.dumps(own, default=str, ensure_ascii=False, sort_keys=True)
    return f"{ESSENCE}={hashlib.sha256(spelt.encode()).hexdigest()[: 2 * DIGITS]}"


def of_person(person: Person, post: str) -> tuple[str, ...]:
    """Return what a paper written now would be marked with for a person; `post` is the post as papers print it."""
    return _digest(person.name), _digest(post)


def of_pair(pair: Pair, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Return what a paper written now would be marked with for a pair."""
    mentor = people.get(pair.mentor)
    addendum = (
        {"номер": pair.addendum_number or None, "дата": pair.addendum_date}
        if pair.addendum_number or pair.addendum_date
        else None
    )
    return _pair(
        pair.mentor,
        pair.mentees,
        (pair.form, pair.kind),
        (pair.start, pair.end),
        (mentor.consent_duty if mentor else None, addendum),
    )


def told(filed: Filed) -> dict[str, tuple[str, ...]]:
    """Read a register row's marks by code."""
    found = (mark.partition("=") for mark in filed.marks if not mark.startswith(f"{ESSENCE}="))
    return {code: tuple(parts.split(".")) for code, _, parts in found}


def differing(names: Sequence[str], before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Name the parts of a mark that are not what they were; parts that either side lacks are not compared."""
    return tuple(name for name, one, other in zip(names, before, now, strict=False) if one != other)


def _found(value: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(value, Mapping):
        if value.keys() >= PAIR and isinstance(value["наставник"], Mapping):
            yield str(value["код"]), _of_record(value)
            yield from _found([value["наставник"], value["наставляемые"]])
        elif value.keys() >= PEOPLE:
            yield str(value["код"]), (_digest(value["им"]), _digest(value["должность"]["им"]))
        else:
            yield from _found(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            if isinstance(each, Mapping | list | tuple):
                yield from _found(each)


def _of_record(pair: Mapping[str, Any]) -> tuple[str, ...]:
    mentees = [str(person["код"]) for person in pair["наставляемые"]]
    return _pair(
        str(pair["наставник"]["код"]),
        mentees,
        (pair.get("форма"), pair.get("вид")),
        (pair["начало"], pair.get("окончание")),
        (pair["наставник"].get("согласие"), pair.get("доп_соглашение")),
    )


def _pair(mentor: str, mentees: Sequence[str], *rest: tuple[Any, ...]) -> tuple[str, ...]:
    return (
        _digest(mentor),
        _digest(" ".join(mentees)),
        *(_digest("|".join(str(part or "") for part in parts)) for parts in rest),
    )


def _digest(text: Any) -> str:
    return hashlib.sha256(fold(text if isinstance(text, str) else "").encode()).hexdigest()[:DIGITS]
