"""Appendices of a note about figures, pairs and papers: the tables behind its conclusions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.meetings import gaps_over, label, norm_text
from flows.domain.monitoring.note.comparison import differences
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.shape import BLANK, Section, Table
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Filed, Meeting
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.outline import Outline

FIGURE_HEAD = ("Показатель", "Значение", "Как посчитано")
COMPARED_HEAD = ("Показатель", "Было", "Стало", "Изменение", "Как посчитано")
MEETING_HEAD = ("Пара", "План", "Факт", "Отменено", "Не отмечено", "С обратной связью", "Перерыв, дней", "Последняя встреча")  # fmt: skip


def indicators(told: Outline) -> Section | None:
    """Write every figure that could be counted with its formula, beside what the previous note said where there is one."""
    counted = told.counted
    known = [each for each in counted.figures if each.known and not (":" in each.code and counted.changes)]
    before = {each.code: each for each in differences(known, counted.previous or {})}
    rows: list[tuple[str, ...]] = []
    for each in known:
        then = before.get(each.code)
        said = (then.before, value_of(each), then.change) if then else ("—", value_of(each), "—")
        rows.append((each.name, *(said if before else said[1:2]), _formula(each, counted)))
    head = COMPARED_HEAD if before else FIGURE_HEAD
    return Section(
        "Показатели и как они посчитаны",
        (_since(counted),) if before else (),
        (Table("Показатели", head, tuple(rows)),),
    ) if rows else None  # fmt: skip


def _formula(figure: Figure, counted: Counted) -> str:
    spec = counted.evidence.method.specs.get(figure.code.split(":")[0])
    return spec.formula if spec else "—"


def value_of(figure: Figure) -> str:
    """Write a figure with what has to be said beside it."""
    return figure.text + (f"; {'; '.join(figure.remarks)}" if figure.remarks and figure.known else "")


def _since(counted: Counted) -> str:
    """Say which earlier note the figures are compared with."""
    kept = counted.previous or {}
    end = str(kept.get("period", {}).get("end") or "")
    return f"Прошлая справка: данные за период до {_day(end)}, учтены по {_day(kept.get('cut_off'))}."


def _day(value: object) -> str:
    year, _, rest = str(value or "").partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else "—"


def pairs(told: Outline) -> Section | None:
    """Name the pairs and groups, and how each met."""
    named = None if told.counted.ask.focus is Focus.SURVEY else people(told)
    if named is None or told.counted.figure("M6") is None:
        return named
    said, tables = _meetings(told.counted)
    return replace(named, paragraphs=said, tables=(*named.tables, *tables))


def people(told: Outline) -> Section | None:
    """Name the pairs and groups with their people and their days."""
    rows = tuple(
        (
            pair.code,
            pair.mentor,
            ", ".join(pair.mentees),
            pair.form or BLANK,
            f"{days(pair.start)} – {days(pair.end)}" + (f", {pair.status}" if pair.status else ""),
        )
        for pair in told.counted.pairs
    )
    head, title = (
        ("Код", "Наставник", "Наставляемые", "Форма", "Срок, состояние"),
        "Наставнические пары и группы",
    )
    return Section(title, (), (Table(title, head, rows, coded=(0,)),)) if rows else None


def by_form(counted: Counted) -> Table:
    """Count the pairs and groups of each form, and who is in them."""
    forms: dict[str, list[int]] = {}
    for at, pair in enumerate(counted.pairs):
        forms.setdefault(pair.form or "форма не указана", []).append(at)
    return Table(
        "Пары и группы по формам наставничества",
        ("Форма", "Пар и групп", "Наставников", "Наставляемых"),
        tuple(_form_row(name, found, counted) for name, found in sorted(forms.items())),
    )


def _form_row(name: str, numbers: list[int], counted: Counted) -> tuple[str, ...]:
    chosen = [counted.pairs[at] for at in numbers]
    mentors, mentees = {pair.mentor for pair in chosen}, {code for pair in chosen for code in pair.mentees}
    return name, str(len(chosen)), str(len(mentors)), str(len(mentees))


def _meetings(counted: Counted) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """Write the plan of meetings against what happened, pair by pair, the waits that were too long, and what was not counted."""
    rows = tuple(
        (
            each.pair, f"{each.planned}{'*' if each.by_month else ''}", str(each.held), str(each.cancelled), str(each.unmarked),
            str(each.feedback), str(each.longest) if each.gap_end and each.filled else "—", days(each.last),
        )
        for each in counted.meetings
    )  # fmt: skip
    unfilled = {each.pair for each in counted.meetings if not each.filled}
    waits = tuple(
        (each.pair, days(each.start), days(each.end), str(each.days))
        for each in gaps_over(counted.evidence, counted.scope)
        if each.pair not in unfilled
    )
    starred = any(each.by_month for each in counted.meetings)
    said = (
        f"Норма: {norm_text(counted.evidence)}; праздничные и нерабочие дни организации не считаются.",
        "* План посчитан по столбцу «Встреч в месяц»: дат по плану у пары нет." if starred else "",
        _left_out("у которых не указана известная пара", counted.log.strangers),
        _left_out("которые прошли вне срока работы пары", counted.log.outside),
    )
    tables = (
        Table("Встречи пар: план и факт", MEETING_HEAD, rows),
        Table("Промежутки длиннее нормы", ("Пара", "С", "По", "Дней"), waits),
    )
    return tuple(text for text in said if text), tables


def _left_out(why: str, found: Iterable[Meeting]) -> str:
    codes = [label(each) for each in found]
    return f"Не посчитаны встречи, {why}: {listed(codes)}." if codes else ""


def papers(told: Outline) -> Section | None:
    """List what is registered and what is missing."""
    counted = told.counted
    if counted.figure("M4") is None:
        return None
    mine = registered(counted)
    lacking = tuple(
        (each.pair, ", ".join((*each.lacks, *(() if each.program else ("программа",)))))
        for each in counted.papers
        if each.lacks or not each.program
    )
    tables = (
        Table("Документы наставничества", ("Документ", "Номер и дата", "Количество"), _paper_rows(mine)),
        Table("Чего не хватает парам", ("Пара", "Нет документа"), lacking),
    )
    return Section("Документы пар и организации", (), tables) if mine or lacking else None


def registered(counted: Counted) -> list[Filed]:
    """Return the papers in force that were known by the scope's end."""
    return in_force(counted.evidence.facts.register, by=counted.scope.limit)


def _paper_rows(mine: list[Filed]) -> tuple[tuple[str, ...], ...]:
    alone = [filed for filed in mine if of(filed.kind).alone]
    others = Counter(filed.title for filed in mine if not of(filed.kind).alone)
    rows = [
        (filed.title, f"№ {filed.number or BLANK} от {days(filed.day) if filed.day else BLANK}", "1")
        for filed in sorted(alone, key=lambda each: (each.day or date.max, each.key))
    ]
    return (*rows, *((title, "—", str(number)) for title, number in sorted(others.items())))
