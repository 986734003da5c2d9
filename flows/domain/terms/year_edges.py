"""Edges of a year that a deadline names in words: «до конца учебного года», «в начале года»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.terms.years import A_YEAR, of_school_years

if TYPE_CHECKING:
    from flows.domain.periods import Period

__all__ = ["spelled"]

_YEAR = r"((?:учебн|уч|календарн)[а-я]{0,3}\.?\s)?(?:года|году|г)(?![\w~])(?!\s\d)"
_END = r"(?:конц|окончани|завершени|истечени)[а-я]{1,2}"
_UNTIL = re.compile(rf"(?<!\w)(до|к|ко|не\sпоздн[а-я]{{2}}|не\sпозже)\s{_END}\s{_YEAR}")
_BOTH = re.compile(rf"(?<!\w)(?:в\s)?начал[ое],?\s(?:(?:и|-)\s)?(?:в\s)?кон(?:ец|це)\s{_YEAR}")
_AT = re.compile(
    rf"(?<!\w)(?:в\s|на\s)?(начал(?=[ое]\s)|кон(?=ец|це\s)|середин(?=[ауе]\s))[а-я]{{1,2}}\s{_YEAR}"
)
_AT_PRINTED = re.compile(
    r"(?<!\w)(?:в\s|на\s)?(начал(?=[ое]\s)|кон(?=ец|це\s))[а-я]{1,2}\s(\d{4})(?:~(\d{4}))?(?![\w.~-])(?:\sгода?)?"
)
_EACH = re.compile(r"(начал[оеа]|кон(?:ец|це|ца|цу))\sкаждого\s((?:учебн|календарн)ого\s)?года")
_YEARLY = re.compile(r"ежегодно|раза? в год|каждого года")
# The last lessons end in May, whatever August the school year itself runs to.
_SCHOOL = {"до": "31.05", "начал": "сентябрь", "кон": "май", "середин": "декабрь - январь"}
_CALENDAR = {"до": "31.12", "начал": "январь", "кон": "декабрь", "середин": "июнь - июль"}


def spelled(folded: str, period: Period | None) -> str:
    """Write the edges of a year as months and days; what a plan of several years leaves open stays as it is.

    «Года» alone is the calendar's only in a plan of a calendar year: in a school's plan it may be either.
    """
    if "год" not in folded and not re.search(r"\d{4}|\sг(?!\w)", folded):
        return folded
    folded = _EACH.sub(r"\1 \2года ежегодно", folded)
    folded = _AT_PRINTED.sub(_printed, folded)
    for pattern in (_UNTIL, _BOTH, _AT):
        folded = pattern.sub(lambda found: _edge(found, period), folded)
    return folded


def _printed(found: re.Match[str]) -> str:
    names = _SCHOOL if found[3] else _CALENDAR
    year = found[2] if found[1] == "начал" or not found[3] else found[3]
    return f"{names[found[1]]} {year}"


def _edge(found: re.Match[str], period: Period | None) -> str:
    which = found[found.re.groups] or ""
    names = _SCHOOL if which.startswith("уч") else _CALENDAR
    if not _tells(which, period, yearly=_YEARLY.search(found.string) is not None):
        return found[0]
    if found.re is _UNTIL:
        return f"{found[1]} {names['до']}"
    return f"{names['начал']}, {names['кон']}" if found.re is _BOTH else names[found[1]]


def _tells(which: str, period: Period | None, *, yearly: bool) -> bool:
    """Tell whether the plan says which year is meant, or each of them is."""
    if period is None:
        return False
    if not yearly and period.end - period.start > A_YEAR:
        return False
    return bool(which) or (not of_school_years(period) and period.start.year == period.end.year)
