"""Terms that are an event: the end of the pairs' work, so many days after an order, a named day of the calendar (domain §5.2).

Each gives windows as soon as somebody has typed what it hangs on: a pair's last day, an order's date.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.domain import periods, working_days
from flows.domain.catalogue.called_for import kinds_for
from flows.domain.catalogue.named import INTRODUCING, ORDER_OF_PAIRS, PROGRAMME
from flows.domain.catalogue.record import having
from flows.domain.monitoring.indicators.method import Rules
from flows.domain.register.in_force import in_force
from flows.domain.statuses import PROPOSED
from flows.domain.terms.named_days import named_day, within
from flows.domain.terms.reading import EVENT, Window
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flows.domain.model import Activity, Facts, Pair

AFTER = re.compile(r"(?<!до )(?<!к )(?:заверш|оконч)\w*|\bитогам")
ALONE = re.compile(r"(?:по|после) (?:заверш|оконч)\w*[. ]*(?:\(?ежегодно\)?)?")
OUR_WORK = re.compile(r"\bпар(?:а|ы|у|е)?\b|групп|программ|наставнич|учебн\w{0,40} год|\bгода\b")
SOMETHING_ELSE = re.compile(r"встреч|заняти|мероприят|конкурс|форум|этап|курс")
COUNTS = {
    "одн": 1, "один": 1, "двух": 2, "дву": 2, "две": 2, "трех": 3, "три": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8,
    "девяти": 9, "десяти": 10, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
}  # fmt: skip
WORDS = "|".join(sorted(COUNTS, key=len, reverse=True))
SINCE = r"\s+(?:срок\s+)?(?:со дня|с даты|с момента|после|от даты)\s+(?:\w{1,40}\s+){0,3}?(?P<order>приказ\w{0,3}.*)"
SPAN = re.compile(
    rf"(?:(?:(?P<digits>\d{{1,2}})|(?P<words>{WORDS})\w{{0,4}})(?:-?х)?[\s-]*+)?(?P<working>рабоч\w{{1,40}}\s+)?(?:календарн\w{{1,40}}\s+)?"
    rf"(?P<unit>дн|день|недел|месяц|месячн)\w{{0,40}}{SINCE}"
)
DAYS_OF = {"дн": 1, "день": 1, "недел": 7}


def after_pairs(activity: Activity) -> bool:
    """Tell whether a row's term is the end of the pairs' work, whatever the words; nothing else named means it too."""
    if activity.term.kind != EVENT or activity.term.windows:
        return False
    told = _told(activity)
    ours = AFTER.search(told) and OUR_WORK.search(told) and not SOMETHING_ELSE.search(told)
    return bool(ours) or ALONE.fullmatch(told) is not None


def after_order(activity: Activity) -> bool:
    """Tell whether a row's term is so many days after an order: «в течение двух недель со дня приказа»."""
    return (
        activity.term.kind == EVENT and not activity.term.windows and SPAN.search(_told(activity)) is not None
    )


def order_windows(activity: Activity, facts: Facts, days_off: frozenset[date]) -> Iterator[Window]:
    """Yield the days that a row's term gives after each registered order it speaks of, none while none has a date."""
    found = SPAN.search(_told(activity))
    if found is None:
        return
    meant = _orders(found["order"], activity)
    for day in sorted({row.day for row in in_force(facts.register) if row.kind in meant and row.day}):
        yield Window(day, _after(day, found, days_off))


def ending_of(pair: Pair, facts: Facts, days_off: frozenset[date]) -> Window:
    """Return the days after a pair's own end in which its results are gathered."""
    rules = facts.evidence.method.rules if facts.evidence else Rules()
    return Window(pair.end, _later(pair.end, rules.event_days, days_off))


def endings(facts: Facts, days_off: frozenset[date]) -> Iterator[Window]:
    """Yield for each school year the days after the last of its pairs has ended; pairs only proposed do not count."""
    last: dict[str, Pair] = {}
    for pair in facts.pairs:
        if pair.status != PROPOSED:
            year = periods.school_year(pair.end)
            last[year] = max(last.get(year, pair), pair, key=lambda each: each.end)
    for pair in sorted(last.values(), key=lambda each: each.end):
        yield ending_of(pair, facts, days_off)


def occasion_of(activity: Activity, window: Window) -> date | None:
    """Return the day of thanks in a window: the day of the calendar that the row names, else the window's last day."""
    named = named_day(f"{activity.printed_term or activity.term.text} {activity.activity}")
    return (within(named, window.start, window.end) if named and window.end else None) or window.end


def named_windows(activity: Activity, facts: Facts) -> Iterator[Window]:
    """Yield the named day of the card's school year for a term that says nothing else: «ко Дню наставника»."""
    year, named = periods.parse(facts.organisation.school_year), named_day(_told(activity))
    day = within(named, year.start, year.end) if year and named and activity.term.kind == EVENT else None
    if day:
        yield Window(None, day)


def _told(activity: Activity) -> str:
    return fold(activity.printed_term or activity.term.text)


def _orders(words: str, activity: Activity) -> frozenset[str]:
    """Return the kinds of the order that a term speaks of; a bare «приказ» is that on pairs for programmes, else the first."""
    named = frozenset(kind for kind in kinds_for(words) if kind.startswith("order."))
    if named and len(words.split()) > 1:
        return named
    programmes = {PROGRAMME, *having("approves", "programmes")} & set(activity.documents)
    return frozenset({ORDER_OF_PAIRS if programmes else INTRODUCING})


def _after(day: date, found: re.Match[str], days_off: frozenset[date]) -> date:
    number = int(found["digits"]) if found["digits"] else COUNTS.get(found["words"] or "", 1)
    if found["unit"].startswith("месяч") or found["unit"] == "месяц":
        return working_days.months_later(day, number)
    days = number * DAYS_OF[found["unit"]]
    return _later(day, days, days_off) if found["working"] else day + timedelta(days)


def _later(day: date, count: int, days_off: frozenset[date]) -> date:
    for _ in range(count):
        day = working_days.on_or_after(day + timedelta(days=1), days_off)
    return day
