"""The mapping tab `Анкеты`: what each question of each form counts for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.marks import YES_NO
from flows.domain.model import Problem, Row, Severity
from flows.domain.monitoring.answers.questionnaire import (
    CHOICE,
    CODE,
    EMAIL,
    OPEN,
    SCORE,
    SKIP,
    WAVES,
    WHO,
    Question,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

INDICATOR = re.compile(r"^[MМ]\s*(?P<number>\d{1,2})\b\W*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
SCALE = re.compile(
    r"\(?\s{0,9}(?:шкала|балл\w{0,40}|из)\s{0,9}[:=]?\s{0,9}(?:1\s{0,9}[-–—]\s{0,9})?(?P<top>\d{1,2}|да\s{0,9}/\s{0,9}нет)\s{0,9}(?:балл\w{0,40})?\s{0,9}\)?",
    re.IGNORECASE,
)
HINTS = (
    (
        10,
        re.compile(
            r"(?:от|с)\s*[01]\s*(?:до|по|-|–|—)\s*10\b|\b[01]\s*[-–—]\s*10\b|10-?\s?балл|десятибалл|из 10\b",
            re.IGNORECASE,
        ),
    ),
    (
        5,
        re.compile(
            r"(?:от|с)\s*[01]\s*(?:до|по|-|–|—)\s*5\b|\b[01]\s*[-–—]\s*5\b|5-?\s?балл|пятибалл|из 5\b",
            re.IGNORECASE,
        ),
    ),
    (YES_NO, re.compile(r"\(\s*да\s*/\s*нет\s*\)", re.IGNORECASE)),
)
WORDS = (
    (CODE, re.compile(r"^(?:аноним\w{1,40} )?код\b")), (WHO, re.compile(r"^(?:роль|кто отвечает)")), (EMAIL, re.compile(r"^(?:эл\w{0,40}\W+)?почт")),
    (OPEN, re.compile(r"^открыт|^текст")), (CHOICE, re.compile(r"^вариант|^выбор")), (SKIP, re.compile(r"^не учитыв|^—$|^-$")),
)  # fmt: skip
NAMES = {"M10": "удовлетворённость", "M11": "удовлетворённость"}


def questions_from_rows(rows: Sequence[Row]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Read the tab `Анкеты`; a row without an indicator is kept as «не учитывать». Never raises."""
    read: list[Question] = []
    seen: Counter[str] = Counter()
    problems: list[Problem] = []
    for row in rows:
        if not row.text("Вопрос") or not row.text("Анкета"):
            continue
        question, found = _question(row)
        seen[question.survey] += 1
        read.append(replace(question, position=seen[question.survey]))
        problems += found
    return tuple(read), tuple(problems)


def sent_of(questions: Sequence[Question]) -> dict[str, int]:
    """Return how many forms of each survey were handed out, where «Разослано» says so."""
    told: dict[str, int] = {}
    for question in questions:
        if question.sent:
            told[question.survey] = max(told.get(question.survey, 0), question.sent)
    return told


def _question(row: Row) -> tuple[Question, list[Problem]]:
    text = row.text("Вопрос")
    base = Question(
        row.text("Анкета"),
        text,
        SKIP,
        wave=_wave(row.text("Волна")),
        scale=hinted_scale(text),
        sent=row.number("Разослано"),
    )
    told = row.text("Показатель")
    question = told_question(base, told)
    problems: list[Problem] = []
    if question is None:
        problems.append(
            _problem(
                row,
                "Показатель",
                "survey-indicator",
                f"Непонятно, что значит «{told}» в столбце «Показатель». Выберите показатель из списка, например «M10» или «M12: комфорт».",
            )
        )
        question = base
    if question.indicator and not question.wave:
        problems.append(
            _problem(
                row,
                "Волна",
                "survey-wave",
                "Не указана волна анкеты, поэтому ответы не попадут в сравнение «до» и «после». Выберите: вход, промежуточная или выход.",
            )
        )
    return question, problems


def told_question(base: Question, told: str) -> Question | None:
    """Read a cell of the column «Показатель»: «M10», «M12: комфорт (шкала 5)», «код», «варианты: а; б»; `None` if unclear."""
    folded = told.lower().replace("ё", "е").strip()
    if not folded:
        return base
    found = INDICATOR.match(told.strip())
    if found:
        return _scored(base, f"M{int(found['number'])}", found["rest"])
    holds = next((kind for kind, pattern in WORDS if pattern.search(folded)), None)
    if holds is None:
        return None
    listed = told.partition(":")[2].strip()
    options = tuple(part.strip() for part in listed.split(";") if part.strip()) if holds == CHOICE else ()
    return replace(base, holds=holds, options=options)


def understood_as(told: str) -> bool:
    """Tell whether a text says in the column «Показатель» what a question is."""
    return told_question(Question("", "", SKIP), told) is not None


def _scored(base: Question, code: str, rest: str) -> Question:
    scale = SCALE.search(rest)
    top = base.scale
    if scale:
        top = YES_NO if "/" in scale["top"] else int(scale["top"])
        rest = rest[: scale.start()] + rest[scale.end() :]
    named = NAMES.get(code) or re.sub(r"\s+", " ", rest).strip(" :–—-()") or _short(base.text)
    return replace(base, holds=SCORE, indicator=code, criterion=named.lower(), scale=top)


def _short(text: str) -> str:
    line = re.sub(r"\s+", " ", text).strip(" ?:.*")
    return line if len(line) <= 60 else f"{line[:57].rstrip()}…"  # noqa: PLR2004 - a table cell's width


def hinted_scale(text: str) -> int:
    """Read the scale from a question that prints it («оцените от 1 до 10»); 0 when it does not."""
    return next((top for top, pattern in HINTS if pattern.search(text)), 0)


def _wave(text: str) -> str:
    folded = text.lower().strip()
    return next((wave for wave in WAVES if folded and folded[:4] == wave[:4]), "")


def _problem(row: Row, column: str, code: str, message: str) -> Problem:
    origin = replace(row.origin, column=column)
    return Problem(Severity.QUESTION, code, origin, message, printed=row.text(column), subject=row.code)
