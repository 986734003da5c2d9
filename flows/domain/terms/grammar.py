"""The grammar of deadline cells: a folded cell in, spans of calendar points out, without the plan's years (DESIGN §4)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import parsy

from flows.domain.terms import spans as build
from flows.domain.terms.spans import LONGEST_MONTH, Point, Span
from flows.domain.terms.words import CENTURY, MONTH, MONTHS

__all__ = ["Point", "Span", "spans"]

FIRST_SHORT_YEAR, LAST_SHORT_YEAR = 15, 49
ROMAN = {
    "i": 1,
    "l": 1,
    "ii": 2,
    "п": 2,
    "ll": 2,
    "iii": 3,
    "ш": 3,
    "lll": 3,
    "iv": 4,
    "1у": 4,
    "iу": 4,
    "1v": 4,
    "lv": 4,
}
SEASONS = {"зим": 12, "весн": 3, "лет": 6, "осен": 9}
_SPEAKS_OF_DAYS = re.compile(rf"\d|{MONTH}|кв|пол|п/г|зим|весн|лет|осен")
_PLAIN_DAY = re.compile(r"(до )?(\d{1,2})\.(\d{1,2})\.(\d{4})")
_PLAIN_MONTHS = re.compile(rf"(?:({MONTH})\s?-\s?)?({MONTH}) (\d{{4}})")
PARTS = {"нач": (1, 10), "сер": (11, 20), "кон": (21, LONGEST_MONTH)}


@lru_cache(maxsize=8192)
def spans(text: str) -> tuple[Span, ...] | None:
    """Read a whole folded cell as a list of spans; `None` when any part of it is something else."""
    if not _SPEAKS_OF_DAYS.search(text):
        return None
    return _plain(text) or _parsed(text)


def _plain(text: str) -> tuple[Span, ...] | None:
    """Read the two commonest forms at once, «до 15.09.2023» and «май – август 2023»; the grammar gives the same, slower."""
    found = _PLAIN_DAY.fullmatch(text)
    if found:
        at = Point(int(found[3]), int(found[2]), int(found[4]))
        return (Span(None if found[1] else at, at),)
    found = _PLAIN_MONTHS.fullmatch(text)
    if not found:
        return None
    year = int(found[3])
    last = Point(MONTHS[found[2]], None, year)
    return (Span(Point(MONTHS[found[1]]) if found[1] else last, last, frozenset(), ("one", year, year)),)


def _parsed(text: str) -> tuple[Span, ...] | None:
    try:
        found: list[list[Span]] = _CELL.parse(text)
    except parsy.ParseError:
        return None
    return tuple(span for group in found for span in group)


def _checked(parser: parsy.Parser) -> parsy.Parser:
    """Fail where a builder answers `None`: the words fit, the meaning does not."""
    return parser.bind(lambda value: parsy.fail("a date") if value is None else parsy.success(value))


def _when(words: str, parser: parsy.Parser) -> parsy.Parser:
    """Try a rule only where one of its words stands ahead: most cells need few rules, and each costs time."""
    seen = re.compile(words)

    @parsy.Parser
    def guarded(stream: Any, index: int) -> parsy.Result:
        return parser(stream, index) if seen.search(stream, index) else parsy.Result.failure(index, words)

    return guarded


def _tok(pattern: str, group: int | tuple[int, ...] = 0) -> parsy.Parser:
    return parsy.regex(rf"(?:{pattern})\s*", group=group)


_IN = parsy.regex(
    r"(?:(?:в течени[еи]|в период|период|ориентировочно|примерно|предположительно|срок\w*|во|в|на|за)\s*:?\s+)?(?:месяц[ае]?\s+)?",
)
_MONTH = _tok(rf"({MONTH})(?![а-я])\.?(?:\s*месяц[а-я]*)?", 1).map(MONTHS.__getitem__)
_SCHOOL = _tok(r"(\d{4})~(\d{4})(?!\d)", (1, 2)).map(lambda pair: ("school", int(pair[0]), int(pair[1])))
_MANY = _tok(r"(\d{4})\s*-\s*(\d{4})(?![\d.~])", (1, 2)).map(
    lambda pair: ("many", int(pair[0]), int(pair[1]))
)
_ONE = _tok(r"([1-9]\d{3})(?![\d.~])", 1).map(lambda year: ("one", int(year), int(year)))
_YEARS = parsy.alt(_SCHOOL, _MANY, _ONE)
_SHORT_YEAR = _checked(
    _tok(r"(\d\d)(?![\d.~-])(?=\s*(?:$|[,;)]|и\s))", 1).map(
        lambda two: (
            ("short", CENTURY + int(two), CENTURY + int(two))
            if FIRST_SHORT_YEAR <= int(two) <= LAST_SHORT_YEAR
            else None
        ),
    ),
)
_OF_YEARS = _when(
    r"\d{4}", parsy.regex(r"(?:,\s*(?=\d{4})|\(\s*(?=\d{4}))?") >> _YEARS << parsy.regex(r"\)?\s*")
).optional()
_DAY = _tok(r"(\d{1,2})(?:-?(?:го|е|ое|ого))?(?![\d.:%~/])(?:\s*числа)?", 1).map(int)
_DOTTED = _checked(
    _tok(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d))?(?!\d)\.?", (1, 2, 3)).combine(build.numeric)
).map(lambda at: Span(at, at))
_MONTH_DOTTED = _tok(r"(0?[1-9]|1[0-2])\.(\d{4})(?!\d)", (1, 2)).map(build.whole_month)
_DAY_NAMED = parsy.seq(_DAY, _MONTH, _OF_YEARS).combine(build.named)
_MONTH_NAMED = parsy.seq(_MONTH, parsy.alt(_SHORT_YEAR, _OF_YEARS)).combine(
    lambda month, years: build.named(None, month, years)
)
_POINT = parsy.alt(_when(r"\A\d|(?<=\W)\d", parsy.alt(_MONTH_DOTTED, _DOTTED, _DAY_NAMED)), _MONTH_NAMED)
_DASH = _tok(r"-|по(?!\w)|до(?!\w)")
_FROM = parsy.regex(r"(?:(?:с|со|от)\s+)?")
_AND = _tok(r",|и(?!\w)|/")

_ORDINAL = parsy.alt(
    _tok(
        r"(iv|iii|ii|i|lll|ll|lv|l|1у|iу|1v|ш|п)(?:\s?-\s?(?:й|ый|ий|ой|м|ом|го|я|ая|е|ое))?(?![\w])", 1
    ).map(ROMAN.__getitem__),
    _tok(r"([1-5])(?:\s?-?\s?(?:й|ый|ий|ой|м|ом|го|я|ая|ую|е|ое|ей|ье|ья|ью))?(?![\w.])", 1).map(int),
    *[
        _tok(rf"{stem}[а-я]*").result(at)
        for at, stem in enumerate(("последн", "перв", "втор", "трет", "четверт", "пят"))
    ],
)
_ORDINALS = parsy.alt(
    parsy.seq(_ORDINAL << _DASH, _ORDINAL).map(lambda pair: (list(pair), True)),
    _ORDINAL.sep_by(_AND, min=1).map(lambda found: (found, False)),
)
_QUARTER = _when(
    "кв",
    _checked(
        parsy.seq(_ORDINALS << _tok(r"квартал[а-я]*|кв\."), _OF_YEARS).combine(build.quarters),
    ),
)
_HALF = _when(
    "пол|п/г",
    _checked(
        parsy.seq(_ORDINALS << _tok(r"полугоди[а-я]*|п/г|пол\."), _OF_YEARS).combine(build.halves),
    ),
)
_SEASON_WORD = parsy.alt(
    *[
        _tok(rf"{stem}(?:а|ы|е|о|у|ой|ом|ь|и|ью|ний период|нее время)?(?!\w)").result(at)
        for stem, at in SEASONS.items()
    ]
)
_SEASON = _when("|".join(SEASONS), _checked(parsy.seq(_SEASON_WORD, _OF_YEARS).combine(build.season)))
_PART_WORD = _tok(r"(?:в\s+)?(нач|сер|кон)(?:ал[а-я]*|един[а-я]*|е?ц[а-я]*|\.)(?!\w)", 1).map(
    PARTS.__getitem__
)
_GAP = parsy.regex(r"[,(-]?\s*")
_CLOSED = parsy.regex(r"\)?\s*")
_DEC, _WK, _HALF_WORD = _tok(r"декад[а-я]*"), _tok(r"недел[а-я]*|нед\."), _tok(r"половин[а-я]*")
_PART = _checked(
    parsy.alt(
        _when(
            "нач|сер|кон",
            parsy.seq(_PART_WORD, _MONTH_NAMED).combine(
                lambda days, months: build.part(days, months, "approximate")
            ),
        ),
        _when(
            "декад",
            parsy.alt(
                parsy.seq(_ORDINALS << _DEC, _MONTH_NAMED).combine(
                    lambda found, months: build.decades(found[0], months)
                ),
                parsy.seq(_MONTH_NAMED << _GAP, _ORDINALS << _DEC << _CLOSED).combine(
                    lambda months, found: build.decades(found[0], months)
                ),
            ),
        ),
        _when(
            "нед",
            parsy.alt(
                parsy.seq(_ORDINALS << _WK, _MONTH_NAMED).combine(
                    lambda found, months: build.weeks(found[0], months)
                ),
                parsy.seq(_MONTH_NAMED << _GAP, _ORDINALS << _WK << _CLOSED).combine(
                    lambda months, found: build.weeks(found[0], months)
                ),
            ),
        ),
        _when("половин", parsy.seq(_ORDINAL << _HALF_WORD, _MONTH_NAMED).combine(build.half_month)),
    ),
)
_RANGE = _when(
    r"-|\b(?:по|до)\b",
    _checked(
        parsy.alt(
            parsy.seq(_FROM >> _DAY << _DASH, parsy.alt(_DOTTED, _DAY_NAMED)).combine(build.days),
            parsy.seq(_FROM >> _IN >> _POINT << _DASH, _IN >> _POINT).combine(build.ranged),
            _when(
                "кв|пол|п/г",
                parsy.seq(_FROM >> parsy.alt(_QUARTER, _HALF) << _DASH, parsy.alt(_QUARTER, _HALF)).combine(
                    lambda first, last: build.ranged(first[0], last[0]),
                ),
            ),
            _when(
                "нач|сер|кон|декад|нед|половин",
                parsy.alt(
                    parsy.seq(_FROM >> _PART << _DASH, parsy.alt(_PART, _POINT)).combine(build.ranged),
                    parsy.seq(_FROM >> _POINT << _DASH, _PART).combine(build.ranged),
                ),
            ),
        ),
    ),
)
_DAY_LIST = _when(
    r"\d\s*(?:,|и)\s*\d", parsy.seq(_DAY.sep_by(_AND, min=2), _MONTH, _OF_YEARS).combine(build.day_list)
)
_WHOLE = _when(r"\d{4}", _YEARS.map(build.whole))
_UNTIL = _checked(
    parsy.seq(
        _tok(r"(?:в\s+)?(?:крайний\s+)?(?:срок\s*:?\s*-?\s*)?(до|не поздн[а-я]+|не позже|к|ко|по)(?=\s)", 1),
        _tok(r"конц[ау]|окончани[яю]|истечени[яю]").optional().map(bool),
        parsy.alt(
            _PART, _QUARTER.map(lambda found: found[0]), _HALF.map(lambda found: found[0]), _POINT, _WHOLE
        ),
    ).combine(build.until),
)
_OPEN = (
    _tok(r"(?:начиная\s+)?(?:с|со)(?=\s)|не ран(?:ее|ьше)")
    >> _POINT.map(build.since)
    << parsy.regex(r"(?:и далее|и до конца)?\s*")
)
_MORE_YEARS = (_tok(r",|;|и(?=\s)") >> _tok(r"([1-9]\d{3})(?![\d.~-])(?!\s*[а-я]{3})", 1).map(int)).at_least(
    1
)
_SPREAD = _when(
    r"\d{4}\s*(?:,|;|и)\s*\d{4}(?!\d)",
    _checked(
        parsy.seq(parsy.alt(_RANGE, _MONTH_NAMED, _DAY_NAMED), _MORE_YEARS).combine(build.spread),
    ),
)
_MONTHS = parsy.alt(
    _UNTIL.map(lambda span: [span]),
    _IN >> _SPREAD,
    _IN >> parsy.alt(_PART, _RANGE).map(lambda span: [span]),
    _IN >> parsy.alt(_QUARTER, _HALF, _DAY_LIST),
    _IN >> parsy.alt(_SEASON, _POINT).map(lambda span: [span]),
)
_ITEM = parsy.alt(
    _MONTHS,
    parsy.regex(r"(?:(?:на|за|в)\s+)?") >> _WHOLE.map(lambda span: [span]),
    _OPEN.map(lambda span: [span]),
)
_SEPARATOR = parsy.regex(r"(?:[,;/+&]|и(?!\w)|а также(?!\w)|затем(?!\w))?\s*")
_LIST = _ITEM.sep_by(_SEPARATOR, min=1)
_UNDER = _checked(
    parsy.seq(
        parsy.alt(_SCHOOL, _ONE) << parsy.regex(r"[:,-]?\s*"), _MONTHS.sep_by(_SEPARATOR, min=1)
    ).combine(build.under)
)
_GROUPS = _when(
    r"\A\d{4}\D",
    _UNDER.sep_by(_SEPARATOR, min=1).map(lambda groups: [span for group in groups for span in group]),
)
_CELL = parsy.regex(r"\s*") >> parsy.alt(_GROUPS << parsy.eof, _LIST << parsy.eof)
