"""Благодарственное письмо наставнику."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain.documents.common import common, member, the_person
from flows.domain.documents.pairs import pairs_of
from flows.domain.marks import out_of_ten
from flows.domain.people.pupils import is_pupil
from flows.domain.statuses import ATTESTED, CONTEST, OPEN_LESSON, PUBLISHED
from flows.domain.terms.named_days import MENTORS_DAY
from flows.russian import Doubt

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Person

KIND = "letter.thanks"
FIRST_MENTORS_DAY = date(2026, 3, 2)
ACHIEVED = frozenset({ATTESTED, CONTEST, OPEN_LESSON, PUBLISHED})
ELEVEN = 11
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
        **_for_what(facts, person, mentees),
        "день_наставника": on_mentors_day(facts),
    }


def _for_what(facts: Facts, person: Person, mentees: list[Context]) -> Context:
    """Choose the letter's words by what the mentor did: difficulties that went, mentees who achieved something, a group, else the work."""
    overcome = list(
        dict.fromkeys(gap["сфера"] for each in mentees for gap in each["дефициты"] if _better(gap))
    )
    codes = {each["код"] for each in mentees}
    events = (facts.evidence.events or ()) if facts.evidence else ()
    won = [each for each in events if each.person in codes and each.what in ACHIEVED]
    group = max((len(pair.mentees) for pair in facts.pairs if pair.mentor == person.code), default=0)
    reasons = (("затруднения", overcome), ("успехи", won), ("группа", group > 1))
    return {
        "повод": next((name for name, there in reasons if there), None),
        "преодолено": overcome,
        "успехи": [f"{each.what}{f' {each.value}' if each.value else ''}" for each in won],
        "сколько": f"{group}\u00a0{'человека' if group % 10 == 1 and group % 100 != ELEVEN else 'человек'}",
        "дошкольники": facts.organisation.kindergarten,
        "ученикам": is_pupil(person),
    }


def _better(gap: Context) -> bool:
    """Tell a difficulty whose level after is above the one before, both typed as numbers."""
    before, after = (out_of_ten(gap[when]) for when in ("до", "после"))
    return bool(gap["сфера"]) and before is not None and after is not None and after > before


def on_mentors_day(facts: Facts) -> bool:
    """Tell whether the letter is for the Day of mentors: the second of March since 2026, before that there was none."""
    day = facts.window.end if facts.window else None
    return day is not None and day >= FIRST_MENTORS_DAY and (day.month, day.day) == MENTORS_DAY


def greeting(person: Context) -> str | Doubt:
    """Return «уважаемая Вера Петровна», or the doubt about the name or the gender."""
    doubt = next((person[key] for key in ("обращение", "пол") if isinstance(person[key], Doubt)), None)
    return doubt or f"{RESPECTED[person['пол']]} {person['обращение']}"
