"""Обезличенные выписки для сайта: реестр наставников, перечень программ и приказ о парах без персональных данных.

Without consent to publication (152-ФЗ, ст. 10.1) a participant is only a role; a name and what a mentor helps with stand
only where that very sort of data may be published.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import CHANGING_ORDER, ORDER_OF_PAIRS
from flows.domain.documents.common import registered
from flows.domain.documents.name_forms import named as forms_of
from flows.domain.people import publishing
from flows.domain.register import paper_marks
from flows.domain.register.in_force import in_force
from flows.domain.statuses import ENDED, LEFT
from flows.russian import Doubt

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Kind, PartOfKind
    from flows.domain.model import Context, Facts, Pair, Person

ROLES = {"mentor": "наставник", "mentee": "наставляемый"}


def copied(facts: Facts, kind: Kind) -> Context:
    """Tell what the registered paper says, its number and day and those of its last change, nobody's name without consent."""
    own = tuple(row for row in facts.register if facts.subject in {"", row.parts.subject, row.parts.family})
    source = [row for row in in_force(own) if row.kind == kind.copy_of]
    named = {code for row in source for code in paper_marks.told(row)}
    mentors = [
        person
        for code, person in sorted(facts.people.items())
        if person.role == "mentor" and (code in named if named else person.status != LEFT)
    ]
    pairs = sorted(_of_paper(facts, named), key=lambda pair: (pair.start, pair.code))
    public = [
        *mentors,
        *(facts.people[code] for pair in pairs for code in _people(pair) if code in facts.people),
    ]
    return {
        "исходный": registered(replace(facts, register=own), kind.copy_of),
        "редакция": registered(replace(facts, register=own), CHANGING_ORDER) if kind.copy_of == ORDER_OF_PAIRS else None,
        "наставники": [{"кто": shown(facts, person), "помощь": person.strengths or None if publishing.lets(person, publishing.HELP) else None} for person in mentors],
        "пары": [_pair(facts, pair) for pair in pairs],
        "есть_группы": any(len(pair.mentees) > 1 for pair in pairs),
        "есть_имена": any(publishing.lets_name(person) for person in public),
    }  # fmt: skip


def _of_paper(facts: Facts, named: set[str]) -> list[Pair]:
    """Return the pairs the registered paper names; where nothing tells which, those that go on."""
    told = [pair for pair in facts.pairs if pair.code in named]
    return told or [pair for pair in facts.pairs if pair.status not in ENDED]


def _people(pair: Pair) -> tuple[str, ...]:
    return (pair.mentor, *pair.mentees)


def shown(facts: Facts, person: Person) -> str:
    """Return a participant as the site may show one: the role, with consent to publication also initials and surname."""
    role = ROLES[person.role]
    if not publishing.lets_name(person):
        return role
    initials = forms_of(facts, person.name, person.gender, Doubt("", ""))["инициалы"]
    return role if isinstance(initials, Doubt) else f"{role} {initials}"


def _pair(facts: Facts, pair: Pair) -> Context:
    people = [facts.people[code] for code in _people(pair) if code in facts.people]
    return {
        "наставник": next((shown(facts, person) for person in people if person.code == pair.mentor), ROLES["mentor"]),
        "наставляемые": _together([shown(facts, person) for person in people if person.code != pair.mentor]),
        "сколько": len(pair.mentees), "форма": pair.form or None, "вид": pair.kind or None, "начало": pair.start, "окончание": pair.end,
    }  # fmt: skip


def _together(shown_people: list[str]) -> list[str]:
    """Put those of whom only the role is shown together: «3 наставляемых»."""
    nameless = shown_people.count(ROLES["mentee"])
    told = [each for each in shown_people if each != ROLES["mentee"]]
    return [
        *told,
        *([ROLES["mentee"]] if nameless == 1 else [f"{nameless} наставляемых"] if nameless else []),
    ]


PARTS_OF_KIND: dict[str, PartOfKind] = {"копия для сайта": copied}
