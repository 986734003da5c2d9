"""What the commands and the flow of a district do with its home: the walk, and organisations put into the list."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows import doors, engine, settings, troubles
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.work import Errand
from flows.work.district import adding
from flows.work.district.directory import Directory
from flows.work.district.run import unseen, walk_district

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from flows.settings import Home, Place
    from flows.work.district.adding import Added
    from flows.work.district.run import DistrictReport, Progress

NONE = "В рабочей папке нет района. Заведите его: nastavnik init --municipality --organisation КОД --title НАЗВАНИЕ."


def district_of(home: Home) -> Place:
    """Return the district's own place; raise `Misconfigured` where the home has none, or one whose founding broke off."""
    place = home.district
    if place is None:
        raise Misconfigured(NONE)
    if not place.book:
        raise Misconfigured(settings.unfinished(place.slug))
    return place


@contextmanager
def opened(
    today: date | None, *, dry_run: bool = False, tell: Callable[[str], None] | None = None
) -> Iterator[tuple[Errand, Directory]]:
    """Open the district of this home: its errand, and where its organisations are."""
    home = settings.load_home()
    place = district_of(home)
    day = today or engine.local_day(place)

    def remember(led_to: Place) -> None:
        if not dry_run:
            settings.save_place(settings.load_home(), led_to)

    with doors.open_workspace(home, tell=tell) as space:
        yield (
            Errand(space, place, day, doors.supplies(day, place)),
            Directory(space, home, place, remember),
        )


def walked(
    today: date | None,
    *,
    dry_run: bool = False,
    progress: Progress = unseen,
    tell: Callable[[str], None] | None = None,
) -> DistrictReport:
    """Walk over the district of this home; each organisation has its own day unless `today` is given.

    `tell` says to whoever waits what is waited for.
    """
    with opened(today, dry_run=dry_run, tell=tell) as (errand, directory):
        return walk_district(
            errand,
            directory,
            lambda place: today or engine.local_day(place),
            dry_run=dry_run,
            progress=progress,
        )


def add(wishes: Sequence[str], today: date | None) -> Iterator[Added | str]:
    """Put each organisation into the list; of one that cannot be there say why, the others go on."""
    with opened(today) as (errand, directory):
        for wish in wishes:
            try:
                yield adding.added(errand, directory, wish)
            except (Misconfigured, Refused, TryLater) as trouble:
                yield str(trouble)
            except Exception as error:  # noqa: BLE001 - a person is told in words, whatever it is
                yield troubles.told(error)
