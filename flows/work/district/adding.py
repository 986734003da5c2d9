"""An organisation put into the list of its district: once, and only one that the district may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.book import card
from flows.domain.district import handing, members, reach
from flows.domain.errors import Misconfigured, Refused
from flows.domain.tabs import ORGANISATIONS
from flows.settings import layout_of
from flows.work.district.directory import Directory, Unreachable, is_districts
from flows.workspace import fresh_rows, journal, reading
from flows.workspace import lease as leases
from flows.workspace.addresses import book_link

if TYPE_CHECKING:
    from flows.domain.model import Row
    from flows.domain.organisation import Organisation
    from flows.settings import Place
    from flows.work.stages import Errand
    from flows.workspace.cells import Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

NO_LIST = f"Во вкладке «{ORGANISATIONS}» книги района нельзя прочитать строки. Исправьте её (nastavnik check) и повторите."
SCHOOL = ("общеобразоват", "школа", "лицей", "гимназия")
WORDS = {
    reach.Reach.TAKEN: "организация состоит в другом районе, в её дорожной карте его строки; сначала тот район отметит, что она вышла",
    reach.Reach.ODD: "это не код организации, не её папка и не адрес её книги",
    reach.Reach.OWN: "это книга самого района, а нужна организация",
    reach.Reach.ELSEWHERE: "эта папка лежит в другой рабочей папке или в другом хранилище; организации района ведут там же, где район",
}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one wish: the organisation's code, and whether its row is new."""

    slug: str
    name: str
    new: bool
    row: int = 0  # where it stands already


def added(errand: Errand, directory: Directory, wish: str) -> Added:
    """Put the organisation that a code, a link or a folder names into the list of the district.

    Raises `Refused` and `Misconfigured` with why it cannot be there; nothing is written then.
    """
    place = _wished(directory, wish)
    card_, whose = _asked(errand, place, wish)
    if whose not in {"", errand.place.book}:
        raise Refused(f"«{wish}» не добавить: {_why(reach.Reach.TAKEN)}.")
    lease = leases.take(
        errand.space, errand.place.book, leases.lock_of(errand.space.sheets.outline(errand.place.book))
    )
    requests: list[Request] = []
    try:
        book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
        if (row := _listed(book, place)) is not None:
            return Added(place.slug, row.text(members.NAME), new=False, row=row.origin.row)
        cells = _cells(card_, place, google=directory.home.google)
        line = f"В район добавлена организация {place.slug}."
        requests = [
            fresh_rows.below(book.tables[ORGANISATIONS], [cells]),
            *journal.noted(book, [line], f"{errand.today:%d.%m.%Y}"),
        ]
        return Added(place.slug, card_.short_name, new=True)
    finally:
        lease.release(requests)


def _wished(directory: Directory, wish: str) -> Place:
    """Find the place of a wish: a code of this home in letters of any size, else a link or a folder."""
    if any(each.slug == wish.strip().lower() for each in directory.home.places):
        wish = wish.strip().lower()
    try:
        if members.SLUG.fullmatch(wish) and not (directory.home.path / wish).is_dir():
            place = directory.home.place(wish)
        else:
            place = directory.linked(wish)
        directory.refuse_district(place)
    except Unreachable as why:
        raise Refused(f"«{wish}» не добавить: {_why(why.reach)}.") from None
    if not place.slug:
        raise Refused(
            f"«{wish}» не добавить: книга ещё не говорит, чья она. Впишите строку во вкладку «{ORGANISATIONS}» сами: код и ссылку."
        )
    return place


def _asked(errand: Errand, place: Place, wish: str) -> tuple[Organisation, str]:
    """Read the card of an organisation's book and the mark of the district it is of."""
    snapshot = errand.space.sheets.read(place.book)
    if is_districts(snapshot):
        raise Refused(f"«{wish}» не добавить: {_why(reach.Reach.DISTRICT)}.")
    book = reading.read(snapshot, layout_of(place))
    told = card.read(place.slug, reading.lines(book))[0].organisation
    return told, book.scheme.get(handing.WHAT, handing.WHOSE)


def _listed(book: Book, place: Place) -> Row | None:
    """Find the row of an organisation; raise `Misconfigured` where the list cannot be read."""
    table = book.tables.get(ORGANISATIONS)
    if table is None:
        raise Misconfigured(NO_LIST)
    return next(
        (row for row in table.rows if row.text(reach.CODE).lower() == place.slug or _linked(row, place)), None
    )


def _linked(row: Row, place: Place) -> bool:
    link = row.text(reach.LINK)
    return bool(link) and (place.book in link or place.folder in link)


def _cells(told: Organisation, place: Place, *, google: bool) -> dict[str, Written]:
    name = f"{told.full_name} {told.short_name}".lower()
    school = any(word in name for word in SCHOOL)
    sort = "ДОУ" if told.kindergarten else "школа" if school else ""
    cells: dict[str, Written] = {reach.CODE: place.slug}
    cells |= {members.NAME: told.short_name} if told.short_name else {}
    cells |= {members.SORT: sort} if sort else {}
    cells |= {reach.LINK: book_link(place.book)} if google else {}
    return cells | {members.TAKES_PART: True}


def _why(told: reach.Reach) -> str:
    return WORDS.get(told) or reach.SAID[told]
