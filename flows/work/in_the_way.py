"""What is in the way of what a curator asks for in `Запросы`: the findings about that, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.keys import Key, is_key
from flows.domain.model import Severity
from flows.domain.planning.doubt import ABOUT_PERSON, PEOPLE, needs
from flows.domain.tabs import DECLENSIONS, REGISTER, ROADMAP, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Problem
    from flows.work.stages import Report

# Questions and notes because of which a paper is not there, besides every стоп.
HOLDING = frozenset({"paper-refused", "before-pairs", "doubt", "early-end-reason"})
LOOK = "Готовить нечего, посмотрите вкладку «Проверка»:"
NOTHING = "Готовить нечего: сейчас такой документ не требуется. Проверьте «Срок» и «Готовить документ» в дорожной карте."


def sentences(
    kinds: Sequence[Kind], of: Collection[str], report: Report, *, served: bool = False
) -> list[str]:
    """Say what is in the way of papers of some kinds, about the codes `of` or, without any, about anybody.

    Once the papers are there (`served`), only of what is left out of them: pairs out of orders and programmes.
    """
    told = (
        each.message
        for each in report.problems
        if (each.severity is Severity.STOP or each.code in HOLDING)
        and _concerns(each, kinds, of, report, served=served)
    )
    return list(dict.fromkeys(told))


def instead(told: Sequence[str]) -> list[str]:
    """Say why nothing is made: what stands in `Проверка`, or that nothing asks for it."""
    return [LOOK, *told] if told else [NOTHING]


def _concerns(
    problem: Problem, kinds: Sequence[Kind], of: Collection[str], report: Report, *, served: bool
) -> bool:
    tab, subject = problem.origin.tab, problem.subject
    if tab == SETTINGS:
        return True
    if tab in {REGISTER, DECLENSIONS, ""} or is_key(subject):
        return _of_paper(problem, kinds, of)
    standing = [kind for kind in kinds if tab in needs(kind)]
    if tab == ROADMAP and subject:
        standing = [kind for kind in standing if kind.id in report.called.get(subject, ())]
    if tab in PEOPLE and subject:
        own = {"pair"} if served else ABOUT_PERSON | {"pair"}
        standing = [kind for kind in standing if kind.of_pairs or kind.subject in own]
    return bool(standing) and (not of or not subject or subject in of)


def _of_paper(problem: Problem, kinds: Sequence[Kind], of: Collection[str]) -> bool:
    """Tell a finding about one paper: it is named by the paper's key, or by the title of its kind and whom it is about."""
    if is_key(problem.subject):
        return Key.parse(problem.subject).kind in {kind.id for kind in kinds}
    named = [kind for kind in kinds if kind.title in {problem.origin.column, *_quoted(problem.message)}]
    return bool(named) and (not of or not problem.subject or problem.subject in of)


def _quoted(message: str) -> list[str]:
    return [message.partition("«")[2].partition("»")[0]]
