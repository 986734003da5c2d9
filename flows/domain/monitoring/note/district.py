"""A district's note gathered from the results its organisations sent; who sent nothing is named, never counted as zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

MOST_COLUMNS, MOST_NAMED = 4, 6
WHERE = "Участники и показатели каждой организации – приложение № 1; как посчитано – приложение № 2."
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
    known = tuple(each for each in figures if each.known)
    conclusions = tuple(_concluded(each, sent) for each in known)
    body = (
        _introduction(sent, silent, period, basis),
        Section("Показатели по району", (WHERE, *_uncounted(figures)), lines=conclusions),
        Section(
            "Адресные рекомендации", lines=advice, blank="Рекомендации организациям (заполняет методист)"
        ),
        Section(
            "Проект управленческих решений",
            lines=(NoteLine("Принять справку к сведению."), NoteLine(f"Контроль исполнения: {BLANK}.")),
        ),
    )
    behind = (
        Section("Участники и показатели по организациям", tables=(_people(sent), *_matrix(sent, known))),
        Section("Сводные показатели", tables=(_totals(known, method),)),
    )
    numbered = tuple(numbered_sections((*body, *behind)))
    return Note(
        ask,
        title_of(ask, period),
        period,
        cut_off,
        basis,
        numbered[: len(body)],
        figures,
        conclusions=conclusions,
        recommendations=advice,
        appendices=tuple(replace(each, number=at) for at, each in enumerate(numbered[len(body) :], 1)),
    )


def _uncounted(figures: Sequence[Figure]) -> tuple[str, ...]:
    names = [each.name.lower() for each in figures if not each.known]
    return (f"Не посчитано, организации не прислали данных: {', '.join(names)}.",) if names else ()


def _concluded(figure: Figure, sent: Sequence[Sent]) -> NoteLine:
    """State a figure of the district, and who stands below it: there a methodist looks first."""
    below = [each.name for each in sent if _below(each, figure)]
    text = f"{figure.name}: {figure.text} (организаций с данными: {len(figure.rows)})."
    if below:
        named = ", ".join(f"«{name}»" for name in below[:MOST_NAMED])
        rest = f" и ещё {len(below) - MOST_NAMED}" if len(below) > MOST_NAMED else ""
        text += f" Ниже, чем в целом: {named}{rest}."
    return NoteLine(text, (figure.code,), figure.rows)


def _below(sent: Sent, figure: Figure) -> bool:
    told = _numbers(sent, figure.code)
    if told is None or figure.unit != PERCENT or figure.value is None:
        return False
    return told[0] / told[1] * 100 < figure.value


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


def _matrix(sent: Sequence[Sent], figures: Sequence[Figure]) -> tuple[Table, ...]:
    """Write the figures organisation by organisation, in tables narrow enough to be read."""
    chunks = [figures[at : at + MOST_COLUMNS] for at in range(0, len(figures), MOST_COLUMNS)]
    return tuple(
        Table(
            "Показатели по организациям",
            ("Организация", *(figure.name for figure in chunk)),
            tuple((each.name, *(_cell(each, figure.code) for figure in chunk)) for each in sent),
        )
        for chunk in chunks
    )


def _cell(sent: Sent, code: str) -> str:
    figure = ((sent.snapshot or {}).get("figures") or {}).get(code) or {}
    return str(figure["text"]) if figure.get("text") and not figure.get("missing") else "нет данных"
