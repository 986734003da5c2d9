"""Why a registration that somebody typed gives no clean copy yet: said beside the row, never passed over in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.model import Problem, Severity
from flows.domain.register.life import CHANGED, WAITS, awaiting, latest
from flows.domain.statuses import OVER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from flows.domain.model import Facts, Filed

NOT_YET = "дата регистрации {day:%d.%m.%Y} ещё не наступила. Он появится в этот день; если в дате ошибка, исправьте её"
UNREAD = "строки, о которых он говорит, не прочитаны или остановлены; посмотрите вкладку «Проверка»"
TAKEN = "номер {number} в {year} году уже у другого приказа (строка {row} вкладки «Документы»). Проверьте оба номера"
TWICE = "Номер {number} в {year} году уже у другого приказа: строка {row} вкладки «Документы». Проверьте оба номера."


def waits(row: Filed, register: Iterable[Filed], today: date) -> str:
    """Say what in the registration itself keeps a clean copy back; nothing when nothing does."""
    if not awaiting(row) or row.day is None:
        return ""
    if row.day > today:
        return NOT_YET.format(day=row.day)
    other = next((each for each in register if each.key != row.key and _same_number(each, row)), None)
    return TAKEN.format(number=row.number, year=row.day.year, row=other.origin.row) if other else ""


def _same_number(one: Filed, other: Filed) -> bool:
    """Tell two orders of one calendar year that were given one number."""
    return (
        all(record.of(row.kind).order and row.state not in OVER for row in (one, other))
        and one.number.strip().casefold() == other.number.strip().casefold()
        and one.day is not None
        and other.day is not None
        and one.day.year == other.day.year
    )


def unnoticed(facts: Facts, noticed: Collection[str], stops: Sequence[Problem]) -> Iterator[Problem]:
    """Tell of rows about which planning says nothing today what keeps their clean copies back: the stops they hang on.

    `noticed` are the keys of rows about which it says something.
    """
    for row in latest(facts.register).values():
        if awaiting(row) and row.key not in noticed:
            own = _about(row, facts)
            why = [each.message.rstrip(".") for each in stops if each.subject in own]
            said = WAITS.format(why="; ".join(dict.fromkeys(why)) or UNREAD)
            yield Problem(
                Severity.QUESTION, "final-waits", replace(row.origin, column=CHANGED), said, subject=row.key
            )


def _about(row: Filed, facts: Facts) -> set[str]:
    """Return the codes of the rows a paper speaks of: its subject, its pairs, and the people of those."""
    own = {row.parts.about, *row.covers}
    pairs = [pair for pair in facts.pairs if own & {pair.code, *pair.codes}]
    people = {code for pair in pairs for code in (pair.mentor, *pair.mentees)}
    return own | people


def doubled(register: Sequence[Filed]) -> Iterator[Problem]:
    """Find registered orders of one calendar year that bear one number."""
    finals = [row for row in register if row.final and row.number]
    for at, row in enumerate(finals):
        above = next(
            (other for other in finals[:at] if other.key != row.key and _same_number(other, row)), None
        )
        if above and row.day:
            said = TWICE.format(number=row.number, year=row.day.year, row=above.origin.row)
            origin = replace(row.origin, column="Рег. №")
            yield Problem(Severity.QUESTION, "number-twice", origin, said, subject=row.key)
