"""The organisations of a district as its book lists them: one row of `Организации` each, with what is wrong with a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.district import reach
from flows.domain.district.reach import ACCESS, CODE, LINK, Reach
from flows.domain.model import Problem, Severity
from flows.domain.tabs import ORGANISATIONS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from flows.domain.model import Cell, Origin, Row

    ReadCell = Callable[[str, str, str], tuple[Cell, str]]

NAME, SORT, CURATOR, EMAIL = "Краткое наименование", "Тип", "Куратор", "Эл. почта"
UNREACHED = "member-unreached"
TAKES_PART, LEFT = "Участвует", "Вышла из района"
SLUG = re.compile(r"[a-z0-9-]{1,60}")
FILE_ID = re.compile(r"/(?:d|folders)/([-\w]{10,200})")
TYPED = (CODE, NAME, SORT, CURATOR, EMAIL, LINK, LEFT)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the district; `slug` is its name in keys and on the command line, unique in the book."""

    code: str  # О-001, of its row
    slug: str  # «Код ОО»
    name: str  # «Краткое наименование»
    origin: Origin
    sort: str = ""  # «Тип»: ДОУ, школа, доп. образование, коррекционная
    curator: str = ""  # as the district typed it
    email: str = ""
    link: str = ""  # to its book or folder, empty where it lives in this home
    taking_part: bool = True  # «Участвует»
    left: date | None = None  # «Вышла из района»: the first day on which it is no member

    def takes_part(self, day: date) -> bool:
        """Tell whether it takes part on a day."""
        return self.taking_part and (self.left is None or day < self.left)


def read(
    rows: Sequence[Row], today: date, cell: ReadCell | None = None
) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """Read the rows; of two with one code, or with one book, the upper is the organisation and the lower is told.

    `cell` reads a text as the column of a tab would: it tells a type that no list has.
    """
    members: list[Member] = []
    problems: list[Problem] = []
    above: dict[str, Row] = {}
    for row in rows:
        slip = _unfit(row, above)
        if slip is not None:
            problems.append(slip)
            continue
        member = _member(row)
        problems += _odd(row, member, members, today, cell)
        above |= {member.slug: row} | ({book: row} if (book := _book(row)) else {})
        members.append(member)
    return tuple(members), tuple(problems)


def _member(row: Row) -> Member:
    slug = _slug(row)
    return Member(
        row.code, slug, row.text(NAME) or slug, row.origin, row.text(SORT), row.text(CURATOR), row.text(EMAIL),
        row.text(LINK), row.flag(TAKES_PART), row.day(LEFT),
    )  # fmt: skip


def _slug(row: Row) -> str:
    return row.text(CODE).lower()


def _book(row: Row) -> str:
    """Return what tells the book that a row names: the id in its address, else the text itself; no organisation's code."""
    text = row.text(LINK)
    found = FILE_ID.search(text)
    return f"@{found[1] if found else fold(text)}" if text else ""


def _unfit(row: Row, above: dict[str, Row]) -> Problem | None:
    """Say why a row is no organisation; nothing where it is one."""
    slug, book = _slug(row), _book(row)
    if not any(row.text(header) for header in TYPED):
        said = "Строка пустая, а галочка в ней стоит. Впишите организацию или снимите галочку."
        return _problem(row, Severity.NOTE, "member-blank", TAKES_PART, said)
    if not slug:
        said = "У организации нет кода, поэтому данные с неё не собираются. Впишите код латиницей, тот же, что в nastavnik init."
        return _problem(row, Severity.STOP, "member-code", CODE, said)
    if not SLUG.fullmatch(slug):
        said = "Код организации не читается, поэтому данные с неё не собираются. Нужны латинские буквы, цифры и дефис, например malysh."
        return _problem(row, Severity.STOP, "member-code", CODE, said)
    if slug in above:
        said = f"Такой код уже стоит в строке {above[slug].origin.row}: данные берутся один раз, по ней. Исправьте код или удалите эту строку."
        return _problem(row, Severity.STOP, "member-twice", CODE, said)
    if book and book in above:
        said = f"Такая ссылка уже стоит в строке {above[book].origin.row}: данные берутся один раз, по ней. Исправьте ссылку или удалите эту строку."
        return _problem(row, Severity.STOP, "member-book-twice", LINK, said)
    return None


def _odd(
    row: Row, member: Member, members: Sequence[Member], today: date, cell: ReadCell | None
) -> Iterator[Problem]:
    """Say what is to be looked at in the row of an organisation."""
    twin = next((each for each in members if fold(each.name) == fold(member.name)), None)
    if not row.text(NAME):
        said = "У организации нет краткого наименования: в таблицах и письмах стоит её код. Впишите, как пишете в приказах."
        yield _problem(row, Severity.QUESTION, "member-name", NAME, said)
    elif twin is not None:
        said = f"Так же названа организация в строке {twin.origin.row}. Если это разные организации, назовите их по-разному или ответьте «да»; если одна, удалите строку."
        yield _problem(row, Severity.QUESTION, "member-namesake", NAME, said)
    if member.sort and cell and (why := cell(ORGANISATIONS, SORT, member.sort)[1]):
        said = f"Тип организации не из списка: {why}."
        yield _problem(row, Severity.QUESTION, "member-type", SORT, said)
    if member.left and today >= member.left and member.taking_part:
        said = f"Организация вышла из района {member.left:%d.%m.%Y}: новые данные не собираются, собранные остаются."
        yield _problem(row, Severity.NOTE, "member-left", LEFT, said)
    elif not member.taking_part and not member.left:
        said = "Галочки «Участвует» нет: данные не собираются, строки не раздаются. Если организация участвует, поставьте её."
        yield _problem(row, Severity.NOTE, "member-apart", TAKES_PART, said)
    told = reach.read(row.text(ACCESS))
    if member.takes_part(today) and told is not None and told is not Reach.OPEN:
        where = LINK if member.link else CODE
        yield _problem(row, Severity.STOP, UNREACHED, where, reach.sentence(told))


def _problem(row: Row, severity: Severity, code: str, column: str, said: str) -> Problem:
    return Problem(
        severity, code, replace(row.origin, column=column), said, printed=row.text(column), subject=row.code
    )
