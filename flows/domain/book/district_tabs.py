"""The tabs of a district's book read into one value; a book without the list of organisations is no district's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.district import figure_rows, members
from flows.domain.district.data import (
    DistrictData,
    LastSent,
    Measured,
    ProvenProgramme,
    RowDone,
    TypedPractice,
)
from flows.domain.district.reach import ACCESS, CODE
from flows.domain.keys import GivenKey, HandedKey
from flows.domain.tabs import FIGURES, INDICATORS, ORGANISATIONS, PERFORMANCE, PRACTICES, PROGRAMMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.district.members import Member, ReadCell
    from flows.domain.model import Problem, Row

KEY = "⚙ Ключ"


def read(
    rows: Mapping[str, Sequence[Row]], today: date, cell: ReadCell | None = None
) -> tuple[DistrictData | None, tuple[Problem, ...]]:
    """Read the tabs, and tell what is wrong with the list; of a key that stands twice the upper row counts.

    `cell` reads a text as the column of a tab would.
    """
    if ORGANISATIONS not in rows:
        return None, ()
    listed = rows[ORGANISATIONS]
    taken, odd = members.read(listed, today, cell)
    return _data(rows, taken), odd


def _data(rows: Mapping[str, Sequence[Row]], taken: tuple[Member, ...]) -> DistrictData:
    return DistrictData(
        members=taken,
        sent=_sent(rows[ORGANISATIONS]),
        figures=figure_rows.in_tab(_by_key(rows, FIGURES)),
        states=_states(_by_key(rows, PERFORMANCE)),
        measured={
            code: Measured(row.text("Показатель"), row.text("Как считается"), row.text("Цель"))
            for code, row in _by_key(rows, INDICATORS).items()
        },
        proven=_proven(_by_key(rows, PROGRAMMES)),
        practices=tuple(
            TypedPractice(
                row.text("Организация"), row.text("Название"), row.text("О чём"), row.text("Ссылка")
            )
            for row in rows.get(PRACTICES, ())
            if row.text("Название")
        ),
    )


def _by_key(rows: Mapping[str, Sequence[Row]], tab: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows.get(tab, ()):
        if row.text(KEY):
            found.setdefault(row.text(KEY), row)
    return found


def _sent(listed: Sequence[Row]) -> dict[str, LastSent]:
    found: dict[str, LastSent] = {}
    for row in listed:
        if row.text(CODE):
            counts = (row.number(header) for header in ("⚙ Наставников", "⚙ Наставляемых", "⚙ Пар действует"))
            found.setdefault(
                row.text(CODE).lower(), LastSent(row.day("⚙ Обновлено"), row.text(ACCESS), *counts)
            )
    return found


def _states(rows: Mapping[str, Row]) -> dict[tuple[str, str], RowDone]:
    found: dict[tuple[str, str], RowDone] = {}
    for name, row in rows.items():
        key = HandedKey.parse(name)
        found[key.row, key.slug] = RowDone(
            row.text("Состояние"),
            row.day("Выполнено"),
            row.text("Документ"),
            row.text("Слово организации"),
            row.day("⚙ Получено"),
        )
    return found


def _proven(rows: Mapping[str, Row]) -> tuple[ProvenProgramme, ...]:
    return tuple(
        ProvenProgramme(
            GivenKey.parse(name).slug,
            row.text("Пара"),
            row.text("Форма"),
            row.text("Программа"),
            row.text("Положительный опыт"),
        )
        for name, row in rows.items()
        if row.text("Положительный опыт")
    )
