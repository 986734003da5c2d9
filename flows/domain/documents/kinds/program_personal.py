"""Персонализированная программа наставничества пары или группы: из цели, задач, затруднений, результатов и встреч, что записаны в таблице."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import common, registered, the_pair
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.pairs import pair_record
from flows.domain.documents.programme import marks_of, meetings_planned, results, stages_of
from flows.domain.people.meeting_log import of_pair
from flows.domain.people.pair_plans import forms_of_work
from flows.domain.people.pupils import ALONE, who_consents
from flows.domain.text import fold
from flows.russian.words import listed

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Pair

KIND = "program.personal"


def build(facts: Facts) -> Context:
    """Return the programme's context; what the tables do not hold is left to the pen."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    names = {person["код"]: person["кратко"] for person in record["наставляемые"]}
    return {
        **common(facts, KIND),
        "пара": record,
        "наставник": record["наставник"],
        "наставляемые": record["наставляемые"],
        "дефициты": [
            {**gap, "кто": person["кратко"]}
            for person in record["наставляемые"]
            for gap in person["дефициты"]
        ],
        "запросы": list(
            dict.fromkeys(person["запрос"] for person in record["наставляемые"] if person["запрос"])
        ),
        "встречи": meetings(facts, pair),
        "исходное": at_the_start(record),
        "результаты": results(facts, pair, names),
        "уровни": marks_of(facts, pair, names),
        "этапы": stages_of(pair),
        "формы_работы": [form for line in forms_of_work(pair) if (form := inline(line))],
        "условия": conditions(pair),
        "план": meetings_planned(facts, pair),
        "приказ_о_парах": registered(facts, ORDER_OF_PAIRS, pair),
        "представители": [
            {
                "кого": person["кратко_род"],
                "имя": person["представитель"]["инициалы"] if person["представитель"] else None,
            }
            for person in (record["наставник"], *record["наставляемые"])
            if who_consents(facts.people[person["код"]], pair.start) != ALONE
        ],
    }


def at_the_start(record: Context) -> list[str]:
    """Tell what is known of the mentees as the programme begins, in words: their service, what they find hard."""
    people = record["наставляемые"]
    young = sum(person["молодой"] for person in people)
    gaps = {
        fold(gap["сфера"]): gap["сфера"] for person in people for gap in person["дефициты"] if gap["сфера"]
    }
    told = []
    if len(people) > 1:
        told += [f"молодых специалистов – {young} из {len(people)}"] if young else []
    else:
        told += [f"стаж – {person['стаж_словами']}" for person in people if person["стаж_словами"]]
        told += ["молодой специалист"] if young else []
    return [*told, f"затруднения – {listed(gaps.values())}"] if gaps else told


def conditions(pair: Pair) -> Context | None:
    """Tell how and when a pair meets and how long the mentor works a month, as typed; nothing where nobody typed it."""
    row = pair.row
    told = {
        "как": inline(row.text("Работа наставника: как")),
        "когда": inline(row.text("Работа наставника: когда")),
        "часов": row.number("Работа наставника: часов в месяц"),
    }
    return told if any(told.values()) else None


def meetings(facts: Facts, pair: Pair) -> list[Context]:
    """Return the pair's planned meetings in the order of their days; those without a day come last."""
    own = sorted(
        of_pair(facts.meetings, {pair.code, pair.group, *pair.codes} - {""}),
        key=lambda meeting: (
            meeting.planned is None,
            meeting.planned.toordinal() if meeting.planned else 0,
            meeting.code,
        ),
    )
    return [
        {
            "день": meeting.planned,
            "тема": meeting.topic or None,
            "подробно": [part for part in (meeting.deficit, meeting.manner) if part],
        }
        for meeting in own
    ]
