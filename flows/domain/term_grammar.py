"""The grammar of deadline cells: text in, spans of points without a plan's years (DESIGN §4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import parsy

MONTH_STEMS = ("январ", "феврал", "март", "апрел", "ма[йяею]", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
MONTH_ENDS = r"(?:ь|я|е|ю|а|у|й|ем|ом)?"
SEASONS = {"зим": 12, "весн": 3, "лет": 6, "осен": 9}
ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "перв": 1, "втор": 2, "трет": 3, "четверт": 4}
PARTS = {"начал": (1, 10), "середин": (11, 20), "кон": (21, 31)}
CENTURY = 2000
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the calendar as typed: a month, perhaps its day, perhaps its year."""

    month: int
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`; `first` is `None` for «до …». `whole` marks a span that names its own years."""

    first: Point | None
    last: Point
    doubtful: bool = False


def normal(text: str) -> str:
    """Fold what people type differently: case, dashes, spaces, «г.», broken dates."""
    folded = re.sub(r"[‐‑‒–—―−]", "-", text.lower().replace("ё", "е"))
    folded = re.sub(r"\s+", " ", folded).strip()
    folded = re.sub(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d\d)(?!\d)", r"\1.\2.\3", folded)
    folded = re.sub(r"(?<!\d)(20\d\d)\s*/\s*(20)?(\d\d)(?!\d)", r"\1-20\3", folded)
    folded = re.sub(r"(?<=\d)\s*(?:гг?\.|гг?(?!\w)|год(?:а|у|ы|ов)?(?!\w))", "", folded)
    return folded.strip(" .,;")


def spans(text: str) -> tuple[Span, ...] | None:
    """Read a whole normalised text as a list of spans; `None` when any part of it is something else."""
    try:
        return tuple(_CELL.parse(text))
    except (parsy.ParseError, ValueError):
        return None


def _year(digits: str) -> int:
    value = int(digits)
    return value if len(digits) > len("00") else CENTURY + value


def _numeric(day: str, month: str, year: str | None) -> Point:
    if year is None and not 1 <= int(month) <= DECEMBER:
        raise ValueError(month)
    return Point(int(month), int(day), _year(year) if year else None)


def _joined(first: Point | int, last: Point) -> Span:
    if isinstance(first, int):
        return Span(Point(last.month, first, last.year), last)
    return Span(first, last)


def _quarter(number: int, year: int | None) -> Span:
    return Span(Point(number * 3 - 2, None, year), Point(number * 3, None, year))


def _half(number: int, year: int | None, second: int | None) -> Span:
    if second is None:
        return Span(Point(number * 6 - 5, None, year), Point(number * 6, None, year))
    if number == 1:
        return Span(Point(9, None, year), Point(12, None, year))
    return Span(Point(1, None, second), Point(8, None, second))


def _season(first: int, year: int | None, second: int | None) -> Span:
    if first != DECEMBER:
        return Span(Point(first, None, year), Point(first + 2, None, year))
    begins = year if second or year is None else year - 1
    ends = second or year
    return Span(Point(DECEMBER, None, begins), Point(2, None, ends), doubtful=second is None)


def _years(first: int, second: int | None) -> Span:
    if second == first + 1:
        return Span(Point(9, None, first), Point(8, None, second))
    return Span(Point(1, None, first), Point(12, None, second or first))


def _part(days: tuple[int, int], at: Point) -> Span:
    last = None if days[1] > 30 else days[1]  # noqa: PLR2004 - the thirty-first means the month's own last day
    return Span(Point(at.month, days[0], at.year), Point(at.month, last, at.year))


def _until(at: Point, of_end: object) -> Span:
    if at.day is not None or of_end is not None:
        return Span(None, at)
    year, month = (at.year, at.month - 1) if at.month > 1 else (at.year and at.year - 1, DECEMBER)
    return Span(None, Point(month, None, year), doubtful=True)


def _word(pattern: str) -> parsy.Parser:
    return parsy.regex(rf"(?:{pattern})(?!\w)") << _SPACE


def _table(values: dict[str, int], ends: str) -> parsy.Parser:
    return parsy.alt(*[_word(stem + ends).result(value) for stem, value in values.items()])


_SPACE = parsy.regex(r"\s*")
_IN = parsy.regex(r"(?:(?:в|во|на|за|в течение|в период|ориентировочно|примерно)\s+)?(?:месяц[ае]?\s+)?")
_YEAR = (parsy.regex(r"(?:19|20)\d\d(?![\d.])").map(int)) << _SPACE
_SCHOOL = parsy.regex(r"(?:-?\s*(?:учебн\w+|уч\.?)(?:\s*(?:год\w*|г\.?))?)?") << _SPACE
_TWO = parsy.seq(_YEAR << parsy.regex(r"-\s*"), _YEAR << _SCHOOL)
_SOME_YEAR = parsy.alt(_TWO.map(tuple), _YEAR.map(lambda year: (year, None))).optional((None, None))
_MONTH = parsy.alt(
    *[
        parsy.regex(rf"{stem}{MONTH_ENDS}(?!\w)|{stem[:3]}\.").result(number) if "[" not in stem
        else parsy.regex(rf"{stem}(?!\w)").result(number)
        for number, stem in enumerate(MONTH_STEMS, 1)
    ],
) << _SPACE
_DAY = parsy.regex(r"(?:[12]?\d|3\d|0\d)(?:-?го)?(?![\d.])").map(lambda text: int(re.sub(r"\D", "", text))) << _SPACE
_DOTTED = parsy.regex(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d))?(?![\d])\.?", group=(1, 2, 3)).combine(_numeric) << _SPACE
_MONTH_DOTTED = parsy.regex(r"(0[1-9]|1[0-2])\.(20\d\d)(?!\d)", group=(1, 2)).combine(
    lambda month, year: Point(int(month), None, int(year)),
) << _SPACE
_NAMED = parsy.seq(_DAY.optional() << _IN, _MONTH << parsy.regex(r",?\s*(?=20\d\d)|"), _YEAR.optional()).combine(
    lambda day, month, year: Point(month, day, year),
)
_POINT = parsy.alt(_MONTH_DOTTED, _DOTTED, _NAMED)
_DASH = parsy.regex(r"(?:-|по(?!\w)|до(?!\w))\s*")
_FROM = parsy.regex(r"(?:(?:с|со|от)\s+)?")
_RANGE = parsy.alt(
    parsy.seq(_FROM >> _DAY << _DASH, parsy.alt(_DOTTED, _NAMED)).combine(_joined),
    parsy.seq(_FROM >> _IN >> _POINT << _DASH, _IN >> _POINT).combine(_joined),
)
_END_OF = parsy.regex(r"(?:конца|окончания)\s+")
_UNTIL = parsy.regex(r"(?:в срок\s+)?(?:до|не позднее|не позже|к|ко)\s+") >> parsy.seq(_END_OF.optional(), _POINT).combine(
    lambda end, at: _until(at, end),
)
_ORDINAL = _table(ORDINALS, r"(?:-?(?:й|ый|ой|ом|е|ое|ая|ей|го|ого))?(?:ая|ое|ый|ий|ом|ем|ья|ье|ьем|ьей|ого|ьего)?")
_QUARTER = parsy.seq(_ORDINAL << _word(r"квартал(?:а|е|у)?|кв\."), _YEAR.optional()).combine(_quarter)
_HALF = parsy.seq(_ORDINAL << _word(r"полугоди(?:е|я|и|ю)"), _SOME_YEAR).combine(lambda number, years: _half(number, *years))
_SEASON = parsy.seq(_table(SEASONS, r"(?:а|ы|е|о|у|ой|ом|ь|и|ью)?"), _SOME_YEAR).combine(
    lambda first, years: _season(first, *years),
)
_PART = parsy.seq(
    parsy.alt(*[_word(stem + r"(?:о|е|а|у|ец|це|ца|ной|цу)?").result(days) for stem, days in PARTS.items()]),
    _NAMED,
).combine(_part)
_WHOLE = parsy.alt(_TWO.combine(_years), (_YEAR << _SCHOOL).map(lambda year: _years(year, None)))
_SINGLE = _POINT.map(lambda at: Span(at, at))
_ITEM = _IN >> parsy.alt(_UNTIL, _QUARTER, _HALF, _PART, _SEASON, _RANGE, _WHOLE, _SINGLE)
_CELL = _SPACE >> _ITEM.sep_by(parsy.regex(r"(?:[,;/+]|и(?!\w))?\s*"), min=1)
