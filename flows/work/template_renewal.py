"""Renewing copies of our templates: those nobody touched, and those that staff answered to take anew, theirs laid beside first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.work.look import look
from flows.work.template_copies import properties_of, taken, title_of
from flows.workspace.attempts import Attempts
from flows.workspace.drive import md5_of
from flows.workspace.names import safe
from flows.workspace.own_properties import ASIDE, TOOK
from flows.workspace.refusals import Changed, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.work.stages import Errand, Seen
    from flows.work.template_copies import Behind, Copies
    from flows.workspace.drive import Entry
    from flows.workspace.lease import Lease

CHUNK, MOST_NAMED = 20, 5


def renewed(errand: Errand, lease: Lease, seen: Seen) -> Seen:
    """Do what is due with copies; return the look as it is after that, and in words what was done and what was not.

    One that staff saved in this very moment is theirs: the next run thinks of it anew. What stands in the way of one
    copy alone stops none of the others.
    """
    copies = seen.copies
    if not copies.due:
        return seen
    work = [(entry, partial(_renew, errand, entry, name)) for entry, name in copies.stale]
    work += [(each.entry, partial(_take, errand, each)) for each in copies.taken]
    anew: list[Entry] = []
    news: list[str] = []
    kept_back: list[str] = []
    attempts = Attempts(errand.space.drive, errand.place.templates)
    for at, (entry, do) in enumerate(work, 1):
        if at % CHUNK == 0:
            lease.write([])  # a lease lives as long as it is seen to move
        errand.space.voice.progress(f"Обновлено шаблонов: {at - 1} из {len(work)}.")
        try:
            done = attempts.tried(do, entry.id)
        except Changed:
            continue
        attempts.stop_if_silent()
        if entry.id in attempts.failed:
            kept_back.append(f"Шаблон «{title_of(entry)}» не обновлён. {attempts.failed[entry.id]}")
        elif done:
            news.append(done)
        elif done is not None:
            anew.append(entry)
    untouched = [f"Обновлены шаблоны, которых никто не правил: {_named(anew)}."] if anew else []
    now = look(errand)
    return replace(now, copies=replace(now.copies, news=(*untouched, *news), kept_back=tuple(kept_back)))


def ahead(copies: Copies) -> tuple[str, ...]:
    """Tell what a run would do with copies."""
    untouched = [entry for entry, _ in copies.stale]
    return (
        *([f"Обновились бы шаблоны, которых никто не правил: {_named(untouched)}."] if untouched else ()),
        *(f"Был бы взят новый шаблон «{title_of(each.entry)}»." for each in copies.taken),
    )


def _named(entries: Iterable[Entry]) -> str:
    titles = [f"«{title_of(each)}»" for each in entries]
    left = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (f" и ещё {left}" if left > 0 else "")


def _renew(errand: Errand, entry: Entry, name: str) -> str:
    ours = errand.supplies.template(name)
    errand.space.drive.renew(entry, ours, properties_of(errand.place.slug, name, ours))
    return ""


def _take(errand: Errand, copy: Behind) -> str:
    """Lay staff's own beside, then make the copy ours; a run killed in between is finished by the next one."""
    drive, entry = errand.space.drive, copy.entry
    data = drive.media(entry)
    if md5_of(data) != entry.md5:
        raise Changed("Шаблон только что сохранил кто-то другой.")
    laid = _laid_aside(errand, entry, data)
    ours = errand.supplies.template(copy.template)
    drive.renew(entry, ours, properties_of(errand.place.slug, copy.template, ours) | {TOOK: copy.digest})
    return taken(title_of(entry), laid.name)


def _laid_aside(errand: Errand, entry: Entry, data: bytes) -> Entry:
    """Lay the bytes of a copy beside it, once: the copy remembers under which id, before the file is made."""
    drive = errand.space.drive
    ending = f" – ваша редакция до {errand.today:%d.%m.%Y}.docx"
    name = safe(entry.name.removesuffix(".docx"), ending)
    kept, _, checksum = entry.properties.get(ASIDE, "").partition(":")
    if checksum == entry.md5:
        try:
            laid = drive.file(kept, name, errand.place.templates, {}, data)
            if not laid.trashed and laid.md5 == entry.md5:
                return laid
        except Missing:
            pass  # they took it away for good since
    fresh = drive.ids(1)[0]
    drive.change(entry.id, {"appProperties": {ASIDE: f"{fresh}:{entry.md5}"}})
    return drive.file(fresh, name, errand.place.templates, {}, data)
