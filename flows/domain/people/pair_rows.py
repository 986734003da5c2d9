"""Rows of `Пары` read into pairs and groups: who is meant by a name or a code, and what keeps a row from being a pair."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Pair, Problem, Severity
from flows.domain.statuses import ENDED
from flows.domain.tabs import MENTEES, MENTORS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Person, Row

NO_NAMES: Mapping[str, Sequence[str]] = MappingProxyType({})
PERSON_CODE = re.compile(r"(?i)(?<!\w)([НЛ])\s*[-‐-―]\s*(\d+)(?!\w)")


def read_pairs(
    rows: Sequence[Row], people: Mapping[str, Person], called: Mapping[str, Sequence[str]] = NO_NAMES
) -> tuple[tuple[Pair, ...], list[Problem]]:
    """Read the rows in the order of their codes; the second of two that say the same is a finding, rows of a group are one pair.

    `called` are the names that each code has at any time: a row may still tell the former one.
    """
    names = {role: _by_name(people, role, called) for role in ("mentor", "mentee")}
    read: list[Pair] = []
    problems: list[Problem] = []
    for row in sorted(rows, key=lambda row: (len(row.code), row.code)):
        pair, slips = _pair(row, names)
        problems += slips
        twin = next((other for other in read if pair and _doubled(other, pair)), None)
        if twin is not None:
            problems.append(
                _stop(
                    row,
                    "pair-doubled",
                    "Наставляемый",
                    f"Такая же пара уже есть под кодом {twin.code}, эта строка не считается. Исправьте её или удалите.",
                )
            )
        elif pair is not None:
            read.append(pair)
    return _grouped(read), problems


def _pair(row: Row, names: Mapping[str, Mapping[str, list[str]]]) -> tuple[Pair | None, list[Problem]]:
    problems = [
        Problem(Severity.STOP, "pair-missing", at(row, column), f"В паре не заполнено «{column}»: документы пары не готовятся. Заполните ячейку.", subject=row.code)
        for column in ("Дата начала", "Дата окончания") if row.day(column) is None
    ]  # fmt: skip
    mentor, slip = _found(row, "Наставник", names["mentor"])
    mentee, other = _found(row, "Наставляемый", names["mentee"])
    problems += [each for each in (slip, other) if each]
    start, end = row.day("Дата начала"), row.day("Дата окончания")
    if mentor and (mentor == mentee or _one_person(row)):
        problems.append(
            _stop(
                row,
                "self-pair",
                "Наставляемый",
                "Наставник и наставляемый — один и тот же человек: такой пары быть не может. Выберите другого, а если это разные люди с одним ФИО, впишите их коды из столбца «⚙ Код».",
            )
        )
    if start and end and start > end:
        problems.append(
            _stop(
                row,
                "pair-reversed",
                "Дата окончания",
                "Пара кончается раньше, чем начинается. Исправьте даты.",
            )
        )
    if problems or start is None or end is None:
        return None, problems
    return Pair(
        code=row.code, mentor=mentor, mentees=(mentee,), group=row.text("Группа"), form=row.text("Форма"), kind=row.text("Вид"), goal=row.text("Цель"),
        tasks=lines(row.text("Задачи")), start=start, end=end, status=row.text("Состояние"), origin=row.origin, meetings_a_month=row.number("Встреч в месяц"),
        addendum_number=row.text("Доп. соглашение №"), addendum_date=row.day("Дата доп. соглашения"), pay=row.text("Доплата: правило или сумма"), codes=(row.code,), end_reason=row.text("Причина прекращения"),
        end_notice=row.day("Дата уведомления о прекращении"), ended_by=row.text("Кто прекращает"), row=row,
    ), []  # fmt: skip


def _stop(row: Row, code: str, column: str, message: str) -> Problem:
    return Problem(Severity.STOP, code, at(row, column), message, subject=row.code)


def _one_person(row: Row) -> bool:
    """Tell a pair that names one person twice: who stands in both lists has two codes but one name."""
    return fold(row.text("Наставник")) == fold(row.text("Наставляемый"))


def _doubled(one: Pair, two: Pair) -> bool:
    """Tell two rows that say the same: the same people at the same time, neither of them ended."""
    return (
        (one.mentor, one.mentees) == (two.mentor, two.mentees)
        and together(one, two)
        and not {one.status, two.status} & ENDED
    )


def together(one: Pair, two: Pair) -> bool:
    """Tell two pairs whose days meet."""
    return one.start <= two.end and two.start <= one.end


def _by_name(
    people: Mapping[str, Person], role: str, called: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Index codes by folded name; a reverse pair may take its mentor from the mentees, so the other role comes last."""
    index: dict[str, list[str]] = {}
    for each in sorted(people.values(), key=lambda person: person.role != role):
        for name in dict.fromkeys(map(fold, (each.name, *called.get(each.code, ())))):
            index.setdefault(name, []).append(each.code)
    return index


def _found(row: Row, column: str, names: Mapping[str, list[str]]) -> tuple[str, Problem | None]:
    """Find a person of a pair by code or by name; the caller's role is searched first."""
    typed = row.text(column)
    if not typed:
        return "", _stop(
            row,
            "pair-missing",
            column,
            f"В паре не заполнено «{column}»: документы пары не готовятся. Выберите человека из списка.",
        )
    known = {code: code for codes in names.values() for code in codes}
    coded = PERSON_CODE.search(typed)
    if coded and (code := known.get(f"{coded[1].upper()}-{int(coded[2]):03d}")):
        return code, None
    codes = names.get(fold(typed), [])
    if not codes:
        tab = MENTORS if column == "Наставник" else MENTEES
        likely = _renamed(typed, names)
        guess = f" Если у {likely} изменилась фамилия, ответьте «да» или исправьте ячейку." if likely else ""
        told = f"Такого человека нет во вкладке «{tab}»: документы пары не готовятся. Добавьте его туда или исправьте ФИО.{guess}"
        return "", Problem(Severity.STOP, "unknown-person", at(row, column), told, likely, typed, row.code)
    same_role = [code for code in codes if code[:1] == codes[0][:1]]
    if len(same_role) > 1:
        return "", _stop(
            row,
            "namesakes",
            column,
            "Во вкладке несколько людей с таким ФИО: неясно, кто в паре. Впишите вместо ФИО код человека из столбца «⚙ Код», например Н-003; если строка лишняя, удалите её.",
        )
    return codes[0], None


def _renamed(typed: str, names: Mapping[str, list[str]]) -> str:
    """Return the code of the one person of the role with the same given name and patronymic: the surname may have changed."""
    given = fold(typed).split()[1:]
    found = [codes[0] for name, codes in names.items() if len(given) > 1 and name.split()[1:] == given]
    return found[0] if len(found) == 1 else ""


def _grouped(read: Sequence[Pair]) -> tuple[Pair, ...]:
    """Join rows of one group: same mentor, same name of the group; the upper row's code stands for it."""
    joined: dict[tuple[str, str], Pair] = {}
    for pair in read:
        key = (pair.mentor, fold(pair.group)) if pair.group else ("", pair.code)
        above = joined.get(key)
        joined[key] = (
            pair
            if above is None
            else replace(above, mentees=(*above.mentees, *pair.mentees), codes=(*above.codes, pair.code))
        )
    return tuple(joined.values())


def at(row: Row, column: str) -> Origin:
    """Point at a cell of the row."""
    return replace(row.origin, column=column)


def lines(text: str) -> tuple[str, ...]:
    """Read a cell of several lines; empty ones do not count."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
