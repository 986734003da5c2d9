"""Columns of form answers that ask for the participant's code: found by header and content, asked about, checked by the lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Row, Severity
from flows.domain.monitoring.answers.participant_codes import CODED, asks_code
from flows.domain.monitoring.answers.question_headers import EMAIL_WORDS, TIME_WORDS, key
from flows.domain.monitoring.answers.questionnaire import CODE
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Cell, Facts
    from flows.domain.monitoring.answers.questionnaire import Response

Columns = frozenset[tuple[str, str]]


def code_columns(grids: Mapping[str, Sequence[Sequence[Cell]]]) -> Columns:
    """Return the columns that ask for the participant's code, by folded tab and header."""
    return frozenset(
        (fold(tab), key(header))
        for tab, grid in grids.items()
        for at, header in enumerate(grid[0] if grid else ())
        if key(header)
        and key(header) not in TIME_WORDS | EMAIL_WORDS
        and asks_code(str(header), [row[at] for row in grid[1:] if at < len(row)])
    )


def waits_for_code(row: Row, coded: Columns) -> bool:
    """Tell a row of «Анкеты» about such a column for which nobody has chosen anything yet."""
    return not row.text("Показатель") and (fold(row.text("Анкета")), key(row.text("Вопрос"))) in coded


def uncoded(rows: Sequence[Row], coded: Columns) -> list[Problem]:
    """Ask to choose «код» for a question that is plainly about it; until then it is taken for one."""
    return [
        Problem(
            Severity.QUESTION,
            "survey-code",
            replace(row.origin, column="Показатель"),
            "Похоже, здесь спрашивают код участника. Выберите «код», чтобы повторные ответы и ответы «до» и «после» узнавались; если это не код, выберите «не учитывать».",
            proposal=CODE,
            subject=row.code,
        )
        for row in rows
        if waits_for_code(row, coded)
    ]


def strange_codes(answers: Sequence[Response], facts: Facts) -> list[Problem]:
    """Name the answers whose code is nobody's in the lists."""
    told = "Такого кода участника нет в списках наставников и наставляемых. Проверьте код: ответы «до» и «после» узнаются по нему."
    return [
        Problem(Severity.QUESTION, "answer-strange-code", each.origin, told, printed=each.respondent)
        for each in answers
        if facts.people and CODED.fullmatch(each.respondent) and each.respondent not in facts.people
    ]


def as_codes(rows: Sequence[Row], coded: Columns) -> list[Row]:
    """Return the rows of «Анкеты» with «код» where a column is plainly one and nobody has said anything else."""
    return [
        replace(row, cells={**row.cells, "Показатель": CODE}) if waits_for_code(row, coded) else row
        for row in rows
    ]
