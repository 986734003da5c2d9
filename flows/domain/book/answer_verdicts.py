"""An answer told apart by what its finding accepts: a confirmation, a command or a value; what is none of them is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.book import accepted, answer_refusals, answer_values
from flows.domain.book.accepted import KINDS_COLUMN, Value, Yes
from flows.domain.book.answers import REFUSED, Answer, Answers, Asked, Force
from flows.domain.model import Problem, Row, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold
from flows.domain.yes_and_no import ASSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.book.answer_values import Known


def judged(typed: Iterable[Answer], rows: Mapping[str, Sequence[Row]], known: Known) -> Answers:
    """Tell each answer apart by what its finding accepts; of two that say different things neither is in force."""
    typed = tuple(typed)
    by_code = {(tab, row.code): row for tab, of in rows.items() for row in of}
    forces: dict[Asked, Force] = {}
    refused: list[Problem] = []
    disputed = _disputed(typed)
    for answer in typed:
        force = _force(answer, by_code.get((answer.about.tab, answer.about.where)), known)
        if answer in disputed:
            refused.append(_refusal(answer, answer_refusals.TWO))
        elif isinstance(force, Force):
            forces[answer.asked] = force
        else:
            refused.append(_refusal(answer, force))
    at_odds = _at_odds(forces.values())
    return Answers(
        {asked: force for asked, force in forces.items() if force not in at_odds},
        (*refused, *(_refusal(force.answer, answer_refusals.ONE_CELL) for force in at_odds)),
    )


def _disputed(typed: Sequence[Answer]) -> list[Answer]:
    """Return answers to one question that say different things."""
    said: dict[Asked, set[str]] = {}
    for answer in typed:
        said.setdefault(answer.asked, set()).add(fold(answer.text))
    return [answer for answer in typed if answer.key and len(said[answer.asked]) > 1]


def _at_odds(forces: Iterable[Force]) -> list[Force]:
    """Return answers to several questions about one cell that give it different values."""
    forces = list(forces)
    values: dict[tuple[str, ...], set[str]] = {}
    for force in forces:
        if force.column:
            values.setdefault(_place(force), set()).add(str(force.cell))
    return [force for force in forces if force.column and len(values[_place(force)]) > 1]


def _place(force: Force) -> tuple[str, ...]:
    about = force.answer.about
    return about.tab, about.where, force.column, force.answer.printed


def _refusal(answer: Answer, sentence: str) -> Problem:
    return Problem(Severity.QUESTION, REFUSED, answer.origin, sentence, subject=answer.key)


def _force(answer: Answer, row: Row | None, known: Known) -> Force | str:
    """Return what an answer does, or in a sentence why it does nothing."""
    if not answer.key:
        return answer_refusals.NO_FINDING
    about, text = answer.about, answer.text.strip()
    accepts = accepted.of(about.finding)
    command = next((each for each in accepts.commands if fold(text).rstrip(".") in each.words), None)
    if command is not None:
        return Force(answer, True, command.column, command.text or None)
    if fold(text) in ASSENT and (accepts.yes is not Yes.NOTHING or accepts.value is Value.NONE):
        return _yes(answer, accepts.yes, row, known)
    if accepts.value is Value.NONE:
        return answer_refusals.sentence("", accepts)
    if accepts.value is Value.PICKS:
        picked, fault = answer_values.picks(text, answer.proposal)
        return answer_refusals.sentence(fault, accepts) if fault else Force(answer, closes=True, cell=picked)
    column = KINDS_COLUMN if accepts.value is Value.KINDS else about.column
    cell, fault = _read(answer, text, column, row, known)
    return answer_refusals.sentence(fault, accepts) if fault else Force(answer, False, column, cell)


def _yes(answer: Answer, yes: Yes, row: Row | None, known: Known) -> Force | str:
    accepts = accepted.of(answer.about.finding)
    if yes in {Yes.CLOSES, Yes.FIRST}:
        return Force(answer, closes=True)
    if yes is Yes.NOTHING or not answer.proposal:
        return answer_refusals.sentence(
            "предложения, которое можно принять, здесь нет" if yes is Yes.OFFER else "", accepts
        )
    if yes is Yes.ADDS:
        return Force(answer, True, answer.about.column, f"{answer.printed}; {answer.proposal}")
    cell, fault = _read(answer, answer.proposal, answer.about.column, row, known)
    return (
        answer_refusals.sentence(fault, accepts) if fault else Force(answer, False, answer.about.column, cell)
    )


def _read(answer: Answer, text: str, column: str, row: Row | None, known: Known) -> answer_values.Value:
    about = answer.about
    if about.tab == SETTINGS:
        reader = {"Дата": answer_values.day, "Ещё 2": answer_values.number_of_days}.get(about.column)
        return reader(text) if reader else answer_values.setting(about.where, text)
    if row is None:
        return None, "такой строки на вкладке уже нет"
    if column not in row.cells:
        return None, "ответом это не исправить"
    if column == KINDS_COLUMN:
        cell, fault = answer_values.kinds(text, row, known)
        whole = row.text(column)
        parts = [part.strip() for part in whole.split(";")]
        named = answer.printed in parts and str(cell)
        told = "; ".join(str(cell) if part == answer.printed else part for part in parts) if named else cell
        return told, fault
    return answer_values.value(text, about.tab, column, row, known)
