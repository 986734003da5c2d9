"""A district in Google's name: organisations furnished alike, and what must be true of their books after a morning."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from google.oauth2 import service_account

from flows import settings
from flows.office import Faults
from flows.office.switches import late
from flows.work.founding import found
from flows.workspace.session import google_session
from flows.workspace.space import over
from tests.front import DRIVE, SHEETS, Front, front
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = [
    *desks.PLAN,
    ("3.1", "Разработка положения", "Сентябрь 2026", "Заведующий", "Положение о наставничестве"),
    ("3.2", "Сбор сведений", "Сентябрь 2026", "Куратор", "Реестр наставников"),
    ("3.3", "Встречи", "Сентябрь 2026", "Наставники", "График встреч пар"),
]


@dataclass
class District:
    """A working folder whose organisations live in the front; `homes` are its copies, one for each machine."""

    google: Front
    home: settings.Home
    folder: Path

    def machine(self, name: str) -> dict[str, str]:
        """Give a machine its own copy of the working folder; return the environment of what works there."""
        home = self.folder / "machines" / name
        if not home.exists():
            shutil.copytree(self.home.path, home)
        return self.google.environment("service", home)

    @contextmanager
    def desk(self, place: settings.Place) -> Iterator[desks.Desk]:
        """Open an organisation as a curator sees it."""
        key = service_account.Credentials.from_service_account_info(
            self.google.accounts.service_key(), scopes=(DRIVE, SHEETS)
        )
        clock = desks.Waiting()
        with self.google.here():
            office = self.google.office
            yield desks.Desk(office.root, office, over(google_session(key, clock), clock), place, clock)

    def late(self, milliseconds: int) -> None:
        """Have every call answered that much later from now on; the office itself keeps nobody waiting meanwhile."""
        passing = late(milliseconds / 1000)
        self.google.faults = Faults(lambda _, request: passing(request)) if milliseconds else None

    def broken(self) -> list[str]:
        """What is not as it must be, in words: a key twice, a number twice or left out, a row without its file, a file without a row."""
        return [each for place in self.home.places for each in self._broken(place)]

    def papers(self) -> dict[str, int]:
        """How many papers each register holds."""
        return {place.slug: len(self._rows(place)) for place in self.home.places}

    def _rows(self, place: settings.Place) -> list:
        with self.desk(place) as desk:
            return desk.register()

    def _broken(self, place: settings.Place) -> list[str]:
        with self.desk(place) as desk:
            rows = desk.register()
            query = f"appProperties has {{ key='nastavnik_org' and value='{place.slug}' }} and trashed=false"
            files = [
                each
                for each in desk.space.drive.found(query, place.drive)
                if "nastavnik_key" in each.properties
            ]
        told = [
            f"дважды: {key}"
            for key, times in Counter((row.key, row.version) for row in rows).items()
            if times > 1
        ]
        numbers = sorted(int(row.draft_number.rpartition("-")[2]) for row in rows)
        if numbers != list(range(1, len(numbers) + 1)):
            told.append(f"номера {numbers}")
        unready = [row.draft_number for row in rows if row.intended or row.state == "создаётся"]
        told += [f"не доделаны: {unready}"] if unready else []
        told += [
            f"файл дважды: {key}"
            for key, times in Counter(each.properties["nastavnik_key"] for each in files).items()
            if times > 1
        ]
        if {each.id for each in files} != {row.file_id for row in rows}:
            told.append(f"файлов {len(files)}, строк {len(rows)}")
        return [f"{place.slug}: {each}" for each in told]


@contextmanager
def district(folder: Path, organisations: int, pairs: int) -> Iterator[District]:
    """Found and furnish a district in a front of its own."""
    with front(folder) as google:
        made = District(
            google, settings.Home(folder / "home", google=True, root=google.shared_drive()), folder
        )
        key = service_account.Credentials.from_service_account_info(
            google.accounts.service_key(), scopes=(DRIVE, SHEETS)
        )
        with google.here():
            space = replace(over(google_session(key, desks.Waiting())), lays_ahead=False, shares=True)
            for number in range(1, organisations + 1):
                slug = f"school-{number}"
                found(
                    space, made.home, settings.Place(slug), f"Школа № {number}", desks.supplies(),
                    lambda place: settings.save_place(replace(made.home, places=_known(made)), place),
                )  # fmt: skip
        made.home = settings.load_home(made.home.path)
        with patch.multiple(desks, MENTORS=_people(desks.MENTORS), NAMES=_people(desks.NAMES)):
            for place in made.home.places:
                with made.desk(place) as desk:
                    desks.furnish(desk, pairs, unready=0, plan=PLAN)
        yield made


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    """Make more people of a few: each surname with each first name, those known first."""
    spelt = [name.split(" ", 1) for name in names]
    return tuple(
        f"{spelt[at][0]} {spelt[(at + step) % len(spelt)][1]}"
        for step in range(len(spelt))
        for at in range(len(spelt))
    )


def _known(made: District) -> tuple[settings.Place, ...]:
    return settings.load_home(made.home.path).places
