"""The first half of a note: what it rests on, who takes part, their papers, their meetings (domain §3.4, parts 1-4)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.meetings import gaps_over, label, norm_text
from flows.domain.monitoring.note.shape import BLANK, Section, Table
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.model import Activity, Filed
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.counted import Counted

VISIT = "посещение занятия"
CODES = "Кто в какой паре, сказано в приложении: коды те же."
FIGURE_HEAD = ("Показатель", "Значение", "Как посчитано")


def grounds(counted: Counted) -> Section:
    """Part 1: why, what for, how and from what."""
    facts, activity = counted.evidence.facts, counted.evidence.facts.activity
    basis = (
        f"дорожная карта, пункт {activity.number.rstrip('. ')}"
        if activity and activity.number
        else "дорожная карта"
        if activity
        else "решение организации"
    )
    method = counted.evidence.method.own
    paragraphs = (
        f"Основание: {basis}; приказ от {BLANK} № {BLANK}.",
        "Цель: оценить ход и результаты наставничества и подготовить решения по итогам оценки.",
        f"Период: с {days(counted.scope.period.start)} по {days(counted.scope.period.end)}.",
        f"Методы: {', '.join(_methods(counted))}.",
        f"Источники: {'; '.join(_sources(counted))}.",
        f"Данные учтены по {days(counted.scope.cut_off)}; последняя запись в журнале встреч и анкетах – {days(counted.scope.last_entry)}."
        if counted.scope.last_entry
        else f"Данные учтены по {days(counted.scope.cut_off)}. Нет данных: за период в журнале встреч и анкетах организации {facts.organisation.short_name} нет записей.",
        f"Показатели посчитаны по методике организации: {method}." if method else "",
    )
    return Section("Общие сведения", tuple(text for text in paragraphs if text))


def _methods(counted: Counted) -> list[str]:
    visited = any(meeting.manner == VISIT for rows in counted.log.by_pair.values() for meeting in rows)
    asked = ("анкетирование",) if counted.responses else ()
    return [
        "анализ документов",
        "анализ журнала встреч",
        *asked,
        *(("посещение занятий",) if visited else ()),
    ]


def _sources(counted: Counted) -> list[str]:
    rows = sum(len(found) for found in counted.log.by_pair.values())
    papers = len(_registered(counted))
    return [
        f"журнал встреч – записей: {rows}",
        f"анкеты – заполнено: {len(counted.responses)}",
        f"реестр документов – зарегистрировано: {papers}",
    ]


def people(counted: Counted) -> Section:
    """Part 2: how many take part and in which forms."""
    card = counted.evidence.facts.organisation
    forms: dict[str, list[int]] = {}
    for at, pair in enumerate(counted.pairs):
        forms.setdefault(pair.form or "форма не указана", []).append(at)
    rows = tuple(_form_row(name, found, counted) for name, found in sorted(forms.items()))
    head = f"Педагогов: {_or_blank(card.teachers)}; молодых специалистов: {_or_blank(card.young_teachers)}."
    table = Table(
        "Пары и группы по формам наставничества",
        ("Форма", "Пар и групп", "Наставников", "Наставляемых"),
        rows,
    )
    empty = () if rows else ("Нет данных: в этот срок не работала ни одна пара.",)
    return Section(
        "Характеристика участников",
        (head, *empty),
        (table, figures_table("Охват наставничеством", counted.starting("M1", "M2", "M3"), counted))
        if rows
        else (),
    )


def _or_blank(value: int | None) -> str:
    return BLANK if value is None else str(value)


def _form_row(name: str, numbers: list[int], counted: Counted) -> tuple[str, ...]:
    pairs = [counted.pairs[at] for at in numbers]
    mentors, mentees = {pair.mentor for pair in pairs}, {code for pair in pairs for code in pair.mentees}
    return name, str(len(pairs)), str(len(mentors)), str(len(mentees))


def figures_table(caption: str, figures: tuple[Figure, ...], counted: Counted) -> Table:
    """Write figures with their formula in words, so that anyone can count them again."""
    specs = counted.evidence.method.specs
    rows = tuple((each.name, _value(each), specs[each.code.split(":")[0]].formula) for each in figures)
    return Table(caption, FIGURE_HEAD, rows)


def _value(figure: Figure) -> str:
    return figure.text + (f"; {'; '.join(figure.remarks)}" if figure.remarks and figure.known else "")


def papers(counted: Counted) -> Section:
    """Part 3: what is registered and what is missing."""
    mine = _registered(counted)
    table = Table(
        "Документы наставничества", ("Документ", "Номер и дата", "Количество"), tuple(_paper_rows(mine))
    )
    lacking = tuple(
        (each.pair, ", ".join((*each.lacks, *(() if each.program else ("программа",)))))
        for each in counted.papers
        if each.lacks or not each.program
    )
    missing = (Table("Чего не хватает парам", ("Пара", "Нет документа"), lacking),) if lacking else ()
    paragraphs = () if mine else ("Нет данных: в реестре нет зарегистрированных документов.",)
    ready = figures_table("Готовность документов", counted.starting("M4", "M5"), counted)
    return Section("Нормативное обеспечение", paragraphs, (*((table,) if mine else ()), ready, *missing))


def _registered(counted: Counted) -> list[Filed]:
    """Return the papers in force that were known by the scope's end."""
    return in_force(counted.evidence.facts.register, by=counted.scope.limit)


def _paper_rows(mine: list[Filed]) -> list[tuple[str, ...]]:
    alone = [filed for filed in mine if of(filed.kind).alone]
    others = Counter(filed.title for filed in mine if not of(filed.kind).alone)
    rows = [
        (filed.title, f"№ {filed.number or BLANK} от {days(filed.day) if filed.day else BLANK}", "1")
        for filed in sorted(alone, key=lambda each: (each.day or date.max, each.key))
    ]
    return [*rows, *((title, "—", str(number)) for title, number in sorted(others.items()))]


def meetings(counted: Counted) -> Section:
    """Part 4: the plan of meetings against what happened, pair by pair, and the roadmap's rows that are late."""
    head = (
        "Пара",
        "По плану",
        "Проведено",
        "Отменено",
        "Не отмечено",
        "С обратной связью",
        "Наибольший промежуток, дней",
        "Последняя встреча",
    )
    rows = tuple(
        (each.pair, f"{each.planned}{'*' if each.by_month else ''}", str(each.held), str(each.cancelled), str(each.unmarked), str(each.feedback), str(each.longest) if each.gap_end else "—", days(each.last))
        for each in counted.meetings
    )  # fmt: skip
    tables = (
        (
            Table("Встречи пар: план и факт", head, rows),
            figures_table("Выполнение и регулярность", counted.starting("M6", "M7", "M8", "M13"), counted),
            _gaps(counted),
        )
        if rows
        else ()
    )
    starred = (
        ("* План посчитан по столбцу «Встреч в месяц»: дат по плану у пары нет.",)
        if any(each.by_month for each in counted.meetings)
        else ()
    )
    norm = (f"Норма: {norm_text(counted.evidence)}; праздничные и нерабочие дни организации не считаются.",)
    return Section(
        "Реализация программ",
        (
            *norm,
            *((CODES,) if rows else ()),
            *_no_meetings(counted),
            *_oddities(counted),
            *starred,
            *_rows_behind(counted),
        ),
        tables,
    )


def _gaps(counted: Counted) -> Table:
    rows = tuple(
        (each.pair, days(each.start), days(each.end), str(each.days))
        for each in gaps_over(counted.evidence, counted.scope)
    )
    return Table("Промежутки длиннее нормы", ("Пара", "С", "По", "Дней"), rows)


def _no_meetings(counted: Counted) -> tuple[str, ...]:
    silent = [each.pair for each in counted.meetings if not each.held]
    if not counted.meetings:
        return ("Нет данных: в этот срок не работала ни одна пара.",)
    return (f"Нет данных о встречах пар: {listed(silent)}.",) if silent else ()


def _oddities(counted: Counted) -> tuple[str, ...]:
    outside, strangers = counted.log.outside, counted.log.strangers
    return (
        *(
            (f"Не посчитаны встречи вне срока работы пары: {listed(label(each) for each in outside)}.",)
            if outside
            else ()
        ),
        *(
            (
                f"Не посчитаны встречи, у которых не указана известная пара: {listed(label(each) for each in strangers)}.",
            )
            if strangers
            else ()
        ),
    )


def _rows_behind(counted: Counted) -> tuple[str, ...]:
    def named(rows: tuple[Activity, ...]) -> str:
        return listed(each.number.rstrip(".") or each.code for each in rows)

    return (
        *(
            (f"Срок прошёл, а пункты дорожной карты не выполнены: {named(counted.overdue)}.",)
            if counted.overdue
            else ()
        ),
        *(
            (f"Срок прошёл, отметки о выполнении нет: {named(counted.unmarked)}.",)
            if counted.unmarked
            else ()
        ),
    )
