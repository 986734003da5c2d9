"""From the tabs of monitoring to the evidence a note is counted from, and to what `Анкеты` should show (workbook A4)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from flows.domain import working_days
from flows.domain.model import Origin, Problem, Row, Severity
from flows.domain.monitoring.answers.question_headers import key, new_questions
from flows.domain.monitoring.answers.questionnaire import CODE, Question
from flows.domain.monitoring.answers.questions import questions_from_rows, sent_of
from flows.domain.monitoring.answers.ready_forms import indicator_of, meanings
from flows.domain.monitoring.answers.responses import read_responses
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.code_columns import (
    as_codes,
    code_columns,
    strange_codes,
    uncoded,
    waits_for_code,
)
from flows.domain.monitoring.indicators.coverage import outgrown
from flows.domain.monitoring.indicators.evidence import Evidence, log_of, school_period
from flows.domain.monitoring.indicators.figure import Scope
from flows.domain.monitoring.indicators.meetings import LONGEST_MONTH, by_plan, norm_days, norm_text, stated
from flows.domain.monitoring.tabs import cards_from_rows
from flows.domain.periods import Period
from flows.domain.register import life
from flows.domain.row_codes import PREFIXES, spelled
from flows.domain.statuses import OVER, WORKING
from flows.domain.tabs import MEETINGS, MENTEES, MENTORS, PAIRS, SCORE_CARD, SETTINGS, STAFF_EVENTS, SURVEYS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.model import Cell, Facts
    from flows.domain.monitoring.answers.questionnaire import Response
    from flows.domain.monitoring.answers.ready_forms import Questionnaire
    from flows.domain.monitoring.code_columns import Columns
    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.people.staff_events import StaffEvent

TABS = frozenset({SURVEYS, SCORE_CARD, STAFF_EVENTS})
COUNTED = ("⚙ Период", "⚙ Ответов", "⚙ Среднее", "⚙ Распределение")
LONGEST = 120
Grid: TypeAlias = "Sequence[Sequence[Cell]]"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the tabs of monitoring say: rows of `Анкеты` and `Карта оценки`, personnel events, response tabs, kept figures.

    `unread` are the tabs that could not be read: their silence proves nothing. `forms` are our own ready questionnaires.
    """

    surveys: Sequence[Row] = ()
    scores: Sequence[Row] = ()
    events: tuple[StaffEvent, ...] = ()
    grids: Mapping[str, Grid] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    forms: Sequence[Questionnaire] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence; rows that `Анкеты` still lacks; its counted columns by row as people number it; findings."""

    evidence: Evidence
    fresh: tuple[Row, ...] = ()
    counted: Mapping[int, Mapping[str, str | int | None]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def gather(facts: Facts, heard: Heard, method: Method, days_off: frozenset[date], top: int = 0) -> Gathered:
    """Read the tabs. `top` is the greatest number ever given to a row of `Анкеты`. Never raises on what a person typed."""
    coded = code_columns(heard.grids)
    questions, problems = _questions(heard, heard.surveys)
    answers, slips = ((), []) if SURVEYS in heard.unread else _answers(questions, heard)
    fresh = () if SURVEYS in heard.unread else _fresh(questions, heard, slips, top)
    if any(
        row.text("Показатель") for row in fresh
    ):  # what we know ourselves counts at once: the next run then has nothing to add
        questions, problems = _questions(heard, (*heard.surveys, *fresh))
        answers, slips = _answers(questions, heard)
        fresh = _with_counts(fresh, answers, method.rules.small)
    cards, faults = cards_from_rows(heard.scores, method.card_names)
    evidence = Evidence(
        facts=facts,
        method=method,
        answers=answers,
        sent=sent_of(questions),
        cards=cards,
        events=None if STAFF_EVENTS in heard.unread else heard.events,
        days_off=days_off,
        norms=working_days.meeting_norms(facts.activities),
        previous=_previous(facts, heard.kept),
    )
    told = (
        *_silent(facts, evidence, heard.unread),
        *_at_odds(facts, evidence, heard.unread),
        *_outgrown(facts, evidence),
        *problems,
        *(_plain(each) for each in slips if each.code != "question-new"),
        *_unmapped(heard.surveys, fresh, coded),
        *uncoded(heard.surveys, coded),
        *(() if heard.unread & {MENTORS, MENTEES} else strange_codes(answers, facts)),
        *faults,
    )
    return Gathered(evidence, fresh, _counted(heard.surveys, answers, method.rules.small), told)


def _questions(heard: Heard, rows: Sequence[Row]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Read the mapping; titles of surveys are spelt as their tabs are."""
    read, problems = questions_from_rows(as_codes(rows, code_columns(heard.grids)))
    titles = {fold(tab): tab for tab in heard.grids}
    return tuple(replace(each, survey=titles.get(fold(each.survey), each.survey)) for each in read), problems


def _silent(facts: Facts, evidence: Evidence, unread: frozenset[str]) -> list[Problem]:
    """Name each working pair that has not met for longer than the norm; a journal that nobody keeps yet says nothing."""
    if not facts.meetings or unread & {MEETINGS, PAIRS}:
        return []
    log = log_of(evidence, Scope(Period(date.min, facts.today), facts.today))
    problems: list[Problem] = []
    for pair in facts.pairs:
        held = log.held(pair.code)
        last = max((each.held for each in held if each.held), default=pair.start)
        if (
            pair.status in WORKING
            and pair.start <= facts.today <= pair.end
            and working_days.gap(last, facts.today, evidence.days_off) > norm_days(evidence, pair)
        ):
            told = f"Пара {pair.code} не встречалась с {last:%d.%m.%Y}, а норма – {norm_text(evidence)}. Внесите встречу в журнал или договоритесь о ней."
            problems.append(
                Problem(
                    Severity.NOTE,
                    "meetings-gap",
                    Origin(tab=MEETINGS, column="Дата проведения"),
                    told,
                    subject=pair.code,
                )
            )
    return problems


def _at_odds(facts: Facts, evidence: Evidence, unread: frozenset[str]) -> list[Problem]:
    """Ask once about the norm of meetings and the pairs' own plans that could not keep it even as planned."""
    norm = norm_days(evidence)
    rarer = [
        pair
        for pair in facts.pairs
        if pair.status in WORKING and pair.end >= facts.today and by_plan(pair) > norm
    ]
    if not rarer or not stated(evidence) or PAIRS in unread:
        return []
    told = f"Норма – {norm_text(evidence)}, а по «Встреч в месяц» пары встречаются реже, и справка назовёт их встречи нерегулярными. Впишите в «Встреч в месяц» не меньше {-(-LONGEST_MONTH // norm)} или поправьте в «Настройках» «Норма: дней между встречами»."
    printed = _short(", ".join(f"{pair.code} – {pair.meetings_a_month}" for pair in rarer))
    where = Origin(tab=PAIRS, column="Встреч в месяц")
    return [Problem(Severity.QUESTION, "norm-and-plan", where, told, printed=printed)]


def _outgrown(facts: Facts, evidence: Evidence) -> list[Problem]:
    """Ask about the card's numbers that are smaller than what takes part: the shares are not counted until they are put right."""
    year = school_period(facts.today)
    told = "Указано {1}, а в наставничестве участвует {0}: доля в справке не посчитана. Исправьте число или списки."
    return [
        Problem(
            Severity.QUESTION,
            "card-count",
            Origin(tab=SETTINGS, column="Значение"),
            told.format(count, total),
            printed=str(total),
            subject=name,
        )
        for name, count, total in outgrown(evidence, Scope(year, facts.today, facts.today))
    ]


def _answers(questions: Sequence[Question], heard: Heard) -> tuple[tuple[Response, ...], list[Problem]]:
    answers: list[Response] = []
    problems: list[Problem] = []
    for tab, grid in heard.grids.items():
        found, slips = read_responses(grid, questions, tab)
        answers += found
        problems += slips
    return tuple(answers), problems


def _fresh(
    questions: Sequence[Question], heard: Heard, slips: Iterable[Problem], top: int
) -> tuple[Row, ...]:
    """Make a row for each question that the mapping does not list; a renamed one is listed already.

    A question of a ready questionnaire says by itself what it counts for; people may change that later.
    """
    renamed = {(each.origin.tab, each.origin.column) for each in slips if each.code == "question-renamed"}
    coded = code_columns(heard.grids)
    found: list[dict[str, Cell]] = []
    for tab, grid in heard.grids.items():
        mine = [each for each in questions if fold(each.survey) == fold(tab)]
        fresh = [
            each
            for each in new_questions(grid[0] if grid else (), mine, tab)
            if (tab, each.text) not in renamed
        ]
        known = meanings(grid[0], heard.forms, tab) if fresh and heard.forms else {}
        asked = {name: Question(tab, name, CODE) for of, name in coded if of == fold(tab)}
        found += [
            {"Анкета": tab, "Вопрос": each.text, **_meant({**asked, **known}.get(key(each.text)))}
            for each in fresh
        ]
    return tuple(
        Row(Origin(tab=SURVEYS), spelled(PREFIXES[SURVEYS], top + at), cells)
        for at, cells in enumerate(found, 1)
    )


def _meant(question: Question | None) -> dict[str, Cell]:
    told = {"Показатель": indicator_of(question), "Волна": question.wave} if question else {}
    return {header: value for header, value in told.items() if value}


def _unmapped(rows: Sequence[Row], fresh: Sequence[Row], coded: Columns) -> list[Problem]:
    """Ask once for each form whose questions nobody has told what they count for."""
    waiting: dict[str, int] = {}
    for row in (*rows, *fresh):
        if (
            row.text("Анкета")
            and row.text("Вопрос")
            and not row.text("Показатель")
            and not waits_for_code(row, coded)
        ):
            waiting[row.text("Анкета")] = waiting.get(row.text("Анкета"), 0) + 1
    told = "Во вкладке «Анкеты» есть вопросы без показателя, поэтому ответы на них не посчитаны. Выберите показатель и волну или «не учитывать»."
    return [
        Problem(
            Severity.QUESTION,
            "survey-unmapped",
            Origin(tab=SURVEYS),
            told,
            printed=f"{survey}: {number}",
            subject=_short(survey),
        )
        for survey, number in waiting.items()
    ]


def _counted(
    rows: Sequence[Row], answers: Sequence[Response], small: int
) -> dict[int, dict[str, str | int | None]]:
    """Sum up each question's answers for the columns of `Анкеты`."""
    return {row.origin.row: cells for row, cells in zip(rows, _sums(rows, answers, small), strict=True)}


def _with_counts(rows: Sequence[Row], answers: Sequence[Response], small: int) -> tuple[Row, ...]:
    """Let new rows carry their counts from the start."""
    return tuple(
        replace(row, cells={**row.cells, **{header: value for header, value in cells.items() if value not in {None, ""}}})
        for row, cells in zip(rows, _sums(rows, answers, small), strict=True)
    )  # fmt: skip


def _sums(rows: Sequence[Row], answers: Sequence[Response], small: int) -> list[dict[str, str | int | None]]:
    answers = [each for each in answers if each.until is None]
    told = {(fold(each.question.survey), each.question.text): each for each in summary(answers, small)}
    sums: list[dict[str, str | int | None]] = []
    for row in rows:
        mine = told.get((fold(row.text("Анкета")), row.text("Вопрос")))
        values = (
            (_span(answers, row.text("Анкета")), mine.answers, mine.mean, mine.distribution)
            if mine
            else (None,) * len(COUNTED)
        )
        sums.append(dict(zip(COUNTED, values, strict=True)))
    return sums


def _span(answers: Sequence[Response], survey: str) -> str:
    days = [each.moment.date() for each in answers if each.moment and fold(each.survey) == fold(survey)]
    return f"{min(days):%d.%m.%Y}–{max(days):%d.%m.%Y}" if days else ""


def _previous(facts: Facts, kept: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    """Take the kept figures of papers that still stand: what was cancelled is not compared with."""
    standing = {key for key, filed in life.latest(facts.register).items() if filed.state not in OVER}
    found = [(key, _read(text)) for key, text in sorted(kept.items()) if key in standing]
    return tuple({**told, "key": key} for key, told in found if told)


def _read(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("period"), dict) else {}


def _plain(problem: Problem) -> Problem:
    """Keep what a form's header or cell says on one short line: it becomes a finding's key."""
    return replace(
        problem,
        origin=replace(problem.origin, column=_short(problem.origin.column)),
        printed=_short(problem.printed),
    )


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("/", " ")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
