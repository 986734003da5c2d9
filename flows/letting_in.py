"""What `init` does with the addresses it is given: they go into `Настройки`, and the folders open where the store does that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import access_table, doors, engine, settings
from flows.domain import access
from flows.domain.errors import Misconfigured
from flows.work import Errand
from flows.work.opening import founded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOCAL = (
    "Адреса вписаны в «Настройки». В локальной папке доступ даёт компьютер: кто может открыть рабочую папку, "
    "тот её и читает. Откроются они сами, когда организация переедет на Google Диск."
)


def addresses(whom: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Sort addresses of the command line by the line of `Настройки` they belong in; `Misconfigured` for what is none."""
    policy = access_table.table()
    lines = [
        (at, (each.setting, "; ".join(whom.get(each.id, ())))) for at, each in enumerate(policy.holders, 1)
    ]
    read = access.typed(policy, lines)
    if not read.sure:
        raise Misconfigured(next(each.message for each in read.problems if each.code == access.WRONG))
    by_line: dict[str, list[str]] = {}
    for each in read.addresses:
        by_line.setdefault(each.holder.setting, []).append(each.email)
    return by_line


def let_in(organisation: str, emails: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Type addresses into an organisation's book and open its folders; say what was done and what is in the way."""
    home = settings.load_home()
    if not emails and not home.google:
        return ()
    place = home.place(organisation)
    day = engine.local_day(place)
    with doors.open_workspace(home) as space:
        lines, problems = founded(Errand(space, place, day, doors.supplies(day, place)), emails)
    told = [each.message for each in problems]
    return (*lines, *told) if home.google else (LOCAL, *told)
