"""Papers that a change calls for: a registered order whose pairs are not what they were, a pair that ends early (ТК РФ, ст. 351.8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain import periods, working_days
from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.domain.documents.kinds.order_early_end import KIND as ORDER_OF_END
from flows.domain.documents.pairs import last_day, ready
from flows.domain.model import Problem, Severity
from flows.domain.people import early_ends
from flows.domain.people.pupils import LAW_OF_MENTORING, employed
from flows.domain.planning.folder_names import pair_name
from flows.domain.planning.pairs import fixed
from flows.domain.planning.wanted import Wanted, Wishes, exists, unharmed
from flows.domain.register import after_signing
from flows.domain.register.in_force import in_force
from flows.domain.register.life import CHANGED
from flows.domain.statuses import BROKEN
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Pair
    from flows.domain.planning.wanted import Plans

NOTICE_DAYS = 3
HARMED = "строка пары {code} или её участника остановлена, посмотрите вкладку «Проверка»"


def changes(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan an order that changes a registered one, for each order whose pairs are not what it says; tell on its row what changed.

    Changing orders that are registered already stay as they are: the next change is counted from the last of them.
    """
    for order in fixed(wishes.kinds[ORDER_OF_PAIRS], facts) if ORDER_OF_PAIRS in wishes.kinds else ():
        family, year = order.parts.subject, order.parts.period
        made = [row for row in fixed(kind, facts) if after_signing.family(row) == (family, year)]
        named = [
            pair for pair in facts.pairs if set(pair.codes) & set(order.covers) and pair.status != BROKEN
        ]
        for row in made:
            yield _wanted(kind, row.parts.subject, year, rows, named, frozen=True)
        last = max([order, *made], key=after_signing.age)
        told = after_signing.differences(last, facts)
        subject = family if not made else f"{family}~{len(made) + 1}"
        if told and named:
            wanted = replace(_wanted(kind, subject, year, rows, named), day=facts.today)
            yield from _changed(kind, wanted, last, told, facts, wishes)


def _changed(  # noqa: PLR0913, PLR0917 - all a change is judged by
    kind: Kind, wanted: Wanted, last: Filed, differences: Sequence[str], facts: Facts, wishes: Wishes
) -> Plans:
    harmed = [pair for pair in wanted.pairs if pair not in unharmed(facts, wishes)]
    waiting = [
        problem for pair in wanted.pairs if pair not in harmed and (problem := ready(pair, facts.people))
    ]
    yield from waiting
    held = bool(harmed or waiting)
    if held and exists(facts, kind, wanted.subject, wanted.period):
        why = [each.message.rstrip(".") for each in waiting] or [HARMED.format(code=harmed[0].code)]
        yield replace(wanted, frozen=True, held="; ".join(why))
    elif not held:
        yield wanted
    cure = (
        "Проект приказа о внесении изменений ждёт, пока исправят замечания к парам."
        if held
        else "Подготовлен проект приказа о внесении изменений."
    )
    said = f"После регистрации изменилось: {'; '.join(differences)}. {cure}"
    origin = replace(last.origin, column=CHANGED)
    yield Problem(Severity.QUESTION, "order-changed", origin, said, subject=last.key)


def _wanted(  # noqa: PLR0913 - the parts of a paper
    kind: Kind,
    subject: str,
    year: str,
    rows: Sequence[Activity],
    pairs: Sequence[Pair],
    *,
    frozen: bool = False,
) -> Wanted:
    window = Window(
        min((pair.start for pair in pairs), default=None), max((pair.end for pair in pairs), default=None)
    )
    covers = tuple(code for pair in pairs for code in pair.codes)
    return Wanted(kind, subject, year, window, tuple(rows), tuple(pairs), covers, frozen=frozen)


def early_end(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the order for each pair that ended before its time; ask for what it cannot do without."""
    ended = [pair for pair in unharmed(facts, wishes) if pair.status == BROKEN]
    yield from _early(kind, rows, facts, wishes, ended)


def notices(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the notice for each such pair that the employer ends; a mentor who has left the organisation is given none."""
    yield from _warnings(kind, rows, facts, wishes, early_ends.EMPLOYER)


def refusals(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan the mentor's own application for each such pair that the mentor ends."""
    yield from _warnings(kind, rows, facts, wishes, early_ends.MENTOR)


def _warnings(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, side: str) -> Plans:
    """Plan the paper by which one side warns the other, of pairs that this side ends; what is filed stays."""
    ended = [
        pair
        for pair in unharmed(facts, wishes)
        if pair.status == BROKEN
        and employed(pair)
        and (
            (early_ends.by_warning(pair, facts) and early_ends.ended_by(pair) == side)
            or exists(facts, kind, pair.code, periods.school_year(pair.start))
        )
    ]
    yield from _early(kind, rows, facts, wishes, ended)


def _early(
    kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes, ended: Sequence[Pair]
) -> Plans:
    for pair in ended:
        year = periods.school_year(pair.start)
        if _never_worked(pair, facts) and not exists(facts, kind, pair.code, year):
            continue
        if not pair.end_reason:
            told = f"Пара {pair.code} прекращена, а причина не указана, поэтому приказ и то, чем о прекращении предупреждают, не готовятся. Впишите причину."
            origin = replace(pair.origin, column="Причина прекращения")
            yield Problem(Severity.QUESTION, "early-end-reason", origin, told, subject=pair.code)
            if not exists(facts, kind, pair.code, year):
                continue
        yield Wanted(
            kind,
            pair.code,
            year,
            Window(pair.end_notice or pair.end, pair.end),
            tuple(rows),
            (pair,),
            pair.codes,
            named=pair_name(pair, facts),
        )
        if early_ends.by_warning(pair, facts):
            yield from _warned(pair, facts, wishes)


def _never_worked(pair: Pair, facts: Facts) -> bool:
    """Tell a pair that no order may name and none has named: nobody was charged with anything that could end."""
    ordered = any(
        row.kind == ORDER_OF_PAIRS and set(pair.codes) & set(row.covers) for row in in_force(facts.register)
    )
    return not ordered and ready(pair, facts.people) is not None


def _warned(pair: Pair, facts: Facts, wishes: Wishes) -> Iterator[Problem]:
    """Ask who ends a pair where the book does not tell, and of one under the law what its warning lacks."""
    if not early_ends.ended_by(pair):
        told = f"Пара {pair.code} прекращена, а кто прекращает, не указано: от этого зависит, готовить заявление наставника об отказе или уведомление работодателя. Впишите «наставник» или «работодатель»."
        origin = replace(pair.origin, column=early_ends.COLUMN)
        yield Problem(Severity.QUESTION, "early-end-side", origin, told, subject=pair.code)
    if pair.end >= LAW_OF_MENTORING:
        yield from _notice(pair, facts, wishes)


def _notice(pair: Pair, facts: Facts, wishes: Wishes) -> Iterator[Problem]:
    """Find a notice handed over less than three working days before the last day, or none while the order is out."""
    last, origin = last_day(pair), replace(pair.origin, column="Дата уведомления о прекращении")
    if pair.end_notice is None:
        if any(
            row.kind == ORDER_OF_END and row.parts.subject == pair.code for row in in_force(facts.register)
        ):
            told = f"Приказ о прекращении пары {pair.code} зарегистрирован, а дата уведомления не указана. Уведомляют письменно не позднее чем за три рабочих дня; впишите дату."
            yield Problem(Severity.QUESTION, "notice-missing", origin, told, subject=pair.code)
    elif last is None:
        told = f"Пара {pair.code} прекращена, а «Дата окончания» намного позже уведомления. Впишите в неё последний день работы пары: он стоит в приказе."
        cell = replace(pair.origin, column="Дата окончания")
        yield Problem(Severity.QUESTION, "early-end-day", cell, told, subject=pair.code)
    elif pair.end_notice > _latest(last, wishes.days_off):
        told = f"Пара {pair.code}: от уведомления ({pair.end_notice:%d.%m.%Y}) до последнего дня ({last:%d.%m.%Y}) меньше трёх рабочих дней. Закон требует не меньше: сдвиньте последний день или проверьте даты."
        yield Problem(Severity.QUESTION, "notice-short", origin, told, subject=pair.code)


def _latest(last: date, days_off: frozenset[date]) -> date:
    return working_days.working_days_before(last, NOTICE_DAYS, days_off)
