"""Dates, counts and lists in words, and the sameness of Russian strings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.russian import heads
from flows.russian.doubt import Doubt
from flows.russian.letters import fold, like, require_text, tidy
from flows.russian.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flows.russian.heads import Item
    from flows.russian.word import Reading

__all__ = ["count", "listed", "long_date", "month", "same", "span", "typography"]

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
# Counted words whose genitive plural is another word, or keeps the old form.
_COUNTED = {"год": "лет", "человек": "человек", "ребёнок": "детей", "ребенок": "детей"}


def long_date(day: date) -> str:
    """Write «1 сентября 2023 г.»."""
    return f"{_day_and_month(day)} {day.year} г."


def month(day: date) -> str:
    """Write the month of a day in the genitive, «мая 2027 г.»."""
    return f"{MONTHS[day.month - 1]} {day.year} г."


def span(start: date | None, end: date | None) -> str:
    """Write «с 1 по 15 мая 2026 г.», both days included; the month and year are said once when they are the same.

    One open end gives «с …» or «до …», both open an empty text. Doubt when the end stands before the start.
    """
    if start is None or end is None:
        return f"{_from(start)} {long_date(start)}" if start else f"до {long_date(end)}" if end else ""
    if end < start:
        raise Doubt(f"{start} {end}", "конец срока стоит раньше начала: проверьте обе даты")
    if start == end:
        return long_date(start)
    if start.year != end.year:
        return f"{_from(start)} {long_date(start)} по {long_date(end)}"
    first = str(start.day) if start.month == end.month else _day_and_month(start)
    return f"{_from(start)} {first} по {long_date(end)}"


@lru_cache(maxsize=4096)
def count(number: int, phrase: str) -> str:
    """Write the number with the phrase in its counted form: «5 наставнических пар», «2 наставляемых», «21 встреча», «5 лет».

    `phrase` stands in the nominative singular; what follows its head is copied. Doubt when no such head is found.
    """
    clean = require_text(phrase, 200)
    head = heads.find(clean, animate=False)
    if head is None or head.ruling.plural:
        raise Doubt(phrase, "считать можно то, что названо в именительном падеже единственного числа")
    last_two, last = abs(number) % 100, abs(number) % 10
    if last == 1 and last_two != 11:  # noqa: PLR2004 - the grammar of Russian numerals
        return f"{number} {clean}"
    few = 2 <= last <= 4 and not 12 <= last_two <= 14  # noqa: PLR2004 - the same
    words = [_counted(item, head.ruling, few=few) for item in head.items]
    made = head.join(words) + head.tail
    return f"{number} {made if re.search('[ёЁ]', clean) else made.replace('ё', 'е')}"


def listed(items: Iterable[str]) -> str:
    """Write «а, б и в»; empty items are left out."""
    words = [item for item in items if item and item.strip()]
    return " и ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def same(left: str, right: str) -> bool:
    """Say whether two cells say the same: ё is е, case, spaces and composed letters do not matter."""
    return fold(tidy(left)) == fold(tidy(right))


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _from(day: date) -> str:
    """Choose «со» for the second, read «со второго»; every other day takes «с»."""
    return "со" if day.day == 2 else "с"  # noqa: PLR2004 - the second


def _counted(item: Item, ruling: Reading, *, few: bool) -> str:
    pairs = zip(item.halves, item.options, strict=True)
    word = "-".join(
        _counted_half(half, found[0], ruling, few=few) if found else half for half, found in pairs
    )
    return f"({word})" if item.bracketed else word


def _counted_half(half: str, reading: Reading, ruling: Reading, *, few: bool) -> str:
    if not few and half.lower() in _COUNTED:
        return like(half, _COUNTED[half.lower()])
    if reading.kind == "noun":
        wanted = {"gent", "sing" if few else "plur"}
    else:
        # «3 наставнические пары», but «3 новых приказа» and, with no noun, «2 наставляемых».
        wanted = {"plur", "nomn" if few and ruling.kind == "noun" and ruling.gender == "femn" else "gent"}
    made = reading.inflect(wanted)
    if made is None:
        raise Doubt(half, "у этого слова нет формы для счёта: впишите её сами")
    return like(half, made)
