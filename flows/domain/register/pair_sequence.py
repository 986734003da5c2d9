"""The order in which papers of a pair must follow one another: consent, addendum, order, work; minutes before their order.

Law behind it: ТК РФ ст. 351.8 (written consent, then an addendum, then the work; three working days' notice), and the
custom that an order approves what the council has accepted before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.model import Facts, Filed, Pair, Person, Problem, Severity
from flows.domain.people.pupils import by_employer, under_law
from flows.domain.register.in_force import BLANK, in_force
from flows.domain.statuses import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

GROUP = "групповое"


def chain(facts: Facts) -> tuple[Problem, ...]:
    """Return what stands out of order, by codes and numbers alone; every finding is a question, for a date may be a slip."""
    found = [
        problem
        for pair in facts.pairs
        if pair.status not in ENDED
        for check in OF_PAIR
        if (problem := check(pair, facts))
    ]
    return (*found, *_minutes(facts), *_unsigned(facts))


def _question(pair: Pair, code: str, told: str, cure: str, column: str = "Дата доп. соглашения") -> Problem:
    origin = replace(pair.origin, column=column)
    return Problem(Severity.QUESTION, code, origin, f"Пара {pair.code}: {told}. {cure}", subject=pair.code)


def _consent_after_addendum(pair: Pair, facts: Facts) -> Problem | None:
    mentor = _mentor(pair, facts.people)
    if mentor is None or not _later(mentor.consent_duty, pair.addendum_date):
        return None
    told = f"согласие наставника ({_day(mentor.consent_duty)}) позже дополнительного соглашения ({_day(pair.addendum_date)})"
    return _question(
        pair, "consent-late", told, "Сначала подписывают согласие, потом соглашение. Проверьте обе даты."
    )


def _addendum_after_start(pair: Pair, facts: Facts) -> Problem | None:
    mentor = _mentor(pair, facts.people)
    if (
        mentor is None
        or mentor.job_function
        or not _asked(pair)
        or not _later(pair.addendum_date, pair.start)
    ):
        return None
    told = f"дополнительное соглашение ({_day(pair.addendum_date)}) позже начала работы пары ({_day(pair.start)})"
    return _question(
        pair,
        "addendum-late",
        told,
        "До соглашения работать в паре нельзя. Исправьте дату или сдвиньте начало.",
        "Дата начала",
    )


def _order_before_papers(pair: Pair, facts: Facts) -> Problem | None:
    order = _order_of(pair, facts)
    mentor = _mentor(pair, facts.people)
    if order is None or mentor is None or mentor.job_function:
        return None
    own = (mentor.consent_duty, pair.addendum_date if _asked(pair) else None)
    last = max((day for day in own if day), default=None)
    if not _later(last, order.day):
        return None
    told = f"приказ {_named(order)} раньше согласия или соглашения ({_day(last)})"
    return _question(pair, "order-early", told, "Приказ издают после согласия и соглашения. Проверьте даты.")


def _order_after_start(pair: Pair, facts: Facts) -> Problem | None:
    order = _order_of(pair, facts)
    if order is None or not _later(order.day, pair.start):
        return None
    told = f"приказ {_named(order)} позже начала работы пары ({_day(pair.start)})"
    return _question(
        pair,
        "order-late",
        told,
        "Пара начинает работать не раньше приказа. Сдвиньте начало или проверьте дату приказа.",
        "Дата начала",
    )


def _order_without_papers(pair: Pair, facts: Facts) -> Problem | None:
    order, mentor = _order_of(pair, facts), _mentor(pair, facts.people)
    if (
        order is None
        or mentor is None
        or mentor.job_function
        or (mentor.consent_duty and ((pair.addendum_number and pair.addendum_date) or not _asked(pair)))
    ):
        return None
    lacking = (
        "согласия наставника"
        if mentor.consent_duty is None
        else "дополнительного соглашения с номером и датой"
    )
    told = f"приказ {_named(order)} уже называет пару, а {lacking} в таблице нет"
    return _question(
        pair,
        "order-unsigned",
        told,
        "Впишите дату подписанной бумаги; если её нет, пара не должна работать по этому приказу.",
    )


def _unsigned(facts: Facts) -> Iterator[Problem]:
    """Find people of working pairs whose consent to data processing the roadmap asks for and nobody has signed."""
    asked = set(record.having("given", "consent_data"))
    if not any(asked & set(activity.documents) for activity in facts.activities):
        return
    working = [pair for pair in facts.pairs if pair.status not in ENDED and pair.start <= facts.today]
    for code in dict.fromkeys(code for pair in working for code in (pair.mentor, *pair.mentees)):
        person = facts.people.get(code)
        if person is not None and person.consent_data is None:
            told = f"Пара участника {code} уже работает, а согласия на обработку персональных данных, которого требует дорожная карта, нет. Когда оно подписано, впишите его дату."
            origin = replace(person.origin, column="Дата согласия ПДн")
            yield Problem(Severity.QUESTION, "consent-unsigned", origin, told, subject=code)


def _expired(pair: Pair, facts: Facts) -> Problem | None:
    """Find a pair whose days are over while nobody has finished or prolonged it."""
    if pair.end >= facts.today:
        return None
    told = f"срок кончился {_day(pair.end)}, а состояние – «{pair.status or 'не указано'}»"
    return _question(
        pair,
        "pair-expired",
        told,
        "Отметьте «завершена» или продлите срок: без этого пара считается действующей.",
        "Состояние",
    )


def _group_of_one(pair: Pair, facts: Facts) -> Problem | None:
    """Find a group with one mentee: a row of the group may be missing."""
    del facts
    if len(pair.mentees) > 1 or pair.kind != GROUP:
        return None
    return _question(
        pair,
        "group-of-one",
        "вид групповой, а наставляемый один",
        "Добавьте остальных строками с тем же названием группы или исправьте вид.",
        "Вид",
    )


def _minutes(facts: Facts) -> Iterator[Problem]:
    card = facts.organisation
    for filed in in_force(facts.register):
        if (
            record.of(filed.kind).approves
            and _later(card.council_protocol_date, filed.day)
            and filed.day
            and card.council_protocol_date
            and _same_year(filed.day, card.council_protocol_date)
        ):
            told = f"Приказ {_named(filed)} раньше протокола педсовета № {card.council_protocol} ({_day(card.council_protocol_date)})."
            cure = "Приказ утверждает то, что педсовет уже принял. Проверьте обе даты."
            origin = replace(filed.origin, column="Дата регистрации")
            yield Problem(Severity.QUESTION, "minutes-late", origin, f"{told} {cure}", subject=filed.key)


def _same_year(one: date, other: date) -> bool:
    return abs((one - other).days) < 60  # noqa: PLR2004 - minutes of another meeting say nothing of this order


def _order_of(pair: Pair, facts: Facts) -> Filed | None:
    own = {pair.code, *pair.codes}
    found = [
        filed
        for filed in in_force(facts.register)
        if filed.kind == ORDER_OF_PAIRS and filed.day and own & set(filed.covers)
    ]
    return min(found, key=lambda filed: filed.day.toordinal() if filed.day else 0, default=None)


def _mentor(pair: Pair, people: Mapping[str, Person]) -> Person | None:
    return people.get(pair.mentor)


def _asked(pair: Pair) -> bool:
    """Tell whether somebody asks for an agreement before a pair works: the law of workers, the school of an employer."""
    return under_law(pair) or by_employer(pair)


def _later(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else BLANK


def _named(order: Filed) -> str:
    return f"№ {order.number or BLANK} ({_day(order.day)})"


OF_PAIR: tuple[Callable[[Pair, Facts], Problem | None], ...] = (
    _consent_after_addendum,
    _addendum_after_start,
    _order_before_papers,
    _order_after_start,
    _order_without_papers,
    _expired,
    _group_of_one,
)
