"""What a careful person reads in a cell and in a row, for `recount`: nothing here comes from the program.

A row is a dict: the column's title as the tab has it (without the star) against what was typed: text, a number, a day or None.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, NamedTuple

Row = dict[str, Any]

WORKED = {"действует", "продлена", "завершена", "прекращена"}
NOT_TEACHERS = ("работодатель", "студент", "ученик", "обучающ")
STAMP = "Отметка времени"


class Book(NamedTuple):
    """An organisation's tabs as people typed them: rows by the tab's title, «Настройки» as a dict, the days off of both kinds."""

    tabs: dict[str, list[Row]]
    settings: dict[str, Any]
    days_off: frozenset[date]

    def rows(self, tab: str) -> list[Row]:
        return self.tabs.get(tab, [])


class Span(NamedTuple):
    """What a note speaks of: from `since`, known by `cut` (both days in); `until` is the day its period ends, not before `cut`."""

    since: date
    cut: date
    until: date

    def has(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.cut


def plain(value: Any) -> str:
    """One spelling of a text: small letters, ё as е, every dash one, single spaces."""
    text = "" if value is None else str(value)
    text = re.sub(r"[‐‑‒–—−-]", "-", text.replace("\u00a0", " ").casefold().replace("ё", "е"))
    return " ".join(text.split())


def day(value: Any) -> date | None:
    """A day typed as a day, or as digits («05.10.2026», «2026-10-05»). A day in words is no day: the log must be mended first."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = plain(value)
    for shape in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def yes(value: Any) -> bool | None:
    """A tick: True, False, or None when nobody typed anything (a bare unticked box says nothing)."""
    if value is True or plain(value) in {"да", "истина", "true", "+", "1"}:
        return True
    return False if plain(value) in {"нет", "-"} else None


def mark(value: Any, scale: int = 10) -> float | None:
    """A mark from 1 to `scale`: «8», «8,5», «10/10», «8 из 10», «9 баллов». Words, dashes, 0 and «4 из 5» on a ten-point scale: none."""
    if isinstance(value, bool) or value is None:
        return None
    text = plain(value).replace(",", ".")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(?:\s*(?:/|из)\s*(\d+))?(?:\s*балл(?:а|ов)?)?\.?", text)
    if match is None or (match.group(2) and int(match.group(2)) != scale):
        return None
    number = float(match.group(1))
    return number if 1 <= number <= scale else None


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
        who, surname = plain(row.get("Кто")), plain(row.get("Новое значение")).split(" ")[0]
        given = codes.get(who, who).split(" ")[1:]
        today = " ".join([surname, *given])
        current = codes.get(who) or next((name for name in (who, today) if name in listed), "")
        alike = {name for name in paired - listed.keys() if given and name.split(" ")[1:] == given}
        for name in {who, today, *alike} - {current}:
            if current:
                names[name] = current
    return names


def who(book: Book, name: Any) -> str:
    """One spelling of one human: the full name in the lists, whatever surname the cell still has."""
    return renamed(book).get(plain(name), plain(name))


def person(book: Book, tab: str, name: Any) -> Row | None:
    """The person's row in the list, None for a name the list does not have."""
    wanted = who(book, name)
    return next((row for row in book.rows(tab) if plain(row.get("ФИО")) == wanted), None)


def at_work(book: Book, span: Span) -> list[Row]:
    """The pairs (a row each) that worked within the span: begun by the cut-off, not over before the span, not merely proposed or agreed."""
    return [row for row in book.rows("Пары") if worked(row, span)]


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
    """A young specialist: what was typed in «Молодой специалист» wins; else «Категория лиц», else service of 0–3 years, three included."""
    if human is None:
        return False
    typed, service = yes(human.get("Молодой специалист")), number(human.get("Стаж, лет"))
    if typed is not None:
        return typed
    if plain(human.get("Категория лиц")):
        return plain(human.get("Категория лиц")) == "молодой специалист"
    return service is not None and 0 <= service <= 3
