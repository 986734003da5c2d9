"""An untouched tab of form responses read into anonymous answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain.marks import BLANKS, folded, mark
from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.answers.answer_cells import choices, moment, month_first
from flows.domain.monitoring.answers.participant_codes import CODED, hashed, none_given, respondent
from flows.domain.monitoring.answers.question_headers import Columns, columns
from flows.domain.monitoring.answers.questionnaire import (
    CHOICE,
    CODE,
    OPEN,
    SCORE,
    WHO,
    Question,
    Reply,
    Response,
)
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.marks import Value

NO_CODE = "В ответе нет кода участника: он посчитан как ответ отдельного человека, «до» и «после» по нему не сравнить. Впишите код вида Л-005, если он известен."
ODD_CODE = (
    "Вместо кода участника стоит другое. Впишите код вида Л-005 или Н-003: иначе «до» и «после» не сравнить."
)
FAULTS = {
    "text": "Вместо балла стоит текст, поэтому ответ не посчитан. Замените его числом или оставьте ячейку пустой.",
    "date": "Вместо балла стоит дата: похоже, таблица приняла за дату запись вида «8/10». Напишите одно число.",
    "range": "Балл вне шкалы анкеты, поэтому ответ не посчитан. Проверьте число и шкалу во вкладке «Анкеты».",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A filled row on its way to an answer: `same` is equal for rows with equal contents."""

    answer: Response
    identity: str
    same: str
    stamp: str


def read_responses(
    grid: Sequence[Sequence[Value]], questions: Sequence[Question], tab: str, book: str = ""
) -> tuple[tuple[Response, ...], tuple[Problem, ...]]:
    """Read one response tab: the first row holds questions, one row below is one filled form. Never raises.

    `questions` may hold those of other tabs too; they are left aside.

    Of a person who answered twice the earlier row says so (`until`) and counts only before the later; rows that repeat
    each other to the second and to the letter are one answer. Both are reported, by row number only.
    """
    if not grid or not any(str(cell or "").strip() for cell in grid[0]):
        return (), ()
    place = Origin(book, tab)
    where, problems = columns(grid[0], [each for each in questions if fold(each.survey) == fold(tab)], place)
    scales, asked = _scales(grid, where, place)
    lines, faults = _lines(grid, where, scales, place)
    kept, doubles = _once(lines)
    return kept, (*problems, *asked, *faults, *doubles)


def _scales(
    grid: Sequence[Sequence[Value]], where: Columns, place: Origin
) -> tuple[dict[Question, int], list[Problem]]:
    """Settle each score column's highest mark: told, printed in the question, or proved by a mark above five."""
    scales: dict[Question, int] = {}
    problems: list[Problem] = []
    for question, found in where.questions:
        if question.holds != SCORE:
            continue
        marks = [mark(_cell(row, at), question.scale) for row in grid[1:] for at in found]
        given = [each for each in marks if each.value is not None]
        tops = {each.scale for each in given if each.scale}
        over = any((each.value or 0) > 5 for each in given if not each.scale)  # noqa: PLR2004 - above the five-point scale
        scales[question] = question.scale or (10 if over else tops.pop() if len(tops) == 1 else 0)
        if not scales[question] and any(not each.scale for each in given):
            problems.append(_unscaled(question, place))
    return scales, problems


def _unscaled(question: Question, place: Origin) -> Problem:
    message = "Все баллы не выше пяти, и не видно, какая шкала у вопроса, поэтому он не посчитан. Допишите в столбце «Показатель»: «(шкала 5)» или «(шкала 10)»."
    return Problem(
        Severity.QUESTION,
        "scale-unknown",
        Origin(place.book, place.tab, 1, question.text),
        message,
        printed=question.text,
        subject=question.indicator,
    )


def _lines(
    grid: Sequence[Sequence[Value]], where: Columns, scales: dict[Question, int], place: Origin
) -> tuple[list[_Line], list[Problem]]:
    stamps = [_cell(row, where.time) for row in grid[1:]]
    months_first = month_first(stamps)
    seen: Counter[tuple[str, str]] = Counter()
    lines: list[_Line] = []
    problems: list[Problem] = []
    for at, row in enumerate(grid[1:], 2):
        if not any(_filled(cell) for cell in row):
            continue
        origin = replace(place, row=at)
        when = moment(_cell(row, where.time), months_first=months_first)
        stamp = when.isoformat() if when else str(_cell(row, where.time) or "")
        email = next(
            (folded(str(cell)) for cell in (_cell(row, each) for each in where.emails) if _filled(cell)), ""
        )
        seen[stamp, email] += 1
        replies, faults = _replies(row, where, scales, origin)
        typed = _first(row, where, CODE)
        code = "" if none_given(typed) else respondent(typed)
        problems += _of_code(typed, code, where, grid, origin)
        code = code or (hashed("почта", email) if email else "")
        answer = Response(
            hashed(stamp, email, str(seen[stamp, email])),
            place.tab,
            code,
            when,
            replies,
            _role(_first(row, where, WHO)),
            origin,
        )
        lines.append(_Line(answer, code, repr([_plain(cell) for cell in row]), stamp))
        problems += faults
        if when is None:
            problems.append(
                _problem(
                    Severity.NOTE,
                    "no-time-mark",
                    origin,
                    "В строке нет отметки времени; ответ посчитан без даты. Впишите дату, если анкета перенесена с бумаги.",
                )
            )
    return lines, problems


def _of_code(
    typed: Value, code: str, where: Columns, grid: Sequence[Sequence[Value]], origin: Origin
) -> list[Problem]:
    """Name an answer without a code, and one whose code is none where others give theirs."""
    asked = next(((question, found) for question, found in where.questions if question.holds == CODE), None)
    if asked is None or CODED.fullmatch(code):
        return []
    place = replace(origin, column=asked[0].text)
    if not code:
        return [replace(_problem(Severity.NOTE, "answer-no-code", place, NO_CODE), printed=_plain(typed))]
    coded = any(
        CODED.fullmatch(respondent(_cell(row, at)))
        for row in grid[1:]
        for at in asked[1]
        if _filled(_cell(row, at))
    )
    return (
        [replace(_problem(Severity.QUESTION, "answer-odd-code", place, ODD_CODE), printed=_plain(typed))]
        if coded
        else []
    )


def _replies(
    row: Sequence[Value], where: Columns, scales: dict[Question, int], origin: Origin
) -> tuple[tuple[Reply, ...], list[Problem]]:
    replies: list[Reply] = []
    problems: list[Problem] = []
    for question, found in where.questions:
        cells = [cell for cell in (_cell(row, at) for at in found) if _filled(cell)]
        cell = cells[0] if cells else None
        if question.holds == SCORE:
            read = mark(cell, scales[question])
            replies.append(Reply(question, read.value, read.scale))
            if read.fault:
                problems.append(
                    replace(
                        _problem(Severity.QUESTION, f"mark-{read.fault}", origin, FAULTS[read.fault]),
                        printed=str(cell),
                        origin=replace(origin, column=question.text),
                    )
                )
        elif question.holds == CHOICE:
            replies.append(Reply(question, choices=choices(cell, question.options)))
        elif question.holds == OPEN:
            replies.append(Reply(question, text=_open(cell)))
    return tuple(replies), problems


def _once(lines: list[_Line]) -> tuple[tuple[Response, ...], list[Problem]]:
    """Keep the latest answer of each known person and, for a look back, his earlier ones; one of rows that repeat each other entirely."""
    alike: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        name = (
            f"кто {line.identity}"
            if line.identity
            else f"что {line.stamp} {line.same}"
            if line.stamp
            else f"строка {at}"
        )
        alike.setdefault(name, []).append(at)
    again: dict[int, datetime] = {}
    dropped: set[int] = set()
    for places in alike.values():
        in_time = sorted(places, key=lambda at: (_moment(lines[at]), at))
        for at, following in pairwise(in_time):
            if lines[at].identity and _moment(lines[at]) < _moment(lines[following]):
                again[at] = _moment(lines[following])
            else:
                dropped.add(at)
    kept = tuple(
        replace(line.answer, until=again.get(at)) for at, line in enumerate(lines) if at not in dropped
    )
    return kept, [_double(line) for at, line in enumerate(lines) if at in dropped or at in again]


def _moment(line: _Line) -> datetime:
    return line.answer.moment or datetime.min  # noqa: DTZ901 - only compared


def _double(line: _Line) -> Problem:
    message = (
        "Этот человек ответил повторно, посчитан последний ответ. Если это разные люди, исправьте код участника."
        if line.identity
        else "Строка полностью повторяет другую, посчитана одна. Если это разные люди, допишите им коды участников."
    )
    return _problem(Severity.NOTE, "double-response", line.answer.origin, message)


def _role(cell: Value) -> str:
    told = folded(str(cell or ""))
    return (
        "mentee"
        if re.search(r"наставляем|молод|подопечн|стаж[её]р", told)
        else "mentor"
        if "наставник" in told
        else ""
    )


def _open(cell: Value) -> str:
    text = re.sub(r"\s+", " ", str(cell if cell is not None else "")).strip()
    return "" if folded(text) in BLANKS else text


def _first(row: Sequence[Value], where: Columns, holds: str) -> Value:
    return next((cell for cell in _held(row, where, holds) if _filled(cell)), None)


def _held(row: Sequence[Value], where: Columns, holds: str) -> Iterator[Value]:
    yield from (
        _cell(row, at) for question, found in where.questions if question.holds == holds for at in found
    )


def _cell(row: Sequence[Value], at: int | None) -> Value:
    return row[at] if at is not None and at < len(row) else None


def _filled(cell: Value) -> bool:
    return cell is not None and bool(str(cell).strip())


def _plain(cell: Value) -> str:
    return str(cell if cell is not None else "").strip()


def _problem(weight: Severity, code: str, origin: Origin, message: str) -> Problem:
    return Problem(weight, code, origin, message)
