"""Laying copies of our templates where staff may edit them: all at founding, or each once its kind first has a paper.

Where they are laid on need, the hidden tab remembers the id of each copy before the copy is made, then that it is
there: a listing decides nothing, and a copy that staff took away is not laid again. A book of an older program, whose
copies were all laid at founding, does not say that it is laid on need: nothing is laid there before its copies are
remembered (`adopted`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.register.life import latest
from flows.domain.statuses import OVER
from flows.domain.tabs import REGISTER, SCHEME
from flows.work.template_copies import FOLDER, properties_of
from flows.workspace.attempts import MOST_SILENT
from flows.workspace.cells import appended
from flows.workspace.names import safe
from flows.workspace.own_properties import TEMPLATE
from flows.workspace.refusals import Full, Missing, Spent, Unanswered
from flows.workspace.register import filed_rows
from flows.workspace.scheme import scheme_of
from flows.workspace.sheets import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.settings import Place
    from flows.work.stages import Errand, Seen, Supplies
    from flows.workspace.drive import Entry
    from flows.workspace.lease import Lease
    from flows.workspace.scheme import Scheme
    from flows.workspace.sheets import Request, Snapshot
    from flows.workspace.space import Workspace

WHAT = "шаблон"
ON_NEED = ("шаблоны", "по нужде")
YES = "да"
BEGUN, DONE, AWAY = "начат", "лежит", "убран"
CHUNK, MOST_NAMED = 20, 5
Told = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Owed:
    """What the hidden tab and the folder still owe each other: templates to lay, remembered copies that are gone."""

    lacking: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether a run has anything to do about it."""
        return bool(self.lacking or self.gone)


def titles(supplies: Supplies) -> dict[str, str]:
    """Return what the copy of each template of ours is called."""
    kinds = (kind for kind in supplies.kinds.values() if kind.made and kind.template)
    return {kind.template: kind.title for kind in kinds}


def on_need(scheme: Scheme) -> bool:
    """Tell whether the hidden tab says that copies are laid on need."""
    return bool(scheme.get(*ON_NEED))


def remembered(scheme: Scheme) -> dict[str, tuple[str, str]]:
    """Return the id and the state of each copy that the hidden tab knows, by template."""
    parts = {name: text.split(" ") for name, text in scheme.all(WHAT).items() if text}
    return {name: (told[0], told[-1]) for name, told in parts.items()}


def beginning(space: Workspace, requests: Sequence[Request]) -> list[Request]:
    """Say in a new book, whose tabs are being made by `requests`, that copies are laid on need; nothing where they are not."""
    made = (each["addSheet"]["properties"] for each in requests if "addSheet" in each)
    sheet_id = next((each["sheetId"] for each in made if each["title"] == SCHEME), None)
    if space.lays_ahead or sheet_id is None:
        return []
    return [appended(sheet_id, [[*ON_NEED, YES]])]


def adopted(scheme: Scheme, entries: Iterable[Entry]) -> list[Request]:
    """Remember the copies that an older program laid all at once; nothing while the list of their folder comes empty."""
    laid = {name: each.id for each in entries if (name := each.properties.get(TEMPLATE))}
    if not laid or on_need(scheme):
        return []
    return scheme.remembering(
        {ON_NEED: YES} | {(WHAT, name): f"{file_id} {DONE}" for name, file_id in laid.items()}
    )


def in_folder(space: Workspace, place: Place, scheme: Scheme, drive: str) -> list[Entry]:
    """Return what lies in the folder of templates, and by their ids the copies that the list does not show."""
    listed = space.drive.found(f"'{place.templates}' in parents", drive) if place.templates else []
    known = {each.id for each in listed}
    for file_id, state in remembered(scheme).values():
        if on_need(scheme) and state == DONE and file_id not in known:
            try:
                entry = space.drive.entry(file_id)
            except Missing:
                continue
            listed += [entry] if entry.parent == place.templates else []
    return listed


def owed(errand: Errand, seen: Seen) -> Owed:
    """Return which copies are to be laid for papers that are there, and which remembered ones staff took away."""
    scheme, copies = seen.book.scheme, seen.copies
    if errand.space.lays_ahead or not on_need(scheme) or REGISTER not in seen.book.tables:
        return Owed()
    known, ours = remembered(scheme), titles(errand.supplies)
    rows = latest(filed_rows(seen.book.tables[REGISTER])).values()
    kinds = errand.supplies.kinds
    papers = (kinds[row.kind].template for row in rows if row.kind in kinds and row.state not in OVER)
    called = {name for name in papers if name in ours} - known.keys() - copies.there
    begun = {name for name, (_, state) in known.items() if state == BEGUN and name in ours}
    gone = (name for name, (file_id, state) in known.items() if state == DONE and file_id not in copies.ids)
    return Owed(tuple(sorted(called | begun)), tuple(gone))


def laid(errand: Errand, lease: Lease, scheme: Scheme, due: Owed) -> Told:
    """Lay the copies that are due; return in words which were laid, and what stood in the way of others.

    What stands in the way of a copy stops no run: the papers are filed by then, the next run lays it.
    """
    known = remembered(scheme)
    begun = {name: known[name][0] for name in due.lacking if known.get(name, ("", ""))[1] == BEGUN}
    fresh = [name for name in due.lacking if name not in begun]
    ids = begun | dict(zip(fresh, errand.space.drive.ids(len(fresh)) if fresh else (), strict=True))
    told = {(WHAT, name): f"{file_id} {BEGUN}" for name, file_id in ids.items()}
    told |= {(WHAT, name): f"{known[name][0]} {AWAY}" for name in due.gone}
    scheme = _written(lease, scheme, told)
    done, troubles = _files(errand, lease, ids)
    _written(lease, scheme, {(WHAT, name): f"{ids[name]} {DONE}" for name in done})
    called = titles(errand.supplies)
    lines = [
        f"Положены шаблоны, которые можно править: {_named(called[each] for each in done)} (папка «{FOLDER}»)."
    ]
    return tuple(lines if done else ()), tuple(troubles)


def _files(errand: Errand, lease: Lease, ids: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Make the files; one whose id is spent was laid before and taken away for good."""
    done: list[str] = []
    troubles: list[str] = []
    silent = 0
    for at, (name, file_id) in enumerate(ids.items(), 1):
        if at % CHUNK == 0:
            lease.write([])  # a lease lives as long as it is seen to move
        errand.space.voice.progress(f"Положено шаблонов: {at - 1} из {len(ids)}.")
        title, data = titles(errand.supplies)[name], errand.supplies.template(name)
        try:
            about = properties_of(errand.place.slug, name, data)
            errand.space.drive.file(file_id, safe(title, ".docx"), errand.place.templates, about, data)
        except Missing:
            pass
        except (Misconfigured, Refused, TryLater) as trouble:
            troubles.append(f"Шаблон «{title}» не положен. {trouble}")
            silent = silent + 1 if isinstance(trouble, Unanswered) else 0
            if silent == MOST_SILENT or isinstance(trouble, (Full, Spent)):
                break
            continue
        silent = 0
        done.append(name)
    return done, troubles


def _written(lease: Lease, scheme: Scheme, told: Mapping[tuple[str, str], str]) -> Scheme:
    """Remember, and read the hidden tab as it stands after that."""
    requests = scheme.remembering(told)
    back = lease.write(requests, [quoted(SCHEME)]).sheet(SCHEME) if requests else None
    return scheme if back is None else scheme_of(back)


def _named(names: Iterable[str]) -> str:
    every = [f"«{name}»" for name in names]
    left = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" и ещё {left}" if left > 0 else "")


def is_new(snapshot: Snapshot, supplies: Supplies) -> bool:
    """Tell a book in which nothing was made yet."""
    return not any(snapshot.sheet(tab.title) for tab in supplies.layout.tabs)


def looks_at_copies(space: Workspace, snapshot: Snapshot) -> bool:
    """Tell whether founding has anything to see in the folder of templates: not while none is laid on need."""
    scheme = snapshot.sheet(SCHEME)
    if space.lays_ahead or scheme is None:
        return space.lays_ahead
    known = scheme_of(scheme)
    return not on_need(known) or bool(remembered(known))
