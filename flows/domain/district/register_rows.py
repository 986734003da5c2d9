"""Rows of the district's registers: the base of mentors, the programmes, the curators, by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from flows.domain.district.returns import Return
from flows.domain.keys import GivenKey
from flows.domain.tabs import CURATORS, MENTOR_BASE, PROGRAMMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.district.members import Member
    from flows.domain.district.returns import Unreached
    from flows.domain.model import Cell, Row

Cells: TypeAlias = "dict[str, Cell]"
TABS: Final = (MENTOR_BASE, PROGRAMMES, CURATORS)
DAY, KEY = "⚙ Получено", "⚙ Ключ"


def rows(
    tab: str,
    members: Sequence[Member],
    returns: Mapping[str, Return | Unreached],
    kept: Mapping[str, Row],
) -> dict[str, Cells]:
    """Lay out a register; of an organisation that could not be read stands what it sent before, with that day."""
    table: dict[str, Cells] = {}
    for member in members:
        came = returns.get(member.slug)
        if isinstance(came, Return):
            own = (
                {**cells, "Организация": member.name, DAY: came.day} for cells in OF_TAB[tab](member, came)
            )
            table |= {str(cells[KEY]): cells for cells in own}
        else:
            table |= {
                name: dict(row.cells)
                for name, row in kept.items()
                if GivenKey.parse(name).slug == member.slug
            }
    return table


def _mentors(member: Member, came: Return) -> Iterator[Cells]:
    for each in came.base:
        yield {
            "Код": each.code,
            "ФИО": each.name,
            "Должность": each.position,
            "Категория": each.category,
            "Чем готов помочь": each.strengths,
            "Пар сейчас": each.pairs,
            "Почему без имени": each.why,
            KEY: str(GivenKey(member.slug, each.code)),
        }


def _programmes(member: Member, came: Return) -> Iterator[Cells]:
    for each in came.programmes:
        yield {
            "Пара": each.pair,
            "Форма": each.form,
            "Программа": each.title,
            "№": each.number,
            "Дата": each.day,
            "Состояние пары": each.status,
            "Положительный опыт": each.proven,
            KEY: str(GivenKey(member.slug, each.pair)),
        }


def _curator(member: Member, came: Return) -> Iterator[Cells]:
    yield {
        "Куратор": came.curator,
        "Должность": came.curator_position,
        "Приказ о назначении": came.curator_order,
        "Эл. почта": member.email,
        KEY: str(GivenKey(member.slug)),
    }


OF_TAB = {MENTOR_BASE: _mentors, PROGRAMMES: _programmes, CURATORS: _curator}
