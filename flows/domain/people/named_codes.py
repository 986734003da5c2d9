"""Codes of pairs and people spelt by name: what a person reads names people, a code alone tells nobody anything."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.russian import Doubt
from flows.russian.names import surname_initials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Pair, Person

CODE = re.compile(r"(?<!\w)(?:пар[аыеуой]{1,2} )?([ПНЛ])[-\u2011](\d{3})(?!\d)", re.IGNORECASE)


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
    known = {code: pair for pair in pairs for code in (pair.code, *pair.codes)}

    def named(found: re.Match[str]) -> str:
        code = f"{found[1].upper()}-{found[2]}"
        if code in known:
            return pair_by_name(known[code], people)
        return short(people[code], code) if code in people else found[0]

    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", CODE.sub(named, text))
