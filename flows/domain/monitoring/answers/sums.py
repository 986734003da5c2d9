"""The counted columns of the tab `Анкеты`: answers, mean and distribution of each question."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import CHOICE, OPEN, Question, Reply
from flows.domain.monitoring.indicators.figure import decimal, mean, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.monitoring.answers.questionnaire import Response


@dataclass(frozen=True, slots=True)
class QuestionSum:
    """What one question was answered: how many, the marks' mean (empty under `small` answers) and «8 – 3; 9 – 1»."""

    question: Question
    answers: int
    mean: str
    distribution: str
    counts: tuple[tuple[str, int], ...]


def summary(answers: Sequence[Response], small: int) -> tuple[QuestionSum, ...]:
    """Sum up every question that any answer holds, in the order of the questions; open texts are only counted."""
    by_question: dict[Question, list[Reply]] = {}
    for answer in answers:
        for reply in answer.replies:
            by_question.setdefault(reply.question, []).append(reply)
    return tuple(
        _told(question, [each for each in replies if each.given], small)
        for question, replies in by_question.items()
    )


def _told(question: Question, replies: list[Reply], small: int) -> QuestionSum:
    if question.holds == OPEN:
        return QuestionSum(question, len(replies), "", "", ())
    if question.holds == CHOICE:
        counted = Counter(choice for reply in replies for choice in reply.choices)
        counts = tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
        return QuestionSum(question, len(replies), "", _listed(counts), counts)
    marks = sorted(Counter(reply.value for reply in replies if reply.value is not None).items())
    counts = tuple((plain(value), number) for value, number in marks)
    values = [reply.value for reply in replies if reply.value is not None and reply.scale]
    shown = (
        decimal(mean(values)) if len(values) >= small and len({reply.scale for reply in replies}) == 1 else ""
    )
    return QuestionSum(question, len(replies), shown, _listed(counts), counts)


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{name} – {number}" for name, number in counts)
