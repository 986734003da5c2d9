"""Which pairs an order may name, and a pair as a template sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import member, term
from flows.domain.documents.in_a_sentence import inline
from flows.domain.errors import Refused
from flows.domain.model import Problem, Severity
from flows.domain.people import pupils
from flows.domain.register import paper_marks
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, ENDED
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flows.domain.model import Context, Facts, Pair, Person

LONGEST_NOTICE = 31
FIXABLE = "Впишите даты и номер в листы «Наставники», «Наставляемые» и «Пары», когда бумаги подписаны; если наставничество входит в трудовую функцию, отметьте это."


def ready(pair: Pair, people: Mapping[str, Person]) -> Problem | None:
    """Tell why a pair may not stand in an order, by codes alone; `None` when it may.

    The mentor's written consent and, of a pair that begins under the law (ТК РФ, ст. 351.8), an addendum to the contract
    are asked for unless mentoring is the mentor's own job (letter of Роструд 02.10.2025 № ТЗ/7300-6-1). Of a mentor who is no worker, only the consent
    and, from an employer, the agreement with the employer; of minors, the consents of those who sign for them.
    """
    mentor = people.get(pair.mentor)
    absent = [code for code in (pair.mentor, *pair.mentees) if code not in people]
    if absent or mentor is None:
        return _stop(
            pair,
            "pair-unknown-person",
            f"в списках нет участника {', '.join(absent)}",
            "Добавьте участника в лист «Наставники» или «Наставляемые».",
        )
    if pair.mentor in pair.mentees or not pair.mentees:
        return _stop(
            pair,
            "pair-of-one",
            f"наставник и наставляемый – один и тот же {pair.mentor}"
            if pair.mentees
            else "наставляемый не указан",
            "Исправьте строку листа «Пары».",
        )
    lacking = [
        *_lacking(pair, mentor),
        *pupils.lacking(pair, [mentor, *(people[code] for code in pair.mentees)]),
    ]
    if lacking:
        return _stop(
            pair, "pair-not-ready", f"нет {words.listed(lacking)} (наставник {mentor.code})", FIXABLE
        )
    return (
        _stop(
            pair, "pair-reversed", "срок кончается раньше, чем начинается", "Исправьте даты в листе «Пары»."
        )
        if pair.end < pair.start
        else None
    )


def listed(facts: Facts) -> list[Context]:
    """Return the pairs an order may name, the earliest first; the rest are left out."""
    fit = [pair for pair in facts.pairs if ready(pair, facts.people) is None]
    return [pair_record(facts, pair) for pair in sorted(fit, key=lambda pair: (pair.start, pair.code))]


def living(facts: Facts) -> list[Context]:
    """Return every pair that goes on or is proposed, ready or not, the earliest first."""
    return [
        pair_record(facts, pair)
        for pair in sorted(facts.pairs, key=lambda pair: (pair.start, pair.code))
        if pair.status not in ENDED
    ]


def agreed(facts: Facts, kind: str) -> list[Context]:
    """Return the living pairs that an order may name; a registered paper of the kind goes on naming those it named."""
    own = (
        row
        for row in in_force(facts.register)
        if row.kind == kind and row.parts.period == facts.organisation.school_year
    )
    named = {code for row in own for code in paper_marks.told(row)}
    fit = named | {pair.code for pair in facts.pairs if ready(pair, facts.people) is None}
    return [pair for pair in living(facts) if pair["код"] in fit]


def pairs_of(facts: Facts, person: Person) -> list[Context]:
    """Return the pairs a person takes part in, in any role, the earliest first."""
    own = [pair for pair in facts.pairs if person.code in (pair.mentor, *pair.mentees)]
    return [pair_record(facts, pair) for pair in sorted(own, key=lambda pair: (pair.start, pair.code))]


def agreed_on(pair: Pair) -> Context | None:
    """Return number and day of the agreement to the mentor's contract; nothing while neither is typed."""
    if not pair.addendum_number and not pair.addendum_date:
        return None
    return {"номер": pair.addendum_number or None, "дата": pair.addendum_date}


def pair_record(facts: Facts, pair: Pair) -> Context:
    """Return a pair or group with its people in every case."""
    return {
        "код": pair.code,
        "наставник": member(facts, _person(facts, pair.mentor)),
        "наставляемые": [member(facts, _person(facts, code)) for code in pair.mentees],
        "это_группа": len(pair.mentees) > 1,
        "группа": pair.group or None,
        "форма": pair.form or None,
        "вид": pair.kind or None,
        "цель": inline(pair.goal),
        "задачи": [task for each in pair.tasks if (task := inline(each))],
        "начало": pair.start,
        "окончание": pair.end,
        "срок": term(pair.start, pair.end),
        "встреч_в_месяц": pair.meetings_a_month,
        "доп_соглашение": agreed_on(pair),
        "доплата": inline(pair.pay),
        "согласия": _agreed(pair, facts),
        "работник": pupils.employed(pair),
        "работодатель": pupils.by_employer(pair),
        "по_закону": pupils.under_law(pair) or pupils.by_employer(pair),
    }


def _agreed(pair: Pair, facts: Facts) -> list[Context]:
    """Return the days on which mentees agreed to take part, each once; whose they are is said only where they differ.

    A minor for whom a parent agreed alone has no such day of their own.
    """
    people = [_person(facts, code) for code in pair.mentees]
    days: dict[date | None, list[Person]] = {}
    for person in people:
        if person.consent_duty or not person.representative_consent:
            days.setdefault(person.consent_duty, []).append(person)
    alone = [days.get(day, []) for day in days] == [people]
    return [
        {"дата": day, "кто": [] if alone else [member(facts, person)["кратко_род"] for person in own]}
        for day, own in days.items()
    ]


def last_day(pair: Pair) -> date | None:
    """Return the last day of a pair that ended early: «Дата окончания», when it was moved near the notice; else nobody said it."""
    if (
        pair.status != BROKEN
        or pair.end_notice is None
        or not 0 <= (pair.end - pair.end_notice).days <= LONGEST_NOTICE
    ):
        return None
    return pair.end


def codes(pair: Context) -> set[str]:
    """Return the codes of everybody in a pair's record."""
    return {pair["наставник"]["код"], *(person["код"] for person in pair["наставляемые"])}


def _lacking(pair: Pair, mentor: Person) -> list[str]:
    if pupils.employed(pair) and mentor.job_function:
        return []
    young = pupils.who_consents(mentor, pair.start) == pupils.PARENT
    consent = [] if mentor.consent_duty or young else ["письменного согласия наставника"]
    if pair.addendum_number and pair.addendum_date:
        return consent
    if pupils.by_employer(pair):
        return [*consent, "соглашения с работодателем (номер и дата)"]
    return [*consent, "дополнительного соглашения (номер и дата)"] if pupils.under_law(pair) else consent


def _stop(pair: Pair, code: str, reason: str, cure: str) -> Problem:
    message = f"Пара {pair.code} не войдёт в приказ: {reason}."
    return Problem(Severity.STOP, code, pair.origin, message, cure, subject=pair.code)


def _person(facts: Facts, code: str) -> Person:
    person = facts.people.get(code)
    if person is None:
        raise Refused(f"Участника {code} нет в листах «Наставники» и «Наставляемые».")
    return person
