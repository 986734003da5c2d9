"""What is wrong with a roadmap's terms (domain §5.2, §6): nothing is mended, every doubt is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.domain.roadmap.checks.spelling import misspelled
from flows.domain.roadmap.checks.view import RoadmapView, finding, neighbours, stamp_day, starts
from flows.domain.statuses import IMPOSSIBLE_DATE, OUTSIDE_PERIOD, REVERSED
from flows.domain.terms import printing
from flows.domain.terms.reading import lies_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Activity, Problem
    from flows.domain.periods import Period
    from flows.domain.terms.reading import Window

__all__ = ["TERM_CHECKS"]

TERM = "Срок"
SEPTEMBER, DECEMBER = 9, 12
WHOLE_YEAR = re.compile(r"в теч(?:ени[еи]|\.)\s+(?:всего\s+)?года\.?", re.IGNORECASE)
PER_PAIR = re.compile(r"реализаци\w{1,40} программ|срок\w{0,40} программ|индивидуальн", re.IGNORECASE)


def bad_dates(plan: RoadmapView) -> Iterator[Problem]:
    """Find days that cannot be or lie outside the plan's years."""
    for each in plan.activities:
        flags = each.term.flags
        if IMPOSSIBLE_DATE in flags:
            yield finding(
                each,
                Severity.STOP,
                "impossible-date",
                "В сроке стоит день, которого нет в календаре, поэтому документ не готовится. Исправьте дату.",
                column=TERM,
            )
        if REVERSED in flags:
            yield finding(
                each,
                Severity.STOP,
                "reversed",
                "Срок кончается раньше, чем начинается, поэтому документ не готовится. Исправьте даты.",
                _turned(each),
                TERM,
            )
        if OUTSIDE_PERIOD in flags:
            yield finding(
                each,
                Severity.STOP,
                "outside-period",
                "Срок выходит за годы дорожной карты, поэтому документ не готовится. Проверьте год и исправьте его или подтвердите.",
                _year_proposal(each, plan.period),
                TERM,
            )


def _turned(activity: Activity) -> str:
    return printing.say_all(activity.term.windows)


def _year_proposal(activity: Activity, period: Period | None) -> str:
    """Propose the typed term with the nearest year that lies inside the plan."""
    outside = next(
        (
            window
            for window in activity.term.windows
            if period and window.end and lies_outside(window, period)
        ),
        None,
    )
    if outside is None or outside.end is None or period is None:
        return ""
    typed = outside.end.year
    fits = [year for year in range(period.start.year, period.end.year + 1) if _in_plan(outside, year, period)]
    return (
        activity.printed_term.replace(str(typed), str(min(fits, key=lambda year: abs(year - typed))))
        if fits
        else ""
    )


def _in_plan(window: Window, year: int, period: Period) -> bool:
    assert window.end is not None
    first, last = (
        (period.start.year, period.start.month, period.start.day),
        (period.end.year, period.end.month, period.end.day),
    )
    return first <= (year, window.end.month, window.end.day) <= last


def derived_years(plan: RoadmapView) -> Iterator[Problem]:
    """Ask for one click where the year was taken from the plan's title."""
    for each in plan.activities:
        if "year-derived" in each.term.flags:
            yield finding(
                each,
                Severity.QUESTION,
                "year-derived",
                "Год в сроке не напечатан, он взят из названия дорожной карты. Подтвердите дату или допишите год.",
                printing.say_all(each.term.windows),
                TERM,
            )


def guessed_days(plan: RoadmapView) -> Iterator[Problem]:
    """Ask where words like «начало», «неделя» or a misspelt month were read as days."""
    for each in plan.activities:
        number = f"Вместо даты стоит число {each.printed_term.strip()}: так её хранят таблицы. Подтвердите день или впишите дату."
        words = "Срок записан словами, которые каждый понимает по-своему, дни выбраны приблизительно. Подтвердите даты или впишите их."
        if each.term.flags & {"approximate", "typo", "serial"}:
            yield finding(
                each,
                Severity.QUESTION,
                "approximate-term",
                number if "serial" in each.term.flags else words,
                printing.say_all(each.term.windows),
                TERM,
            )
        if each.term.flags & {"and-more", "bounded", "open-end", "by-event", "by-external"}:
            yield finding(
                each,
                Severity.NOTE,
                "term-with-words",
                "В сроке есть ещё слова, они на даты не повлияли. Проверьте, что срок понят верно.",
                printing.say_all(each.term.windows),
                TERM,
            )


def unreadable_terms(plan: RoadmapView) -> Iterator[Problem]:
    """Show terms that nobody could read."""
    for each in plan.activities:
        if each.term.kind == "unreadable":
            why = (
                "в нём нет года, а план рассчитан не на один год"
                if "no-year" in each.term.flags
                else "такая запись не распознана"
            )
            yield finding(
                each,
                Severity.QUESTION,
                "unreadable-term",
                f"Срок не удалось прочитать: {why}, поэтому день не назначен. Напишите дату, месяц с годом или «до …».",
                column=TERM,
            )


def empty_terms(plan: RoadmapView) -> Iterator[Problem]:
    """Ask for a term that is missing; the neighbour's is only shown."""
    if "term" not in plan.columns:
        return
    for above, each, below in neighbours(plan):
        if each.term.kind == "empty":
            near = next((other.printed_term for other in (above, below) if other and other.printed_term), "")
            yield finding(
                each,
                Severity.QUESTION,
                "empty-term",
                "Срок не указан, поэтому неизвестно, когда готовить документ. Впишите срок. Соседний срок показан для сведения и сам не подставляется.",
                near,
                TERM,
            )


def which_year(plan: RoadmapView) -> Iterator[Problem]:
    """Ask whether «в течение года» means the school year or the calendar year."""
    for each in plan.activities:
        if WHOLE_YEAR.fullmatch(each.printed_term.strip()):
            yield finding(
                each,
                Severity.QUESTION,
                "which-year",
                "Сказано «в течение года», а учебного или календарного, неясно. Уточните год.",
                "В течение учебного года",
                TERM,
            )


def edge_years(plan: RoadmapView) -> Iterator[Problem]:
    """Ask about windows in the autumn of a plan's last year, which a school year would leave out, or before its first row."""
    period = plan.period
    if (
        period is None
        or not plan.document.period
        or (period.end.month, period.end.day) != (DECEMBER, 31)
        or period.start.year == period.end.year
    ):
        return
    dated = [
        day for each in plan.activities if each.term.kind == "dated" for day in starts(each) if day in period
    ]
    first = min(dated, default=period.start)
    for each in plan.activities:
        late = [
            window
            for window in each.term.windows
            if window.end and window.end.year == period.end.year and window.end.month >= SEPTEMBER
        ]
        early = [
            window
            for window in each.term.windows
            if each.term.kind == "yearly" and window.end and window.end < first
        ]
        if late and each.term.kind in {"dated", "yearly"} and OUTSIDE_PERIOD not in each.term.flags:
            yield finding(
                each,
                Severity.QUESTION,
                "edge-year",
                f"Срок приходится на осень последнего года плана. Если план кончается с учебным годом, осени {period.end.year} года в нём уже нет. Подтвердите этот срок.",
                printing.say_all(late),
                TERM,
            )
        if early:
            yield finding(
                each,
                Severity.QUESTION,
                "before-start",
                "Ежегодный срок в первом году раньше, чем начинаются остальные мероприятия плана. Подтвердите, что в первом году он не нужен.",
                printing.say_all(early),
                TERM,
            )


def before_approval(plan: RoadmapView) -> Iterator[Problem]:
    """Ask about a window that was over before the plan was approved: nobody can have planned it."""
    day = stamp_day(plan, "приказ") or stamp_day(plan, "протокол")
    if day is None:
        return
    for each in plan.activities:
        over = [window for window in each.term.windows if window.end and window.end < day]
        if over and each.term.kind in {"dated", "yearly"} and OUTSIDE_PERIOD not in each.term.flags:
            yield finding(
                each,
                Severity.QUESTION,
                "before-approval",
                f"Срок кончился раньше, чем утверждена дорожная карта ({day:%d.%m.%Y}). Исправьте срок или подтвердите, что это было сделано раньше.",
                printing.say_all(over),
                TERM,
            )


def outer_terms(plan: RoadmapView) -> Iterator[Problem]:
    """Ask for the schedule that a term points to; a term of each pair is taken from the pairs."""
    for each in plan.activities:
        if each.term.kind != "external":
            continue
        if PER_PAIR.search(each.printed_term):
            yield finding(
                each,
                Severity.NOTE,
                "per-pair-term",
                "Срок у каждой пары свой: он берётся из дат начала и окончания на вкладке «Пары».",
                column=TERM,
            )
        else:
            yield finding(
                each,
                Severity.QUESTION,
                "external-term",
                "Срок задан другим документом, дат в плане нет. Впишите даты, когда они станут известны, или приложите график.",
                column=TERM,
            )


def several_windows(plan: RoadmapView) -> Iterator[Problem]:
    """Note a cell with several dates: each gives a paper of its own."""
    for each in plan.activities:
        if each.term.kind == "dated" and len(each.term.windows) > 1:
            yield finding(
                each,
                Severity.NOTE,
                "several-windows",
                f"В одной ячейке сроков: {len(each.term.windows)}. На каждый готовится отдельный документ.",
                column=TERM,
            )


def merged_cells(plan: RoadmapView) -> Iterator[Problem]:
    """Note a term, a party or a result that was merged over several rows and so holds for each of them."""
    for each in plan.activities:
        for role, column in (("term", TERM), ("responsible", "Ответственный"), ("result", "Результат")):
            if plan.fact(each, f"merged-{role}"):
                yield finding(
                    each,
                    Severity.NOTE,
                    "merged-cell",
                    "Ячейка объединена с верхней и понята как общая для этих строк. Проверьте, что это так.",
                    column=column,
                )


def misspelt_terms(plan: RoadmapView) -> Iterator[Problem]:
    """Note a misspelt word in a term; the cell stays as printed."""
    for each in plan.activities:
        word = misspelled(each.printed_term)
        if word:
            yield finding(
                each,
                Severity.NOTE,
                "typo",
                f"Похоже на опечатку: «{word}». Текст оставлен как есть.",
                column=TERM,
            )


TERM_CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    bad_dates, derived_years, guessed_days, unreadable_terms, empty_terms, which_year, edge_years,
    before_approval, outer_terms, several_windows, merged_cells, misspelt_terms,
)  # fmt: skip
