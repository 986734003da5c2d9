"""Deadline cells that name no day: how often, after what, by whose schedule (DESIGN §4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.terms.how_often import CADENCES, EVERY, LEAST, ONE, TERM, TIMES, YEAR_UNIT
from flows.domain.terms.month_names import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["cadences", "listed", "names_occasion", "repeated", "since_year", "undated", "without_yearly"]

_LASTING = re.compile(
    r"(?:на )?постоян\w{1,40}(?: (?:основе|режиме))?|в постоянном режиме|регулярно|систематически|непрерывно|круглогодично|на регулярной основе|планомерно"
    r"|(?:в|во) теч(?:ени[еи]|\.)|течени[еи]|на протяжении|вес(?:ь|ей|го)(?:\s\w{1,20})? (?:период|срок|год|учебн|отчетн|цикл)|за (?:весь )?период|в период (?:всего )?(?:реализ|действ|наставн|обучен|внедрен|работ|программ|учебн|срок|осуществл|сопровожд)|в ходе|в процессе"
    r"|на всех этапах|в рабочем порядке|на период|в рамках реализации|на (?:весь )?(?:период|(?:\w{1,10} )?учебный год|срок (?:реализ|действ|наставн))|на весь срок|период (?:реализации|действия)|срок (?:реализации|действия)|со дня приема и далее|периодически|бессрочно|круглый год|все время",
)
_EVENT = re.compile(
    r"по (?:мере|заверше|оконча|итогам|результатам|запрос|заявк|заявлени|приглашени|возможност|потребност|необходим|факту|требовани|поступлени|прибыти|получени|истечени|достижени|обращени|ходатайств|инициатив)"
    r"|после(?!дн)|при (?:необходим|налич|поступ|прием|прие|назнач|возникнов|трудоустр|появлен|выявлен|увольнен|смене|изменен)"
    r"|(?:в течени[еи]|не поздн\w{1,40}|не позже|через|в срок до|до|за)\s+(?:[\w-]+\s+){1,5}?(?:со дня|с момента|с даты|после|до (?!\d)|с дня|от даты|от момента|со времени|с начала|от начала)"
    r"|(?:спустя|через)\s+\S+|в (?:\d{1,2}-?х? )?(?:\w{1,40}[- ])?\w{0,40}(?:дневн|недельн|месячн)\w{1,40} срок|за\s+[\w-]+\s+\w{1,40}(?:\s+\w{1,40})?\s+до\s"
    r"|ко? дню (?!\d)\w|до дня (?!\d)\w|(?!до конца (?:календарного )?года)до (?:начала|заверш|оконч|конца|проведен|издани|подписан|утвержд|прием)|к (?:началу|концу|окончанию|завершению) (?!(?:календарного )?года)|(?:начало|конец) (?:учебного|реализации)|в (?:начале|конце) (?:учебного|реализации|работы|программы)|с начала|со дня|с момента|с даты|перед|накануне|в день|в ден|во время (?:проведен|заседан|педсовет)"
    r"|(?:на|к) (?:\w{1,40} )?(?:\w{0,40}педсовет|педагогическ\w{1,40} совет|заседани|совещани|методсовет|линейк)|(?:до|к|ко|перед)\s(?:[а-я]{3,20}\s){0,2}?(?:аттестаци|педсовет|педагогическ|проверк|заседани|совещани|экзамен|отпуск|конкурс|мероприяти|сдач|защит|открыти|закрыти|праздник|юбиле|встреч|заняти|урок|семинар|собрани)|по завершении|в перв\w{1,40} (?:\w{1,40} )?(?:недел|месяц|дн|день)\w{0,40} (?:работы|после|трудо)"
    r"|в течени[еи] перв\w{1,40} .{0,30}работы|одновременно с|вместе с|с выходом|с приходом|в случае|в момент|сразу|немедленно|незамедлительно|в период (?!(?:всего )?(?:реализ|действ|наставн|обучен|внедрен|работ|программ|учебн|срок|осуществл|сопровожд))[а-я]|в течени[еи] (?!кажд)(?:[\w-]+ ){0,2}?(?:недел|месяц|час|сут|дн[яе]|декад)|в рамках (?:педсовет|недел|методическ|педагогическ|заседан|семинар|конкурс|проведени)|при (?:заверш|подготов|составл|заключ|проведен|организ|обращен)"
)
_EXTERNAL = re.compile(
    r"(?:по|согласно|в соответствии с[о]?|в рамках)\s+(?:[\w-]+\s+){0,4}?(?:план|график|распис|срок|сорок|приказ|положени|циклограмм|распоряжени|дорожн|календар|регламент|письм|информ|условия|порядк)"
    r"|согласно|в соответствии|в (?:установлен|указан|назначен|определен|обозначен)\w{1,40} срок|в сроки?(?!\w)|срок[иа]? (?:\w{1,40} )?(?:устанавл|определя|уточня|провед)"
    r"|дат[аы] (?:\w{1,40} )?(?:уточня|устанавл|определя|провед)|по (?:согласовани|договоренност|отдельн|особому|индивидуальн)|план(?:у|ом)?(?!\w)|по (?:иом|решени|усмотрени|программе)|срок[иа]? (?:по|согласно)|график (?:работы|провед|прилаг)|уточня(?:ет|ют)ся|уточнить|будет (?:определ|уточн|объявл|сообщ|установл)|см\. (?!выше|ниже|п\.|пункт|строк|предыдущ)|в плановом порядке|по сроку",
)
_COUNT = r"(?:\d{1,3}(?:\s?-\s?\d{1,3})?(?:-?(?:х|ти|и))?|одно(?:го|й)|один|одну|двух|две|три|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|двенадцати|четырнадцати|пятнадцати|двадцати|тридцати)"
_DURATION = re.compile(
    r"(?:в теч(?:ени[еи]|\.)|течени[еи]|в срок (?:до|не более|не позднее)|не более(?: чем)?|не (?:позднее|позже)(?: чем)?(?: через)?|за|через|до)\s"
    rf"(?:(?:перв|ближайш)[а-я]{{2,3}}\s)?(?:{_COUNT}\s(?:\([а-я]{{1,20}}\)\s)?)?(?:(?:рабоч|календарн|учебн)[а-я]{{2,3}}\s)?(?:час[а-я]{{0,3}}|сут[а-я]{{1,3}}|дн[а-я]{{1,2}}|недел[а-я]{{1,2}}|месяц[а-я]{{0,2}}|мес\.?)"
)
_KINDS = ((_EVENT, "event"), (_EXTERNAL, "external"))
_LISTED = re.compile(
    rf"(?:{TIMES}{YEAR_UNIT}|{TIMES}(?:полугоди\w{{1,40}}|полгода|квартал\w{{0,40}})|ежеквартально|дважды в год)\s*[,:(-]*\s*(?:в\s+)?([^()]+?)\)?",
)
_YEARLY = re.compile(
    rf"(?:(?:и\s+)?(?:далее|затем|потом)\s*+(?:[-,]\s*+)?)?(?<!\w)(?:ежегодно|{LEAST}(?:{ONE}\s*)?(?:раз\w?|р\.?)\s*(?:в|/)\s*{YEAR_UNIT}|(?:в\s+)?{EVERY}{YEAR_UNIT}"
    rf"|кажд(?:ый|ого|ом)(?=\s+(?:{MONTH})(?!\w)))(?!\w)[),;:\s-]*(?:в(?:о)?\s+(?=\w))?",
)
# Cut off by hand: a pattern that began with them would be tried anew at each of them.
_BEFORE = ",;:( -"
_WITHIN_PLAN = re.compile(
    r"(?:(?<!\s)\s+)?[(,-]\s*(?:в теч(?:ени[еи]|\.)|на протяжении|весь|в период|на весь)\s++"
    r"(?=[а-я\s]*(?:период|срок|реализац|действи|год(?:(?!год)[а-я])*+ реализ|плана|программы))[а-я]+(?:\s+[а-я]+)*\)?",
)
_SINCE = re.compile(r",?\s?(?:начиная\s)?с\s(\d{4})(?:\sгода)?(?=$|,)")
_OCCASION = re.compile(
    r"(?:(?:к|ко|в|на)\s)?(?:(?:(?:меж|все|обще)\w{1,20}|един\w{2,3}|педагогическ\w{2,3}|методическ\w{2,3}|родительск\w{2,3}|итогов\w{2,3}|установочн\w{2,3})\s){0,2}"
    r"(?:д(?:ень|ню|ня)|недел[яюи]|праздник\w{0,3}|педсовет\w{0,2}|совет\w{0,2}|заседани\w{1,2}|совещани\w{1,2}|собрани\w{1,2}|конференци\w{1,2}|семинар\w{0,2}|линейк\w|форум\w{0,2})(?:\s[а-я-]+){0,5}"
)
_STEADY = re.compile(r"(?<!\w)(?:постоянно|регулярно|на постоянной основе)(?!\w)")
_MONTHS = re.compile(rf"(?<![а-я])(?:{MONTH})(?![а-я])")
_OF_PAPER = re.compile(r"от \d\d?\.\d\d\.\d{4}|от \d\d? [а-я]{3,8} \d{4}|# ?\S{1,20}")
_CALENDAR_WORD = re.compile(r"[\w~]+")
_SCHOOL_WORD = re.compile(r"каникул|четверт|триместр|семестр")
_HOLIDAYS = re.compile(r"каникул")
_WHICH = re.compile(
    r"i{1,3}|iv|[1-4]|(?:перв|втор|трет|четверт|последн)(?:ая|ой|ую|ый|ого|ом|ий|ья|ей|ью|ьей|ьего|ьем)"
)
_BESIDE_CALENDAR = re.compile(
    rf"{TERM}|{_WHICH.pattern}|каникул[а-я]*|(?:осенн|зимн|весенн|летн|новогодн|школьн|период|врем|дн|теч|нач|кон|окон|заверш|серед)[а-я]*"
    r"|в|во|на|за|к|до|с|и|или|а|также|й|я|ая|ой|ю|м|е|\d{4}(?:~\d{4})?|года?|учебн[а-я]+"
)
_STOP = re.compile(r"\d{3}|\d\.\d|#")


def undated(folded: str) -> tuple[str, frozenset[str]] | None:
    """Tell the kind and the cadence of a folded cell without days; `None` when it may hide a day or says something else."""
    parts = [part.strip(" .-:") for part in re.split(r"[,;()]|\s-\s", folded)]
    parts = [part for part in parts if part]
    if not parts:
        return None
    if _of_school_calendar(folded):
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
    if _DURATION.fullmatch(part):
        return "event"
    if _of_school_calendar(part):
        return "external"
    early = next((kind for pattern, kind in _KINDS if pattern.match(part)), None)
    if early:
        return None if _hides_date(part) else early
    return "ongoing" if _LASTING.match(part) or any(pattern.match(part) for _, pattern in CADENCES) else None


def _of_school_calendar(part: str) -> bool:
    """Tell whether a part names holidays or one of the terms, whose days the school's own calendar sets: «осенние каникулы»."""
    if not _SCHOOL_WORD.search(part):
        return False
    words = _CALENDAR_WORD.findall(part)
    named = [word for word in words if _HOLIDAYS.match(word) or re.fullmatch(TERM, word)]
    if not named or not all(_BESIDE_CALENDAR.fullmatch(word) for word in words):
        return False
    return any(map(_HOLIDAYS.match, named)) or any(map(_WHICH.fullmatch, words))


def _hides_date(part: str) -> bool:
    """Tell whether a day stands in words of an event that are read for no day; the day of an order is none."""
    bare = _OF_PAPER.sub("", part)
    return bool(_MONTHS.search(bare) or re.search(r"(?<![\d.])\d\d?\.\d\d(?![\d%])", bare))


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
        if name or (_LASTING.match(part) and not _EVENT.match(part) and not _DURATION.fullmatch(part)):
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
