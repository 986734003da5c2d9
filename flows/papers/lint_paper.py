"""A finished paper looked over before it is called ready: what people left in it, dates and numbers that disagree.

The rules are the mistakes that stand on real organisations' sites; each is a small function from the paper's lines
to findings. Texts of findings quote the rule and the place, never what the paper says of people.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import docx
from docx.table import Table

from flows.domain.errors import Refused
from flows.domain.model import Origin, Problem, Severity
from flows.papers.package import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnull\b|\bundefined\b|\(название [^)]*\)|\((?:ФИО|Ф\.И\.О\.)\)|\[(?:ФИО|дата|название|должность)[^\]]*\]|\bXX+\b|\?\?\?")
ISO = re.compile(r"\b(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b")
ARTICLE = re.compile(r"(?:стать\w+|ст\.)\s*358\.1", re.IGNORECASE)
MODEL = re.compile(r"(\d\d\.\d\d\.\d{4})\s*(?:г\.\s*)?№\s*Р-145", re.IGNORECASE)
MODEL_DAY = "25.12.2019"
YEARLESS = re.compile(r"(?:приказ\w*|протокол\w*)\D{0,40}?\bот\s+(\d\d\.\d\d)(?!\.?\d)\s*(?:№|г)", re.IGNORECASE)
TO_ORDER = re.compile(r"к приказу\b.*?\bот (?P<day>.+?) № ?(?P<number>[^\s,;)]+)")
NUMBERED = re.compile(r"(?:детск\w+ сад\w*|д/с|МБДОУ|МДОУ|МКДОУ|МАДОУ|МБОУ|МКОУ|МАОУ|СОШ|школ\w+|лице\w+|гимнази\w+)\s+№\s?(\d+)", re.IGNORECASE)
DEADLINE = re.compile(r"(?:в срок )?\bдо (\d\d\.\d\d\.\d{4}|\d{1,2} [а-я]+ \d{4} г)")
MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
ORDERS = frozenset({"ПРИКАЗ", "РАСПОРЯЖЕНИЕ"})
LEAST_COLUMNS = 3
BLANK = re.compile(r"_{2,}")


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


def look_over(data: bytes, names: Sequence[str] = (), number: str = "", day: date | None = None) -> tuple[Problem, ...]:
    """Return what is wrong in a finished .docx; `names` are the organisation's own, `number` and `day` those of registration.

    A file that cannot be read is itself the one finding.
    """
    try:
        opened(data, "Документ")
    except Refused as refusal:
        return (_problem("paper-file", "", str(refusal)),)
    document = docx.Document(io.BytesIO(data))
    own = frozenset(found for name in names for found in re.findall(r"№\s?(\d+)", name))
    paper = Paper(tuple(_lines(document)), tuple(_tables(document)), own, number, day)
    found = [_problem(code, where, told) for rule in RULES for code, where, told in rule(paper)]
    return tuple(dict.fromkeys(found))


def _lines(document: Document) -> Iterator[tuple[str, str]]:
    paragraphs = tables = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            tables += 1
            for at, row in enumerate(block.rows, 1):
                yield from ((f"таблица {tables}, строка {at}", cell.text.replace("\u00a0", " ")) for cell in row.cells)
        else:
            paragraphs += 1
            yield f"абзац {paragraphs}", block.text.replace("\u00a0", " ")


def _tables(document: Document) -> Iterator[tuple[tuple[str, ...], ...]]:
    for table in document.tables:
        yield tuple(tuple(cell.text.strip() for cell in row.cells) for row in table.rows)


def leftovers(paper: Paper) -> Iterator[Finding]:
    """Find marks of the template and of the machine: braces, «None», «(название образовательной организации)», ISO dates."""
    for where, text in paper.lines:
        found = LEFTOVERS.search(text) or ISO.search(text)
        if found:
            yield "left-over", where, f"осталось «{found[0]}»: впишите настоящее значение или уберите"


def wrong_acts(paper: Paper) -> Iterator[Finding]:
    """Find the usual slips in acts: article 358.1 for 351.8, the model of mentoring under another day."""
    for where, text in paper.lines:
        if ARTICLE.search(text):
            yield "wrong-article", where, "статьи 358.1 о наставничестве нет; в Трудовом кодексе это статья 351.8"
        for told in MODEL.findall(text):
            if told != MODEL_DAY:
                yield "wrong-act-date", where, f"распоряжение № Р-145 издано {MODEL_DAY}, в документе другая дата"


def yearless_dates(paper: Paper) -> Iterator[Finding]:
    """Find an order or minutes cited by a date without its year."""
    for where, text in paper.lines:
        if YEARLESS.search(text):
            yield "no-year", where, "у даты приказа или протокола нет года"


def appendices(paper: Paper) -> Iterator[Finding]:
    """Find an appendix that names another number or day than the order it belongs to; an act by itself names another paper's."""
    text = [*paper.lines] if any(line.strip() in ORDERS for _, line in paper.lines) else []
    joined = [(where, f"{line} {text[at + 1][1]}" if at + 1 < len(text) else line) for at, (where, line) in enumerate(text) if "к приказу" in line]
    for where, line in joined:
        found = TO_ORDER.search(line)
        if found and paper.number and not BLANK.search(found["number"]) and found["number"].strip(".") != paper.number:
            yield "appendix-number", where, f"в приложении стоит приказ № {found['number']}, а номер документа – {paper.number}"
        if found and paper.day and (told := _day(found["day"])) and told != paper.day:
            yield "appendix-date", where, "дата приказа в приложении не та, что у самого приказа"


def foreign_names(paper: Paper) -> Iterator[Finding]:
    """Find the number of another kindergarten or school, when ours is known."""
    for where, text in paper.lines if paper.own else ():
        other = [number for number in NUMBERED.findall(text) if number not in paper.own]
        if other:
            yield "foreign-name", where, f"названа организация № {other[0]}, а в «Настройках» другой номер; нет ли здесь чужого текста"


def early_deadlines(paper: Paper) -> Iterator[Finding]:
    """Find a deadline not later than the paper's own day."""
    for where, text in paper.lines if paper.day else ():
        for told in DEADLINE.findall(text):
            due = _day(told)
            if due and paper.day and due <= paper.day:
                yield "early-deadline", where, f"срок {due:%d.%m.%Y} не позже даты самого документа"


def empty_tables(paper: Paper) -> Iterator[Finding]:
    """Find a table with a head and nothing under it; a line of signatures has blanks for the pen."""
    for at, rows in enumerate(paper.tables, 1):
        if len(rows) == 1 and len(rows[0]) >= LEAST_COLUMNS and all(rows[0]) and not any(BLANK.search(cell) for cell in rows[0]):
            yield "empty-table", f"таблица {at}", "под шапкой таблицы нет ни одной строки"


def _day(text: str) -> date | None:
    told = re.match(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    if told:
        return _made(int(told[3]), int(told[2]), int(told[1]))
    words = re.match(r"(\d{1,2}) ([а-я]+) (\d{4})", text)
    return _made(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1])) if words and words[2] in MONTHS else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _problem(code: str, where: str, told: str) -> Problem:
    return Problem(Severity.QUESTION, code, Origin(tab=where), f"{where}: {told}.".removeprefix(": ") if where else told)


RULES: tuple[Rule, ...] = (leftovers, wrong_acts, yearless_dates, appendices, foreign_names, early_deadlines, empty_tables)
