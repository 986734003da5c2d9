"""Books of an older program brought up to date on a word, without making papers; the old ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import doors, settings, telling
from flows.domain.errors import Misconfigured
from flows.workspace import lease as leases
from flows.workspace import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Home, Place
    from flows.workspace.layout import Layout
    from flows.workspace.space import Workspace


def updated(home: Home) -> Iterator[tuple[str, bool]]:
    """Bring every book of a home up to date; tell of each organisation whether its book was changed.

    Raises `Misconfigured` for a book of a newer program and `TryLater` while somebody works on one.
    """
    places = home.led
    if not places:
        raise Misconfigured(telling.none_founded(home))
    with doors.open_workspace(home) as space:
        for place in places:
            yield place.slug, brought(space, place, settings.layout_of(place))


def brought(space: Workspace, place: Place, layout: Layout) -> bool:
    """Bring one book up to date under its lease, the old one kept first; tell whether anything was lacking."""
    snapshot = space.sheets.read(place.book)
    if not workbook.migrations(snapshot, layout):
        return False
    lease = leases.take(space, place.book, leases.lock_of(snapshot))
    with leases.holding(lease):
        now = space.sheets.read(place.book)
        requests = workbook.migrations(now, layout)
        if workbook.outdated(now, layout):
            space.keep(place.book)
        if requests:
            lease.write(requests)
    return bool(requests)
