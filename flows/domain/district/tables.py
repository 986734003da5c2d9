"""From what organisations gave back to the rows of the district's tabs, by their keys, and to words for `Журнал`.

An organisation that could not be read keeps what it sent before, with its day. Rows of earlier school years stay as
they are. Of one that takes no part any more the rows of the current year go, but those beside which people wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from flows.domain import periods
from flows.domain.district import figure_rows, register_rows
from flows.domain.district.figure_rows import EXPLAINED, WHOLE
from flows.domain.district.letting_out import indicator, way
from flows.domain.district.performance import performance
from flows.domain.district.reach import ACCESS, Reach
from flows.domain.district.returns import Return, Unreached
from flows.domain.district.whole import Asked, wanted, whole
from flows.domain.keys import FigureKey, GivenKey, HandedKey
from flows.domain.monitoring.indicators.counting import ORDER
from flows.domain.tabs import FIGURES, INDICATORS, PERFORMANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from flows.domain.district.figure_rows import FigureRow
    from flows.domain.district.handing import Handed
    from flows.domain.district.members import Member
    from flows.domain.model import Cell, Row
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.method import Method

Cells: TypeAlias = "dict[str, Cell]"
DONE_ROWS, TARGET, KEY = "⚙ Строк района", "Цель", "⚙ Ключ"
GONE = "«{name}» в районе больше не участвует: её строки за текущий учебный год убраны ({told})."
NEVER = "книга не открылась ({word})"


@dataclass(frozen=True, slots=True)
class Roll:
    """All that the tabs are made of: members, what each gave back or why not, what each was handed, what stands there.

    `returns` and `handed` are by the member's slug, `kept` by tab and key. `method` is the district's own.
    """

    members: Sequence[Member]
    returns: Mapping[str, Return | Unreached]
    handed: Mapping[str, Sequence[Handed]]
    kept: Mapping[str, Mapping[str, Row]]
    method: Method
    today: date

    @property
    def taking_part(self) -> tuple[Member, ...]:
        """Return those that take part today, in the order of the tab."""
        return tuple(each for each in self.members if each.takes_part(self.today))

    def came(self, slug: str) -> Return | None:
        """Return what an organisation gave back, nothing where it could not be read."""
        told = self.returns.get(slug)
        return told if isinstance(told, Return) else None

    def rows(self, tab: str) -> Mapping[str, Row]:
        """Return the rows of a tab as they stand, by key."""
        return self.kept.get(tab, {})


@dataclass(frozen=True, slots=True)
class Tables:
    """What the district's tabs should hold: rows of the keyed tabs by key, the system's cells of people's rows.

    A row of a keyed tab that is not among `tabs` goes. `members` are cells of «Организации» by slug, `plan` those of
    the roadmap by row code; `words` are for `Журнал`.
    """

    tabs: Mapping[str, Mapping[str, Cells]]
    members: Mapping[str, Cells] = field(default_factory=dict)
    plan: Mapping[str, Cells] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def tables(roll: Roll) -> Tables:
    """Lay out everything that was collected."""
    figures = _figures(roll)
    done, by_row, by_member = performance(roll.taking_part, roll.returns, roll.handed, roll.rows(PERFORMANCE))
    registers: dict[str, dict[str, Cells]] = {
        tab: register_rows.rows(tab, roll.taking_part, roll.returns, roll.rows(tab))
        for tab in register_rows.TABS
    }
    tabs: dict[str, dict[str, Cells]] = {
        FIGURES: figures,
        PERFORMANCE: done,
        INDICATORS: _indicators(roll, figures),
        **registers,
    }
    return Tables(
        tabs,
        {each.slug: _member(each, roll, by_member.get(each.slug, "")) for each in roll.members},
        {code: {"⚙ Исполнение": told} for code, told in by_row.items()},
        _words(roll, tabs),
    )


def _figures(roll: Roll) -> dict[str, Cells]:
    """Lay out «Мониторинг»: earlier years as they are, this year's rows of who takes part, the district's own below them."""
    period = periods.school_year(roll.today)
    before = roll.rows(FIGURES)
    standing = figure_rows.in_tab(before)
    table = {name: _as_is(before[name]) for name, row in standing.items() if row.period != period}
    now: list[FigureRow] = []
    for member in roll.taking_part:
        own = _of_member(member, period, roll, standing)
        now += [each for each in own if each.period == period]
        table |= {each.key: figure_rows.cells(each, member.name) for each in own}
    table |= {
        each.key: figure_rows.cells(each, figure_rows.OF_DISTRICT) for each in _wholes(roll, period, now)
    }
    left = (name for name, row in standing.items() if row.explained and name not in table)
    # What people wrote stays; the number beside it is not counted any more.
    return table | {name: {**_as_is(before[name]), **figure_rows.UNCOUNTED} for name in left}


def _as_is(row: Row) -> Cells:
    return {header: value for header, value in row.cells.items() if header != EXPLAINED}


def _of_member(member: Member, period: str, roll: Roll, standing: Mapping[str, FigureRow]) -> list[FigureRow]:
    """Return the rows of one organisation: what it gives now, else what it gave before."""
    came = roll.came(member.slug)
    if came is None:
        return [row for row in standing.values() if (row.period, row.slug) == (period, member.slug)]
    own = periods.school_year(came.day)  # further west the new year may not have begun
    return [
        figure_rows.row_of(each, own, member.slug, came.day, _otherwise(each, came, roll.method))
        for each in came.figures
    ]


def _otherwise(figure: Figure, came: Return, method: Method) -> str:
    """Say how an organisation counts an indicator where the district's method counts it in another way."""
    code = indicator(figure.code)
    own = (came.ways or {}).get(code, "")
    return own if own != way(code, method) else ""


def _wholes(roll: Roll, period: str, rows: Sequence[FigureRow]) -> list[FigureRow]:
    silent = {
        slug: NEVER.format(word=came.reach)
        for slug, came in roll.returns.items()
        if isinstance(came, Unreached)
    }
    asked = Asked(period, [each.slug for each in roll.taking_part], roll.today, silent)
    specs = {code: roll.method.specs[code].name for code in ORDER if code in roll.method.specs}
    return [whole(code, name, own, asked) for code, (name, own) in wanted(specs, rows).items()]


def _indicators(roll: Roll, figures: Mapping[str, Cells]) -> dict[str, Cells]:
    """Lay out «Показатели»: each with its formula and the district's last value; one with a target stays whatever becomes of it."""
    period, before = periods.school_year(roll.today), roll.rows(INDICATORS)
    table: dict[str, Cells] = {
        name: {header: value for header, value in row.cells.items() if header != TARGET}
        for name, row in before.items()
        if row.text(TARGET)
    }
    for code in ORDER:
        if code in roll.method.specs:
            spec = roll.method.specs[code]
            last = _last(period, code, figures)
            table[code] = {
                "Код": code,
                "Показатель": spec.name,
                "Как считается": spec.formula,
                "По району": last,
                KEY: code,
            }
    return table


def _last(period: str, code: str, figures: Mapping[str, Cells]) -> str:
    """Return the district's value; of an indicator with several criteria one line for each."""
    own = {
        name: key.code
        for name in figures
        if (key := FigureKey.parse(name)).slug == WHOLE and key.period == period
    }
    told = [
        (each.partition(":")[2], str(figures[name][figure_rows.VALUE]))
        for name, each in own.items()
        if indicator(each) == code
    ]
    return "\n".join(f"{criterion}: {value}" if criterion else value for criterion, value in told)


def _member(member: Member, roll: Roll, done: str) -> Cells:
    """Say in the row of an organisation what it sent; of one that could not be read only why, its counts stay with their day."""
    if not member.takes_part(roll.today):
        return {ACCESS: ""}
    came = roll.returns.get(member.slug)
    if isinstance(came, Unreached):
        return {ACCESS: came.reach.value, DONE_ROWS: done}
    if came is None:
        return {DONE_ROWS: done}
    return {
        ACCESS: Reach.OPEN.value,
        "⚙ Схема": str(came.scheme),
        "⚙ Обновлено": came.day,
        "⚙ Наставников": came.mentors,
        "⚙ Наставляемых": came.mentees,
        "⚙ Пар действует": came.pairs,
        "⚙ Мероприятий просрочено": came.overdue,
        "⚙ Ошибок в «Проверке»": came.stops,
        "⚙ Документов на подписи": came.unsigned,
        DONE_ROWS: done,
    }


def _words(roll: Roll, tabs: Mapping[str, Mapping[str, Cells]]) -> tuple[str, ...]:
    """Say of whom rows have gone because it takes no part any more, and how many on which tab."""
    staying = {each.slug for each in roll.taking_part}
    gone: dict[str, dict[str, int]] = {}
    for tab, table in tabs.items():
        for name in roll.rows(tab).keys() - table.keys():
            slug = SLUG_OF[tab](name)
            if slug and slug not in staying:
                counts = gone.setdefault(slug, {})
                counts[tab] = counts.get(tab, 0) + 1
    names = {each.slug: each.name for each in roll.members}
    return tuple(
        GONE.format(
            name=names.get(slug, slug),
            told=", ".join(f"«{tab}» – {count}" for tab, count in sorted(counts.items())),
        )
        for slug, counts in sorted(gone.items())
    )


def _of_figure(name: str) -> str:
    slug = FigureKey.parse(name).slug
    return "" if slug == WHOLE else slug


SLUG_OF: Mapping[str, Callable[[str], str]] = {
    FIGURES: _of_figure,
    PERFORMANCE: lambda name: HandedKey.parse(name).slug,
    INDICATORS: lambda _: "",
    **dict.fromkeys(register_rows.TABS, lambda name: GivenKey.parse(name).slug),
}
