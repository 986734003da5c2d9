"""Our own ready questionnaires: known by their questions, so that nobody has to say what each of them counts for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.question_headers import key
from flows.domain.monitoring.answers.questionnaire import CHOICE, CODE, MIDDLE, SCORE, Question
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

TIME_MARK = "Отметка времени"
ANSWERS = "Ответы"  # the sheet of a ready table
SCALED = frozenset({"M10", "M11"})
SCALE = 10


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A ready questionnaire: `kind` is the id of its printed form, `title` names its file and its tab of answers.

    The first question holds the respondent's anonymous code; `lead` stands above the printed questions.
    """

    kind: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether any answer counts for an indicator: only such a questionnaire needs a table for its answers."""
        return any(question.indicator for question in self.questions)

    @property
    def header(self) -> tuple[str, ...]:
        """The headers of its tab of answers, as a form would name them."""
        return (TIME_MARK, *(question.text for question in self.questions))


def questionnaire(table: Mapping[str, Any], code: str) -> Questionnaire:
    """Return a questionnaire as config states it; `code` asks for the respondent's anonymous code, which opens it."""
    title, wave = table["title"], table.get("wave", "")
    asked = [
        {
            "survey": title,
            "scale": SCALE if each["holds"] == SCORE else 0,
            "wave": wave if each.get("indicator") else "",
        }
        | {name: tuple(value) if isinstance(value, list) else value for name, value in each.items()}
        for each in table["questions"]
    ]
    opening = Question(title, code, CODE)
    return Questionnaire(
        table["kind"], title, (opening, *(Question(**each) for each in asked)), table.get("lead", "")
    )


def indicator_of(question: Question) -> str:
    """Spell what a question counts for as the column «Показатель» of `Анкеты` says it: «M12: комфорт (шкала 10)»."""
    if question.holds == CHOICE:
        return f"варианты: {'; '.join(question.options)}"
    if question.holds != SCORE:
        return question.holds
    return f"{question.indicator}{'' if question.indicator in SCALED else f': {question.criterion}'} (шкала {question.scale})"


def recognised(
    header: Sequence[object], forms: Iterable[Questionnaire], title: str = ""
) -> tuple[Questionnaire, ...]:
    """Return the questionnaires that most of the headers belong to: none, one, or several that cannot be told apart.

    `title` is the tab's or the file's own; it decides between questionnaires with the same questions.
    """
    asked = {key(cell) for cell in header}
    hits = {
        form: sum(key(each.text) in asked for each in form.questions if each.holds != CODE) for form in forms
    }
    most = max(hits.values(), default=0)
    best = tuple(form for form, count in hits.items() if count == most and most)
    return tuple(form for form in best if fold(form.title) == fold(title)) or best


def own(header: Sequence[object], forms: Iterable[Questionnaire], title: str = "") -> Questionnaire | None:
    """Return the one questionnaire whose table has these headers: at least half of its questions stand among them."""
    found = recognised(header, forms, title)
    asked = {key(cell) for cell in header}
    whole = [
        form
        for form in found
        if 2 * sum(key(each.text) in asked for each in form.questions) >= len(form.questions)
    ]
    return whole[0] if len(whole) == 1 and len(found) == 1 else None


def meanings(header: Sequence[object], forms: Sequence[Questionnaire], tab: str) -> Mapping[str, Question]:
    """Say, by folded header, what the questions of a tab that are ours count for; what is doubtful is left out.

    Questions of the tab's own questionnaire come first: some are asked both before and after, with different waves.
    Bare words («Документация») are ours only in our own questionnaire. A tab whose title speaks of an intermediate
    measure gives that wave.
    """
    asked = {key(cell) for cell in header}
    whole = own(header, forms, tab)
    found: dict[str, Question] = {}
    for several in (recognised(header, forms, tab), forms):
        named: dict[str, set[Question]] = {}
        for question in (
            each
            for form in several
            for each in form.questions
            if form == whole or "?" in each.text or each.holds == CODE
        ):
            if key(question.text) in asked:
                named.setdefault(key(question.text), set()).add(replace(question, survey=tab))
        found = {name: next(iter(same)) for name, same in named.items() if len(same) == 1} | found
    middle = "промежут" in fold(tab)
    return {
        name: replace(each, wave=MIDDLE) if middle and each.wave else each for name, each in found.items()
    }
