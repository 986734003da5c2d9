"""Приказ о досрочном прекращении наставничества пары (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import NOTICE_OF_END, ORDER_OF_PAIRS, REFUSAL
from flows.domain.documents.common import common, registered, the_pair, unique
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.pairs import last_day, pair_record
from flows.domain.people import early_ends, through_time
from flows.domain.statuses import ON_LEAVE

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Pair

KIND = "order.early_end"


def build(facts: Facts) -> Context:
    """Return the order's context; the last day and the notice's are left to the pen while nobody typed them.

    Whoever has left with the pair's end signs nothing any more and is offered no other mentor; nor is one on leave.
    """
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    left = through_time.gone(facts, pair)
    away = {code for code in pair.mentees if facts.people[code].status == ON_LEAVE} | left
    told = {
        "пара": record, "наставник": record["наставник"], "причина": inline(pair.end_reason), "приказ_о_парах": registered(facts, ORDER_OF_PAIRS, pair),
        "последний_день": last_day(pair), "уведомление": pair.end_notice, "остаются": [each for each in record["наставляемые"] if each["код"] not in away],
        "повод": grounds(facts, pair),
    }  # fmt: skip
    context = common(facts, KIND)
    return {
        **context,
        **told,
        "ознакомить": unique(
            [
                *(each for each in (record["наставник"], *record["наставляемые"]) if each["код"] not in left),
                *([context["куратор"]] if context["куратор"] else []),
            ]
        ),
    }


def grounds(facts: Facts, pair: Pair) -> Context:
    """Tell what the order stands on: the mentor's application or the employer's notice, with the number and day it was registered by.

    Where neither warns the other, or nobody told who ends the pair, the reason as typed is all there is.
    """
    reason, side = inline(pair.end_reason), early_ends.ended_by(pair)
    told: Context = {
        "бумага": None,
        "чьё": False,
        "номер": None,
        "дата": None,
        "причина": reason,
        "неизвестно": False,
    }
    if not early_ends.by_warning(pair, facts):
        return told
    if not side:
        return {**told, "неизвестно": True}
    own = side == early_ends.MENTOR
    filed = registered(facts, REFUSAL if own else NOTICE_OF_END, pair) or {"номер": None, "дата": None}
    return {
        **told,
        **filed,
        "бумага": "заявление" if own else "уведомление",
        "чьё": own,
        "дата": filed["дата"] or pair.end_notice,
        "причина": None if own else reason,
    }
