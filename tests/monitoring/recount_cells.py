"""What a careful person reads in a cell and in a row, for `recount`: nothing here comes from the program.

A row is a dict: the column's title as the tab has it (without the star) against what was typed: text, a number, a day or None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, NamedTuple

Row = dict[str, Any]

WORKED = {"согласована", "действует", "продлена", "завершена", "прекращена"}
NOT_TEACHERS = ("работодатель", "студент", "ученик", "обучающ")
STAMP = "Отметка времени"
MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)


@dataclass(eq=False)
class Book:
    """An organisation's tabs as people typed them: rows by the tab's title, «Настройки» as a dict, the days off of both kinds."""

    tabs: dict[str, list[Row]]
    settings: dict[str, Any]
    days_off: frozenset[date]

    def rows(self, tab: str) -> list[Row]:
        return self.tabs.get(tab, [])

    @cached_property
    def former(self) -> dict[str, str]:
        return renamed(self)


class Span(NamedTuple):
    """What a note speaks of: from `since`, known by `cut` (both days in); `until` is the day its period ends, not before `cut`.

    `today` is the day the note is made: the cut-off, or later for a period that is over.
    """

    since: date
    cut: date
    until: date
    today: date

    def has(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.cut

    @property
    def open(self) -> bool:
        return self.today <= self.until


def plain(value: Any) -> str:
    """One spelling of a text: small letters, ё as е, every dash one, single spaces."""
    return "" if value is None else _folded(str(value))


@cache
def _folded(text: str) -> str:
    return " ".join(
        re.sub(r"[‐‑‒–—−-]", "-", text.replace("\u00a0", " ").casefold().replace("ё", "е")).split()
    )


def day(value: Any) -> date | None:
    """A day typed as a day, as digits («05.10.2026», «2026-10-05») or as «5 октября 2026 г.»; without a year, or in other words, it is none."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) or value is None else _written(plain(value))


@cache
def _written(text: str) -> date | None:
    for shape in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    match = re.fullmatch(r"(\d{1,2}) ([а-я]+) (\d{4})(?: ?г\.?)?", text)
    month = next((at for at, stem in enumerate(MONTHS, 1) if match and match.group(2).startswith(stem)), None)
    return date(int(match.group(3)), month, int(match.group(1))) if match and month else None


def yes(value: Any) -> bool | None:
    """A tick: True, False, or None when nobody touched the cell."""
    if value is True or plain(value) in {"да", "истина", "true", "+", "1"}:
        return True
    return False if value is False or plain(value) in {"нет", "-"} else None


def mark(value: Any, scale: int = 10) -> Fraction | None:
    """A mark on ten points, read on a scale of `scale`: «8», «8,5», «9 баллов», «8 – хорошо».

    «10/10» and «4 из 5» name their own scale (5 or 10) and are put on ten points by it. Words («восемь» too: whoever typed it is asked), dashes, 0, 11, «8-9»: none.
    """
    if isinstance(value, bool) or value is None:
        return None
    text = plain(value).replace(",", ".").rstrip(".!")
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:/|из)\s*(5|10)(?:\s*балл(?:а|ов)?)?", text):
        points, top = Fraction(match.group(1)), int(match.group(2))
    elif match := re.fullmatch(r"(\d+(?:\.\d+)?)(?:\s*балл(?:а|ов)?)?(?:\s*[-(:]\s*[^\d\s].*)?", text):
        points, top = Fraction(match.group(1)), scale
    else:
        return None
    return points * 10 / top if 1 <= points <= top else None


def difficulties(value: Any) -> list[tuple[str, Fraction | None, Fraction | None]]:
    """«Дефициты» of a mentee: a line «сфера – до – после» each, its marks on ten points, None where none can be read.

    Dashes with a space on both sides part a line; only where there is none of these does every dash («речь–4–8»).
    A line without a sphere is none.
    """
    lines = (
        re.sub(r"[‐‑‒–—−-]", "-", line.replace("\u00a0", " ")).strip()
        for line in str(value or "").splitlines()
    )
    parts = (
        re.split(r"\s+-(?:\s+|$)", line) if re.search(r"\s-(?:\s|$)", line) else line.split("-")
        for line in lines
    )
    told = ([part.strip() for part in one] + ["", "", ""] for one in parts)
    return [(sphere, mark(before), mark(after)) for sphere, before, after, *_ in told if sphere]


def person_code(value: Any) -> str:
    """A respondent's code in one spelling («л 5» is «л-5» is «Л-005»); empty when there is no digit in it («не знаю», «—»)."""
    text = plain(value).replace(" ", "").replace("-", "")
    match = re.fullmatch(r"([^\d]*)(\d+)", text)
    if match:
        return f"{match.group(1)}{int(match.group(2))}"
    return text if re.search(r"\d", text) else ""


def number(value: Any) -> int | None:
    """A count typed in «Настройки» or «Разослано»; None when it is no whole number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value)
    return int(plain(value)) if re.fullmatch(r"\d+", plain(value)) else None


# --- people and pairs ----------------------------------------------------------------------------------------


def renamed(book: Book) -> dict[str, str]:
    """Former full name → the name in the lists, by «смена фамилии» of «Кадровые события» (typed by code, old or new name)."""
    listed = {plain(row.get("ФИО")): row for tab in ("Наставники", "Наставляемые") for row in book.rows(tab)}
    codes = {plain(row.get("⚙ Код")): name for name, row in listed.items()}
    paired = {plain(row.get(side)) for row in book.rows("Пары") for side in ("Наставник", "Наставляемый")}
    changes = [row for row in book.rows("Кадровые события") if plain(row.get("Что")) == "смена фамилии"]
    names = {}
    for row in changes:
        named, surname = plain(row.get("Кто")), plain(row.get("Новое значение")).split(" ")[0]
        given = codes.get(named, named).split(" ")[1:]
        today = " ".join([surname, *given])
        current = codes.get(named) or next((name for name in (named, today) if name in listed), "")
        alike = {name for name in paired - listed.keys() if given and name.split(" ")[1:] == given}
        for name in {named, today, *alike} - {current}:
            if current:
                names[name] = current
    return names


def who(book: Book, name: Any) -> str:
    """One spelling of one human: the full name in the lists, whatever surname the cell still has."""
    return book.former.get(plain(name), plain(name))


def human(book: Book, name: Any) -> str:
    """The full name of whoever is typed by a code or by a name; empty when the lists do not have him."""
    rows = [row for tab in ("Наставники", "Наставляемые") for row in book.rows(tab)]
    wanted = who(book, name)
    return next(
        (plain(row.get("ФИО")) for row in rows if wanted in {plain(row.get("ФИО")), plain(row.get("⚙ Код"))}),
        "",
    )


def person(book: Book, tab: str, name: Any) -> Row | None:
    """The person's row in the list, None for a name the list does not have."""
    wanted = who(book, name)
    return next((row for row in book.rows(tab) if plain(row.get("ФИО")) == wanted), None)


def at_work(book: Book, span: Span) -> list[Row]:
    """The pairs (a row each) that worked within the span: begun by the cut-off, not over before the span, not merely proposed.

    «Согласована» past its first day is at work: nobody has renewed its state, and what it lacks must be seen.
    """
    return [row for row in book.rows("Пары") if worked(row, span)]


def units(book: Book, span: Span) -> list[list[Row]]:
    """Pairs and groups at work: a group is the rows of one mentor with one «Группа»."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in at_work(book, span):
        group = plain(row.get("Группа"))
        key = (who(book, row.get("Наставник")), group) if group else ("", plain(row.get("⚙ Код")))
        grouped.setdefault(key, []).append(row)
    return list(grouped.values())


def worked(row: Row, span: Span) -> bool:
    start, end = day(row.get("Дата начала")), day(row.get("Дата окончания"))
    return (
        plain(row.get("Состояние")) in WORKED
        and start is not None
        and start <= span.cut
        and (end is None or end >= span.since)
    )


def sides(row: Row) -> tuple[str, str]:
    """Who teaches whom by «Форма»: («педагог», «студент»)."""
    left, _, right = plain(row.get("Форма")).partition(" - ")
    return left, right


def teaches(book: Book, row: Row, side: str) -> bool:
    """Whether this side of the pair is a teacher of the organisation: not a pupil, a student or an employer from outside."""
    post = sides(row)[0 if side == "Наставник" else 1]
    if post.startswith(NOT_TEACHERS):
        return False
    human = person(book, "Наставники" if side == "Наставник" else "Наставляемые", row.get(side)) or {}
    learner = plain(human.get("Категория лиц")) in {"студент", "обучающийся"}
    return not learner and not re.search(
        r"\d\s*-?\s*(?:[а-я]\s*)?(?:класс|курс)", plain(human.get("Должность"))
    )


def young(human: Row | None) -> bool:
    """A young specialist: typed so («Молодой специалист», else «Категория лиц»), or with less than three years of service.

    A «нет» typed in «Молодой специалист» wins over the rest.
    """
    if human is None:
        return False
    typed, service = yes(human.get("Молодой специалист")), number(human.get("Стаж, лет"))
    if typed is not None:
        return typed
    return plain(human.get("Категория лиц")) == "молодой специалист" or (service is not None and service < 3)
