"""What is wrong with a roadmap, one small function for each trap (domain §6); nothing is ever mended here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.model import Activity, Origin, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.periods import Period
    from flows.domain.tables import Document

KINDERGARTEN = re.compile(r"детск\w+ сад|ДОУ|дошкольн", re.IGNORECASE)
CUT = re.compile(r"(?:\s(?:и|в|по|на|с|о|для)|\((?:[^()]*\s)?(?:и|в|по|на|с|о|для))\.?$", re.IGNORECASE)
PAIRS = re.compile(r"\bпар[аыу]?\b|наставническ\w+ (?:пар|групп)", re.IGNORECASE)
MANY_KINDS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """All a check may look at."""

    activities: tuple[Activity, ...]
    document: Document
    period: Period | None
    columns: frozenset[str]



def check(activities: tuple[Activity, ...], document: Document, period: Period | None, columns: frozenset[str]) -> tuple[Problem, ...]:
    """Run every check and return the findings in the order of the checks."""
    plan = Plan(activities, document, period, columns)
    return tuple(problem for each in CHECKS for problem in each(plan))


def _found(at: Activity, weight: Severity, code: str, message: str, proposal: str = "", column: str = "") -> Problem:  # noqa: PLR0913, PLR0917 - the parts of a finding
    origin: Origin = replace(at.origin, column=column or at.origin.column)
    return Problem(weight, code, origin, message, proposal, subject=at.code or at.number)


def duplicate_numbers(plan: Plan) -> Iterator[Problem]:
    """Find a number that comes again under another stage's row."""
    if len({each.number for each in plan.activities}) <= len(plan.activities) // 2 and not _nested(plan):
        return
    seen: Counter[str] = Counter()
    for each in plan.activities:
        number = each.number.rstrip(".)")
        seen[number] += 1
        if number and "." in number and seen[number] > 1:
            yield _found(each, Severity.QUESTION, "duplicate-number", f"Номер {number} в плане уже был, на него нельзя однозначно сослаться. Исправьте номер в дорожной карте или подтвердите, что строки разные.", column="№ п/п")


def _nested(plan: Plan) -> bool:
    return any("." in each.number.rstrip(".)") for each in plan.activities)


def number_gaps(plan: Plan) -> Iterator[Problem]:
    """Find a whole block that is left out: 2, then 4."""
    last = 0
    for each in plan.activities:
        lead = re.match(r"\d+", each.number)
        block = int(lead[0]) if lead else last
        if last and block > last + 1:
            yield _found(each, Severity.NOTE, "number-gap", f"После раздела {last} идёт раздел {block}. Проверьте, не пропал ли раздел при копировании.", column="№ п/п")
        last = max(last, block)


def bad_dates(plan: Plan) -> Iterator[Problem]:
    """Find days that cannot be or lie outside the plan's years."""
    for each in plan.activities:
        flags = each.term.flags
        if "impossible-date" in flags:
            yield _found(each, Severity.STOP, "impossible-date", "В сроке стоит день, которого нет в календаре, поэтому документ не готовится. Исправьте дату.", column="Срок")
        if "reversed" in flags:
            yield _found(each, Severity.STOP, "reversed", "Срок кончается раньше, чем начинается, поэтому документ не готовится. Исправьте даты.", column="Срок")
        if "outside-period" in flags:
            yield _found(each, Severity.STOP, "outside-period", "Срок выходит за годы дорожной карты, поэтому документ не готовится. Проверьте год и исправьте его или подтвердите.", _year_proposal(each, plan.period), "Срок")


def _year_proposal(each: Activity, period: Period | None) -> str:
    window = each.term.windows[0] if each.term.windows else None
    if window is None or window.end is None or period is None:
        return ""
    typed = window.end.year
    years = range(period.start.year, period.end.year + 1)
    fits = [year for year in years if _in_plan(window.end.month, window.end.day, year, period)]
    return each.printed_term.replace(str(typed), str(min(fits, key=lambda year: abs(year - typed)))) if fits else ""


def _in_plan(month: int, day: int, year: int, period: Period) -> bool:
    return (period.start.year, period.start.month, period.start.day) <= (year, month, day) <= (period.end.year, period.end.month, period.end.day)


def derived_years(plan: Plan) -> Iterator[Problem]:
    """Ask for one click where the year was taken from the plan's title."""
    for each in plan.activities:
        if "year-derived" in each.term.flags:
            days = "; ".join(f"{window.end:%d.%m.%Y}" for window in each.term.windows if window.end)
            yield _found(each, Severity.QUESTION, "year-derived", "Год в сроке не напечатан, он взят из названия дорожной карты. Нужен один щелчок: подтвердите дату или допишите год.", days, "Срок")


def unreadable_terms(plan: Plan) -> Iterator[Problem]:
    """Show terms that nobody could read."""
    for each in plan.activities:
        if each.term.kind == "unreadable":
            yield _found(each, Severity.QUESTION, "unreadable-term", "Срок не удалось прочитать, поэтому день не назначен. Напишите дату, месяц с годом или «до …».", column="Срок")


def empty_terms(plan: Plan) -> Iterator[Problem]:
    """Ask for a term that is missing; the neighbour's is only shown."""
    if "term" not in plan.columns:
        return
    for above, each, below in _neighbours(plan):
        if each.term.kind == "empty":
            near = next((other.printed_term for other in (above, below) if other and other.stage == each.stage and other.printed_term), "")
            yield _found(each, Severity.QUESTION, "empty-term", "Срок не указан, поэтому неизвестно, когда готовить документ. Впишите срок. Соседний срок показан для сведения и сам не подставляется.", near, "Срок")


def empty_responsible(plan: Plan) -> Iterator[Problem]:
    """Ask who answers when the cell is empty."""
    if "responsible" not in plan.columns:
        return
    for above, each, below in _neighbours(plan):
        if not each.printed_responsible.strip() and each.activity:
            near = next((other.printed_responsible for other in (above, below) if other and other.stage == each.stage and other.printed_responsible), "")
            yield _found(each, Severity.QUESTION, "empty-responsible", "Ответственный не указан, поэтому некому напоминать о сроке. Впишите должность или фамилию с инициалами.", near, "Ответственный")


def empty_results(plan: Plan) -> Iterator[Problem]:
    """Ask what paper a row leaves behind."""
    if "result" not in plan.columns:
        return
    for each in plan.activities:
        if not each.result.strip():
            yield _found(each, Severity.QUESTION, "empty-result", "Результат не указан, поэтому неясно, какой документ нужен. Впишите вид документа или «не готовить».", column="Результат")


def _neighbours(plan: Plan) -> Iterator[tuple[Activity | None, Activity, Activity | None]]:
    rows = plan.activities
    for at, each in enumerate(rows):
        yield rows[at - 1] if at else None, each, rows[at + 1] if at + 1 < len(rows) else None


def missing_columns(plan: Plan) -> Iterator[Problem]:
    """Say which of the usual columns a roadmap does not have."""
    for role, name in (("term", "Срок"), ("responsible", "Ответственный"), ("result", "Результат")):
        if role not in plan.columns and plan.activities:
            yield Problem(Severity.NOTE, f"no-{role}-column", replace(plan.activities[0].origin, row=0, column=name), f"В дорожной карте нет столбца «{name}». Добавьте его в рабочей книге, если он нужен.")


def foreign_words(plan: Plan) -> Iterator[Problem]:
    """Find a word of another kind of school in a kindergarten's plan."""
    if not KINDERGARTEN.search(f"{plan.document.organisation} {plan.document.title}"):
        return
    for each in plan.activities:
        found = re.search(r"лице[йюея]\w*|гимнази\w+|школьн\w+ конференци\w+", _text(each), re.IGNORECASE)
        if found:
            yield _found(each, Severity.QUESTION, "foreign-word", f"В плане детского сада стоит «{found[0]}»: похоже, строка взята из чужого документа. Исправьте слово в дорожной карте.")


def _text(each: Activity) -> str:
    return f"{each.activity} {each.content} {each.result}"


def cut_sentences(plan: Plan) -> Iterator[Problem]:
    """Find cells that break off in the middle of a sentence."""
    for each in plan.activities:
        if any(CUT.search(cell.strip()) for cell in (each.activity, each.content, each.result)):
            yield _found(each, Severity.NOTE, "cut-sentence", "Текст в строке обрывается на полуслове. Сверьте его с исходным документом и допишите.")


def method_after_use(plan: Plan) -> Iterator[Problem]:
    """Find an assessment that comes before its method exists."""
    method = next((each for each in plan.activities if "methodology" in each.documents and each.term.windows), None)
    if method is None:
        return
    ready = method.term.windows[0].end
    for each in plan.activities:
        ends = [window.end for window in each.term.windows if window.end]
        if "note.monitoring" in each.documents and ready and ends and min(ends) < ready:
            yield _found(method, Severity.QUESTION, "method-after-use", f"Методика оценки готова позже первой оценки (строка {each.number or each.origin.row}). Перенесите срок методики раньше.", column="Срок")
            return


def pairs_never_ordered(plan: Plan) -> Iterator[Problem]:
    """Find a plan whose pairs work although no row orders them."""
    ordered = any("order.pairs" in each.documents for each in plan.activities)
    working = next((each for each in plan.activities if PAIRS.search(_text(each))), None)
    if working and not ordered:
        yield _found(working, Severity.QUESTION, "pairs-not-ordered", "Пары работают, но ни одна строка плана не закрепляет их приказом. Добавьте строку с приказом о закреплении пар.")


def undeclared_form(plan: Plan) -> Iterator[Problem]:
    """Find a form of mentoring with students in a plan for teachers of a kindergarten."""
    if not KINDERGARTEN.search(f"{plan.document.organisation} {plan.document.title}"):
        return
    for each in plan.activities:
        if re.search(r"педагог\s*[-–—]\s*студент", _text(each), re.IGNORECASE):
            yield _found(each, Severity.QUESTION, "undeclared-form", "Названа форма «педагог – студент», а план составлен для педагогов. Подтвердите форму или уберите её.")


def two_kinds(plan: Plan) -> Iterator[Problem]:
    """Note a row that calls for several papers at once."""
    for each in plan.activities:
        if len(each.documents) >= MANY_KINDS:
            yield _found(each, Severity.NOTE, "many-kinds", f"Строка требует сразу нескольких документов ({len(each.documents)}). Проверьте список в столбце «Готовить документ».")


def develop_mismatch(plan: Plan) -> Iterator[Problem]:
    """Find an action and a result that speak of different papers: a model developed, a roadmap ordered."""
    for each in plan.activities:
        if "order.develop" in each.documents and "карт" not in each.activity.lower():
            yield _found(each, Severity.QUESTION, "action-result-differ", "Мероприятие и результат говорят о разных документах. Уточните, какой документ нужен.", column="Результат")


CHECKS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    duplicate_numbers, number_gaps, bad_dates, derived_years, unreadable_terms, empty_terms, empty_responsible,
    empty_results, missing_columns, foreign_words, cut_sentences, method_after_use, pairs_never_ordered,
    undeclared_form, two_kinds, develop_mismatch,
)  # fmt: skip
