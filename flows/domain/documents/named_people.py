"""People whom a plan or a text names by surname and initials, as those who sign for having read a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.documents.common import curator, member
from flows.domain.documents.name_forms import typed_person
from flows.russian import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Activity, Context, Facts

SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
NAMED = re.compile(
    rf"(?<!\w)(?:{SURNAME}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|{SURNAME}\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:ич|на|ична))(?!\w)"
)


def named_in(facts: Facts, rows: Iterable[Activity]) -> list[Context]:
    """Return those whom the rows make responsible by name, each once: as the book knows them, else as printed, the post for the pen."""
    printed = dict.fromkeys(name for row in rows for name in NAMED.findall(row.printed_responsible))
    known = [member(facts, person) for _, person in sorted(facts.people.items())]
    head = curator(facts)
    found: dict[str, Context] = {}
    for name in printed:
        whom = next(
            (each for each in (*([head] if head else []), *known) if name_key(name) in _keys(each)), None
        )
        told = whom or {**(typed_person(facts, name) or {}), "им": name, "должность": {"им": ""}}
        found.setdefault(name_key(str(told["им"])), told)
    return list(found.values())


def name_key(name: str) -> str:
    """Return a surname with initials, however much of the name is printed."""
    surname, *given = re.findall(r"[А-ЯЁ][а-яё]*(?:-[А-ЯЁ][а-яё]+)?", name)[:3] or [""]
    return " ".join([surname, *(part[:1] for part in given)])


def _keys(person: Context) -> set[str]:
    name = person["им"]
    return set() if isinstance(name, Doubt) else {name_key(str(name))}
