"""Where the papers of a council's folder lie and how they stand, and which of them it points at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.councils.pack import How
from flows.domain.model import Filed
from flows.domain.planning.folder_names import of_registered
from flows.domain.register.in_force import number_and_day
from flows.domain.register.life import latest
from flows.domain.statuses import DRAFT, OVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.councils.pack import Pack, PackItem
    from flows.domain.model import Facts, Planned


def of_minutes(kind: str) -> bool:
    """Tell the minutes of a council."""
    return record.of(kind).adopts


def lying_here(item: PackItem, planned: Sequence[Planned], day: date) -> PackItem:
    """Tell of minutes that no row asks for that they lie in the folder itself."""
    own = of_minutes(item.kind) and any(
        of_minutes(each.kind) and each.subject == day.isoformat() for each in planned
    )
    return replace(item, how=How.MADE, links=()) if own else item


def to_be(planned: Planned) -> Filed:
    """Return the row that the register will have for a planned paper after this run."""
    return Filed(planned.key, 1, planned.kind, planned.title, "", DRAFT, "", "", "", "", planned.template)


def placed(item: PackItem, facts: Facts, planned: Sequence[Planned]) -> PackItem:
    """Say of every paper an item points at how it stands and where it lies."""
    rows = latest(facts.register)
    folders = {each.key: each.folder for each in planned}
    return replace(
        item,
        places=tuple(
            _place(rows[key], folders.get(key, ())) for key in item.links if rows[key].state not in OVER
        ),
    )


def _place(filed: Filed, folder: tuple[str, ...]) -> tuple[str, str, str]:
    state = number_and_day(filed) if filed.registered else DRAFT
    path = " / ".join(of_registered(folder) if filed.number and filed.day else folder)
    return filed.title, state, path


def links(whole: Pack) -> tuple[str, ...]:
    """Return the register keys of the papers that a folder points at, each once."""
    return tuple(dict.fromkeys(key for item in whole.items for key in item.links))
