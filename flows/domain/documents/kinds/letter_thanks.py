"""Благодарственное письмо наставнику."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain.documents.common import common, member, the_person
from flows.domain.documents.pairs import pairs_of
from flows.domain.terms.named_days import MENTORS_DAY
from flows.russian import Doubt

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "letter.thanks"
FIRST_MENTORS_DAY = date(2026, 3, 2)
RESPECTED = {"ж": "уважаемая", "м": "уважаемый"}


def build(facts: Facts) -> Context:
    """Return the letter's context."""
    person = the_person(facts)
    told = member(facts, person)
    mentees = [each for pair in pairs_of(facts, person) for each in pair["наставляемые"]]
    return {
        **common(facts, KIND),
        "наставник": told,
        "наставляемые": mentees,
        "обращение": greeting(told),
        "день_наставника": on_mentors_day(facts),
    }


def on_mentors_day(facts: Facts) -> bool:
    """Tell whether the letter is for the Day of mentors: the second of March since 2026, before that there was none."""
    day = facts.window.end if facts.window else None
    return day is not None and day >= FIRST_MENTORS_DAY and (day.month, day.day) == MENTORS_DAY


def greeting(person: Context) -> str | Doubt:
    """Return «уважаемая Вера Петровна», or the doubt about the name or the gender."""
    doubt = next((person[key] for key in ("обращение", "пол") if isinstance(person[key], Doubt)), None)
    return doubt or f"{RESPECTED[person['пол']]} {person['обращение']}"
