"""A finished paper looked over before it is called ready: what people left in it, dates and numbers that disagree.

The rules are the mistakes that stand on real organisations' sites; each is a small function from the paper's lines
to findings. Texts of findings quote the rule and the place, never what the paper says of people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.model import Origin, Problem, Severity
from flows.papers.finished import HEADER, marks_draft
from flows.papers.lint_text import phrase_faults
from flows.papers.package import BODY, unpacked
from flows.papers.paper_text import text_of
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Sequence

MACHINE = late(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnull\b|\bundefined\b|\bnan\b")
LEFTOVERS = late(
    r"\(название [^()]{0,200}\)|\((?:ФИО|Ф\.И\.О\.)\)|\[(?:ФИО|дата|название|должность)[^\[\]]{0,200}\]|\bXX+\b|\?\?\?"
)
ISO = late(r"\b(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b")
ARTICLE = late(r"(?:стать\w{1,40}|ст\.)\s*358\.1", re.IGNORECASE)
MODEL = late(r"(\d\d\.\d\d\.\d{4})\s*(?:г\.\s*)?№\s*Р-145", re.IGNORECASE)
MODEL_DAY = "25.12.2019"
YEARLESS = late(
    r"(?:приказ\w{0,6}|протокол\w{0,6})\D{0,40}?\bот\s+(\d\d\.\d\d)(?!\.?\d)\s*(?:№|г)", re.IGNORECASE
)
TO_ORDER = late(r"к приказу\b.{0,60}?\bот (?P<day>.{1,30}?) № ?(?P<number>[^\s,;)]+)")
NUMBERED = late(
    r"(?:детск\w{1,40} сад\w{0,40}|д/с|МБДОУ|МДОУ|МКДОУ|МАДОУ|МБОУ|МКОУ|МАОУ|СОШ|школ\w{1,40}|лице\w{1,40}|гимнази\w{1,40})\s+№\s?(\d+)",
    re.IGNORECASE,
)
UNTIL = late(r"\bдо (\d\d\.\d\d\.\d{4}|\d{1,2} [а-я]+ \d{4} г)")
# «До» sets a deadline where somebody is told to do something, or the word «срок» stands before it; «данные за период до»
# and «с … до …» only tell of days gone by, and so does a day alone in a cell of a table.
TELLING = late(r"\bсрок\b|\w(?:ть|ти|чь)(?:ся)?\b", re.IGNORECASE)
SPAN = late(r"период\w{0,3}\s*$|\bс \d", re.IGNORECASE)
NEAR = 200
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
ORDERS = frozenset({"ПРИКАЗ", "РАСПОРЯЖЕНИЕ"})
LEAST_COLUMNS = 3
BLANK = late(r"_{2,}")
YEARS = late(r"\b(20\d\d)\s?[/–-]\s?(20\d\d)\s+уч")
FIRST_DAY, LAST_DAY = (4, 1), (9, 30)
STOPPING = frozenset({"paper-file", "left-over-mark"})


@dataclass(frozen=True, slots=True)
class Paper:
    """What a rule sees: lines with their places, tables as rows of cells, the organisation's numbers, the paper's own number and day."""

    lines: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    own: frozenset[str]
    number: str
    day: date | None


Finding = tuple[str, str, str]
Rule = Callable[[Paper], Iterator[Finding]]
# A rule is tried only on a paper that has one of its signs: nearly all papers have none.


def look_over(
    data: bytes, names: Sequence[str] = (), number: str = "", day: date | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong in a finished .docx; `names` are the organisation's own, `number` and `day` those of registration.

    A file that cannot be read, or one with marks of the machine in it, is a стоп: it must not be called ready.
    """
    try:
        members = unpacked(data, "Документ")
        told = text_of(members[BODY].decode("utf-8", "replace"))
        drafted = day is not None and any(
            HEADER.fullmatch(name) and marks_draft(content) for name, content in members.items()
        )
    except Refused as refusal:
        return (_problem("paper-file", "", str(refusal)),)
    own = frozenset(found for name in names for found in re.findall(r"№\s?(\d+)", name))
    paper = Paper(told.lines, told.tables, own, number, day)
    whole = "\n".join(text for _, text in paper.lines)
    found = [
        _problem(code, where, said)
        for signs, rule in RULES
        if not signs or any(sign in whole for sign in signs)
        for code, where, said in rule(paper)
    ]
    found += (
        [_problem("still-draft", "колонтитул", "осталось слово «ПРОЕКТ», хотя документ зарегистрирован")]
        if drafted
        else []
    )
    return tuple(dict.fromkeys(found))


def machine_marks(paper: Paper) -> Iterator[Finding]:
    """Find what only a broken template or value leaves: braces, «None»; a paper with these is not filed."""
    for where, text in paper.lines:
        found = MACHINE.search(text)
        if found:
            yield "left-over-mark", where, f"осталось «{found[0]}»: впишите настоящее значение или уберите"


def leftovers(paper: Paper) -> Iterator[Finding]:
    """Find what people forgot: «(название образовательной организации)», «[ФИО]», dates as machines write them."""
    for where, text in paper.lines:
        found = _forgotten(text)
        if found:
            yield "left-over", where, f"осталось «{found[0]}»: впишите настоящее значение или уберите"


def wrong_acts(paper: Paper) -> Iterator[Finding]:
    """Find the usual slips in acts: article 358.1 for 351.8, the model of mentoring under another day."""
    for where, text in paper.lines:
        if ARTICLE.search(text):
            yield (
                "wrong-article",
                where,
                "статьи 358.1 о наставничестве нет; в Трудовом кодексе это статья 351.8",
            )
        for told in MODEL.findall(text):
            if told != MODEL_DAY:
                yield (
                    "wrong-act-date",
                    where,
                    f"распоряжение № Р-145 издано {MODEL_DAY}, в документе другая дата",
                )


def yearless_dates(paper: Paper) -> Iterator[Finding]:
    """Find an order or minutes cited by a date without its year."""
    for where, text in paper.lines:
        if YEARLESS.search(text):
            yield "no-year", where, "у даты приказа или протокола нет года"


def appendices(paper: Paper) -> Iterator[Finding]:
    """Find an appendix that names another number or day than the order it belongs to; an act by itself names another paper's."""
    text = [*paper.lines] if any(line.strip() in ORDERS for _, line in paper.lines) else []
    joined = [
        (where, f"{line} {text[at + 1][1]}" if at + 1 < len(text) else line)
        for at, (where, line) in enumerate(text)
        if "к приказу" in line
    ]
    for where, line in joined:
        found = TO_ORDER.search(line)
        if (
            found
            and paper.number
            and not BLANK.search(found["number"])
            and found["number"].strip(".") != paper.number
        ):
            yield (
                "appendix-number",
                where,
                f"в приложении стоит приказ № {found['number']}, а номер документа – {paper.number}",
            )
        if found and paper.day and (told := _day(found["day"])) and told != paper.day:
            yield "appendix-date", where, "дата приказа в приложении не та, что у самого приказа"


def foreign_names(paper: Paper) -> Iterator[Finding]:
    """Find the number of another kindergarten or school, when ours is known."""
    for where, text in paper.lines if paper.own else ():
        other = (
            [number for number in NUMBERED.findall(text) if number not in paper.own] if "№" in text else []
        )
        if other:
            yield (
                "foreign-name",
                where,
                f"названа организация № {other[0]}, а в «Настройках» другой номер; нет ли здесь чужого текста",
            )


def early_deadlines(paper: Paper) -> Iterator[Finding]:
    """Find a deadline not later than the paper's own day."""
    for where, text in paper.lines if paper.day else ():
        for told in UNTIL.finditer(text):
            due = _day(told[1])
            before = re.split(r"[.;](?!\d)", text[max(0, told.start() - NEAR) : told.start()])[-1]
            if SPAN.search(before) or not TELLING.search(before):
                continue
            if due and paper.day and due <= paper.day:
                yield "early-deadline", where, f"срок {due:%d.%m.%Y} не позже даты самого документа"


def empty_tables(paper: Paper) -> Iterator[Finding]:
    """Find a table with a head and nothing under it; a line of signatures has blanks for the pen."""
    for at, rows in enumerate(paper.tables, 1):
        if (
            len(rows) == 1
            and len(rows[0]) >= LEAST_COLUMNS
            and all(cell.strip() for cell in rows[0])
            and not any(BLANK.search(cell) for cell in rows[0])
        ):
            yield "empty-table", f"таблица {at}", "под шапкой таблицы нет ни одной строки"


def wording(paper: Paper) -> Iterator[Finding]:
    """Find phrases that a careful clerk would not write, whoever wrote them: the template or a person in the file."""
    for where, said in phrase_faults(paper.lines):
        yield "wording", where, said


def other_years(paper: Paper) -> Iterator[Finding]:
    """Find a registered paper that speaks only of school years it does not belong to: minutes of 2015 signed in 2010."""
    told = [
        (where, int(first), int(second))
        for where, text in paper.lines
        if paper.day
        for first, second in YEARS.findall(text)
    ]
    if (
        paper.day
        and told
        and not any(
            date(first, *FIRST_DAY) <= paper.day <= date(second, *LAST_DAY) for _, first, second in told
        )
    ):
        where, first, second = told[0]
        yield (
            "other-year",
            where,
            f"речь о {first}/{second} учебном годе, а дата документа – {paper.day:%d.%m.%Y}",
        )


def _forgotten(text: str) -> re.Match[str] | None:
    placed = any(sign in text for sign in ("(", "[", "XX", "???"))
    return (LEFTOVERS.search(text) if placed else None) or (ISO.search(text) if "-" in text else None)


def _day(text: str) -> date | None:
    told = re.match(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    if told:
        return _made(int(told[3]), int(told[2]), int(told[1]))
    words = re.match(r"(\d{1,2}) ([а-я]+) (\d{4})", text)
    return (
        _made(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1]))
        if words and words[2] in MONTHS
        else None
    )


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _problem(code: str, where: str, told: str) -> Problem:
    weight = Severity.STOP if code in STOPPING else Severity.QUESTION
    return Problem(weight, code, Origin(tab=where), f"{where}: {told}.".removeprefix(": ") if where else told)


RULES: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("{{", "}}", "{%", "%}", "None", "null", "undefined", "nan"), machine_marks), (("(", "[", "XX", "???", "-0", "-1"), leftovers), (("358.1", "Р-145"), wrong_acts),
    (("риказ", "ротокол", "РИКАЗ", "РОТОКОЛ"), yearless_dates), (("к приказу",), appendices), (("№",), foreign_names), (("до ",), early_deadlines), ((), empty_tables),
    (("уч",), other_years), ((), wording),
)  # fmt: skip
