"""Who takes part without being a worker of the organisation: pupils, students, employers; who signs a minor's consent.

Under fourteen the parent or guardian consents alone, from fourteen to eighteen both do, then the person alone (ГК РФ,
ст. 26 and 28; consent to data processing: 152-ФЗ, ст. 9). The article on mentoring as work (ТК РФ, ст. 351.8) is about
workers only, and asks for nothing of pairs that began before it came into force.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flows.domain.model import Pair, Person

PUPIL, STUDENT = "обучающийся", "студент"
MINOR, ADULT = 14, 18
LAW_OF_MENTORING = date(2025, 3, 1)
ALONE, BOTH, PARENT = "сам", "оба", "представитель"
CLASS = re.compile(
    r"(?i)^(?P<of>\d{1,2}\s{0,9}(?:[-–]?\s{0,9}[«\"„]?\w[»\"“]?)?\s{0,9}(?:класс|курс))(?:а|у|е|ом)?\b(?P<rest>.*)$"
)
PUPIL_WORD = re.compile(
    r"(?i)^(?:учени(?:к|ца)|учащ(?:ий|ая)ся|обучающ(?:ий|ая)ся|школьни(?:к|ца)|воспитанни(?:к|ца))(?!\w)"
)
STUDENT_WORD = re.compile(r"(?i)^студент(?:ка)?(?!\w)")
PUPILS_WORDS = frozenset({"ученик", "обучающийся", "студент", "школьник"})


def of_form(pair: Pair, side: int = 0) -> str:
    """Return who mentors by the pair's form: «студент – ученик» gives «студент»; `side` 1 gives who is mentored."""
    return _side(pair.form, side)


@lru_cache(maxsize=1024)
def _side(form: str, side: int) -> str:
    sides = re.split(r"(?:(?<!\s)\s+)?[-–—]\s*", form.strip(), maxsplit=1)
    return fold(sides[side]).split(" ")[0] if side < len(sides) else ""


def employed(pair: Pair) -> bool:
    """Tell whether the mentor is a worker of the organisation, so that the law on mentoring as work applies."""
    return not pair.by_pupil and of_form(pair) not in {*PUPILS_WORDS, "работодатель"}


def teachers(pair: Pair, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Return the codes of those in a pair who are teachers here: neither pupils nor students, nor guests of an employer."""
    mentees = pair.mentees if of_form(pair, 1) not in PUPILS_WORDS else ()
    codes = (*((pair.mentor,) if employed(pair) else ()), *mentees)
    return tuple(code for code in codes if code not in people or not is_pupil(people[code]))


def under_law(pair: Pair) -> bool:
    """Tell whether the law asks for an addendum before a pair works: its mentor is a worker, and it begins under that law."""
    return employed(pair) and pair.start >= LAW_OF_MENTORING


def by_employer(pair: Pair) -> bool:
    """Tell a pair whose mentor comes from an employer: the school and the employer agree about it."""
    return of_form(pair) == "работодатель"


def is_pupil(person: Person) -> bool:
    """Tell a pupil or a student from a worker, by the category or by a class or the word itself in place of a post."""
    return fold(person.sort) in {PUPIL, STUDENT} or _learns(person.position.strip())


@lru_cache(maxsize=4096)
def _learns(post: str) -> bool:
    return any(word.match(post) for word in (CLASS, PUPIL_WORD, STUDENT_WORD))


def is_student(person: Person) -> bool:
    """Tell a student, by the category or by a course in place of a post: «3 курс»."""
    found = CLASS.match(person.position.strip())
    said = STUDENT_WORD.match(person.position.strip()) or (found and "курс" in fold(found["of"]))
    return fold(person.sort) == STUDENT or bool(said)


def sort_of(pair: Pair, side: int) -> str:
    """Return what a pair's form calls its mentor (`side` 0) or mentees (1): «обучающийся», «студент», or nothing of workers."""
    word = of_form(pair, side)
    return STUDENT if word == STUDENT else PUPIL if word in PUPILS_WORDS else ""


def led_by(people: Mapping[str, Person]) -> Callable[[Pair], Pair]:
    """Return what marks a pair whose mentor is a pupil or a student, by the lists."""

    def marked(pair: Pair) -> Pair:
        mentor = people.get(pair.mentor)
        return replace(pair, by_pupil=mentor is not None and is_pupil(mentor))

    return marked


def age_on(person: Person, day: date) -> int | None:
    """Return full years on a day, `None` when the birthday is not told."""
    if person.born is None:
        return None
    return day.year - person.born.year - ((day.month, day.day) < (person.born.month, person.born.day))


def who_consents(person: Person, day: date) -> str | None:
    """Return who signs for a person on a day: «сам», «оба», «представитель»; `None` when a pupil's age is not known."""
    age = age_on(person, day)
    if age is None:
        return None if is_pupil(person) and not is_student(person) else ALONE
    return PARENT if age < MINOR else BOTH if age < ADULT else ALONE


def consented(person: Person, day: date) -> bool:
    """Tell whether everybody who signs for a person on a day has agreed to take part.

    Under fourteen it is the representative alone. Where a pupil's age is not known both must have: then it does not
    matter who had to.
    """
    who = who_consents(person, day)
    own, other = person.consent_duty is not None, person.representative_consent is not None
    return {ALONE: own, PARENT: other}.get(who or BOTH, own and other)


def post_of(person: Person) -> str:
    """Return a post as papers print it: «8 «А» класс» is «обучающийся 8 «А» класса», «2 курс» – «студент 2 курса»."""
    found = CLASS.match(person.position.strip())
    if not found:
        return person.position
    who = STUDENT if "курс" in fold(found["of"]) else PUPIL
    return f"{who} {found['of'].strip()}а{found['rest']}"


def lacking(pair: Pair, people: Iterable[Person]) -> list[str]:
    """Name the consents of minors that a pair still lacks on its first day, by codes alone."""
    told: list[str] = []
    for person in people:
        who = who_consents(person, pair.start)
        if who is None:
            told.append(f"даты рождения обучающегося {person.code}: от неё зависит, кто подписывает согласие")
        elif who != ALONE and person.representative_consent is None:
            told.append(f"согласия законного представителя {person.code}")
        if who == BOTH and person.role == "mentee" and person.consent_duty is None:
            told.append(f"согласия самого обучающегося {person.code}")
    return told
