"""Making an organisation's place: its folder, workbook, templates; doing it again changes nothing (workbook A4, A6)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.work.template_copies import FOLDER, properties_of, stale
from flows.workspace import workbook
from flows.workspace.names import folder_name, safe
from flows.workspace.own_properties import ORGANISATION, ROLE, TEMPLATE
from flows.workspace.refusals import Changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Home, Place
    from flows.work.stages import Supplies
    from flows.workspace.space import Workspace

DESK = "00 Рабочая книга и шаблоны"


def found(  # noqa: PLR0913, PLR0917 - all of a founding
    space: Workspace,
    home: Home,
    place: Place,
    title: str,
    supplies: Supplies,
    save: Callable[[Place], object],
) -> tuple[Place, bool]:
    """Make what is missing of an organisation's place and tell whether anything was.

    Ids of folders are remembered (`save`) before the folders are made, so a broken founding goes on where it stopped.
    """
    changed = False
    if not place.templates:
        root, desk, templates = space.drive.ids(3)
        place = replace(place, folder=root, desk=desk, templates=templates)
        save(place)
        changed = True
    if not place.book:
        place = _folders_and_book(space, home, place, title)
        save(place)
        changed = True
    snapshot = space.sheets.read(place.book)
    requests = workbook.migrations(snapshot, supplies.layout)
    if workbook.outdated(snapshot, supplies.layout):
        space.keep(place.book)
    if requests:
        space.sheets.batch(place.book, [workbook.in_russian(), *requests])
    return place, _copy_templates(space, place, supplies) or changed or bool(requests)


def _folders_and_book(space: Workspace, home: Home, place: Place, title: str) -> Place:
    about = {ORGANISATION: place.slug, ROLE: "folder"}
    space.drive.folder(place.folder, folder_name(f"Наставничество — {title}"), home.root, about)
    space.drive.folder(place.desk, DESK, place.folder, about)
    space.drive.folder(place.templates, FOLDER, place.desk, about)
    made = [
        each
        for each in space.drive.found(f"'{place.desk}' in parents and trashed=false")
        if each.properties.get(ROLE) == "book"
    ]
    book = (
        made[0]
        if made
        else space.drive.book(
            safe(f"Наставничество — {title}"),
            place.desk,
            {ORGANISATION: place.slug, ROLE: "book"},
        )
    )
    return replace(place, book=book.id)


def _copy_templates(space: Workspace, place: Place, supplies: Supplies) -> bool:
    """Lay copies of our templates where staff may edit them; a copy that staff changed or took away is left so."""
    entries = space.drive.found(f"'{place.templates}' in parents")
    there = {each.properties.get(TEMPLATE) for each in entries}
    kinds = [kind for kind in supplies.kinds.values() if kind.made and kind.template]
    missing = {kind.template: kind.title for kind in kinds if kind.template not in there}
    for file_id, (template, title) in zip(
        space.drive.ids(len(missing)) if missing else (), missing.items(), strict=True
    ):
        data = supplies.template(template)
        about = properties_of(place.slug, template, data)
        space.drive.file(file_id, safe(title, ".docx"), place.templates, about, data)
    outgrown = stale(entries, supplies.template)
    for entry, name in outgrown:
        data = supplies.template(name)
        with suppress(Changed):  # staff saved it in this very moment: it is theirs from now on
            space.drive.renew(entry, data, properties_of(place.slug, name, data))
    return bool(missing or outgrown)
