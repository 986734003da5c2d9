"""Rows of «Исполнение»: how each row that a district handed out stands in each organisation, and the sums of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from flows.domain.district.handing import SENT, WITHDRAWN
from flows.domain.district.returns import (
    IN_QUESTION,
    IN_WORK,
    NO_STATE,
    NOT_BEGUN,
    NOT_FOR_US,
    OVERDUE,
    ROW_REMOVED,
    Return,
    RowState,
    Unreached,
)
from flows.domain.keys import HandedKey
from flows.domain.statuses import DONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.district.handing import Handed
    from flows.domain.district.members import Member
    from flows.domain.model import Cell, Row

Cells: TypeAlias = "dict[str, Cell]"
STATE, DAY, KEY = "Состояние", "⚙ Получено", "⚙ Ключ"
NOT_LAID = "строка ещё не легла в дорожную карту организации"
UNREAD = "книга ещё не прочитана"
ORDER = (DONE, IN_WORK, NOT_BEGUN, OVERDUE, IN_QUESTION, NOT_FOR_US, ROW_REMOVED, NO_STATE)


def performance(
    members: Sequence[Member],
    returns: Mapping[str, Return | Unreached],
    handed: Mapping[str, Sequence[Handed]],
    kept: Mapping[str, Row],
) -> tuple[dict[str, Cells], dict[str, str], dict[str, str]]:
    """Return the rows by key, «⚙ Исполнение» by the district's row, «⚙ Строк района» by the member's slug.

    Of an organisation that could not be read its rows say what they said before, with that day; so do those of one of
    which `handed` says nothing at all.
    """
    table: dict[str, Cells] = {}
    states: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for member in members:
        if member.slug in handed:
            came, asked = returns.get(member.slug), handed[member.slug]
            own = [each for each in asked if _asked(each, member, came, kept)]
            rows = {each.code: _row(each, member, came, kept) for each in own}
        else:  # the plan could not be read: nothing is known that was not known before
            rows = _before(member, kept)
        table |= {str(HandedKey(code, member.slug)): cells for code, cells in rows.items()}
        for code, cells in rows.items():
            states.setdefault(code, []).append(str(cells[STATE]))
        done[member.slug] = _of_member([str(cells[STATE]) for cells in rows.values()])
    in_plan = sorted(table, key=lambda name: (HandedKey.parse(name).row, name))
    return (
        {name: table[name] for name in in_plan},
        {code: _summed(told) for code, told in states.items()},
        done,
    )


def _before(member: Member, kept: Mapping[str, Row]) -> dict[str, Cells]:
    own = {HandedKey.parse(name): row for name, row in kept.items()}
    return {key.row: dict(row.cells) for key, row in own.items() if key.slug == member.slug}


def _asked(handed: Handed, member: Member, came: Return | Unreached | None, kept: Mapping[str, Row]) -> bool:
    """Tell a row that an organisation is asked for; of one that is neither sent nor withdrawn, whether it has it already."""
    if handed.state in {SENT, WITHDRAWN}:
        return handed.state == SENT
    laid = isinstance(came, Return) and any(each.row == handed.code for each in came.rows)
    return laid or str(HandedKey(handed.code, member.slug)) in kept


def _row(handed: Handed, member: Member, came: Return | Unreached | None, kept: Mapping[str, Row]) -> Cells:
    """Say what is asked of whom as the plan says it now, and how it stands."""
    name = str(HandedKey(handed.code, member.slug))
    asked: Cells = {
        "№ п/п": handed.number,
        "Мероприятие": handed.activity,
        "Срок": handed.term,
        "Организация": member.name,
        KEY: name,
    }
    if isinstance(came, Return):
        state = next((each for each in came.rows if each.row == handed.code), None)
        return asked | _told(state or RowState(handed.code, NO_STATE, word=NOT_LAID), came.day)
    before = kept.get(name)
    if before is not None and before.day(DAY):
        return dict(before.cells) | asked
    why = came.sentence if isinstance(came, Unreached) else UNREAD
    return asked | _told(RowState(handed.code, NO_STATE, word=why), None)


def _told(state: RowState, day: date | None) -> Cells:
    return {
        STATE: state.state,
        "Выполнено": state.done,
        "Документ": "\n".join(state.papers),
        "Слово организации": state.word,
        DAY: day,
    }


def _summed(states: Sequence[str]) -> str:
    """Say of a row of the plan how it stands over the organisations: «выполнено 5 из 8; просрочено 1»."""
    counts = Counter(states)
    wanted = len(states) - counts[NOT_FOR_US]
    rest = [f"{state} {counts[state]}" for state in ORDER[1:] if counts[state]]
    return "; ".join([f"{DONE} {counts[DONE]} из {wanted}", *rest])


def _of_member(states: Sequence[str]) -> str:
    """Say how many of the district's rows an organisation has done, those that are not for it left out."""
    wanted = [each for each in states if each != NOT_FOR_US]
    return f"{wanted.count(DONE)} из {len(wanted)}" if states else ""
