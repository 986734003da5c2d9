"""One look at an organisation: its workbook whole, what Drive holds, templates of its own."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flows.domain.book import card, chosen_kinds
from flows.domain.errors import Binned
from flows.domain.statuses import INTENDED, OVER
from flows.domain.tabs import REGISTER
from flows.work import template_copies, template_laying
from flows.work.stages import Seen
from flows.workspace import reading
from flows.workspace.own_properties import LEFT, ORGANISATION, TEMPLATE
from flows.workspace.refusals import Missing
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.settings import Place
    from flows.work.stages import Errand
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book
    from flows.workspace.space import Workspace

DOCUMENT, GOOGLES_OWN = "application/vnd.google-apps.document", "application/vnd.google-apps."


def look(errand: Errand) -> Seen:
    """Read the workbook whole and look at Drive once."""
    space, place = errand.space, errand.place
    book = reading.read(space.sheets.read(place.book), errand.supplies.layout)
    entries, drive = _of_organisation(space, place)
    if place.folder in entries and entries[place.folder].trashed:
        raise Binned(
            f"Папка организации «{place.slug}» лежит в корзине вместе с книгой. Верните её из корзины и повторите."
        )
    listed = entries | _unlisted(space, book, entries)
    in_folder = template_laying.in_folder(space, place, book.scheme, drive)
    own = _own_templates(errand, book, [each for each in in_folder if not each.trashed])
    copies = template_copies.looked(in_folder, own, book, errand.supplies.template)
    left = {each.template for each in copies.taken}
    templates = {name: data for name, (_, data) in own.items() if name not in left}
    return Seen(book, listed, templates, _once(space.drive.media), copies)


def _of_organisation(space: Workspace, place: Place) -> tuple[dict[str, Entry], str]:
    """List what is marked as the organisation's, and tell on which shared drive: where people moved it, there."""
    query = f"appProperties has {{ key='{ORGANISATION}' and value='{place.slug}' }}"
    entries = {each.id: each for each in space.drive.found(query, place.drive)}
    if place.folder in entries or not place.drive:
        return entries, place.drive
    own = space.drive.ground(place.folder)
    if own.drive != place.drive:
        entries = {each.id: each for each in space.drive.found(query, own.drive)}
    return entries | {own.id: own}, own.drive


def _once(media: Callable[[Entry], bytes]) -> Callable[[Entry], bytes]:
    """Read the bytes of a file once for a look, however often they are asked for."""
    known: dict[tuple[str, str], bytes] = {}

    def read(entry: Entry) -> bytes:
        if (entry.id, entry.md5) not in known:
            known[entry.id, entry.md5] = media(entry)
        return known[entry.id, entry.md5]

    return read


def _unlisted(space: Workspace, book: Book, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Look up by id what the register has and the listing does not show: a listing may lag, only an id decides."""
    found: dict[str, Entry] = {}
    for row in filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ():
        if row.file_id and row.file_id not in entries and row.state not in {*OVER, INTENDED}:
            with suppress(Missing):
                found[row.file_id] = space.drive.entry(row.file_id)
    return found


def _own_templates(errand: Errand, book: Book, in_folder: Sequence[Entry]) -> dict[str, tuple[Entry, bytes]]:
    """Read the organisation's own copies of templates that staff changed, which win over ours, and those of kinds of their own."""
    place, kinds = errand.place, errand.supplies.kinds
    names = {chosen_kinds.stem(kind.title): kind.template for kind in kinds.values() if kind.template}
    chosen = chosen_kinds.files(card.read(place.slug, reading.lines(book))[0].kinds, kinds)
    own: dict[str, tuple[Entry, bytes]] = {}
    for entry in in_folder:
        stem = chosen_kinds.stem(entry.name)
        template = chosen.get(stem) or entry.properties.get(TEMPLATE) or names.get(stem, "")
        untouched = stem not in chosen and entry.md5 and entry.md5 == entry.properties.get(LEFT)
        readable = entry.mime == DOCUMENT or not entry.mime.startswith(GOOGLES_OWN)
        if template and readable and not untouched:
            own[template] = entry, errand.space.drive.media(entry)
    return own
