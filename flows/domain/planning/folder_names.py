"""What folders are called: those of pairs by their code and people, those of registered papers beside their drafts'."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.people.through_time import on
from flows.russian import Doubt
from flows.russian.names import surname_initials

if TYPE_CHECKING:
    from flows.domain.model import Facts, Pair

DRAFTS, REGISTERED = "Проекты", "Зарегистрированные"


def pair_name(pair: Pair, facts: Facts) -> str:
    """Name a pair's folder: «П-012 Фамилия И.О. – Фамилия И.О.», for a group its name.

    People are called as on the pair's first day: a marriage later on opens no second folder.
    """
    codes = (pair.mentor, *pair.mentees)
    if facts.history and pair.start:
        then = on(facts.history, pair.start)
        facts = replace(facts, people={code: then.get(code) or facts.people[code] for code in codes})
    other = _one_part(pair.group) if len(pair.mentees) > 1 else short_name(facts, pair.mentees[0])
    return f"{pair.code} {short_name(facts, pair.mentor)} – {other}"


def short_name(facts: Facts, code: str) -> str:
    """Name a person in a folder's name: «Фамилия И.О.» with a plain space; a name nobody can shorten stays as typed."""
    name = facts.people[code].name
    with suppress(Doubt):
        name = surname_initials(name)
    return _one_part(name)


def of_registered(folder: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folder of a registered paper: where drafts have one of their own, the one beside it."""
    return tuple(REGISTERED if part == DRAFTS else part for part in folder)


def _one_part(text: str) -> str:
    """Keep a typed text inside one part of a path."""
    return " ".join(text.replace("\u00a0", " ").replace("/", " ").split())
