"""Appendices of a note about answers, strengths and the score card, and which a note has: each on its own page, referred to by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import CHOICE
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import decimal
from flows.domain.monitoring.indicators.outcomes import card_of
from flows.domain.monitoring.note import details
from flows.domain.monitoring.note.chapters import CURATOR
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.outline import FORMULAS, LEFT, PAIRS, PAPERS, SIDES, SOURCES
from flows.domain.monitoring.note.reports import questions
from flows.domain.monitoring.note.shape import BLANK, NoteLine, Section, Table
from flows.domain.people.difficulties import difficulties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from flows.domain.monitoring.answers.sums import QuestionSum
    from flows.domain.monitoring.indicators.opinions import Change
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.outline import Outline

DYNAMICS_HEAD = ("Критерий", "Ответили оба раза", "Было", "Стало", "Выросло", "Без изменений", "Снизилось")
LONGEST_QUESTION = 100
NOTHING = "Нет фактов, которые подтверждены данными."
WITHOUT_SIDES = frozenset({Focus.SURVEY, Focus.MENTOR})


def answers(told: Outline) -> Section | None:
    """Write what changed for mentees, by difficulty and by criterion, and what was chosen; open answers are the curator's."""
    counted = told.counted
    found = summary(counted.responses, counted.evidence.method.rules.small)
    asked = (_choices(each) for each in found if each.question.holds == CHOICE and each.counts)
    own = () if counted.ask.focus is Focus.SURVEY else (difficulties_table(counted), *asked)
    tables = (*own[:1], changes_table(counted), *own[1:])
    if not any(each.rows for each in tables):
        return None
    spec = counted.evidence.method.specs.get("M12")
    how = (f"Динамика: {spec.formula}.",) if spec and spec.formula and counted.changes else ()
    return Section("Затруднения и ответы на анкеты", how, tables)


def difficulties_table(counted: Counted) -> Table:
    """Write every difficulty that was marked, of whom it is, before and after."""
    people = counted.evidence.facts.people
    codes = dict.fromkeys(code for pair in counted.pairs for code in pair.mentees)
    rows = tuple(
        (code, each.sphere, each.before or "—", each.after or "—")
        for code in codes
        if code in people
        for each in difficulties(people[code])
        if each.before or each.after
    )
    return Table("Затруднения наставляемых", ("Наставляемый", "Затруднение", "До", "После"), rows)


def changes_table(counted: Counted) -> Table:
    """Write what changed by criterion; means stand only where enough people answered both times."""
    rows = tuple(map(_change, counted.changes))
    least = counted.evidence.method.rules.small
    return Table(f"Динамика по критериям (средние – от {least} ответов)", DYNAMICS_HEAD, rows)


def _change(change: Change) -> tuple[str, ...]:
    means = (_mean(change.before), _mean(change.after))
    moved = (str(len(change.up)), str(change.same), str(len(change.down)))
    return (change.criterion, str(len(change.people)), *means, *moved)


def _mean(value: Fraction | None) -> str:
    return "—" if value is None else decimal(value)


def _choices(summary: QuestionSum) -> Table:
    return Table(
        f"Ответы на вопрос «{_short(summary.question.text)}» (ответов: {summary.answers})",
        ("Вариант", "Выбрали"),
        tuple((name, str(number)) for name, number in summary.counts),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUESTION else f"{line[: LONGEST_QUESTION - 3].rstrip()}…"


def swot(told: Outline) -> Section | None:
    """Write strengths and weaknesses in words, each proved by a conclusion; the other two are the curator's. The score card stands below."""
    if told.counted.ask.focus in WITHOUT_SIDES or not any(each.brief for each in told.said):
        return None
    strong = [each.brief for each in told.weighed() if each.good is True]
    strong += [each.strength.text for each in told.weighed() if each.strength]
    weak = [each.brief for each in told.weighed() if each.good is False]
    rows = (
        ("Сильные стороны", _listed(strong)),
        ("Слабые стороны", _listed(weak)),
        ("Возможности", BLANK),
        ("Угрозы", BLANK),
    )
    sides = Table("Сильные и слабые стороны, возможности и угрозы", ("Сторона", "Факты"), rows)
    return Section(
        "SWOT-анализ и оценка по карте" if card(told.counted).rows else "SWOT-анализ",
        (f"Факты – из выводов справки; возможности и угрозы {CURATOR}.",),
        (sides, card(told.counted)),
    )


def _listed(said: Iterable[str]) -> str:
    return "\n".join(f"– {text}" for text in dict.fromkeys(said) if text) or NOTHING


def card(counted: Counted) -> Table:
    """Write the score card, mark by mark; nothing where nobody filled it in or the note is not about it."""
    filled = card_of(counted.evidence, counted.scope) if counted.figure("M16") else None
    names = counted.evidence.method.card_names if filled else ()
    points = {name: filled.points.get(name) for name in names} if filled else {}
    rows = tuple((name, "—" if value is None else str(value)) for name, value in points.items())
    return Table("Карта оценки программы", ("Показатель", "Балл (0–2)"), rows)


def left(told: Outline) -> Section | None:
    """Write the conclusions for which the body had no room."""
    return (
        Section("Что ещё показали данные", lines=tuple(each.line for each in told.left))
        if told.left
        else None
    )


def sources(lines: Sequence[NoteLine], counted: Counted) -> Section | None:
    """Write on which figures and rows each numbered conclusion stands."""
    names = {each.code: each.name for each in counted.figures}
    rows = tuple(
        (
            str(each.source),
            "; ".join(dict.fromkeys(names[code] for code in each.figures if code in names)) or "—",
            listed(each.rows, 24) or "—",
        )
        for each in lines
        if each.source
    )
    table = Table(
        "Показатели и строки вкладок по номерам выводов", ("№", "Показатель", "Строки"), rows, coded=(2,)
    )
    return Section("На чём стоят выводы", (), (table,)) if rows else None


# What stands in an appendix, under every name by which the body refers to it, in their order.
HELD: tuple[tuple[tuple[str, ...], Callable[[Outline], Section | None]], ...] = (
    ((FORMULAS, "сравнение"), details.indicators),
    ((PAIRS, "встречи"), details.pairs),
    ((PAPERS,), details.papers),
    (("вопросы",), questions),
    (("ответы", "изменения"), answers),
    ((SIDES,), swot),
    ((LEFT,), left),
)


def _of(focus: Focus) -> tuple[tuple[tuple[str, ...], Callable[[Outline], Section | None]], ...]:
    """Return what a paper of a focus may have; the report on a year names its pairs, one of a mentor is whole in itself."""
    if focus is Focus.COLLECTION:
        return (((PAIRS,), details.people),)
    return () if focus is Focus.MENTOR else HELD


def held(told: Outline) -> tuple[Outline, tuple[Section, ...]]:
    """Write the appendices of a note and tell the body their numbers; a note of two pages has none."""
    made = [(names, part) for names, write in _of(told.counted.ask.focus) if (part := write(told))]
    made = [] if told.short else made
    numbers = {name: at for at, (names, _) in enumerate(made, 1) for name in names}
    if told.said and not told.short:
        numbers[SOURCES] = len(made) + 1
    return replace(told, appendices=numbers), tuple(part for _, part in made)
