"""From a row of `Организации` to the place whose book is read: by its code in this home, or by the link that was typed.

What a link led to once is remembered among the places of the home, so that the next walk asks nothing about it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.book import card
from flows.domain.district.members import SLUG
from flows.domain.district.reach import Reach
from flows.domain.errors import Binned, Forbidden, Misconfigured, Newer, Refused, TryLater
from flows.domain.tabs import ORGANISATIONS, PAIRS, REGISTER, SCHEME
from flows.settings import DISTRICT, MEMBER, Place, book_layout
from flows.work.template_copies import FOLDER as TEMPLATES
from flows.workspace import addresses, links, reading
from flows.workspace.drive import FOLDER, SHORTCUT, SPREADSHEET, namesake
from flows.workspace.own_properties import ORGANISATION, ROLE
from flows.workspace.refusals import Missing
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.domain.district.members import Member
    from flows.settings import Home
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Snapshot
    from flows.workspace.space import Workspace


# The first that fits, the narrow before the wide.
REACHES: tuple[tuple[type[Exception], Reach], ...] = (
    (Missing, Reach.HIDDEN),
    (Forbidden, Reach.HIDDEN),
    (Binned, Reach.BINNED),
    (Newer, Reach.NEWER),
    (TryLater, Reach.BUSY),
    (Misconfigured, Reach.BROKEN),
    (Refused, Reach.BROKEN),
)


class Unreachable(Exception):  # noqa: N818 - an answer that the walk expects, told in words
    """The book of an organisation cannot be reached, and why."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach.value)
        self.reach = reach


@dataclass
class Directory:
    """Whose books are where: the places of a home, and those that links have led to.

    `remember` keeps a place that a link led to. `taken` are the books that rows above have named already.
    """

    space: Workspace
    home: Home
    own: Place
    remember: Callable[[Place], object] = lambda _: None
    taken: dict[str, str] = field(default_factory=dict)

    def place(self, member: Member) -> Place:
        """Return the place of an organisation; raise `Unreachable`, or what the store says, where there is none."""
        place = self.linked(member.link) if member.link else self._known(member.slug)
        self.refuse_district(place)
        if place.slug and place.slug != member.slug:
            raise Unreachable(Reach.OTHER)
        if self.taken.setdefault(place.book, member.slug) != member.slug:
            raise Unreachable(Reach.TWICE)
        return place if place.slug else self._remembered(replace(place, slug=member.slug))

    def refuse_district(self, place: Place) -> None:
        """Raise `Unreachable` where a place is the district's own, or another district's."""
        if place.book == self.own.book:
            raise Unreachable(Reach.OWN)
        if place.role == DISTRICT:
            raise Unreachable(Reach.DISTRICT)

    def _known(self, slug: str) -> Place:
        found = next((each for each in self.home.places if each.slug == slug), None)
        if found is None:
            raise Unreachable(Reach.NOWHERE)
        if not found.book:
            raise Unreachable(Reach.UNFINISHED)
        return found

    def linked(self, link: str) -> Place:
        """Return the place that a link leads to; its slug is empty where the book does not say it."""
        if not self.home.google:
            return self._in_folder(link)
        file_id = _file_id(link)
        known = next((each for each in self.home.places if file_id in {each.book, each.folder}), None)
        return known or self._remembered(self._led_to(file_id))

    def _in_folder(self, link: str) -> Place:
        """Return the organisation of a local home in whose folder a path lies."""
        path = links.on_this_computer(link)
        if path is None:
            raise Unreachable(Reach.ELSEWHERE if links.leads_to_google(link) else Reach.ODD)
        try:
            wanted = (self.home.path / path).resolve()
            there = wanted.exists()
        except (RuntimeError, OSError, ValueError):
            raise Unreachable(Reach.LOOP) from None
        if not there:
            raise Unreachable(Reach.ODD)
        if self.home.path not in {wanted, *wanted.parents}:
            raise Unreachable(Reach.ELSEWHERE)
        for place in self.home.places:
            if place.book and (folder := self._path(place.folder)) and folder in {wanted, *wanted.parents}:
                return place
        raise Unreachable(Reach.FILE)

    def _path(self, folder: str) -> Path | None:
        try:
            return links.on_this_computer(self.space.drive.entry(folder).link)
        except Missing:
            return None

    def _led_to(self, file_id: str) -> Place:
        """Look at what an id of Drive names; a shortcut is followed once, a folder is searched for its book."""
        entry = self._seen(file_id)
        if entry.mime == SHORTCUT:
            entry = self._seen(self.space.drive.target(entry.id))
            if entry.mime == SHORTCUT:
                raise Unreachable(Reach.LOOP)
        known = next((each for each in self.home.places if entry.id in {each.book, each.folder}), None)
        if known is not None:
            return known
        book = self._book_in(entry) if entry.mime == FOLDER else entry
        if book.mime != SPREADSHEET:
            raise Unreachable(Reach.FILE)
        return self._of_book(book)

    def _seen(self, file_id: str) -> Entry:
        try:
            entry = self.space.drive.entry(file_id)
        except Missing:
            raise Unreachable(Reach.HIDDEN) from None
        if entry.trashed:
            raise Unreachable(Reach.BINNED)
        return entry

    def _book_in(self, folder: Entry) -> Entry:
        """Find the book in an organisation's folder or in its desk."""
        inside = self._inside(folder.id)
        deeper = (each for below in inside if below.mime == FOLDER for each in self._inside(below.id))
        for each in (*inside, *deeper):
            if each.mime == SPREADSHEET and each.properties.get(ROLE) in {"book", None}:
                return each
        raise Unreachable(Reach.FILE)

    def _inside(self, folder: str) -> list[Entry]:
        return self.space.drive.found(f"'{folder}' in parents and trashed=false")

    def _of_book(self, book: Entry) -> Place:
        """Return the place around a book, as much of it as can be seen."""
        snapshot = self.space.sheets.read(book.id)
        if snapshot.sheet(SCHEME) is None:
            raise Unreachable(Reach.FILE)
        if is_districts(snapshot):
            raise Unreachable(Reach.DISTRICT)
        told = reading.read(snapshot, book_layout())
        zone = card.read("", reading.lines(told))[0].organisation.time_zone
        slug = book.properties.get(ORGANISATION) or _slug_in(told)
        desk = book.parent
        above = self._above(desk)
        templates = namesake(self._inside(desk), desk, TEMPLATES)
        drive = self.space.drive.ground(above).drive
        return Place(slug, above, book.id, desk, templates or desk, zone, drive, role=MEMBER)

    def _above(self, desk: str) -> str:
        """Return the folder of an organisation, or its desk where no more of it is open to us."""
        try:
            return self.space.drive.entry(desk).parent or desk
        except Missing:
            return desk

    def _remembered(self, place: Place) -> Place:
        """Keep a place that says whose it is; one whose code is another organisation's in this home is not kept."""
        if not place.slug:
            return place
        if any(each.slug == place.slug and each.book != place.book for each in self.home.places):
            raise Unreachable(Reach.OTHER)
        others = tuple(each for each in self.home.places if each.slug != place.slug)
        self.home = replace(self.home, places=(*others, place))
        self.remember(place)
        return place


def is_districts(snapshot: Snapshot) -> bool:
    """Tell a district's book by its tabs."""
    return snapshot.sheet(ORGANISATIONS) is not None and snapshot.sheet(PAIRS) is None


def _slug_in(book: Book) -> str:
    """Return the code that the keys of a book's register begin with; empty where it has filed nothing yet."""
    rows = filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ()
    slug = next((row.parts.organisation for row in rows), "")
    return slug if SLUG.fullmatch(slug) else ""


def _file_id(link: str) -> str:
    """Return the id that an address of a book or a folder names."""
    with suppress(Misconfigured):
        found = addresses.folder_id(link)
        if found != addresses.MY_DRIVE:
            return found
    try:
        return links.parse(link).id
    except Refused:
        raise Unreachable(Reach.ODD) from None


def reach_of(error: Exception) -> Reach:
    """Say in a word of «⚙ Доступ» why a book could not be read."""
    if isinstance(error, Unreachable):
        return error.reach
    return next((reach for kind, reach in REACHES if isinstance(error, kind)), Reach.FAULT)
