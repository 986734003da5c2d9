"""The grammar of deadline cells: a folded cell in, spans of calendar points out, without the plan's years (DESIGN §4)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import parsy

from flows.domain.terms import spans as build
from flows.domain.terms.month_names import MONTH, MONTHS, OF_MONTH
from flows.domain.terms.month_parts import OVER_MONTHS, PART, PARTS_OF_MONTH
from flows.domain.terms.spans import Point, Span
from flows.domain.terms.tokens import (
    A_MONTH,
    AND,
    DASH,
    DAY,
    DAY_NAMED,
    DOTTED,
    FROM,
    IN,
    MANY,
    MONTH_NAMED,
    OF_MONTHS,
    OF_SEASONS,
    OF_YEARS,
    ONE,
    ORDINALS,
    POINT,
    SCHOOL,
    SEASONS,
    YEARS,
    checked,
    tok,
    when,
)  # fmt: skip

__all__ = ["Point", "Span", "spans"]

_SPEAKS_OF_DAYS = re.compile(rf"\d|{MONTH}|кв|пол|п/г|зим|весе?н|лет|осен")
_PLAIN_DAY = re.compile(r"(до )?(\d{1,2})\.(\d{1,2})\.(\d{4})")
_PLAIN_MONTHS = re.compile(rf"(?:({MONTH})\s?-\s?)?({MONTH}) (\d{{4}})")
# «С 1 по 15 сентября, октября» means days of both months.
_DAYS_OF_ONE = re.compile(rf"\d\s?(?:{OF_MONTH})(?:\s\d{{4}})?\s?(?:,|и)\s(?:{OF_MONTH})(?!\w)")
PARTS = "числ|дн|нач|сер|кон|декад|нед|половин|понед|вторн|сред|четв|пятн|субб|воскр"


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
    read = tuple(span for group in found for span in group)
    whole = any(span.first and span.first.day is None and not span.first.weekday for span in read)
    return None if (whole and _DAYS_OF_ONE.search(text)) or not build.together(read) else read


_QUARTER = when(
    "кв",
    checked(parsy.seq(ORDINALS << tok(r"квартал[а-я]*|кв\."), OF_YEARS).combine(build.quarters)),
)
_HALF = when(
    "пол|п/г",
    checked(parsy.seq(ORDINALS << tok(r"полугоди[а-я]*|п/г|пол\."), OF_YEARS).combine(build.halves)),
)
_SEASON_WORD = parsy.alt(
    *[tok(rf"{stem}(?:а|ы|е|о|у|ой|ом|ь|и|ью)?(?!\w)").result(at) for stem, at in SEASONS.items()],
    *[
        tok(rf"{stem}[а-я]{{2,3}}\s(?:период|сезон|врем)[а-я]{{0,2}}(?!\w)").result(at)
        for stem, at in OF_SEASONS.items()
    ],
)
_SEASON = when("зим|весе?н|лет|осен", checked(parsy.seq(_SEASON_WORD, OF_YEARS).combine(build.season)))
_CHAIN = parsy.seq(MONTH_NAMED << DASH, (MONTH_NAMED << DASH).at_least(1), MONTH_NAMED).combine(build.chained)
_RANGE = when(
    r"-|\b(?:по|до)\b",
    checked(
        parsy.alt(
            parsy.seq(FROM >> DAY << DASH, parsy.alt(DOTTED, DAY_NAMED)).combine(build.days),
            when(r"-[^-]*-", _CHAIN),
            parsy.seq(FROM >> IN >> POINT << DASH, IN >> POINT).combine(build.ranged),
            when(
                "кв|пол|п/г",
                parsy.seq(FROM >> parsy.alt(_QUARTER, _HALF) << DASH, parsy.alt(_QUARTER, _HALF)).combine(
                    lambda first, last: build.ranged(first[0], last[0]),
                ),
            ),
            when("зим|весе?н|лет|осен", parsy.seq(FROM >> _SEASON << DASH, _SEASON).combine(build.ranged)),
            when(
                PARTS,
                parsy.alt(
                    parsy.seq(FROM >> PART << DASH, parsy.alt(PART, POINT)).combine(build.ranged),
                    parsy.seq(FROM >> POINT << DASH, PART).combine(build.ranged),
                ),
            ),
        ),
    ),
)
_DAY_LIST = when(
    r"\d\s*(?:,|и)\s*\d", parsy.seq(DAY.sep_by(AND, min=2), A_MONTH, OF_YEARS).combine(build.day_list)
)
_WHOLE = when(r"\d{4}", YEARS.map(build.whole))
_TO = tok(r"(?:в\s+)?(?:крайний\s+)?(?:срок\s*:?\s*-?\s*)?(до|не поздн[а-я]+|не позже|к|ко|по)(?=\s)", 1)
# «По окончании мая» is after it.
_EDGE = (
    tok(r"(конц|начал|середин|(?:(?<=до )|(?<=к ))(?:окончани|завершени|истечени))[а-я](?=\s)", 1)
    .map(lambda stem: stem[:3] if stem[:3] in {"нач", "сер"} else "кон")
    .optional(default="")
)
_UNTIL = parsy.alt(
    checked(
        parsy.seq(
            _TO,
            _EDGE,
            parsy.alt(
                PART, _QUARTER.map(lambda found: found[0]), _HALF.map(lambda found: found[0]), _SEASON, POINT
            ),
        ).combine(build.until),
    ),
    when(
        r"\d{4}",
        checked(parsy.seq(_TO, _EDGE << tok(r"(?:нового\s+|новому\s+)?"), YEARS).combine(build.until_years)),
    ),
)
_UNTIL_SEVERAL = _TO >> (parsy.alt(DAY_NAMED, DOTTED) << parsy.regex(r"(?!-|по\s|до\s)")).sep_by(
    tok(r",|и(?!\w)"), min=2
).map(lambda days: [replace(day, first=None) for day in days])
_UNTIL_OF_MONTHS = when(
    ",|и",
    parsy.seq(_TO >> DAY, OF_MONTHS, OF_YEARS).combine(
        lambda day, months, years: build.over_months(lambda at: [build.until_day(day, at)], months, years)
    ),
)
_OPEN = (
    tok(r"(?:начиная\s+)?(?:с|со)(?=\s)|не ран(?:ее|ьше)")
    >> tok(r"(?:начала\s+)?")
    >> parsy.alt(PART, POINT, _WHOLE).map(build.since)
    << parsy.regex(r"(?:и далее|и до конца)?\s*")
)
_BETWEEN_YEARS = when(
    r"\d{4}\s(?:по|до|-)\s\d{4}",
    checked(parsy.seq(tok(r"с|со") >> ONE << DASH, ONE).combine(build.years_between)),
)
_MORE_YEARS = (tok(r",|;|и(?=\s)") >> tok(r"([1-9]\d{3})(?![\d.~-])(?!\s*[а-я]{3})", 1).map(int)).at_least(1)
_SINGLE = checked(parsy.alt(_QUARTER, _HALF).map(lambda found: found[0] if len(found) == 1 else None))
_SPREAD = when(
    r"\d{4}\s*(?:,|;|и)\s*\d{4}(?!\d)",
    checked(
        parsy.seq(
            parsy.alt(_UNTIL, _RANGE, PART, _SINGLE, _SEASON, DOTTED, DAY_NAMED, MONTH_NAMED), _MORE_YEARS
        ).combine(build.spread),
    ),
)
_MONTHS = parsy.alt(
    IN >> _SPREAD,
    _UNTIL_OF_MONTHS,
    when(r"(?:,|и)\s*\d", _UNTIL_SEVERAL),
    _UNTIL.map(lambda span: [span]),
    IN >> OVER_MONTHS,
    IN >> parsy.alt(_RANGE.map(lambda span: [span]), PARTS_OF_MONTH),
    IN >> parsy.alt(_QUARTER, _HALF, _DAY_LIST),
    IN >> parsy.alt(_SEASON, POINT).map(lambda span: [span]),
)
_ITEM = parsy.alt(
    _MONTHS,
    IN >> _BETWEEN_YEARS.map(lambda span: [span]),
    parsy.regex(r"(?:(?:на|за|в)\s+)?") >> _WHOLE.map(lambda span: [span]),
    _OPEN.map(lambda span: [span]),
)
_SEPARATOR = parsy.regex(r"(?:[,;/+&]|и(?!\w)|а также(?!\w)|затем(?!\w))?\s*")
_LIST = _ITEM.sep_by(_SEPARATOR, min=1)
_UNDER = checked(
    parsy.seq(
        parsy.alt(SCHOOL, MANY, ONE) << parsy.regex(r"[:,-]?\s*"), _MONTHS.sep_by(_SEPARATOR, min=1)
    ).combine(build.under)
)
_GROUPS = when(
    r"\A\d{4}\D",
    _UNDER.sep_by(_SEPARATOR, min=1).map(lambda groups: [span for group in groups for span in group]),
)
_CELL = parsy.regex(r"\s*") >> parsy.alt(_GROUPS << parsy.eof, _LIST << parsy.eof)
