"""Части рамочных программ и методики: кто участвует, что им трудно, показатели на день документа, этапы плана, правила подсчёта."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.documents.common import role
from flows.domain.documents.kinds.roadmap import row
from flows.domain.documents.norms import paper_day
from flows.domain.documents.pairs import codes, living
from flows.domain.documents.parts.acts import forms_of
from flows.domain.errors import Refused
from flows.domain.monitoring.indicators import counting
from flows.domain.monitoring.indicators.evidence import school_period, scope_of
from flows.domain.monitoring.indicators.figure import decimal, mean
from flows.domain.monitoring.note.counted import ENTRY_CODES
from flows.domain.people import through_time
from flows.domain.people.difficulties import difficulties
from flows.domain.people.taking_part import taking_part
from flows.domain.periods import Period
from flows.domain.statuses import NOT_NEEDED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Activity, Context, Facts
    from flows.domain.monitoring.indicators.figure import Spec
    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.people.difficulties import Difficulty

MOST = 10  # of requests and difficulties: a frame names the most frequent, the others stay in the programmes of pairs
SUMMER = timedelta(days=92)  # June, July and August before a school year
NO_METHOD = "Методика не готовится: показатели не прочитаны. Проверьте файл config/monitoring.toml."


def frame(facts: Facts) -> Context:
    """Tell what the lists hold on the paper's day: who takes part, what mentees ask for and find hard, the figures known by then."""
    mentees = role(facts, "mentee")
    requests = list(dict.fromkeys(person["запрос"] for person in mentees if person["запрос"]))
    hard = _hard(facts)
    return {
        "рамка": {
            "состав": _make_up(facts, mentees),
            "затруднения": hard[:MOST],
            "ещё_затруднений": len(hard[MOST:]),
            "запросы": requests[:MOST],
            "ещё_запросов": len(requests[MOST:]),
            "формы": forms_of(facts),
            "показатели": _figures(facts),
        }
    }


def _make_up(facts: Facts, mentees: list[Context]) -> Context:
    pairs = living(facts)
    paired = {code for pair in pairs for code in codes(pair)}
    return {
        "педагогов": facts.organisation.teachers,
        "молодых_педагогов": facts.organisation.young_teachers,
        "наставников": len(role(facts, "mentor")),
        "наставляемых": len(mentees),
        "молодых": sum(person["молодой"] for person in mentees),
        "без_пары": sum(person["код"] not in paired for person in mentees),
        "пар": sum(not pair["это_группа"] for pair in pairs),
        "групп": sum(pair["это_группа"] for pair in pairs),
    }


def _hard(facts: Facts) -> list[Context]:
    """Group what mentees find hard: the most frequent first; of few marks no mean is told."""
    day = paper_day(facts)
    told: dict[str, dict[str, Difficulty]] = {}
    for code, person in sorted(facts.people.items()):
        if person.role == "mentee" and through_time.works_on(person, day):
            for each in difficulties(person):
                told.setdefault(fold(each.sphere), {}).setdefault(code, each)
    groups = [list(group.values()) for group in told.values()]
    return [_group(group, facts) for group in sorted(groups, key=lambda group: -len(group))]


def _group(group: list[Difficulty], facts: Facts) -> Context:
    marks = [each.first for each in group if each.first is not None]
    few = facts.evidence is None or len(marks) < facts.evidence.method.rules.small
    return {
        "сфера": group[0].sphere,
        "сколько": len(group),
        "среднее": None if few else decimal(mean(marks)),
    }


def _figures(facts: Facts) -> list[Context]:
    """Name every indicator of the method with its figure on the paper's day, where one that a beginning may have is known."""
    if facts.evidence is None:
        return []
    evidence = replace(facts.evidence, facts=replace(facts, evidence=None))
    day = paper_day(facts)
    scope = scope_of(evidence, school_period(day, facts.period.start if facts.period else None), day)
    known = {
        figure.code: figure.text
        for figure in counting.count(evidence, scope, ENTRY_CODES)
        if figure.known and figure.denominator
    }
    return [
        {"название": each.name, "сейчас": known.get(each.code)}
        for each in _concerning(facts, evidence.method)
    ]


def _concerning(facts: Facts, told: Method) -> list[Spec]:
    """Return the indicators that say something here: those about the staff only where a worker takes part."""
    grown = taking_part(facts, everybody=True).workers
    return [each for each in told.specs.values() if grown or not each.workers]


def of_the_year(facts: Facts) -> Context:
    """List the roadmap's rows of the programme's school year, and its stages with their days in it.

    The summer before belongs to it: what is drawn up then is drawn up for it. A row without days is of every year.
    """
    year = periods.parse(facts.organisation.school_year)
    span = Period(year.start - SUMMER, year.end) if year else None
    rows = [each for each in facts.activities if each.status != NOT_NEEDED and _within(each, span)]
    told: dict[str, list[Activity]] = {}
    for each in rows:
        if each.stage:
            told.setdefault(each.stage, []).append(each)
    return {
        "план": [row(each) for each in rows],
        "этапы": [_stage(name, own, span) for name, own in told.items()],
    }


def _within(activity: Activity, span: Period | None) -> bool:
    return not activity.term.windows or bool(_windows(activity, span))


def _windows(activity: Activity, span: Period | None) -> list[tuple[date, date]]:
    """Return the windows that reach into a span; one that has a single day is that day."""
    edges = ((each.start or each.end, each.end or each.start) for each in activity.term.windows)
    known = [(first, last) for first, last in edges if first and last]
    return [each for each in known if span is None or (each[0] <= span.end and each[1] >= span.start)]


def _stage(name: str, rows: Iterable[Activity], span: Period | None) -> Context:
    """Tell a stage's first and last days; that it goes on all year where none of its rows has a day."""
    own = list(rows)
    windows = [window for each in own for window in _windows(each, span)]
    return {
        "этап": name,
        "начало": min((first for first, _ in windows), default=None),
        "окончание": max((last for _, last in windows), default=None),
        "весь_год": not windows and any(each.term.kind == "ongoing" for each in own),
    }


def method(facts: Facts) -> Context:
    """Tell the method that notes are counted by, the organisation's own where it has one; raise `Refused` when none is read."""
    if facts.evidence is None:
        raise Refused(NO_METHOD)
    return {"методика": _rules(facts, facts.evidence.method)}


def _rules(facts: Facts, told: Method) -> Context:
    rules = told.rules
    return {
        "показатели": [
            {"название": each.name, "формула": each.formula, "данные": each.data or None}
            for each in _concerning(facts, told)
        ],
        "малое_число": rules.small,
        "молодой_до": rules.young_years,
        "норма_дней": rules.gap_days,
        "норма_своя": bool(told.own) and rules.gap_source == told.own,
        "доволен_от": rules.satisfied_from,
        "расхождение": rules.talk_gap,
        "возврат": rules.return_from,
        "план_встреч": _weak_below(told, "plan"),
        "обратная_связь": _weak_below(told, "feedback"),
        "вариант": rules.satisfaction,
        "карта": {
            "показатели": list(told.card_names),
            "лучший": told.card_best,
            "сумма": told.card_best * len(told.card_names),
            "уровни": [{"от": each.start, "до": each.end, "название": each.name} for each in told.levels],
        },
    }


def _weak_below(told: Method, conclusion: str) -> int | None:
    """Return the percent below which a conclusion of the note speaks of a weak side; nothing where it is switched off."""
    setting = told.conclusions.rules.get(conclusion)
    return setting.limits["percent"] if setting else None


PARTS: dict[str, Builder] = {"рамка": frame, "план года": of_the_year, "методика": method}
