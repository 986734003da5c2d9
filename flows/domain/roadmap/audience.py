"""Marks on activities: who is mentored, which rows every organisation of a district carries out, which rows share one order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.organisation import Nature
from flows.domain.roadmap.district_trace import FACT
from flows.domain.text import fold
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.model import Activity, Row
    from flows.domain.roadmap.grids import Document

__all__ = ["EVERYBODY", "audience", "in_reach", "is_district", "marked", "reach", "whose"]

REACH = "Охват"  # a column of a district's own book: whose row it is
EVERYBODY, BODIES = "оо", frozenset({"уо", "имо"})

GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (group, late(words, re.IGNORECASE))
    for group, words in (
        ("pupils", r"обучающ(?:и[йех]|его|ему|им|ая|ую)\w{0,40}(?! семинар| встреч| мероприят| программ)|ученик|учени(?:ка|ков|цы)|(?<!\w)учащ(?:ий|ие|их|им)|(?<!до)школьник|воспитанник|несовершеннолетн|(?<!\w)дет(?:и|ей|ям)(?! дошк)"),
        ("students", r"студент"),
        ("employers", r"работодател|предприяти"),
        ("teachers", r"педагог(?!ическ\w{1,40} (?:совет|практик))|учител|воспитател|молод\w{1,40} (?:специалист|кадр)|педагогическ\w{1,40} работник"),
    )
)  # fmt: skip
TEACHERS, MIXED = "teachers", "mixed"
BODY = late(
    r"(?<!\w)(?:УО|РУО|ИМО|ИМЦ|ММС|РМК|МКУ|ЦРО)(?!\w)|управлени\w{0,40} образовани|отдел\w{0,40} образовани|(?:комитет|департамент)\w{0,40} (?:по )?образовани|муниципальн\w{1,40} (?:координатор|оператор|методическ)",
    re.IGNORECASE,
)
OF_DISTRICT = late(
    r"муниципальн\w{1,40} (?:целев|дорожн|модел|систем)|образовательн\w{1,40} (?:организаци[йях]+|учреждени[йях]+)\s+\S+\s+(?:район|округ|город|муницип)|(?:в|по|для)\s+\S+\s+(?:район|округ)\w{0,40}",
    re.IGNORECASE,
)
OWN = late(
    r"(?:М[А-ЯЁ]{2,5}|Г[А-ЯЁ]{2,5}|ДОУ|школ\w{1,40}|гимнази\w{1,40}|лице\w{1,40}|сад\w{0,40})\s*(?:№|«|\")",
    re.IGNORECASE,
)
EVERY = late(
    r"^(?:(?:руководител|директор|заведующ|администраци|куратор|педагог)\w{0,40}\s+)?(?:(?:все|кажд\w{1,40})\s+)?(?:ОО|ОУ|ДОУ|ОДО|школы?|детские сады|(?:обще)?образовательн\w{1,40} (?:организаци|учреждени)\w{1,40})(?:\s+\w{1,40}){0,2}$",
    re.IGNORECASE,
)
INSIDE = late(
    r"внутренн\w{1,40} мониторинг|в кажд\w{1,40} (?:ОО|ОУ|школ|организац|учрежден)|во всех (?:ОО|ОУ|школах|организац)",
    re.IGNORECASE,
)
LEAST_BODIES = 2
ADVISES = late(
    r"(?<!\w)(?:ИМО|ИМЦ|ММС|РМК|ЦРО)(?!\w)|методическ\w{1,40} (?:центр|кабинет|служб|отдел)|центр\w{0,40} развития образовани",
    re.IGNORECASE,
)
ORDER_WORDS = late(
    r"(приказ|распоряжени|распорядительн\w{1,40} акт|постановлени)\w{0,40}[^,;.\n]*", re.IGNORECASE
)


def marked(
    activities: Sequence[Activity], document: Document, *, districts: bool = False
) -> tuple[Activity, ...]:
    """Mark each activity with its audience, with fan-out in a district's plan, and with the row that names its order first.

    `districts` tells that it is a district's plan, whatever it looks like.
    """
    usual = _groups(f"{document.title} {document.organisation}")
    district = districts or is_district(document, activities)
    orders: dict[tuple[object, ...], str] = {}
    done: list[Activity] = []
    for each in activities:
        key = _order_key(each)
        first = orders.setdefault(key, each.code) if key else each.code
        done.append(
            replace(
                each,
                audience=audience(each, usual),
                fan_out=district and FACT not in each.facts and _fans_out(each),
                joint="" if first == each.code else first,
            )
        )
    return tuple(done)


def reach(row: Row) -> frozenset[str]:
    """Return whom a row of a district's own book is for, folded: bodies, all organisations, single ones; none where nobody said."""
    return frozenset(told for part in re.split(r"[;,\n]", row.text(REACH)) if (told := fold(part)))


def in_reach(activities: Sequence[Activity], rows: Sequence[Row]) -> tuple[Activity, ...]:
    """Let «Охват» say which rows the organisations carry out; one that is for a body as well stays the district's own."""
    said = {row.code: reach(row) for row in rows if row.code}
    return tuple(
        replace(each, fan_out=not told & BODIES) if (told := said.get(each.code, frozenset())) else each
        for each in activities
    )


def audience(row: Activity, usual: frozenset[str] = frozenset()) -> str:
    """Tell who is mentored in a row, by what is done in it, else by the plan's title; teachers where nothing is said."""
    named = _groups(f"{row.activity} {row.content}") or usual or frozenset({TEACHERS})
    return next(iter(named)) if len(named) == 1 else MIXED


def _groups(text: str) -> frozenset[str]:
    return frozenset(group for group, words in GROUPS if words.search(text))


def is_district(document: Document, activities: Sequence[Activity]) -> bool:
    """Tell a district's plan: its title speaks of many organisations, or its bodies answer for several rows.

    Rows that a district has handed to an organisation say nothing of whose plan they stand in.
    """
    own = [each for each in activities if FACT not in each.facts]
    heading = f"{document.title} {document.organisation}"
    if BODY.search(document.organisation) or (OF_DISTRICT.search(document.title) and not OWN.search(heading)):
        return True
    return (
        not OWN.search(heading)
        and sum(bool(BODY.search(each.printed_responsible)) for each in own) >= LEAST_BODIES
    )


def whose(document: Document, activities: Sequence[Activity]) -> Nature | None:
    """Tell what the body is that a district's plan is of: the one that issues its orders; nothing of an organisation's own plan."""
    if not is_district(document, activities):
        return None
    orders = (each for each in activities if any(record.of(kind).order for kind in each.documents))
    told = (each.printed_responsible for each in orders)
    issues = next((text for text in told if BODY.search(text) or ADVISES.search(text)), "")
    body = issues or document.organisation
    manages = any(BODY.search(part) and not ADVISES.search(part) for part in re.split(r"[,;\n]", body))
    return Nature.MANAGEMENT if manages or not ADVISES.search(body) else Nature.CENTRE


def _fans_out(row: Activity) -> bool:
    alone = bool(row.responsible) and all(EVERY.match(party) for party in row.responsible)
    return alone or bool(INSIDE.search(f"{row.activity} {row.result}"))


def _order_key(activity: Activity) -> tuple[object, ...] | None:
    """Give what two rows must share to mean one order: its kind, its words, its windows and who issues it."""
    shared = [(place, kind) for kind in activity.documents if (place := record.of(kind).shares_order)]
    kind = min(shared)[1] if shared else None
    words = ORDER_WORDS.search(activity.result)
    if kind is None or words is None or not activity.term.windows:
        return None
    told = re.sub(r"\W+", " ", words[0].lower()).strip()
    bare = len(told.split()) == 1
    return (
        kind,
        "" if bare else told,
        activity.term.windows,
        activity.printed_responsible,
        activity.stage if bare else "",
    )
