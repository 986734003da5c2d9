"""The tokens of deadline cells, each a small parser: months, years, days, points, ordinals."""

from __future__ import annotations

import re
from typing import Any

import parsy

from flows.domain.terms import spans as build
from flows.domain.terms.month_names import MONTH, MONTHS, OF_MONTH
from flows.domain.terms.spans import LONGEST_MONTH, Span
from flows.domain.terms.words import CENTURY

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
OF_SEASONS = {"зимн": 12, "весенн": 3, "летн": 6, "осенн": 9}
PARTS = {"нач": (1, 10), "сер": (11, 20), "кон": (21, LONGEST_MONTH)}
WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")


def checked(parser: parsy.Parser) -> parsy.Parser:
    """Fail where a builder answers `None`: the words fit, the meaning does not."""
    return parser.bind(lambda value: parsy.fail("a date") if value is None else parsy.success(value))


def when(words: str, parser: parsy.Parser) -> parsy.Parser:
    """Try a rule only where one of its words stands ahead: most cells need few rules, and each costs time."""
    seen = re.compile(words)

    @parsy.Parser
    def guarded(stream: Any, index: int) -> parsy.Result:
        return parser(stream, index) if seen.search(stream, index) else parsy.Result.failure(index, words)

    return guarded


def tok(pattern: str, group: int | tuple[int, ...] = 0) -> parsy.Parser:
    """Read a pattern and the spaces after it."""
    return parsy.regex(rf"(?:{pattern})\s*", group=group)


IN = parsy.regex(
    r"(?:(?:в течени[еи]|в период|период|ориентировочно|примерно|предположительно|срок\w*|во|в|на|за)\s*:?\s+)?(?:месяц[ае]?\s+)?",
)
A_MONTH = tok(rf"({MONTH})(?![а-я])\.?(?:\s*месяц[а-я]*)?", 1).map(MONTHS.__getitem__)
SCHOOL = tok(r"(\d{4})~(\d{4})(?!\d)", (1, 2)).map(lambda pair: ("school", int(pair[0]), int(pair[1])))
MANY = tok(r"(\d{4})\s*-\s*(\d{4})(?![\d.~])", (1, 2)).map(lambda pair: ("many", int(pair[0]), int(pair[1])))
ONE = tok(r"([1-9]\d{3})(?![\d.~])", 1).map(lambda year: ("one", int(year), int(year)))
YEARS = parsy.alt(SCHOOL, MANY, ONE)
SHORT_YEAR = checked(
    tok(r"(\d\d)(?![\d.~-])(?=\s*(?:$|[,;)]|и\s))", 1).map(
        lambda two: (
            ("short", CENTURY + int(two), CENTURY + int(two))
            if FIRST_SHORT_YEAR <= int(two) <= LAST_SHORT_YEAR
            else None
        ),
    ),
)
OF_YEARS = when(
    r"\d{4}",
    parsy.regex(r"(?:,\s*(?=\d{4}(?!\s*(?::|-\s*[а-я])))|\(\s*(?=\d{4}))?")
    >> YEARS
    << parsy.regex(r"\)?\s*"),
).optional()
DAY = tok(r"(\d{1,2})(?:-?(?:го|е|ое|ого))?(?![\d.:%~/])(?:\s*числа)?", 1).map(int)
DOTTED = checked(
    tok(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d))?(?!\d)\.?", (1, 2, 3)).combine(build.numeric)
).map(lambda at: Span(at, at))
MONTH_DOTTED = tok(r"(0?[1-9]|1[0-2])\.(\d{4})(?!\d)", (1, 2)).map(build.whole_month)
DAY_NAMED = parsy.seq(DAY, A_MONTH, OF_YEARS).combine(build.named)
MONTH_NAMED = parsy.seq(A_MONTH, parsy.alt(SHORT_YEAR, OF_YEARS)).combine(
    lambda month, years: build.named(None, month, years)
)
POINT = parsy.alt(when(r"\A\d|(?<=\W)\d", parsy.alt(MONTH_DOTTED, DOTTED, DAY_NAMED)), MONTH_NAMED)
OF_MONTHS = tok(rf"({OF_MONTH})(?![а-я])", 1).map(MONTHS.__getitem__).sep_by(tok(r",|и(?!\w)"), min=2)
DASH = tok(r"-|/?\s*по(?!\w)|до(?!\w)")
FROM = parsy.regex(r"(?:(?:с|со|от)\s+)?")
AND = tok(r",|и(?!\w)|/")

ORDINAL = parsy.alt(
    tok(r"(iv|iii|ii|i|lll|ll|lv|l|1у|iу|1v|ш|п)(?:\s?-\s?(?:й|ый|ий|ой|м|ом|го|я|ая|е|ое))?(?![\w])", 1).map(
        ROMAN.__getitem__
    ),
    tok(r"([1-5])(?:\s?-?\s?(?:й|ый|ий|ой|м|ом|го|я|ая|ую|е|ое|ей|ье|ья|ью))?(?![\w.])", 1).map(int),
    *[
        tok(rf"{stem}(?!ни)[а-я]*").result(at)
        for at, stem in enumerate(("последн", "перв", "втор", "трет", "четверт", "пят"))
    ],
)
ORDINALS = parsy.alt(
    parsy.seq(ORDINAL << DASH, ORDINAL).map(lambda pair: (list(pair), True)),
    ORDINAL.sep_by(AND, min=1).map(lambda found: (found, False)),
)
