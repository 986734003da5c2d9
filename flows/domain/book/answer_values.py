"""A value typed beside a question, read as the cell it was asked about would be; what that cell could not hold is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.book import note_settings, own_method, requisites
from flows.domain.book.accepted import ACCEPTED
from flows.domain.book.card import NATURE, nature, school_year
from flows.domain.catalogue.called_for import kinds_for
from flows.domain.model import Cell
from flows.domain.monitoring.answers.questions import understood_as
from flows.domain.organisation import Nature
from flows.domain.people.pair_rows import PERSON_CODE
from flows.domain.roadmap.activities import NO_PAPER, term_of
from flows.domain.roadmap.responsible import names_parties
from flows.domain.statuses import IMPOSSIBLE_DATE, REVERSED
from flows.domain.tabs import (
    MEETINGS,
    MENTEES,
    MENTORS,
    PAIRS,
    ROADMAP,
    STAFF_EVENTS,
    SURVEYS,
)
from flows.domain.terms.typed_days import plausible, typed_day
from flows.domain.text import fold
from flows.russian.late import late

if TYPE_CHECKING:
    from flows.domain.model import Row
    from flows.domain.periods import Period

LONGEST, MOST_DIGITS = 300, 4
NUMBER = late(r"(?:\d{1,3}|[IVX]{1,5})(?:[.-]\d{1,3}){0,5}[а-я]?[.)]?")
PICKS = late(r"(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?")
PICKED = late(r"\d{1,2}(?:(?:\s?[-–]\s?|\s?[,;.]\s?|\sи\s|\s)\d{1,2}){0,20}\.?")
NUMBERED = late(r"(?m)^(\d{1,2})\. ")
DENIED = late(r"(?<!\w)(?:не|нет|ни|без)(?!\w)")
# Names of papers that only the row's own words tell apart; any other text has to name a paper by itself.
BARE = late(r"приказы?|распоряжени[ея]|список|списки|перечень|перечни|реестры?|базы?(?: данных)?")
COMMANDS = frozenset(
    word for each in ACCEPTED.values() for command in each.commands for word in command.words
)
WORD = late(r"[А-Яа-яЁёA-Za-z]{2}")
STRANGE = late("[^\\w\\s.,;:!()«»\"'№/–—−+%&#*@°-]")
FORMULA = late(r"[=+@]|-\s*[A-Za-zА-Яа-я(]")
# Words that put a question off; none of them is ever what a cell should say.
PUT_OFF = late(
    r"(?:я )?не (?:понимаю|поняла?|знаю|ясно|понятно|помню|уверена?|могу сказать)|непонятно|неясно|пока (?:не|нет).*"
    r"|потом|позже|позднее|завтра|уточн\w*|подума\w*|спрос\w*|см\b.*|смотри\w*|там же|как (?:выше|раньше|было|есть)|то же(?: самое)?"
    r"|так и (?:есть|надо)|все верно|всё верно|да|нет|ок|верно|какой|что|где|когда|почему|зачем|помогите.*|хз|тест|test"
    # A command is no value either, whichever question it was meant for.
    r"|(?:не )?\w+[иаяеу]ть(?:ся)?|строки разные",
)
FULL_NAMES = frozenset(map(fold, ("ФИО руководителя", "Куратор", *requisites.NAMES)))
FULL_NAME = late(r"[А-ЯЁ][А-Яа-яЁё'’-]+(?: [А-ЯЁа-яё][А-Яа-яЁё'’-]*\.?){1,4}")

Fault = str
Value = tuple[Cell, Fault]
ReadCell = Callable[[str, str, str], Value]


def any_text(tab: str, column: str, text: str) -> Value:
    """Read no cell: every column takes any text."""
    del tab, column, text
    return None, ""


@dataclass(frozen=True, slots=True)
class Known:
    """What values are read by: the plan's years, kinds by folded title, people's names and codes, pairs.

    `cell` reads a text as a column of days, numbers, ticks or choices would; of a column that takes any text it says nothing.
    """

    period: Period | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    cell: ReadCell = any_text


def value(text: str, tab: str, column: str, row: Row | None, known: Known) -> Value:
    """Read a value for a cell: what it holds then, or in words why it cannot hold that."""
    reader = READERS.get((tab, column))
    if reader is not None:
        return reader(text, row, known)
    cell, fault = known.cell(tab, column, text)
    return (cell, fault) if fault or cell is not None else _plain(text)


def kinds(text: str, row: Row | None, known: Known) -> Value:
    """Read kinds of papers: their titles, or words that call for them in a result; «не готовить» for none."""
    if fold(text) == NO_PAPER:
        return NO_PAPER, ""
    asked = row.text("Мероприятие") if row else ""
    ids: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        title = known.titles.get(fold(part))
        told = BARE.fullmatch(fold(part))
        unlike = not told and (_fault(part) or DENIED.search(fold(part)) or not kinds_for(part, ""))
        named = (title,) if title else () if unlike else kinds_for(part, asked)
        if not named:
            return (
                None,
                "такого вида документа нет; возьмите название из перечня видов, например «Приказ о закреплении пар»",
            )
        ids += named
    return ("; ".join(dict.fromkeys(ids)), "") if ids else (None, "вид документа не назван")


def setting(name: str, text: str) -> Value:
    """Read the value of a line of `Настройки`."""
    if fold(name) == fold("Учебный год"):
        year = school_year(text)
        return (year, "") if year and len(text) < LONGEST else (None, "нужен учебный год, например 2026-2027")
    words = note_settings.CHOICES.get(name, tuple(Nature) if fold(name) == fold(NATURE) else ())
    if words:
        word = note_settings.chosen(name, text) if name in note_settings.CHOICES else nature(text)
        return (str(word), "") if word else (None, f"нужно одно из слов: {', '.join(words)}")
    allowed = own_method.allowed(name)
    if allowed is not None or fold(name).endswith("всего"):
        number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
        fits = number is not None and (allowed is None or number in allowed)
        span = f" от {allowed.start} до {allowed.stop - 1}" if allowed else ""
        return (text, "") if fits else (None, f"нужно целое число{span}")
    if wrong := requisites.fault(name, text):
        return None, wrong
    if fold(name) in FULL_NAMES:
        return _full_name(text, None, Known())
    return _plain(text)


def picks(text: str, proposal: str) -> Value:
    """Read numbers of a proposal's lines, «1, 3» or «1–3»: the numbers, spelt one way."""
    parts = PICKS.findall(text) if PICKED.fullmatch(text.strip()) else []
    told = [*dict.fromkeys(at for first, last in parts for at in range(int(first), int(last or first) + 1))]
    listed = {int(number) for number in NUMBERED.findall(proposal)}
    if not told:
        return None, "это не номера"
    lacking = [str(number) for number in told if number not in listed]
    return (
        (None, f"под номером {lacking[0]} ничего не предложено")
        if lacking
        else (", ".join(map(str, told)), "")
    )


def day(text: str) -> Value:
    """Read a day."""
    told = typed_day(text)
    return (told, "") if told and plausible(told) else (None, "нужна дата вида 15.09.2026")


def number_of_days(text: str) -> Value:
    """Read a count of days."""
    fits = text.isdecimal() and len(text) <= MOST_DIGITS
    return (text, "") if fits else (None, "нужно целое число рабочих дней")


def _term(text: str, row: Row | None, known: Known) -> Value:
    term = term_of(text, row.text("Раздел / этап") if row else "", known.period)
    if {IMPOSSIBLE_DATE, REVERSED} & term.flags:
        return None, "такого дня нет в календаре или срок кончается раньше, чем начинается"
    if term.kind in {"unreadable", "empty"}:
        lacks = "в сроке нет года" if "no-year" in term.flags else "это не срок"
        return (
            None,
            f"{lacks}; нужны дата, месяц с годом или «до …», например «сентябрь 2026» или «до 15.09.2026»",
        )
    return text, ""


def _result(text: str, row: Row | None, known: Known) -> Value:
    fault = kinds(text, row, known)[1]
    return (None, fault) if fault or fold(text) == NO_PAPER else (text, "")


def _parties(text: str, row: Row | None, known: Known) -> Value:
    del row, known
    fits = not _fault(text) and names_parties(text)
    return (
        (text, "")
        if fits
        else (None, "нужна должность или фамилия с инициалами, например «старший воспитатель»")
    )


def _numbering(text: str, row: Row | None, known: Known) -> Value:
    del row, known
    return (text, "") if NUMBER.fullmatch(text) else (None, "нужен номер строки, например 2.2")


def _person(text: str, row: Row | None, known: Known) -> Value:
    del row
    coded = PERSON_CODE.search(text) if len(text) < LONGEST else None
    code = f"{coded[1].upper()}-{int(coded[2]):03d}" if coded else ""
    fits = fold(text) in known.people or code in known.people
    return (
        (text, "")
        if fits
        else (None, "такого человека нет в списках; впишите его ФИО как на вкладке или код, например Н-003")
    )


def _pair(text: str, row: Row | None, known: Known) -> Value:
    del row
    return (
        (text, "")
        if fold(text) in known.pairs
        else (None, "такой пары нет; впишите код пары, например П-001, или название группы")
    )


def _full_name(text: str, row: Row | None, known: Known) -> Value:
    del row, known
    plain = " ".join(text.split())
    fits = len(text) < LONGEST and FULL_NAME.fullmatch(plain) and not _fault(plain)
    return (text, "") if fits else (None, "нужно ФИО полностью, например «Иванова Мария Петровна»")


def _indicator(text: str, row: Row | None, known: Known) -> Value:
    del row, known
    fits = len(text) < LONGEST and understood_as(text)
    return (text, "") if fits else (None, "нужен показатель из списка, например «M10» или «M12: комфорт»")


def _plain(text: str) -> Value:
    fault = _fault(text)
    return (None, fault) if fault else (text, "")


def _fault(text: str) -> Fault:
    """Say why a text is not what any cell of words may hold."""
    if len(text) > LONGEST:
        return "ответ слишком длинный"
    if FORMULA.match(text):
        return "это похоже на формулу"
    if not WORD.search(text) and not re.search(r"\d", text):
        return "в ответе нет ни слова"
    if (
        fold(text).rstrip(".!") in COMMANDS
        or "?" in text
        or STRANGE.search(text)
        or PUT_OFF.fullmatch(fold(text).rstrip(".!"))
    ):
        return "это не значение ячейки"
    return ""


Reader = Callable[[str, "Row | None", Known], Value]
READERS: Mapping[tuple[str, str], Reader] = {
    (ROADMAP, "Срок (как в документе)"): _term,
    (ROADMAP, "Ответственный"): _parties,
    (ROADMAP, "Результат, вид документа"): _result,
    (ROADMAP, "Готовить документ"): kinds,
    (ROADMAP, "№ п/п"): _numbering,
    (PAIRS, "Наставник"): _person,
    (PAIRS, "Наставляемый"): _person,
    (MEETINGS, "Пара"): _pair,
    (STAFF_EVENTS, "Кто"): _person,
    (MENTORS, "ФИО"): _full_name,
    (MENTEES, "ФИО"): _full_name,
    (SURVEYS, "Показатель"): _indicator,
}
