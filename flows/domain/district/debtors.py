"""Who has not sent data for a note: each organisation with what is missing, in words that its head understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.district.reach import Reach, read
from flows.domain.district.returns import IN_QUESTION, NO_STATE, NOT_FOR_US, ROW_REMOVED
from flows.domain.statuses import DONE, NOT_NEEDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.domain.district.data import DistrictData, RowDone
    from flows.domain.district.members import Member
    from flows.domain.model import Activity
    from flows.domain.terms.reading import Window

FRESH = timedelta(days=30)  # how old data may be where a term names only its last day
UNASKED = frozenset({DONE, NOT_FOR_US})
SHORT = 80
CLOSED, BINNED, LOST = (
    "открыть доступ к рабочей книге наставничества для сбора данных района",
    "вернуть рабочую книгу наставничества из корзины",
    "проверить рабочую книгу наставничества: собрать из неё данные не удалось",
)
TO_OPEN = {Reach.HIDDEN: CLOSED, Reach.BINNED: BINNED}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that did not come: said in the note after the organisation's name, asked for in a letter."""

    said: str  # «данных нет»
    asked: str  # «открыть доступ к рабочей книге»
    until: date | None = None  # the last day of the row it is about
    row: str = ""  # code of the district's row
    silent: bool = False  # no figure of the organisation may be used


@dataclass(frozen=True, slots=True)
class Debtor:
    """An organisation that owes data for a window."""

    member: Member
    lacks: tuple[Lack, ...]

    @property
    def silent(self) -> bool:
        """Tell one of whom nothing at all is in the note."""
        return any(each.silent for each in self.lacks)

    @property
    def said(self) -> str:
        """Say what is missing, in one line."""
        return "; ".join(each.said for each in self.lacks)


def debtors(data: DistrictData, rows: Iterable[Activity], window: Window) -> tuple[Debtor, ...]:
    """Name who takes part on the window's last day and owes something, in the order of the list.

    `rows` are the district's own: those on which the note waits are found among them.
    """
    last = window.end or window.start
    if last is None:
        return ()
    awaited = tuple(_awaited(rows, last))
    found = (Debtor(each, tuple(_lacks(each, data, awaited, window))) for each in data.taking_part(last))
    return tuple(each for each in found if each.lacks)


def short(owing: Sequence[Debtor], of: int) -> str:
    """Say how many of how many owe data and who they are: «нет данных: 3 из 8 – «Дубок», …»."""
    return f"нет данных: {len(owing)} из {of} – {', '.join(each.member.name for each in owing)}"


def since(window: Window) -> date:
    """Return the day from which data are fresh enough for a window."""
    if window.start is not None:
        return window.start
    return (window.end or date.max) - FRESH


def _awaited(rows: Iterable[Activity], last: date) -> Iterator[tuple[Activity, date]]:
    """Yield the rows by which organisations send data that fall due in the note's school year by its last day, and that day."""
    year = periods.school_year(last)
    for row in rows:
        sends = any(record.of(kind).for_district for kind in row.documents)
        if not sends or row.status == NOT_NEEDED:
            continue
        ends = [each.end for each in row.term.windows if each.end and each.end <= last]
        due = max((end for end in ends if periods.school_year(end) == year), default=None)
        if due:
            yield row, due


def _lacks(
    member: Member, data: DistrictData, awaited: Sequence[tuple[Activity, date]], window: Window
) -> Iterator[Lack]:
    sent, fresh = data.last(member.slug), since(window)
    year = periods.school_year(window.end or window.start or fresh)
    reach = read(sent.reach)
    if sent.day is None or sent.day < fresh:
        yield _unreached(sent.day, reach)
    elif not any(each.known for each in data.of_member(year, member.slug)):
        yield Lack(
            "данные собраны, но ни один показатель по ним не считается",
            "внести в рабочую книгу сведения о наставниках, наставляемых, парах и встречах",
            silent=True,
        )
    for row, due in awaited:
        state = data.states.get((row.code, member.slug))
        if state is not None and state.state not in UNASKED:
            yield _undone(row, due, state)


def _unreached(day: date | None, reach: Reach | None) -> Lack:
    why = f" ({reach.value})" if reach is not None and reach is not Reach.OPEN else ""
    asked = TO_OPEN.get(reach, LOST) if reach else LOST
    if day is None:
        return Lack(f"данные не поступали{why}", asked, silent=True)
    return Lack(f"свежих данных нет{why}, последние на {day:%d.%m.%Y}", asked, silent=True)


def _undone(row: Activity, due: date, state: RowDone) -> Lack:
    what = " ".join(row.activity.split())
    named = f"«{what if len(what) <= SHORT else what[:SHORT].rsplit(' ', 1)[0] + '…'}»"
    number = row.number.rstrip(". ")
    point = f"пункт {number} {named}" if number else named
    if state.state == ROW_REMOVED:
        said = f"не выполнен {point}: строку удалили"
    elif state.state in {IN_QUESTION, NO_STATE}:
        said = f"не известно, выполнен ли {point}"
    else:
        said = f"не выполнен {point}"
    return Lack(said, f"выполнить {point} и отметить это в дорожной карте", due, row.code)
