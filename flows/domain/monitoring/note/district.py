"""A district's note gathered from the results its organisations sent; who sent nothing is named, never counted as zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flows.domain.monitoring.indicators.figure import COUNT, PERCENT, Figure, part_text
from flows.domain.monitoring.note.building import numbered_sections
from flows.domain.monitoring.note.comparison import fraction
from flows.domain.monitoring.note.focus import Ask, Focus, title_of
from flows.domain.monitoring.note.shape import BLANK, Note, NoteLine, Section, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.periods import Period

SUMMED = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M13", "M14", "M15", "M17")


@dataclass(frozen=True, slots=True)
class Sent:
    """What one organisation sent: the snapshot of its own note, or nothing yet; counts are of active people and pairs."""

    code: str
    name: str
    snapshot: Mapping[str, Any] | None = None
    mentors: int | None = None
    mentees: int | None = None
    pairs: int | None = None
    remark: str = ""


def gather(sent: Sequence[Sent], method: Method, period: Period, cut_off: date | None) -> tuple[Figure, ...]:
    """Add up numerators and denominators of the organisations that have data; means are never averaged over organisations."""
    figures: list[Figure] = []
    for code in SUMMED:
        spec = method.specs.get(code)
        if spec is None:
            continue
        parts = [
            (each.code, part, whole)
            for each in sent
            if (told := _numbers(each, code))
            for part, whole in (told,)
        ]
        behind = {organisation for organisation, _, _ in parts}
        others = tuple(each.code for each in sent if each.code not in behind)
        figures.append(_summed(spec.code, spec.name, parts, others, period, cut_off))
    return tuple(figures)


def _numbers(sent: Sent, code: str) -> tuple[Fraction, Fraction] | None:
    figure = ((sent.snapshot or {}).get("figures") or {}).get(code) or {}
    part, whole = fraction(figure.get("numerator")), fraction(figure.get("denominator"))
    if figure.get("missing") or part is None:
        return None
    if figure.get("unit") == COUNT:
        return part, Fraction(0)
    return (part, whole) if whole else None


def _summed(  # noqa: PLR0913, PLR0917 - a figure is flat
    code: str,
    name: str,
    parts: list[tuple[str, Fraction, Fraction]],
    others: tuple[str, ...],
    period: Period,
    cut_off: date | None,
) -> Figure:
    rows = tuple(organisation for organisation, _, _ in parts)
    if not parts:
        why = "организации не прислали данных"
        return Figure(
            code, name, f"нет данных: {why}", others=others, period=period, cut_off=cut_off, missing=why
        )
    part, whole = sum((each[1] for each in parts), Fraction()), sum((each[2] for each in parts), Fraction())
    if not whole:
        return Figure(code, name, str(part), part, None, part, COUNT, rows, others, period, cut_off)
    return Figure(
        code,
        name,
        part_text(part, whole),
        part,
        whole,
        part / whole * 100,
        PERCENT,
        rows,
        others,
        period,
        cut_off,
    )


def municipal_note(
    sent: Sequence[Sent], method: Method, period: Period, cut_off: date | None, basis: str = ""
) -> Note:
    """Write the district's note: coverage, figures, organisation by organisation, who is silent, what to do."""
    ask = Ask(Focus.MUNICIPAL)
    figures = gather(sent, method, period, cut_off)
    silent = [each for each in sent if each.snapshot is None]
    advice = tuple(
        NoteLine(
            f"Организации «{each.name}»: прислать данные мониторинга. Срок: до {BLANK}.", (), (each.code,)
        )
        for each in silent
    )
    conclusions = tuple(
        NoteLine(
            f"{each.name}: {each.text} (организаций с данными: {len(each.rows)}).", (each.code,), each.rows
        )
        for each in figures
        if each.known
    )
    sections = (
        _introduction(sent, silent, period, basis),
        Section("Охват", tables=(_people(sent),)),
        Section("Показатели по району", tables=(_totals(figures, method),)),
        Section("Показатели по организациям", tables=(_matrix(sent, figures),)),
        Section("Выводы", lines=conclusions),
        Section(
            "Адресные рекомендации", lines=advice, blank="Рекомендации организациям (заполняет методист)"
        ),
        Section(
            "Проект управленческих решений",
            lines=(NoteLine("Принять справку к сведению."), NoteLine(f"Контроль исполнения: {BLANK}.")),
        ),
    )
    return Note(
        ask,
        title_of(ask, period),
        period,
        cut_off,
        basis,
        tuple(numbered_sections(sections)),
        figures,
        conclusions=conclusions,
        recommendations=advice,
    )


def _introduction(sent: Sequence[Sent], silent: Sequence[Sent], period: Period, basis: str) -> Section:
    paragraphs = (
        f"Основание: {basis or BLANK}; приказ от {BLANK} № {BLANK}.",
        f"Сроки: с {period.start:%d.%m.%Y} по {period.end:%d.%m.%Y}.",
        f"Организаций: {len(sent)}; прислали данные: {len(sent) - len(silent)}.",
        *(
            (
                f"Нет данных: {'; '.join(f'«{each.name}»' + (f' ({each.remark})' if each.remark else '') for each in silent)}.",
            )
            if silent
            else ()
        ),
    )
    return Section("Введение", paragraphs)


def _people(sent: Sequence[Sent]) -> Table:
    rows = [
        (each.name, *(_shown(value) for value in (each.mentors, each.mentees, each.pairs))) for each in sent
    ]
    totals = (
        [
            _total(values)
            for values in zip(*((each.mentors, each.mentees, each.pairs) for each in sent), strict=True)
        ]
        if sent
        else []
    )
    return Table(
        "Участники по организациям",
        ("Организация", "Наставников", "Наставляемых", "Пар"),
        (*rows, *((("Всего", *totals),) if totals else ())),
    )


def _shown(value: int | None) -> str:
    return "нет данных" if value is None else str(value)


def _total(values: Sequence[int | None]) -> str:
    known = [value for value in values if value is not None]
    return str(sum(known)) if known else "нет данных"


def _totals(figures: Sequence[Figure], method: Method) -> Table:
    rows = tuple(
        (each.name, each.text, str(len(each.rows)), method.specs[each.code].formula) for each in figures
    )
    return Table(
        "Сводные показатели", ("Показатель", "Значение", "Организаций с данными", "Как посчитано"), rows
    )


def _matrix(sent: Sequence[Sent], figures: Sequence[Figure]) -> Table:
    known = [figure for figure in figures if figure.known]
    rows = tuple((each.name, *(_cell(each, figure.code) for figure in known)) for each in sent)
    return Table("Показатели по организациям", ("Организация", *(figure.name for figure in known)), rows)


def _cell(sent: Sent, code: str) -> str:
    figure = ((sent.snapshot or {}).get("figures") or {}).get(code) or {}
    return str(figure["text"]) if figure.get("text") and not figure.get("missing") else "нет данных"
