"""Which column of a response tab answers which question, although questions are renamed, added and moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from flows.domain.marks import folded
from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.answers.questionnaire import EMAIL, SKIP, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TIME_WORDS = frozenset({"отметка времени", "timestamp", "время заполнения", "дата и время"})
EMAIL_WORDS = frozenset(
    {"адрес электронной почты", "email address", "электронная почта", "имя пользователя", "username", "email"}
)
SCORE_WORDS = frozenset({"баллы", "score", "всего баллов"})
ALIKE, ALIKE_IN_PLACE = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by what they hold (0-based): the time mark, the e-mail and each question; a question may have several."""

    time: int | None
    emails: tuple[int, ...]
    questions: tuple[tuple[Question, tuple[int, ...]], ...]


def key(text: object) -> str:
    """Fold a header: case, ё, spaces, line breaks, the required star and closing marks do not count."""
    return re.sub(r"(?<![\s:*?.!])[\s:*?.!]+$", "", folded(str(text or "")))


def columns(
    header: Sequence[object], questions: Sequence[Question], place: Origin
) -> tuple[Columns, tuple[Problem, ...]]:
    """Match headers with questions; a renamed question is taken when it is plainly the same, else asked about."""
    keys = [key(cell) for cell in header]
    where = {
        question: tuple(at for at, each in enumerate(keys) if each == key(question.text))
        for question in questions
    }
    taken = {at for found in where.values() for at in found}
    asked = [
        at for at, each in enumerate(keys) if each and each not in TIME_WORDS | EMAIL_WORDS | SCORE_WORDS
    ]
    free = [at for at in asked if at not in taken]
    problems: list[Problem] = []
    for question in (each for each, found in where.items() if not found and each.holds != SKIP):
        at = _renamed(question, keys, asked, free)
        if at is None:
            problems.append(_lost(question, place))
            continue
        free.remove(at)
        where[question] = (at,)
        problems.append(_renaming(question, at, str(header[at]), place))
    problems += _unknown(header, free, place)
    emails = (at for question, found in where.items() if question.holds == EMAIL for at in found)
    known = (at for at, each in enumerate(keys) if each in EMAIL_WORDS)
    time = next((at for at, each in enumerate(keys) if each in TIME_WORDS), None)
    kept = tuple(
        (question, found)
        for question, found in where.items()
        if found and question.holds not in {SKIP, EMAIL}
    )
    return Columns(time, tuple(dict.fromkeys((*known, *emails))), kept), tuple(problems)


def _renamed(
    question: Question, keys: Sequence[str], asked: Sequence[int], free: Sequence[int]
) -> int | None:
    """Find the one free column whose header is nearly the same, or like enough in the very same place."""
    wanted = key(question.text)
    scores = {at: SequenceMatcher(None, wanted, keys[at]).ratio() for at in free}
    near = [at for at, score in scores.items() if score >= ALIKE]
    if len(near) == 1:
        return near[0]
    place = asked[question.position - 1] if 0 < question.position <= len(asked) else -1
    return place if not near and scores.get(place, 0.0) >= ALIKE_IN_PLACE else None


def new_questions(
    header: Sequence[object], questions: Sequence[Question], survey: str
) -> tuple[Question, ...]:
    """Return a row of `Анкеты` for every question of a tab that the mapping does not list yet, in the tab's order."""
    known = {key(question.text) for question in questions}
    service = TIME_WORDS | EMAIL_WORDS | SCORE_WORDS
    asked = [str(cell) for cell in header if key(cell) and key(cell) not in service]
    return tuple(
        Question(survey, text, SKIP, position=at)
        for at, text in enumerate(asked, 1)
        if key(text) not in known
    )


def _renaming(question: Question, at: int, header: str, place: Origin) -> Problem:
    message = "Вопрос в анкете переименован; ответы посчитаны по новому столбцу. Если это другой вопрос, исправьте строку во вкладке «Анкеты»."
    return Problem(
        Severity.NOTE,
        "question-renamed",
        _at(place, header),
        message,
        printed=header,
        subject=f"{question.indicator or question.holds}, столбец {at + 1}",
    )


def _lost(question: Question, place: Origin) -> Problem:
    message = "Вопроса из вкладки «Анкеты» нет среди заголовков ответов, поэтому он не посчитан. Проверьте, не переименован ли он, и впишите новый текст вопроса."
    return Problem(
        Severity.QUESTION,
        "question-lost",
        _at(place, question.text),
        message,
        printed=question.text,
        subject=question.indicator or question.holds,
    )


def _unknown(header: Sequence[object], free: Sequence[int], place: Origin) -> Iterator[Problem]:
    for at in free:
        message = f"В столбце {at + 1} вопрос, которого нет во вкладке «Анкеты», поэтому он не посчитан. Добавьте его и выберите показатель или «не учитывать»."
        yield Problem(
            Severity.NOTE, "question-new", _at(place, str(header[at])), message, printed=str(header[at])
        )


def _at(place: Origin, column: str) -> Origin:
    return Origin(place.book, place.tab, 1, column)
