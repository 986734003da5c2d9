"""Making an organisation's place: its folder, workbook, templates; doing it again changes nothing (workbook A4, A6)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flows.domain.tabs import SCHEME
from flows.work import organisation_place, template_laying
from flows.work.template_copies import properties_of, stale
from flows.workspace import workbook
from flows.workspace.names import safe
from flows.workspace.own_properties import TEMPLATE
from flows.workspace.refusals import Changed
from flows.workspace.scheme import scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Home, Place
    from flows.work.stages import Supplies
    from flows.workspace.drive import Entry
    from flows.workspace.sheets import Snapshot
    from flows.workspace.space import Workspace


def found(  # noqa: PLR0913, PLR0917 - all of a founding
    space: Workspace,
    home: Home,
    place: Place,
    title: str,
    supplies: Supplies,
    save: Callable[[Place], object],
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Place, bool]:
    """Make what is missing of an organisation's place and tell whether anything was.

    Ids of folders are remembered (`save`) before the folders are made, so a broken founding goes on where it stopped; a
    place that cannot hold files is refused and not remembered. `say` is told each step that may take seconds.
    """
    changed = not place.book
    if place.book:
        place = organisation_place.followed(space, place, save)
    else:
        place = organisation_place.made(space, home.root, place, title, save, say)
    snapshot = space.sheets.read(place.book)
    requests = workbook.migrations(snapshot, supplies.layout)
    if workbook.outdated(snapshot, supplies.layout):
        space.keep(place.book)
    if requests:
        say("Размечаю вкладки книги.")
        new = template_laying.is_new(snapshot, supplies)
        more = template_laying.beginning(space, requests) if new else []
        space.sheets.batch(place.book, [workbook.in_russian(), *requests, *more])
    copied = _copies(space, place, snapshot, supplies, say)
    return place, copied or changed or bool(requests)


def _copies(
    space: Workspace, place: Place, snapshot: Snapshot, supplies: Supplies, say: Callable[[str], None]
) -> bool:
    """Lay, remember or renew copies of our templates; tell whether anything was done."""
    if not template_laying.looks_at_copies(space, snapshot):
        return False
    entries = space.drive.found(f"'{place.templates}' in parents", place.drive)
    done = _lay_all(space, place, supplies, entries, say) if space.lays_ahead else False
    scheme = snapshot.sheet(SCHEME)
    marks = [] if space.lays_ahead or scheme is None else template_laying.adopted(scheme_of(scheme), entries)
    if marks:
        say("Запоминаю шаблоны, которые положила прежняя версия программы.")
        space.sheets.batch(place.book, marks)
    return _renew(space, place, supplies, entries) or done or bool(marks)


def _lay_all(
    space: Workspace, place: Place, supplies: Supplies, entries: list[Entry], say: Callable[[str], None]
) -> bool:
    """Lay copies of our templates where staff may edit them; a copy that staff changed or took away is left so."""
    there = {each.properties.get(TEMPLATE) for each in entries}
    missing = {name: title for name, title in template_laying.titles(supplies).items() if name not in there}
    if missing:
        say(f"Кладу шаблоны: {len(missing)}.")
    for file_id, (template, title) in zip(
        space.drive.ids(len(missing)) if missing else (), missing.items(), strict=True
    ):
        data = supplies.template(template)
        about = properties_of(place.slug, template, data)
        space.drive.file(file_id, safe(title, ".docx"), place.templates, about, data)
    return bool(missing)


def _renew(space: Workspace, place: Place, supplies: Supplies, entries: list[Entry]) -> bool:
    outgrown = stale(entries, supplies.template)
    for entry, name in outgrown:
        data = supplies.template(name)
        with suppress(Changed):  # staff saved it in this very moment: it is theirs from now on
            space.drive.renew(entry, data, properties_of(place.slug, name, data))
    return bool(outgrown)
