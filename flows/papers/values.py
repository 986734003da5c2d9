"""How a value of a context becomes text on paper: dates, numbers, blanks for the pen; never «None», never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flows.domain.errors import Refused
from flows.russian.doubt import Doubt
from flows.russian.respelt import Respelt
from flows.russian.typography import bound
from flows.russian.words import long_date

FORBIDDEN = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\x7f\ud800-\udfff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
BREAKS = re.compile("\r\n|\r|\x0b")
SPECIAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
MARKED = re.compile(
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
PEN = "_"
USUAL_BLANK = 8
LONGEST_BLANK = 120
DATE_BLANK = "«___»\u00a0______________\u00a020___\u00a0г."
CASES = frozenset({"им", "род", "дат", "вин", "тв", "пр"})


class Markup(str):
    """A piece of a paper already spelt for XML; only our own filters make one."""

    __slots__ = ()


def printed(value: Any) -> Any:
    """Return what stands on paper for a value.

    Raise the value itself when it is a `Doubt`, and `Refused` for what has no text: nothing at all, a list, a person whole.
    """
    kind = type(value)
    if kind is str:
        return clean(value) if SPECIAL.search(value) else value
    if kind is int:
        return value
    return _rarer(value)


def escaped(value: Any) -> str:
    """Return what stands on paper for a value, spelt for XML; this is what every tag prints through.

    What a line must not break is bound here and nowhere before, so that data, keys and searches keep what was typed.
    """
    if type(value) is Markup:
        return value
    text = bound(value if type(value) is str else str(printed(value)))
    return text if MARKED.search(text) is None else _spelt(clean(text))


def _spelt(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )


def clean(text: str) -> str:
    """Drop characters no paper may hold (control, stray surrogates, direction marks); line breaks of any sort become one."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))


def _rarer(value: Any) -> Any:
    if isinstance(value, Doubt):
        raise value.with_traceback(None)
    if value is None:
        raise Refused(
            "значения нет; впишите его в таблицу, а если его вписывают от руки, добавьте в метку «|пропуск»"
        )
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return _in_words(value.year, value.month, value.day)
    if isinstance(value, float):
        return (f"{value:.0f}" if value.is_integer() else f"{value:g}").replace(".", ",")
    if isinstance(value, str):
        return printed(value.now if isinstance(value, Respelt) else str(value))
    return _compound(value)


@lru_cache(maxsize=4096)
def _in_words(year: int, month: int, day_of_month: int) -> str:
    """Return the date in words; day stays with month and year with «г.» on one line."""
    number, _, rest = long_date(date(year, month, day_of_month)).partition(" ")
    return "\u00a0".join((number, rest.replace(" г.", "\u00a0г."))) if rest else number


def _compound(value: Any) -> Any:
    if isinstance(value, Mapping):
        forms = [key for key in value if key in CASES]
        hint = f"допишите падеж или поле через точку, например «.{forms[0] if forms else next(iter(value), 'им')}»"
        raise Refused(f"здесь целая запись, а не одно значение; {hint}")
    if isinstance(value, list | tuple | set):
        raise Refused("здесь список; выведите его циклом или меткой «|перечень»")
    return value


def blank(value: Any, width: int = USUAL_BLANK) -> Any:
    """Return the value, or a line for the pen of `width` underscores when there is none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return PEN * max(1, min(int(width), LONGEST_BLANK))
    return printed(value)


def day(value: Any) -> Any:
    """Return a date in words, or «___» ______ 20__ г. for the pen when there is none."""
    return DATE_BLANK if value is None or value == "" else printed(value)


def numeric(value: Any) -> str:
    """Return a date as «01.09.2026», or a dotted blank for the pen when there is none."""
    if value is None or value == "":
        return "___.___.20___"
    if not isinstance(value, date):
        return str(printed(value))
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def capital(value: Any) -> str:
    """Return the text with its first letter raised: «заведующий» -> «Заведующий»."""
    text = str(printed(value))
    return text[:1].upper() + text[1:]


def listing(values: Any, separator: str = ", ", attribute: str | None = None) -> str:
    """Join a list into a line; `attribute` is a dotted path into each item."""
    if not isinstance(values, list | tuple):
        raise Refused("здесь ждут список")
    return separator.join(str(printed(reached(value, attribute))) for value in values)


def reached(value: Any, path: str | None) -> Any:
    """Follow a dotted path through nested records; raise `Refused` where it breaks."""
    for name in path.split(".") if path else ():
        if isinstance(value, Doubt):
            raise value.with_traceback(None)
        if not isinstance(value, Mapping) or name not in value:
            raise Refused(f"в записи нет поля «{name}»")
        value = value[name]
    return value
