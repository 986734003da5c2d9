"""The organisation's requisites in `Настройки`: what each is called, what cannot be one, and what papers lack without it.

What nobody typed is a blank for the pen in every paper that prints it, and one question here, asked only where such
papers are made: an organisation without pairs is asked about no consents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.model import Origin, Problem, Severity
from flows.domain.people.pupils import under_law
from flows.domain.statuses import ENDED
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Cell, Facts, Pair

ADDRESS, TAXPAYER, REGISTERED, PAGE = "Адрес", "ИНН", "ОГРН", "Страница сайта"
RECIPIENT, RECIPIENT_ADDRESS = "Кому передаются данные", "Адрес получателя данных"
SECRETARY, PERFORMER, PHONE = "Секретарь педсовета", "Исполнитель", "Телефон исполнителя"
DEPUTY, FORMS = "Заместитель куратора", "Формы наставничества"
PAY_PERIOD, PAY_DAY = "Выплаты наставникам: период", "Выплаты наставникам: день"
FIELDS = {
    ADDRESS: "address", TAXPAYER: "inn", REGISTERED: "ogrn", PAGE: "page", RECIPIENT: "recipient",
    RECIPIENT_ADDRESS: "recipient_address", SECRETARY: "secretary", PERFORMER: "performer", PHONE: "performer_phone",
    PAY_PERIOD: "pay_period", PAY_DAY: "pay_day", DEPUTY: "deputy", FORMS: "forms",
}  # fmt: skip
APPOINTS = "назначаемый куратор"  # a part of the order that also names who stands in
NUMBERED = "номер протокола"  # a part of the minutes that a secretary keeps
NAMES = frozenset({SECRETARY, PERFORMER, DEPUTY})
DIGITS = {TAXPAYER: 10, REGISTERED: 13}
WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
CONSENTS, AGREEMENTS, SITE = (
    "в согласиях на обработку персональных данных",
    "в соглашениях о наставничестве",
    "в согласиях на распространение персональных данных",
)
BLANK = (
    f"Во вкладке «{SETTINGS}» не заполнено «{{name}}»: {{where}} на этом месте остаётся линейка для ручки. "
    "Впишите значение или ответьте «да», если будете вписывать от руки."
)


def fault(name: str, text: str) -> str:
    """Say why a text cannot be a number of the taxpayers' or the state register; nothing when it can, or is no number.

    The last digit of each is reckoned from the others (orders of the Federal Tax Service on ИНН and ОГРН).
    """
    digits = DIGITS.get(name)
    plain = "".join(text.split())
    if digits is None or not plain:
        return ""
    if not (plain.isascii() and plain.isdigit() and len(plain) == digits):
        return f"нужно {digits} цифр"
    last = sum(int(digit) * weight for digit, weight in zip(plain, WEIGHTS, strict=False)) % 11 % 10
    if name == REGISTERED:
        last = int(plain[:-1]) % 11 % 10
    return "" if int(plain[-1]) == last else "последняя цифра не сходится с остальными: где-то опечатка"


def findings(facts: Facts, lines: Sequence[tuple[int, Sequence[Cell]]], book: str = "") -> Iterator[Problem]:
    """Ask once for each requisite that papers of the organisation lack, and about each that cannot be one."""
    rows = {fold(str(cells[0] or "")): row for row, cells in lines if cells}
    origin = Origin(book, SETTINGS, 0, "Значение")
    wanted = dict(_wanted(facts))
    for name, field in FIELDS.items():
        typed = str(getattr(facts.organisation, field))
        cell = replace(origin, row=rows.get(fold(name), 0))
        wrong = fault(name, typed)
        if wrong:
            said = (
                f"Во вкладке «{SETTINGS}» не прочитан «{name}»: {wrong}. Проверьте по уставу и впишите верно."
            )
            yield Problem(Severity.QUESTION, "requisite-odd", cell, said, printed=typed, subject=name)
        elif not typed and name in wanted:
            said = BLANK.format(name=name, where=wanted[name])
            yield Problem(Severity.QUESTION, "requisite-blank", cell, said, subject=name)


def _wanted(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the requisites that papers still to be signed print, and in which papers."""
    living = [pair for pair in facts.pairs if pair.status not in ENDED]
    people = [
        facts.people[code] for pair in living for code in (pair.mentor, *pair.mentees) if code in facts.people
    ]
    unsigned = any(person.consent_data is None for person in people)
    asking = set(record.having("given", "consent_public"))
    called = any(asking & set(row.documents) for row in facts.activities)
    published = called and any(person.consent_public is None for person in people)
    agreements = [pair for pair in living if _unagreed(pair, facts)]
    places = (CONSENTS * unsigned, AGREEMENTS * bool(agreements), SITE * published)
    if any(places):
        yield from ((ADDRESS, words.listed(places)), (TAXPAYER, words.listed(places)))
    if unsigned:
        yield RECIPIENT, f"{CONSENTS}, если данные передаются,"
        if facts.organisation.recipient and facts.organisation.transfers:
            yield RECIPIENT_ADDRESS, CONSENTS
    if any(pair.pay for pair in agreements):
        yield from ((PAY_PERIOD, AGREEMENTS), (PAY_DAY, AGREEMENTS))
    if _called(facts, APPOINTS):
        yield DEPUTY, "в приказе о назначении куратора"
    if _called(facts, NUMBERED):
        yield SECRETARY, "в протоколах педагогического совета"
    if published:
        yield from ((REGISTERED, SITE), (PAGE, SITE))


def _called(facts: Facts, part: str) -> bool:
    """Tell whether a paper of ours with such a part is called for and none is registered yet."""
    kinds = {kind.id for kind in record.kinds().values() if part in (kind.parts or ())}
    called = any(
        kinds & set(row.documents) and not (row.fan_out and facts.organisation.over_others)
        for row in facts.activities
    )
    return called and not any(row.kind in kinds and row.registered for row in facts.register)


def _unagreed(pair: Pair, facts: Facts) -> bool:
    """Tell a pair whose agreement to the mentor's contract is still to be signed (ТК РФ, ст. 351.8)."""
    mentor = facts.people.get(pair.mentor)
    signed = pair.addendum_number and pair.addendum_date
    return under_law(pair) and mentor is not None and not mentor.job_function and not signed
