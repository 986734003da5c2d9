"""Deadline cells that name no day: how often, after what, by whose schedule (DESIGN §4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.terms.how_often import CADENCES, EVERY, LEAST, ONE, TIMES, YEAR_UNIT
from flows.domain.terms.month_names import MONTH
from flows.domain.terms.no_day import DURATION, EVENT, EXTERNAL, hides_date, of_school_calendar
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["cadences", "listed", "names_occasion", "repeated", "since_year", "undated", "without_yearly"]

_LASTING = late(
    r"(?:на )?постоян\w{1,40}(?: (?:основе|режиме))?|в постоянном режиме|регулярно|систематически|непрерывно|круглогодично|на регулярной основе|планомерно"
    r"|(?:в|во) теч(?:ени[еи]|\.)|течени[еи]|на протяжении|вес(?:ь|ей|го)(?:\s\w{1,20})? (?:период|срок|год|учебн|отчетн|цикл)|за (?:весь )?период|в период (?:всего )?(?:реализ|действ|наставн|обучен|внедрен|работ|программ|учебн|срок|осуществл|сопровожд)|в ходе|в процессе"
    r"|на всех этапах|в рабочем порядке|на период|в рамках реализации|на (?:весь )?(?:период|(?:\w{1,10} )?учебный год$|срок (?:реализ|действ|наставн))|на весь срок|период (?:реализации|действия)|срок (?:реализации|действия)|со дня приема и далее|периодически|бессрочно|круглый год|все время",
)
_KINDS = ((EVENT, "event"), (EXTERNAL, "external"))
_LISTED = late(
    rf"(?:{TIMES}{YEAR_UNIT}|{TIMES}(?:полугоди\w{{1,40}}|полгода|квартал\w{{0,40}})|ежеквартально|дважды в год)\s*[,:(-]*\s*(?:в\s+)?([^()]+?)\)?",
)
_YEARLY = late(
    rf"(?:(?:и\s+)?(?:далее|затем|потом)\s*+(?:[-,]\s*+)?)?(?<!\w)(?:ежегодно|{LEAST}(?:{ONE}\s*)?(?:раз\w?|р\.?)\s*(?:в|/)\s*{YEAR_UNIT}|(?:в\s+)?{EVERY}{YEAR_UNIT}"
    rf"|кажд(?:ый|ого|ом)(?=\s+(?:{MONTH})(?!\w)))(?!\w)[),;:\s-]*(?:в(?:о)?\s+(?=\w))?",
)
# Cut off by hand: a pattern that began with them would be tried anew at each of them.
_BEFORE = ",;:( -"
_WITHIN_PLAN = late(
    r"(?:(?<!\s)\s+)?[(,-]\s*(?:в теч(?:ени[еи]|\.)|на протяжении|весь|в период|на весь)\s++"
    r"(?=[а-я\s]*(?:период|срок|реализац|действи|год(?:(?!год)[а-я])*+ реализ|плана|программы))[а-я]+(?:\s+[а-я]+)*\)?",
)
_SINCE = late(r",?\s?(?:начиная\s)?с\s(\d{4})(?:\sгода)?(?=$|,)")
_OCCASION = late(
    r"(?:(?:к|ко|в|на)\s)?(?:(?:(?:меж|все|обще)\w{1,20}|един\w{2,3}|педагогическ\w{2,3}|методическ\w{2,3}|родительск\w{2,3}|итогов\w{2,3}|установочн\w{2,3})\s){0,2}"
    r"(?:д(?:ень|ню|ня)|недел[яюи]|праздник\w{0,3}|педсовет\w{0,2}|совет\w{0,2}|заседани\w{1,2}|совещани\w{1,2}|собрани\w{1,2}|конференци\w{1,2}|семинар\w{0,2}|линейк\w|форум\w{0,2})(?:\s[а-я-]+){0,5}"
)
_STEADY = late(r"(?<!\w)(?:постоянно|регулярно|на постоянной основе)(?!\w)")
_MONTHS = late(rf"(?<![а-я])(?:{MONTH})(?![а-я])")
_STOP = late(r"\d{3}|\d\.\d|#")


def undated(folded: str) -> tuple[str, frozenset[str]] | None:
    """Tell the kind and the cadence of a folded cell without days; `None` when it may hide a day or says something else."""
    parts = [part.strip(" .-:") for part in re.split(r"[,;()]|\s-\s", folded)]
    parts = [part for part in parts if part]
    if not parts:
        return None
    if of_school_calendar(folded):
        return "external", frozenset()
    first = _kind(parts[0])
    if (
        first is None
        or any(_hides_day(part) for part in parts[1:])
        or (first == "ongoing" and _hides_day(parts[0]))
    ):
        return None
    flags = cadences(parts)
    if first == "ongoing":
        flags |= {f"by-{kind}" for kind in map(_kind, parts[1:]) if kind in {"event", "external"}}
    return first, flags or frozenset({"continuous"} if first == "ongoing" else ())


def _kind(part: str) -> str | None:
    if DURATION.fullmatch(part):
        return "event"
    if of_school_calendar(part):
        return "external"
    early = next((kind for pattern, kind in _KINDS if pattern.match(part)), None)
    if early:
        return None if hides_date(part) else early
    return "ongoing" if _LASTING.match(part) or any(pattern.match(part) for _, pattern in CADENCES) else None


def _hides_day(part: str) -> bool:
    """Tell whether words of a date are left over in a part that names no date: then nothing may be concluded."""
    bare = re.sub(
        r"\d{4}~\d{4}|\d{1,2}(?:-?го)?\s+числ\w{1,40}|(?:в теч(?:ени[еи]|\.)|на протяжении|весь)\s+(?:всего\s+)?\d{4}(?:-\d{4})?(?![\d~-])",
        "",
        part,
    )
    return _kind(part) not in {"event", "external"} and bool(_MONTHS.search(bare) or _STOP.search(bare))


def cadences(parts: Iterable[str]) -> frozenset[str]:
    """Name how often each part says; «постоянно» and «в течение …» count as continuous."""
    named: set[str] = set()
    for part in parts:
        name = next((name for name, pattern in CADENCES if pattern.search(part)), None)
        if name or (_LASTING.match(part) and not EVENT.match(part) and not DURATION.fullmatch(part)):
            named.add(name or "continuous")
    return frozenset(named)


def listed(folded: str) -> str | None:
    """Return the months of «2 раза в год (декабрь, май)»; `None` for another form."""
    found = _LISTED.fullmatch(folded)
    return found[1].strip() if found else None


def without_yearly(folded: str) -> tuple[str, bool]:
    """Take «ежегодно», «раз в год» or «(в течение периода …)» away; tell whether the plan's period alone makes it yearly."""
    within = _WITHIN_PLAN.sub(" ", folded)
    bare = _without(_YEARLY, within)
    if bare == folded:
        return folded, False
    return re.sub(r"\s+", " ", bare).strip(" .,;():-"), bare == within


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Put a space in place of each match and of the marks before it."""
    kept, last = [], 0
    for match in pattern.finditer(text):
        kept.append(text[last : match.start()].rstrip(_BEFORE))
        last = match.end()
    return " ".join((*kept, text[last:]))


def since_year(bare: str) -> tuple[str, int | None]:
    """Take «с 2023» away from what stood beside «ежегодно»; return the year, `None` where none is named."""
    found = _SINCE.search(f",{bare}")
    if found is None:
        return bare, None
    left = f",{bare}".replace(found[0], "", 1)
    return left.strip(" ,"), int(found[1])


def names_occasion(words: str) -> bool:
    """Tell whether words beside a day only name it: «День воспитателя», «педсовет»."""
    return _OCCASION.fullmatch(words) is not None and not _MONTHS.search(words)


def repeated(folded: str) -> tuple[str, frozenset[str]] | None:
    """Take «ежемесячно» away from «ежемесячно с сентября по май»: what is left, and the cadence."""
    for name, pattern in CADENCES:
        if pattern.search(folded):
            return re.sub(r"\s+", " ", pattern.sub(" ", folded)).strip(" .,;():-"), frozenset({name})
    bare = _STEADY.sub(" ", folded)
    return (
        (re.sub(r"\s+", " ", bare).strip(" .,;():-"), frozenset({"continuous"})) if bare != folded else None
    )
