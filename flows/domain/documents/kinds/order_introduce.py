"""Приказ о внедрении или об утверждении: назван так, как его называет строка дорожной карты, ознакомлены все, кто в нём и в ней назван."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.documents.common import common, unique
from flows.domain.documents.minutes import protocol
from flows.domain.documents.named_people import named_in
from flows.domain.documents.who_we_are import HEADS

if TYPE_CHECKING:
    from flows.domain.model import Activity, Context, Facts

KIND = "order.introduce"
ORDER = re.compile(r"(?i:приказ|распоряжение)(?:\s+[А-ЯЁ][а-яё]+)?\s*+(?P<quote>[«\"“]?)\s*+(?=[Оо]б?\s)")
ANOTHER = re.compile(
    r"[;]|\.\s*$|\s[-–—]\s|,\s*(?=(?:\w+ная )?(?:положение|дорожная карта|программа|план|пакет|список|перечень)(?!\w))",
    re.IGNORECASE,
)
# «О внедрении» of what?
ABOUT = re.compile(r"(?:внедрен|введен|утвержден)\w{0,40}\s+[\w«\"“]", re.IGNORECASE)
INTRODUCES = re.compile(r"внедрен|введен", re.IGNORECASE)
LONGEST = 250


def build(facts: Facts) -> Context:
    """Return the order's context."""
    context = common(facts, KIND)
    curator, own = context["куратор"], named(facts.activity)
    heading = own or context["документ"]["заголовок"]
    return {
        **context,
        "документ": {**context["документ"], "заголовок": heading},
        "заголовок": heading,
        "от_руки": list(range(HEADS)) if context["управление"] else [],
        "внедряет": INTRODUCES.search(heading) is not None,
        "протокол": protocol(facts, KIND),
        "ознакомить": unique([*([curator] if curator else []), *named_in(facts, facts.activities)]),
    }


def named(activity: Activity | None) -> str:
    """Return the order's name as a row prints it, «О внедрении …», «Об утверждении …»; empty where it prints none."""
    told = (
        (" ".join(text.split()) for text in (activity.result, activity.content, activity.activity))
        if activity
        else ()
    )
    for text in told:
        for order in ORDER.finditer(text):
            name = _name(text[order.end() :], quoted=bool(order["quote"]))
            if ABOUT.search(name) and len(name) <= LONGEST:
                return name[:1].upper() + name[1:]
    return ""


def _name(rest: str, *, quoted: bool) -> str:
    """Cut what follows «приказ» where its name ends: at the quote that closes it, else where another paper begins."""
    if not quoted:
        return ANOTHER.split(rest)[0].rstrip(" .,:")
    depth = 1
    for at, sign in enumerate(rest):
        depth += (sign == "«") - (sign in '»”"')
        if not depth:
            return rest[:at].rstrip(" .,")
    return ""
