"""Персонализированная программа наставничества пары или группы: из цели, задач, дефицитов и встреч, что записаны в таблице."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.common import common, registered, the_pair
from flows.domain.documents.pairs import pair_record
from flows.domain.people.pupils import ALONE, who_consents

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Pair

KIND = "program.personal"


def build(facts: Facts) -> Context:
    """Return the programme's context; what the tables do not hold is left to the pen."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
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


def meetings(facts: Facts, pair: Pair) -> list[Context]:
    """Return the pair's planned meetings in the order of their days; those without a day come last."""
    own = [
        meeting for meeting in facts.meetings if meeting.pair in {pair.code, pair.group, *pair.codes} - {""}
    ]
    own.sort(
        key=lambda meeting: (
            meeting.planned is None,
            meeting.planned.toordinal() if meeting.planned else 0,
            meeting.code,
        )
    )
    return [
        {
            "день": meeting.planned,
            "тема": meeting.topic or None,
            "подробно": [part for part in (meeting.deficit, meeting.manner) if part],
        }
        for meeting in own
    ]
