"""Which registered papers hold, and how one is cited: one meaning for orders, notes, journals and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.asked_again import of_the_same
from flows.domain.statuses import OVER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flows.domain.model import Filed

BLANK = "____"


def in_force(register: Iterable[Filed], *, by: date | None = None) -> list[Filed]:
    """Return the registered papers that are neither replaced nor cancelled, of each key the newest version, in the register's order.

    `by` leaves out what was registered after a day. A draft of a newer version changes nothing: until it is
    registered, what was registered before it holds.
    """
    return list(_ever(register)) if by is None and isinstance(register, tuple) else _by(register, by)


@of_the_same
def _ever(register: tuple[Filed, ...]) -> list[Filed]:
    return _by(register, None)


def _by(register: Iterable[Filed], by: date | None) -> list[Filed]:
    newest: dict[str, Filed] = {}
    for row in register:
        late = by is not None and row.day is not None and row.day > by
        if row.registered and row.state not in OVER and not late:
            known = newest.get(row.key)
            if known is None or row.version > known.version:
                newest[row.key] = row
    return list(newest.values())


def number_and_day(row: Filed) -> str:
    """Cite a registered paper: «№ 26/1 от 14.09.2026»; a blank stands for a number that is not typed."""
    return f"№ {row.number or BLANK}" + (f" от {row.day:%d.%m.%Y}" if row.day else "")
