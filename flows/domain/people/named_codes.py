"""Codes of pairs and people spelt by name: what a person reads names people, a code alone tells nobody anything."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.domain.asked_again import of_the_same
from flows.russian import Doubt
from flows.russian.names import surname_initials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Pair, Person

CODE = re.compile(r"(?<!\w)(?:пар[аыеуой]{1,2} )?([ПНЛ])[-\u2011](\d{3})(?!\d)", re.IGNORECASE)

SPOKEN = re.compile(r"(?<![\w-])([ПНЛ])[-\u2011](\d{3,})(?![\w-])(?=( –)?)")


def short(person: Person | None, code: str) -> str:
    """Return the surname with initials, «Белова В.С.», wherever the surname stands; the code of nobody.

    Of a name that is in doubt the first word is taken for the surname: it is asked about elsewhere.
    """
    words = person.name.split() if person else []
    if person is None or not words:
        return code
    with suppress(Doubt):
        return surname_initials(person.name).replace("\u00a0", " ")
    return f"{words[0]} {''.join(f'{word[0].upper()}.' for word in words[1:3])}".strip()


def pair_by_name(pair: Pair, people: Mapping[str, Person]) -> str:
    """Return a pair by the names of both sides: «Абрамова А.П. – Белова В.С.»; of a group, its mentor and how it is called."""
    mentor = short(people.get(pair.mentor), pair.mentor)
    mentees = ", ".join(short(people.get(code), code) for code in pair.mentees)
    return f"{mentor} – {mentees}" if mentees else mentor


def by_name(text: str, pairs: Sequence[Pair], people: Mapping[str, Person]) -> str:
    """Put names in place of codes: «П-001» becomes «Абрамова А.П. – Белова В.С.»; a code of nobody stays."""
    known = _by_code(pairs)

    def named(found: re.Match[str]) -> str:
        code = f"{found[1].upper()}-{found[2]}"
        if code in known:
            return pair_by_name(known[code], people)
        return short(people[code], code) if code in people else found[0]

    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", CODE.sub(named, text))


@of_the_same
def _by_code(pairs: Sequence[Pair]) -> Mapping[str, Pair]:
    return {code: pair for pair in pairs for code in (pair.code, *pair.codes)}


def pair_by_surnames(pair: Pair, people: Mapping[str, Person]) -> str:
    """Return a pair by two surnames, «Абрамова – Белова», for a narrow column or a second mention; of a group, its mentor's."""
    mentor, *mentees = (short(people.get(code), code).split()[0] for code in (pair.mentor, *pair.mentees))
    return f"{mentor} с группой" if len(mentees) > 1 else " – ".join((mentor, *mentees))


def in_prose(text: str, pairs: Sequence[Pair], people: Mapping[str, Person]) -> str:
    """Put names in place of codes for somebody who reads on: a pair in full, named again in the same text by surnames.

    Of a group the mentor is named and how many learn from him. A dash that follows parts the pair from what is said of it, so none
    stands inside the name then. A code of nobody stays.
    """
    known = _by_code(pairs)
    met: set[str] = set()

    def named(found: re.Match[str]) -> str:
        code = f"{found[1]}-{found[2]}"
        pair = known.get(code)
        if pair is None:
            return short(people[code], code) if code in people else found[0]
        again = pair.code in met
        met.add(pair.code)
        name = pair_by_surnames(pair, people) if again else _in_full(pair, people)
        return name.replace(" – ", " и ") if found[3] else name

    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", SPOKEN.sub(named, text))


def _in_full(pair: Pair, people: Mapping[str, Person]) -> str:
    if len(pair.mentees) > 1:
        return f"{short(people.get(pair.mentor), pair.mentor)} с группой из {len(pair.mentees)} чел."
    return pair_by_name(pair, people)
