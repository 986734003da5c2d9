"""Parts about one pair or one participant: what the tabs say of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import (
    AGREED,
    ending,
    member,
    registered,
    signing,
    the_pair,
    the_person,
)
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.kinds.program_personal import meetings
from flows.domain.documents.kinds.report_mentor import held
from flows.domain.documents.pairs import agreed_on, last_day, pair_record, pairs_of
from flows.domain.documents.programme import Aim, aim_of, aims, meetings_planned
from flows.domain.people import kept_data, publishing
from flows.domain.people.pupils import employed, is_pupil
from flows.domain.statuses import CALLED_OFF
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts, Meeting, Person


def the_record(facts: Facts) -> Context:
    """Tell who the pair are and what they agreed."""
    return {"пара": pair_record(facts, the_pair(facts))}


def with_mentor(facts: Facts) -> Context:
    """Tell the pair, and its mentor besides: the paper is the mentor's."""
    record = pair_record(facts, the_pair(facts))
    return {"пара": record, "наставник": record["наставник"]}


def agreement(facts: Facts) -> Context:
    """Tell what an agreement is about; the requisites of the contract and of an employer are for the pen."""
    return {"соглашение": agreed_on(the_pair(facts))}


def work(facts: Facts) -> Context:
    """Tell the mentor's own work and what pays for it: what, how, when, how long a month; what nobody typed is for the pen."""
    row, card = the_pair(facts).row, facts.organisation
    lines = (inline(line) for line in row.text("Содержание работы наставника").splitlines())
    return {
        "работа": {
            "содержание": [line for line in lines if line],
            "как": inline(row.text("Работа наставника: как")),
            "когда": inline(row.text("Работа наставника: когда")),
            "часов": row.number("Работа наставника: часов в месяц"),
        },
        "выплаты": {"период": inline(card.pay_period), "день": inline(card.pay_day)},
    }


def duty(facts: Facts) -> Context:
    """Tell what a worker consents to freely; day and signature are the mentor's own (ТК РФ, ст. 351.8)."""
    told = with_mentor(facts)
    suffix = ending(told["наставник"]["пол"])
    return {**told, **work(facts), "согласен": AGREED[suffix], "обязан": f"обязан{suffix}"}


def guest_mentor(facts: Facts) -> Context:
    """Tell what a mentor who is no worker agrees to; raise `Refused` when it is not known who signs for a pupil."""
    told, mentor = with_mentor(facts), facts.people[the_pair(facts).mentor]
    return {**told, **_signed(facts, mentor, told["наставник"])}


def mentee(facts: Facts) -> Context:
    """Tell what a mentee agrees to, and the mentor to be fixed, if there is a pair already."""
    person = the_person(facts)
    told, pairs = member(facts, person), pairs_of(facts, person)
    return {"наставляемый": told, "пара": pairs[0] if pairs else None, **_signed(facts, person, told)}


def _signed(facts: Facts, person: Person, record: Context) -> Context:
    """Tell who signs and in which gender; of somebody who signs for another it is that one's own, where a name tells it."""
    who = signing(facts, person)
    adult = AGREED[ending((record["представитель"] or {}).get("пол"))]
    own = adult if who["за_другого"] else AGREED[ending(record["пол"])]
    return {"согласен": own, "представитель_согласен": adult, **who}


def personal_data(facts: Facts) -> Context:
    """Tell whose data a consent is about, which data, and whom they go to; papers of a person are for that one's own pen.

    The representative's authority and address stand where the lists tell them (152-ФЗ, ст. 9, ч. 4).
    """
    person, card = the_person(facts), facts.organisation
    told = member(facts, person)
    agreed = any(employed(pair) and pair.mentor == person.code for pair in facts.pairs)
    goes = card.transfers
    return {
        "человек": told,
        "полномочия": {
            "документ": inline(person.representative_document),
            "адрес": person.representative_address or None,
        },
        "данные": kept_data.listed(person, worker=agreed),
        "публикуемое": publishing.sorts(person, pupil=is_pupil(person)),
        "передаются": goes,
        "получатель": {
            "название": (card.recipient if goes else "") or None,
            "адрес": card.recipient_address or None,
        },
        **_signed(facts, person, told),
    }


def early_end(facts: Facts) -> Context:
    """Tell the reason and the days of an early end; days that nobody typed are left to the pen (ТК РФ, ст. 351.8)."""
    pair = the_pair(facts)
    days = {"последний_день": last_day(pair), "уведомление": pair.end_notice}
    order = {"приказ_о_парах": registered(facts, ORDER_OF_PAIRS, pair)}
    return {**with_mentor(facts), "причина": inline(pair.end_reason), **days, **order}


def development(facts: Facts) -> Context:
    """Tell a mentee's difficulties and the pairs they take part in."""
    person = the_person(facts)
    pairs = pairs_of(facts, person)
    mentor = pairs[0]["наставник"] if pairs else None
    told = member(facts, person)
    return {"наставляемый": told, "пары": pairs, "наставник": mentor, "строки": _work(facts, person, told)}


def _work(facts: Facts, person: Person, told: Context) -> list[Context]:
    """Return a row for each difficulty with the meetings about it, and one for the request where others remain."""
    names = {
        name
        for pair in facts.pairs
        if person.code in pair.mentees
        for name in (pair.code, pair.group, *pair.codes)
    } - {""}
    own = [each for each in facts.meetings if each.pair in names and each.status != CALLED_OFF]
    own.sort(key=lambda each: (each.planned or each.held or date.max, each.code))
    planned = {
        gap: aim for pair in facts.pairs if person.code in pair.mentees for gap, aim in aims(pair).items()
    }
    rows: list[Context] = []
    for gap in told["дефициты"]:
        about = [each for each in own if gap["сфера"] and fold(each.deficit) == fold(gap["сфера"])]
        aim = aim_of(planned, gap["сфера"] or "")
        rows.append(_row(gap["сфера"] or "______________", gap["до"], about, aim))
        own = [each for each in own if each not in about]
    if own:
        rows.append(_row(f"по запросу: {told['запрос']}" if told["запрос"] else "другие встречи", None, own))
    return rows


def _row(about: str, level: str | None, meetings: list[Meeting], aim: Aim | None = None) -> Context:
    days = [day for each in meetings if (day := each.planned or each.held)]
    return {
        "затруднение": about,
        "до": level,
        "цель": aim.target if aim else None,
        "результат": aim.result if aim else None,
        "дела": list(dict.fromkeys(each.topic for each in meetings if each.topic)),
        "начало": min(days, default=None),
        "окончание": max(days, default=None),
        "итоги": list(dict.fromkeys(each.outcome for each in meetings if each.outcome and each.held)),
    }


def planned(facts: Facts) -> Context:
    """Tell the pair's plan as its programme has it; the typed rows alone are what plans were made of before."""
    pair = the_pair(facts)
    return {"встречи": meetings(facts, pair), "план": meetings_planned(facts, pair)}


PARTS: dict[str, Builder] = {
    "пара": the_record,
    "пара с наставником": with_mentor,
    "соглашение": agreement,
    "работа наставника": work,
    "согласие стороннего наставника": guest_mentor,
    "согласие наставляемого": mentee,
    "согласие работника": duty,
    "согласие участника": personal_data,
    "досрочное прекращение": early_end,
    "развитие наставляемого": development,
    "встречи по плану": planned,
    "проведённые встречи": lambda facts: {"встречи": held(facts, the_pair(facts))},
}
