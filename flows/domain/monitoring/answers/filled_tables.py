"""Rows of answers on their way from a file into the book: what names each, and what must be mended in the file first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flows.domain.marks import mark
from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.answers.answer_cells import moment, month_first
from flows.domain.monitoring.answers.participant_codes import CODED, hashed, respondent
from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.monitoring.answers.questionnaire import CHOICE, CODE, SCORE
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.marks import Value
    from flows.domain.monitoring.answers.questionnaire import Question
    from flows.domain.monitoring.answers.ready_forms import Questionnaire

ASKS_CODE = re.compile(r"\bкод\b")
SECOND = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}")
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d+)?")
NAME_LENGTH = 8
MIDNIGHT = "T00:00:00"
HALF_SECOND = timedelta(milliseconds=500)
LONGEST = 60
NO_CODES = "В таблице нет столбца «Код участника». Верните его из пустой анкеты: nastavnik forms ПАПКА."
NO_CODE = "Нет кода участника, поэтому ответы «до» и «после» не сравнить. Впишите код вида Л-005 или Н-003; имя писать не нужно."
NOT_CODE = "В столбце «Код участника» должен стоять код вида Л-005 или Н-003, а не имя. Замените его кодом."
NO_DAY = "Отметка времени не читается. Напишите день так: 05.12.2026, или оставьте ячейку пустой."
NO_MARK = "Вопрос «{question}»: нужно число от 1 до {scale}. Исправьте ячейку или оставьте её пустой."
NO_CHOICE = "Вопрос «{question}»: нужен один из ответов: {options}. Исправьте ячейку или оставьте её пустой."


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A filled row: its number as people count, what names it, and a hash of all it holds."""

    row: int
    name: str
    content: str


def lines_of(grid: Sequence[Sequence[Value]]) -> tuple[FilledRow, ...]:
    """Name every filled row, the same whether it stands in a file or in the book, and wherever its columns stand.

    A row is named by its time mark and its code. Without a code the second it was sent at is enough; where only a day
    is known, all it holds names it. Equal rows get numbers. No answer and no person can be read back from a name.
    """
    if not grid:
        return ()
    heads = [key(cell) for cell in grid[0]]
    stamps = stamps_of(grid)
    asks = [at for at, head in enumerate(heads) if ASKS_CODE.search(head)]
    seen: Counter[tuple[str, str]] = Counter()
    lines: list[FilledRow] = []
    for at in filled_rows(grid):
        row, stamp = grid[at], stamps[at]
        content = hashed(
            stamp,
            *sorted(
                f"{head}\x1e{plain}"
                for head, cell in zip(heads, row, strict=False)
                if head and head not in TIME_WORDS and (plain := _plain(cell))
            ),
        )
        code = next((respondent(row[each]) for each in asks if each < len(row) and _plain(row[each])), "")
        who = code or ("" if SECOND.fullmatch(stamp) and not stamp.endswith(MIDNIGHT) else content)
        seen[stamp, who] += 1
        lines.append(FilledRow(at + 1, hashed(stamp, who, str(seen[stamp, who]))[:NAME_LENGTH], content))
    return tuple(lines)


def filled_rows(grid: Sequence[Sequence[Value]]) -> tuple[int, ...]:
    """Return the rows (0-based) that hold an answer; a day alone is none."""
    time = _times(grid)
    return tuple(
        at
        for at, row in enumerate(grid)
        if at and any(_plain(cell) for place, cell in enumerate(row) if place not in time)
    )


def stamps_of(grid: Sequence[Sequence[Value]]) -> list[str]:
    """Return each row's time mark to the second, «2026-12-05T10:00:00»; what is no time mark stays as typed."""
    cells = [next((row[at] for at in sorted(_times(grid)) if at < len(row)), None) for row in grid]
    first = month_first(cells[1:])
    found = [moment(cell, months_first=first) for cell in cells]
    return [
        f"{(each + HALF_SECOND).replace(microsecond=0):%Y-%m-%dT%H:%M:%S}" if each else _plain(cell)
        for each, cell in zip(found, cells, strict=True)
    ]


def _times(grid: Sequence[Sequence[Value]]) -> frozenset[int]:
    return frozenset(at for at, cell in enumerate(grid[0]) if key(cell) in TIME_WORDS)


def faults(grid: Sequence[Sequence[Value]], form: Questionnaire, place: Origin) -> tuple[Problem, ...]:
    """Tell what to mend in our own filled table before it is brought in. What was typed is not repeated."""
    where = {
        question: at
        for question in form.questions
        for at, cell in enumerate(grid[0])
        if key(cell) == key(question.text)
    }
    code = next((at for question, at in where.items() if question.holds == CODE), None)
    if code is None:
        return (Problem(Severity.STOP, "answers-no-codes", place, NO_CODES),)
    stamps = stamps_of(grid)
    return tuple(
        found
        for at in filled_rows(grid)
        for found in _faults(grid[at], where, replace(place, row=at + 1), stamps[at])
    )


def _faults(row: Sequence[Value], where: dict[Question, int], place: Origin, stamp: str) -> Iterator[Problem]:
    if stamp and moment(stamp) is None:
        yield Problem(Severity.STOP, "answers-day", place, NO_DAY)
    for question, at in where.items():
        told = _wrong(question, row[at] if at < len(row) else None)
        if told:
            yield Problem(Severity.STOP, "answers-cell", replace(place, column=question.text), told)


def _wrong(question: Question, cell: Value) -> str:
    if question.holds == CODE:
        return NO_CODE if not _plain(cell) else "" if CODED.fullmatch(respondent(cell)) else NOT_CODE
    if question.holds == SCORE and mark(cell, question.scale).fault:
        return NO_MARK.format(question=_short(question.text), scale=question.scale)
    if (
        question.holds == CHOICE
        and _plain(cell)
        and _plain(cell) not in {fold(each) for each in question.options}
    ):
        return NO_CHOICE.format(question=_short(question.text), options=", ".join(question.options))
    return ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _plain(cell: Value) -> str:
    """Spell a cell so that a file and a book spell it alike: 9, «9» and 9.0 are one, a day is as people write it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, bool):
        return str(cell).lower()
    text = fold(str(cell))
    return f"{float(text.replace(',', '.')):g}" if NUMBER.fullmatch(text) else text
