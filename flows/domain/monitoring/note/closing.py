"""The second half of a note: answers, SWOT, score card, comparison and what follows (domain §3.4, parts 5-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import CHOICE, OPEN
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.indicators.figure import decimal
from flows.domain.monitoring.indicators.outcomes import card_of
from flows.domain.monitoring.note.comparison import differences
from flows.domain.monitoring.note.conclusions import findings
from flows.domain.monitoring.note.opening import figures_table
from flows.domain.monitoring.note.shape import BLANK, NoteLine, Section, Table

if TYPE_CHECKING:
    from fractions import Fraction

    from flows.domain.monitoring.answers.sums import QuestionSum
    from flows.domain.monitoring.indicators.opinions import Change
    from flows.domain.monitoring.note.counted import Counted

DYNAMICS_HEAD = ("Критерий", "Ответили оба раза", "Было", "Стало", "Выросло", "Без изменений", "Снизилось")
CURATOR = "заполняет куратор"


def surveys(counted: Counted) -> Section:
    """Part 5: how many answered, who is satisfied, what changed for the same people, what was chosen."""
    if not counted.responses:
        return Section("Анкетирование", ("Нет данных: ответов на анкеты за этот период нет.",))
    tables = [
        figures_table("Возврат анкет и удовлетворённость", counted.starting("M9", "M10", "M11"), counted)
    ]
    if counted.changes:
        tables.append(changes_table(counted))
    found = summary(counted.responses, counted.evidence.method.rules.small)
    tables += [_choices(each) for each in found if each.question.holds == CHOICE and each.counts]
    open_answers = sum(each.answers for each in found if each.question.holds == OPEN)
    why = tuple(
        f"Динамика не посчитана, нет данных: {figure.missing}."
        for figure in counted.starting("M12")
        if not figure.known
    )
    return Section(
        "Анкетирование",
        (*why, *_opened(open_answers)),
        tuple(tables),
        blank=f"Обобщение открытых ответов ({CURATOR})" if open_answers else "",
    )


def _opened(number: int) -> tuple[str, ...]:
    return (
        (f"Открытых ответов: {number}. В справку они не переносятся: в них могут быть имена.",)
        if number
        else ()
    )


def changes_table(counted: Counted) -> Table:
    """Write what changed by criterion; means stand only where enough people answered both times."""
    rows = tuple(map(_change, counted.changes))
    return Table(
        f"Динамика по критериям (средние – от {counted.evidence.method.rules.small} ответов)",
        DYNAMICS_HEAD,
        rows,
    )


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
    return line if len(line) <= 100 else f"{line[:97].rstrip()}…"  # noqa: PLR2004 - a caption's length


def results(counted: Counted) -> Section:
    """Write the first part of a note for the inner quality system: what people achieved."""
    return Section(
        "Результаты деятельности участников",
        (),
        (figures_table("Результаты", counted.starting("M15", "M14"), counted),),
        blank=f"Образовательная, методическая, проектная и инновационная деятельность ({CURATOR})",
    )


def totals(counted: Counted) -> Section:
    """Sum the monitoring up in one table, for a paper that goes straight to what to do."""
    return Section("Итоги мониторинга", (), (figures_table("Показатели", counted.figures, counted),))


def swot(counted: Counted) -> Section:
    """Part 6: facts in strengths and weaknesses, each with its evidence; the other two are the curator's."""
    found = findings(counted)
    strong = [_evident(each.line, counted) for each in found if each.good is True]
    strong += [_evident(each.strength, counted) for each in found if each.strength]
    weak = [_evident(each.line, counted) for each in found if each.good is False]
    rows = (
        ("Сильные стороны", "\n".join(strong) or "Нет фактов, которые подтверждены данными."),
        ("Слабые стороны", "\n".join(weak) or "Нет фактов, которые подтверждены данными."),
        ("Возможности", BLANK),
        ("Угрозы", BLANK),
    )
    return Section(
        "SWOT-анализ",
        (),
        (Table("Сильные и слабые стороны, возможности и угрозы", ("Сторона", "Факты и основания"), rows),),
        blank=f"Возможности и угрозы ({CURATOR})",
    )


def _evident(line: NoteLine, counted: Counted) -> str:
    figures = [figure.name.lower() for code in line.figures if (figure := counted.figure(code))]
    return f"{line.text} [основание: {', '.join(figures) or 'журнал встреч и дорожная карта'}]"


def card(counted: Counted) -> Section:
    """Part 7: the score card, mark by mark."""
    figure, filled = counted.figure("M16"), card_of(counted.evidence, counted.scope)
    text = (
        ""
        if figure is None
        else f"{figure.name}: {figure.text}."
        if figure.known
        else f"Нет данных: {figure.missing}."
    )
    if filled is None:
        return Section("Оценка по карте", (text,))
    rows = tuple(
        (name, "—" if filled.points.get(name) is None else str(filled.points[name]))
        for name in counted.evidence.method.card_names
    )
    return Section(
        "Оценка по карте", (text,), (Table("Карта оценки программы", ("Показатель", "Балл (0–2)"), rows),)
    )


def comparison(counted: Counted) -> Section:
    """Part 8: the same figures in the previous paper of the same kind."""
    rows = tuple(
        (each.name, each.before, each.after, each.change)
        for each in differences(counted.figures, counted.previous or {})
    )
    if not rows:
        return Section("Сравнение с прошлым периодом", ("Нет данных: прошлой справки нет.",))
    period = (counted.previous or {}).get("period", {})
    return Section(
        "Сравнение с прошлым периодом",
        (
            f"Прошлая справка: данные за период до {_day(period.get('end'))}, учтены по {_day((counted.previous or {}).get('cut_off'))}.",
        ),
        (Table("Показатели в сравнении", ("Показатель", "Было", "Стало", "Изменение"), rows),),
    )


def _day(value: object) -> str:
    year, _, rest = str(value or "").partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else "—"


def conclusions(counted: Counted) -> Section:
    """Part 9: what the figures say, each line with its numbers; any may be struck out."""
    lines = tuple(each.line for each in findings(counted))
    return Section("Выводы", () if lines else ("Нет данных для выводов.",), lines=lines)


def _no_advice(counted: Counted) -> str:
    """Say that nothing has to be done only of what was counted: of what nobody counted nothing is known."""
    known = [each.known for each in counted.figures]
    if not any(known):
        return "Данных для рекомендаций нет."
    return (
        "Показателей, которые требуют мер, нет."
        if all(known)
        else "Среди посчитанных показателей нет тех, которые требуют мер."
    )


def recommendations(counted: Counted) -> Section:
    """Part 10: what to do about the weak sides: to whom, what, by when."""
    lines = tuple(each.advice for each in findings(counted) if each.advice)
    return Section(
        "Рекомендации",
        () if lines else (_no_advice(counted),),
        lines=lines,
        blank=f"Дополнительные рекомендации ({CURATOR})",
    )


def decisions(counted: Counted) -> Section:
    """Part 11: a draft of decisions for the head or the council."""
    also = (
        (NoteLine(f"Подготовить приказ об итогах мониторинга. Срок: до {BLANK}."),)
        if counted.ask.also
        else ()
    )
    advised = any(each.advice for each in findings(counted))
    lines = (
        NoteLine(
            f"Принять аналитическую {'записку' if counted.ask.word == 'записка' else 'справку'} к сведению."
        ),
        *(
            (NoteLine(f"Исполнить рекомендации. Срок: до {BLANK}. Ответственный: {BLANK}."),)
            if advised
            else ()
        ),
        *also,
        NoteLine(f"Контроль исполнения: {BLANK}."),
    )
    return Section("Проект управленческих решений", lines=lines)


def stage(counted: Counted) -> Section:
    """Describe one stage: its rows in the roadmap, what is done and what is not; the story is the curator's."""
    mine = [each for each in counted.evidence.facts.activities if _same_stage(each.stage, counted)]
    rows = tuple(
        (each.number or each.code, each.activity, each.printed_term or "—", each.status or "не отмечено")
        for each in mine
    )
    tables = (
        (Table("Мероприятия этапа", ("Строка", "Мероприятие", "Срок", "Состояние"), rows),) if rows else ()
    )
    return Section(
        "Ход этапа",
        () if rows else ("Нет данных: мероприятия этапа не найдены.",),
        tables,
        blank=f"Описание хода этапа и предложения ({CURATOR})",
    )


def _same_stage(name: str, counted: Counted) -> bool:
    activity = counted.evidence.facts.activity
    return bool(activity) and activity is not None and name == activity.stage


def model(counted: Counted) -> Section:
    """Write the second part of a note for the inner quality system: how the model is put in place."""
    rows = figures_table(
        "Внедрение модели наставничества", counted.starting("M1", "M2", "M3", "M4", "M5"), counted
    )
    behind = (
        (f"Строк дорожной карты не выполнено в срок: {len(counted.overdue)}.",) if counted.overdue else ()
    )
    return Section("Внедрение целевой модели наставничества", behind, (rows,))
