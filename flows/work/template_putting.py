"""Laying a template's copy because a person wants to edit it now: one kind's, or all that were never laid."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.text import fold
from flows.work import template_laying
from flows.work.template_copies import FOLDER
from flows.work.template_laying import AWAY, BEGUN, ON_NEED, YES, Owed
from flows.workspace import lease as leases
from flows.workspace import reading, workbook
from flows.workspace.addresses import folder_link
from flows.workspace.own_properties import TEMPLATE
from flows.workspace.refusals import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.work.stages import Errand, Supplies
    from flows.workspace.drive import Entry
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.scheme import Scheme

ALL = "all"
DOCX = ".docx"
Told = tuple[tuple[str, ...], tuple[str, ...]]


def put(errand: Errand, which: str, *, empty: bool = False) -> Told:
    """Lay what is asked for (a kind's id, its title, a template's name, `all`) unless it lies there.

    Return in words what was done, and what stood in the way of others.

    A copy that staff took away comes back when its kind is named, never by `all`. Raises `Misconfigured` for a kind that
    nobody knows; `TryLater` where an older program has laid the copies and their list comes empty, unless the person has
    seen that the folder is `empty`.
    """
    wanted = named(errand.supplies, which)
    book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
    if workbook.outdated(book.snapshot, errand.supplies.layout):
        raise Misconfigured(
            f"Книга сделана прежней версией программы. Выполните: nastavnik init --organisation {errand.place.slug}."
        )
    entries = template_laying.in_folder(errand.space, errand.place, book.scheme, errand.place.drive)
    if not (entries or empty or errand.space.lays_ahead or template_laying.on_need(book.scheme)):
        raise TryLater(
            f"Список папки «{FOLDER}» пришёл пустым, а в неё клала шаблоны прежняя версия программы: положить ещё раз значило "
            f"бы удвоить их. Откройте папку: {folder_link(errand.place.templates)}. Если шаблоны там, повторите через минуту; "
            "если папка и вправду пуста, добавьте --empty."
        )
    lacking = _lacking(errand.supplies, wanted, entries, book.scheme, again=which.strip() != ALL)
    if not lacking:
        return (f"Всё уже лежит в папке «{FOLDER}», ничего не изменилось.",), ()
    return _under(errand, book, entries, lacking)


def named(supplies: Supplies, which: str) -> tuple[str, ...]:
    """Return the templates that a kind's id, title or file name means."""
    told, ours = fold(which.strip().removesuffix(DOCX)), template_laying.titles(supplies)
    if told == ALL:
        return tuple(ours)
    kinds = [kind for kind in supplies.kinds.values() if kind.template in ours]
    found = {
        kind.template
        for kind in kinds
        if told in {kind.id, fold(kind.title), fold(kind.template.removesuffix(DOCX))}
    }
    if found:
        return tuple(found)
    close = get_close_matches(told, [*(kind.id for kind in kinds), *(fold(kind.title) for kind in kinds)])
    hint = f" Похожие: {', '.join(close)}." if close else ""
    raise Misconfigured(
        f"Шаблона для «{which}» нет. Назовите вид его кодом (order.pairs), названием из столбца «Вид» вкладки «Документы» "
        f"или словом {ALL}.{hint}"
    )


def _lacking(
    supplies: Supplies, wanted: Iterable[str], entries: Sequence[Entry], scheme: Scheme, *, again: bool
) -> tuple[str, ...]:
    """Return the templates of which nothing lies there; those that were laid and taken away only where asked for `again`."""
    live = [each for each in entries if not each.trashed]
    lies = {each.properties.get(TEMPLATE) for each in live} | _by_name(supplies, live)
    was = {each.properties.get(TEMPLATE) for each in entries}
    known = template_laying.remembered(scheme)
    was |= {name for name, (_, state) in known.items() if state != BEGUN}
    return tuple(name for name in wanted if name not in lies and (again or name not in was))


def _by_name(supplies: Supplies, live: Iterable[Entry]) -> set[str | None]:
    """Return the templates of which staff have laid a file of their own under our name."""
    names = {fold(title): name for name, title in template_laying.titles(supplies).items()}
    return {names.get(fold(each.name.removesuffix(DOCX))) for each in live}


def _under(errand: Errand, book: Book, entries: Sequence[Entry], lacking: tuple[str, ...]) -> Told:
    lease = leases.take(errand.space, errand.place.book, leases.lock_of(book.snapshot))
    try:
        told = _laid(errand, lease, entries, lacking)
    except BaseException:
        with suppress(Refused, TryLater, Misconfigured):
            lease.release()
        raise
    lease.release()
    return told


def _laid(errand: Errand, lease: Lease, entries: Sequence[Entry], lacking: tuple[str, ...]) -> Told:
    """Lay under the lease, with the hidden tab as it stands now: one that another has laid meanwhile is left."""
    scheme = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout).scheme
    if not errand.space.lays_ahead and not template_laying.on_need(scheme):
        lease.write(template_laying.adopted(scheme, entries) or scheme.remembering({ON_NEED: YES}))
        scheme = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout).scheme
    known = template_laying.remembered(scheme)
    due = [name for name in lacking if not _lies(errand, known.get(name, ("", "")))]
    return template_laying.laid(errand, lease, scheme, Owed(tuple(due)))


def _lies(errand: Errand, known: tuple[str, str]) -> bool:
    """Tell whether a remembered copy is there still."""
    file_id, state = known
    if not file_id or state in {BEGUN, AWAY}:
        return False
    try:
        return not errand.space.drive.entry(file_id).trashed
    except Missing:
        return False
