"""Аналитическая справка: разделы, таблицы и рисунки из посчитанных показателей; выводы только из этих чисел."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from flows.domain.catalogue import record
from flows.domain.documents.common import FIGURES, FILE_TITLE, UNCOUNTED, common
from flows.domain.documents.name_forms import named
from flows.domain.errors import Refused
from flows.domain.monitoring.note.building import note, note_for
from flows.domain.monitoring.note.comparison import snapshot
from flows.domain.monitoring.note.context import context_of
from flows.domain.monitoring.note.focus import Ask, Focus, file_title_of
from flows.domain.monitoring.note.naming import SECTIONED, Names
from flows.domain.periods import Period
from flows.domain.statuses import PROPOSED
from flows.russian import Doubt
from flows.russian.typography import typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.model import Context, Facts, Pair
    from flows.domain.monitoring.note.shape import Note

KIND = "note.monitoring"
Layout: TypeAlias = "tuple[str, str, int]"
LAYOUTS = (
    ("показатели", "Показатель", 3), ("документы", "Документ", 3), ("выборка", "Анкета", 3), ("отчёты", "Пара", 3), ("пары", "Пара", 2), ("стороны", "Сторона", 2),
    ("баллы", "Показатель", 2), ("баллы", "Вариант", 2), ("формы", "Форма", 4), ("промежутки", "Пара", 4), ("строки", "Строка", 4),
    ("сравнение", "Показатель", 5), ("пары и группы", "Код", 5), ("источники", "№", 3), ("затруднения", "Наставляемый", 4),
    ("вопросы", "Вопрос", 5), ("формы", "Затруднение", 4), ("встречи пары", "Дата", 5), ("динамика", "Критерий", 7), ("встречи", "Пара", 8),
    ("состав", "№", 4), ("люди", "№", 5), ("список пар", "№", 7),
)  # fmt: skip
NOTHING, DASH = "—", "–"  # of a cell without a value: as it is counted, as it is printed
CODE = re.compile(r"(?<![\w-])([А-ЯЁ])-(\d{3,})(?![\w-])")
STAGE = re.compile(r"этап@(\d+)")
KIND_AND_THEME = re.compile(r"((?:Муниципальная )?[Аа]налитическая \w+|\w+)\s+(.+)", re.DOTALL)


def build(facts: Facts) -> Context:
    """Return the note's context."""
    return {**common(facts, KIND), **note_parts(facts, KIND)}


def note_parts(facts: Facts, kind: str) -> Context:
    """Tell what a monitoring paper holds besides the common part: what it says, whom its codes name, and its figures to be kept.

    Raise `Refused` when the facts carry no evidence to count from.
    """
    made = written(facts, kind)
    parts = KIND_AND_THEME.fullmatch(made.title)
    return {
        **typeset(Names(facts.pairs, facts.people).put_in(laid_out(context_of(made)))),
        "вид_документа": parts[1] if parts else made.title,
        "о_чём": parts[2] if parts else None,
        "участники": [
            _who(facts, pair)
            for pair in facts.pairs
            if pair.status != PROPOSED and pair.start <= made.period.end and pair.end >= made.period.start
        ],
        FILE_TITLE: file_title_of(made.ask, made.period),
        FIGURES: json.dumps(
            {
                **snapshot(made),
                "recommendations": [line.text for line in made.recommendations],
                UNCOUNTED: [
                    f"{each.name[:1].lower()}{each.name[1:]} ({each.missing})"
                    for each in made.figures
                    if not each.known and not each.early
                ],
            },
            ensure_ascii=False,
            sort_keys=True,
        ),
    }


def _who(facts: Facts, pair: Pair) -> Context:
    """Name the people of a pair's code; someone who is in no list is named by the code."""
    return {
        "код": pair.code, "группа": pair.group or None, "наставник": _short(facts, pair.mentor), "наставляемые": [_short(facts, code) for code in pair.mentees],
        "форма": pair.form or None, "начало": pair.start, "окончание": pair.end, "состояние": pair.status or None,
    }  # fmt: skip


def _short(facts: Facts, code: str) -> str:
    person = facts.people.get(code)
    if person is None or not person.name.strip():
        return code
    short = named(facts, person.name, person.gender, Doubt("", "")).get("кратко")
    return person.name if short is None or isinstance(short, Doubt) else str(short)


def typeset(value: Any) -> Any:
    """Keep together what must not break at a line's end: «7,5 %», «П-002», «Белова В.С.»."""
    if isinstance(value, str):
        if value == NOTHING:
            return DASH
        return CODE.sub("\\1\u2011\\2", typography(value))
    if isinstance(value, dict):
        return {name: typeset(each) for name, each in value.items()}
    return [typeset(each) for each in value] if isinstance(value, list) else value


def laid_out(context: Context, layouts: Sequence[Layout] = LAYOUTS) -> Context:
    """Tell each table how wide its columns are to be, by what its head says; one that no layout knows shares the width."""

    def laid(section: Context) -> Context:
        tables = [{**table, "раскладка": layout_of(table["шапка"], layouts)} for table in section["таблицы"]]
        return {**section, "таблицы": tables}

    return {**context, **{part: [laid(each) for each in context[part]] for part in SECTIONED}}


def layout_of(head: Sequence[str], layouts: Sequence[Layout] = LAYOUTS) -> str | None:
    """Name the layout of a table: templates set its columns by it."""
    return next((name for name, first, width in layouts if head[0] == first and len(head) == width), None)


def written(facts: Facts, kind: str) -> Note:
    """Write the note that a row, a stage, a council or two days ask for; of itself in the register it says nothing."""
    if facts.evidence is None:
        raise Refused("Справка не готовится: показатели не посчитаны. Проверьте файл config/monitoring.toml.")
    mine = {*record.having("closes"), *record.having("with_advice")}
    others = tuple(
        row for row in facts.register if row.kind not in mine or row.parts.subject != facts.subject
    )
    evidence = replace(facts.evidence, facts=replace(facts, evidence=None, register=others))
    window, stage = facts.window, STAGE.fullmatch(facts.subject)
    if window and window.start and window.end:
        period = Period(window.start, window.end)
        if stage:
            return note_for(evidence, Ask(Focus.STAGE, stage=f"{stage[1]} этап"), period)
        if facts.pack is not None:
            return note_for(
                evidence, Ask(Focus.FINAL if facts.pack.season == "май" else Focus.MIDDLE), period
            )
        if facts.activity is None:
            own = record.of(kind).focus
            return note_for(evidence, Ask(Focus(own) if own else Focus.PROGRAMME), period)
    return note(evidence, kind)
