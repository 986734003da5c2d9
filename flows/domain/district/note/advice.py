"""What a municipal note advises: to each organisation by its own figures, rows of the plan and data that did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.domain.district.letting_out import indicator
from flows.domain.district.note.looked_at import value_of
from flows.domain.district.returns import OVERDUE
from flows.domain.monitoring.note.comparison import fraction
from flows.domain.monitoring.note.finding import Advice
from flows.domain.monitoring.note.shape import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.domain.district.figure_rows import FigureRow
    from flows.domain.district.members import Member
    from flows.domain.district.note.looked_at import Compared, LookedAt

DATA, FIGURES = "district-data", "district-figures"
SUMMER = frozenset({5, 6, 7, 8})  # the year's work is over: what was not done in it is not made up for


class Measure(NamedTuple):
    """What to do about a figure while the year goes on, and when it is over."""

    now: str
    over: str = ""


MEASURES: Mapping[str, Measure] = {
    "M1": Measure("закрепить наставников за молодыми специалистами, у которых их нет", "предусмотреть наставников для всех молодых специалистов на следующий учебный год"),
    "M2": Measure("вовлечь в наставничество больше педагогов"),
    "M3": Measure("подготовить новых наставников"),
    "M4": Measure("утвердить персонализированные программы всех пар"),
    "M5": Measure("собрать по каждой паре приказ, согласия и дополнительное соглашение"),
    "M6": Measure("провести встречи по плану или перенести их, указав причину", "разобрать, почему встречи не состоялись, и учесть это в планах пар на следующий учебный год"),
    "M7": Measure("встречаться не реже нормы дорожной карты", "заложить в планы пар на следующий учебный год встречи не реже нормы дорожной карты"),
    "M8": Measure("заполнять форму обратной связи после каждой встречи"),
    "M9": Measure("собрать анкеты тех, кто ещё не ответил"),
    "M10": Measure("обсудить с наставляемыми, чего им не хватает, и уточнить программы пар"),
    "M11": Measure("обсудить с наставниками, что им мешает, и уточнить условия их работы"),
    "M13": Measure("разобрать причины досрочного завершения программ"),
    "M14": Measure("разобрать, почему уходят молодые специалисты, и решить, чем их поддержать"),
    "M15": Measure("привлечь участников к аттестации, конкурсам и открытым занятиям"),
}  # fmt: skip


def advised(told: LookedAt) -> tuple[Advice, ...]:
    """Return one recommendation for each organisation that has anything to do, in the order of the list."""
    owing = {each.member.slug: each for each in told.owing}
    lines = []
    for member in told.members:
        debtor = owing.get(member.slug)
        asked = tuple(dict.fromkeys(each.asked for each in debtor.lacks)) if debtor else ()
        named = {each.row for each in debtor.lacks} if debtor else set()
        lines.append(_line(member, asked, _overdue(member, named, told), told))
    return tuple(line for line in lines if line is not None)


def _line(member: Member, asked: tuple[str, ...], late: str, told: LookedAt) -> Advice | None:
    below = [each for each in told.compared if member.slug in each.below]
    figures = tuple(_measure(each, member, told) for each in below)
    what = (*asked, *figures, *((f"выполнить просроченные пункты плана района: {late}",) if late else ()))
    if not what:
        return None
    measured = tuple(
        (each.figure.code, round(value))
        for each in below
        if (value := value_of(each.rows[member.slug], each.figure.unit)) is not None
    )
    text = f"{member.name}: {'; '.join(what)}. Срок: до {BLANK}."
    rule = DATA if asked and not below else FIGURES
    return Advice(
        text, tuple(each.figure.code for each in below), (member.slug,), rule=rule, measured=measured
    )


def _measure(each: Compared, member: Member, told: LookedAt) -> str:
    what = MEASURES.get(indicator(each.figure.code))
    said = each.rows[member.slug].text
    name = f"{each.figure.name[:1].lower()}{each.figure.name[1:]}"
    if what is None:
        return f"наметить, как улучшить показатель «{each.figure.name}» ({said})"
    over = told.period.end.month in SUMMER
    return f"{what.over if over and what.over else what.now} ({name}: {said})"


def _overdue(member: Member, named: set[str], told: LookedAt) -> str:
    """Name the rows of the plan that are late here, but for those that are `named` already."""
    numbers = {each.code: each.number.rstrip(". ") for each in told.rows}
    found = [
        numbers.get(code) or code
        for (code, slug), row in told.data.states.items()
        if slug == member.slug and row.state == OVERDUE and code not in named
    ]
    return ", ".join(dict.fromkeys(found))


def became(told: LookedAt) -> Iterator[tuple[str, str, str, str]]:
    """Yield what became of the figures that the last note gave advice about: organisation, figure, then, now."""
    by_code = {each.figure.code: each for each in told.compared}
    for decision in (told.previous or {}).get("decided") or ():
        slug = next(iter(decision.get("rows") or ()), "")
        for code, before in (decision.get("measured") or {}).items():
            each, then = by_code.get(code), fraction(before)
            row = each.rows.get(slug) if each else None
            if slug in told.names and each and then is not None:
                yield told.names[slug], each.figure.name, f"{before}{_unit(each)}", _now(row)


def _unit(each: Compared) -> str:
    return " %" if each.figure.unit == "%" else ""


def _now(row: FigureRow | None) -> str:
    return row.text if row is not None and row.known else "нет данных"
