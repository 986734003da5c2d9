"""What cannot be in that order, or is not in the plan at all: methods, pairs, councils, orders (domain §5, §6)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import NOTE, ORDER_OF_PAIRS, REGULATION, ROADMAP
from flows.domain.model import Problem, Severity
from flows.domain.roadmap.checks.view import (
    RoadmapView,
    ends,
    finding,
    kinds_of,
    point_of,
    stamp_day,
    starts,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Activity

__all__ = ["ORDER_CHECKS"]

TERM, RESULT = "Срок", "Результат"
PAIRS = re.compile(r"(?<!\w)пар(?:ы|ах|ам|ами|а|у)?(?!\w)|наставническ\w{1,40} (?:пар|групп)", re.IGNORECASE)
ADOPTED = re.compile(r"принят|рассмотр|обсужд", re.IGNORECASE)
WINTER = range(12, 13), range(1, 6)
SUMMER = range(5, 8)


def introduces(row: Activity) -> bool:
    """Tell a row that asks for the order which approves the acts."""
    return any(kind.approves == "acts" for kind in kinds_of(row))


def method_after_use(plan: RoadmapView) -> Iterator[Problem]:
    """Find an assessment that comes before its method exists."""
    method = next(
        (
            each
            for each in plan.activities
            if each.term.windows and any(kind.method for kind in kinds_of(each))
        ),
        None,
    )
    if method is None:
        return
    ready = min(ends(method))
    used = next(
        (
            each
            for each in plan.activities
            if NOTE in each.documents and ends(each) and min(ends(each)) < ready
        ),
        None,
    )
    if used:
        yield finding(
            method,
            Severity.QUESTION,
            "method-after-use",
            f"Методика оценки готова позже первой оценки ({point_of(used)}). Перенесите срок методики раньше.",
            column=TERM,
        )


def pairs_never_ordered(plan: RoadmapView) -> Iterator[Problem]:
    """Find a plan whose pairs work although no row orders them."""
    ordered = any(ORDER_OF_PAIRS in each.documents for each in plan.activities)
    working = next((each for each in plan.activities if PAIRS.search(text_of(each))), None)
    if working and not ordered:
        yield finding(
            working,
            Severity.QUESTION,
            "pairs-not-ordered",
            "Пары работают, но ни одна строка плана не закрепляет их приказом. Добавьте строку с приказом о закреплении пар.",
        )


def late_registries(plan: RoadmapView) -> Iterator[Problem]:
    """Find a list of mentors and mentees that is due in winter or spring, when programmes of pairs are long at work."""
    works = [
        each
        for each in plan.activities
        if any(kind.at_work for kind in kinds_of(each)) and (each.term.kind == "ongoing" or starts(each))
    ]
    for each in plan.activities:
        if (
            not any(kind.lists == "people" for kind in kinds_of(each))
            or each.term.kind != "dated"
            or not starts(each)
        ):
            continue
        opens = min(starts(each))
        earlier = any(
            other.term.kind == "ongoing" or min(starts(other)) < opens
            for other in works
            if other.code != each.code
        )
        if earlier and any(opens.month in months for months in WINTER):
            yield finding(
                each,
                Severity.QUESTION,
                "registry-late",
                "Список наставников и наставляемых собирают, когда программы и пары уже работают. Проверьте порядок сроков.",
                column=TERM,
            )


def programmes_listed_late(plan: RoadmapView) -> Iterator[Problem]:
    """Ask about a list of programmes at the end of a school year: for the year past or the one ahead."""
    for each in plan.activities:
        if (
            any(kind.lists == "programmes" for kind in kinds_of(each))
            and starts(each)
            and all(day.month in SUMMER for day in starts(each))
        ):
            yield finding(
                each,
                Severity.QUESTION,
                "programmes-listed-late",
                "Перечень программ составляется в конце учебного года, когда они уже прошли. Уточните: это итог года или перечень на следующий год?",
                column=TERM,
            )


def council_before_monitoring(plan: RoadmapView) -> Iterator[Problem]:
    """Note a council that sums up in the same window as the monitoring it needs, or before it."""
    for council in plan.activities:
        if not any(kind.adopts for kind in kinds_of(council)) or not re.search(
            r"итог|результат", text_of(council), re.IGNORECASE
        ):
            continue
        needed = next(
            (
                each
                for each in plan.activities
                if each is not council
                and NOTE in each.documents
                and set(each.term.windows) & set(council.term.windows)
            ),
            None,
        )
        if needed:
            yield finding(
                council,
                Severity.NOTE,
                "council-same-window",
                f"Педсовет и мониторинг ({point_of(needed)}) приходятся на одно время. Мониторинг должен закончиться раньше педсовета.",
                column=TERM,
            )


def minutes_after_order(plan: RoadmapView) -> Iterator[Problem]:
    """Find an order that approves what the council adopts only later, in the stamps or in the rows."""
    council, order = stamp_day(plan, "протокол"), stamp_day(plan, "приказ")
    if council and order and council > order and plan.activities:
        yield finding(
            plan.activities[0],
            Severity.QUESTION,
            "minutes-after-order",
            "В грифах протокол педсовета позже приказа об утверждении. Сначала принимает педсовет, потом утверждает приказ. Проверьте даты.",
            column="Гриф утверждения",
        )
    orders = [
        each for each in plan.activities if introduces(each) and REGULATION in each.documents and ends(each)
    ]
    for each in plan.activities:
        adopts = (
            any(kind.adopts for kind in kinds_of(each))
            and ADOPTED.search(text_of(each))
            and re.search(r"положени|дорожн|модел", text_of(each), re.IGNORECASE)
        )
        earlier = (
            next(
                (
                    order
                    for order in orders
                    if order is not each and starts(each) and max(ends(order)) < min(starts(each))
                ),
                None,
            )
            if adopts
            else None
        )
        if earlier:
            yield finding(
                each,
                Severity.QUESTION,
                "minutes-after-order",
                f"Педсовет принимает документ позже, чем его утверждает приказ ({point_of(earlier)}). Переставьте сроки.",
                column=TERM,
            )


def orders_itself(plan: RoadmapView) -> Iterator[Problem]:
    """Note a plan that is approved already and still asks for the order that approves it."""
    approved = stamp_day(plan, "приказ")
    for each in plan.activities:
        if (
            approved
            and introduces(each)
            and ROADMAP in each.documents
            and ends(each)
            and min(ends(each)) >= approved
        ):
            yield finding(
                each,
                Severity.NOTE,
                "orders-itself",
                "Дорожная карта уже утверждена приказом, а строка снова требует приказ о ней. Возможно, он уже издан: впишите его номер в реестр.",
            )


def approved_twice(plan: RoadmapView) -> Iterator[Problem]:
    """Ask who approves when one body agrees to what organisations approve themselves."""
    for each in plan.activities:
        kinds = kinds_of(each)
        if any(kind.expert == "letter" for kind in kinds) and any(kind.order for kind in kinds):
            yield finding(
                each,
                Severity.QUESTION,
                "approved-twice",
                "Документ согласуют и утверждают на двух уровнях. Уточните, кто утверждает: организация или управление.",
                column=RESULT,
            )


def data_after_analysis(plan: RoadmapView) -> Iterator[Problem]:
    """Find data that are due after the note that sums them up; note that a district's note waits for every organisation."""
    for note in plan.activities:
        if not any(kind.focus == "municipal" for kind in kinds_of(note)) or not ends(note):
            continue
        sources = [
            each
            for each in plan.activities
            if any(kind.for_district for kind in kinds_of(each))
            and starts(each)
            and each.term.kind == "dated"
        ]
        late = next((each for each in sources if min(starts(each)) > max(ends(note))), None)
        if late:
            yield finding(
                note,
                Severity.QUESTION,
                "analysis-before-data",
                f"Анализ назначен раньше, чем сданы данные ({point_of(late)}). Проверьте оба срока.",
                column=TERM,
            )
        if sources:
            yield finding(
                note,
                Severity.NOTE,
                "waits-for-all",
                "Сводная справка готовится, когда данные сдали все организации района.",
            )


def overlapping_monitoring(plan: RoadmapView) -> Iterator[Problem]:
    """Note several monitoring notes whose windows meet: one cut of the data serves them all."""
    notes = [each for each in plan.activities if NOTE in each.documents and each.term.windows]
    for at, each in enumerate(notes):
        first = next((other for other in notes[:at] if _meet(other, each)), None)
        if first:
            yield finding(
                each,
                Severity.NOTE,
                "overlapping-monitoring",
                f"В одно время готовятся несколько справок (см. {point_of(first)}). Данные для них берутся на один день.",
            )


def _meet(one: Activity, other: Activity) -> bool:
    return any(
        (left.start or left.end or date.min) <= (right.end or date.max)
        and (right.start or right.end or date.min) <= (left.end or date.max)
        for left in one.term.windows
        for right in other.term.windows
    )


def shared_orders(plan: RoadmapView) -> Iterator[Problem]:
    """Note rows that one order serves."""
    rows = {each.code: each for each in plan.activities}
    for each in plan.activities:
        if each.joint:
            yield finding(
                each,
                Severity.NOTE,
                "shared-order",
                f"Этот пункт и {point_of(rows[each.joint])} требуют одного и того же приказа. Он готовится один раз.",
                point_of(rows[each.joint]),
                RESULT,
            )


def same_window_approval(plan: RoadmapView) -> Iterator[Problem]:
    """Note a paper that is drafted and approved in one window: the draft has to come first inside it."""
    for above, each in zip(plan.activities, plan.activities[1:], strict=False):
        drafts = ROADMAP in above.documents and not any(kind.order for kind in kinds_of(above))
        if drafts and introduces(each) and each.term.windows and each.term.windows == above.term.windows:
            yield finding(
                each,
                Severity.NOTE,
                "same-window",
                f"Документ разрабатывают и утверждают в один срок ({point_of(above)}). Сначала черновик, потом приказ.",
                column=TERM,
            )


ORDER_CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    method_after_use, pairs_never_ordered, late_registries, programmes_listed_late,
    council_before_monitoring, minutes_after_order, orders_itself, approved_twice, data_after_analysis,
    overlapping_monitoring, shared_orders, same_window_approval,
)  # fmt: skip
