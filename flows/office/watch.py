"""What people do to the folder by hand: files that appear, vanish, move, get another name or other bytes."""

from __future__ import annotations

import mimetypes
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.office import looks
from flows.office.entries import ENDING, FOLDER, PERSON, SPREADSHEET, Entry, Kind, Stamp
from flows.office.errors import Refusal
from flows.office.folders import Folders
from flows.office.looks import came_back, digest, settled, stamp_of
from flows.office.names import shown_name
from flows.office.package import MOST_BYTES, BadPackage, Package
from flows.office.replacing import Stale
from flows.office.store import SIDE, Store, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_IGNORED = re.compile(r"(?i)^(\.|~|thumbs\.db$|desktop\.ini$)|\.(tmp|part|crdownload)$")
_OWN_ID = re.compile(rb'name="nastavnik\.id"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([^<]+)<')
CUSTOM = "docProps/custom.xml"


@dataclass(frozen=True)
class _Found:
    """Something on disk that no entry of its folder speaks of."""

    parent: str
    path: Path
    folder: bool


def iso(moment: datetime) -> str:
    """Spell a moment as Google does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Watch:
    """Keeps the ledger true to the disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, tuple[int, bool]] = {}
        self._folders = Folders(store)
        # How a save that came late is brought together with what was written meanwhile; None while it cannot be read.
        self.merge: Callable[[Entry, bytes], tuple[Entry, bytes] | None] = lambda entry, data: (entry, data)

    def look(self) -> None:
        """Compare each folder that changed since the last look with what the ledger says of it."""
        while self._looked():
            pass
        self._store.ledger.commit()  # what people did stays, whatever becomes of the request

    def look_around(self, file_id: str) -> None:
        """Look at the folders that a file lies in, which tell whether it is still there; at all where they changed.

        A file that is nowhere may have come back to any folder. What people do to one that is there is told by it and
        by the folders around it alone.
        """
        entry = self._store.entry(file_id)
        folders = [] if entry is None or self._store.lost(entry) else [*self._folders.around(entry)]
        if not folders or any(self._compared(folders)):
            for each, _ in folders:
                self._seen.pop(each, None)
            self.look()

    def _looked(self) -> bool:
        """Look once; whether something was recorded, so that a new folder is looked into as well."""
        vanished, found = self._compared(self._folders.paths().items())
        return bool(vanished or found) and self._settle(vanished, found)

    def _compared(self, folders: Iterable[tuple[str, str]]) -> tuple[dict[str, Entry], list[_Found]]:
        """Return what is no longer in those of the folders that changed, and what is new there."""
        vanished: dict[str, Entry] = {}
        found: list[_Found] = []
        for file_id, path in folders:
            if self._changed(file_id, path):
                self._compare(file_id, path, vanished, found)
        return vanished, found

    def forget(self) -> None:
        """Look at every folder again next time."""
        self._seen.clear()

    def freshen(self, entry: Entry) -> Entry | None:
        """Bring one file up to date with its bytes on disk; None if it is no longer there."""
        if entry.kind == "folder":
            return entry
        path = self._store.path_of(entry)
        try:
            if not came_back(path):
                return None
            entry = self._put_forward(entry)
            if entry.stamp.settled and looks.same(stamp_of(path.lstat()), entry.stamp):
                return entry
            stamp, sums = looks.summed(path)
        except FileNotFoundError:
            return None
        fresh = replace(entry, stamp=stamp)
        if sums.sha == entry.sha:
            self._store.ledger.hold(fresh)
            return fresh
        fresh = replace(
            fresh,
            sha=sums.sha,
            md5=sums.md5,
            author=PERSON,
            version=entry.version + 1,
            revision=entry.revision + 1,
            modified=_time_of(stamp.mtime_ns),
            left=Stamp(),
            left_sha="",
        )
        self._store.ledger.put([fresh])
        return fresh

    def _put_forward(self, entry: Entry) -> Entry:
        """Make a save that ended in the file the office had just replaced today's content, with the office's own change."""
        data = self._store.late(entry)
        merged = None if data is None or self._store.open_in_editor(entry) else self.merge(entry, data)
        if merged is None:
            return self._store.ledger.entries.get(entry.id, entry)
        fresh, whole = merged
        fresh = replace(fresh, author=PERSON, version=entry.version + 1, revision=entry.revision + 1)
        try:
            written = self._store.write(fresh, whole)
        except (Stale, Refusal):  # saved once more or closed: it is looked at again next time
            return entry
        self._store.ledger.commit()
        return written

    def _changed(self, file_id: str, path: str) -> bool:
        try:
            mtime_ns = os.stat(path).st_mtime_ns  # noqa: PTH116 - every folder at every look
        except OSError:
            return False  # its own folder tells
        before = self._seen.get(file_id)
        if before == (mtime_ns, True):
            return False
        self._seen[file_id] = (mtime_ns, settled(mtime_ns))
        return True

    def _compare(self, file_id: str, path: str, vanished: dict[str, Entry], found: list[_Found]) -> None:
        ledger = self._store.ledger
        children = (ledger.entries[each] for each in ledger.children.get(file_id, ()))
        known = {each.disk: each for each in children if not each.gone and not each.trashed and each.disk}
        with os.scandir(path) as listing:
            for item in listing:
                if item.name == SIDE or item.is_symlink() or not _spellable(item.name):
                    continue
                folder = item.is_dir()
                if not folder and not item.is_file():
                    continue  # a pipe or a device would hold whoever opens it
                entry = known.get(item.name)
                if entry and (entry.kind == "folder") == folder:
                    del known[item.name]
                elif not _IGNORED.search(item.name):
                    found.append(_Found(file_id, Path(item.path), folder))
        vanished.update({each.id: each for each in known.values()})

    def _settle(self, vanished: dict[str, Entry], found: list[_Found]) -> bool:
        ledger = self._store.ledger
        # A folder made later may get the number that a removed folder had on disk.
        gone = {each.id: each for each in ledger.entries.values() if each.gone and each.kind != "folder"}
        fresh: list[Entry] = []
        for item in found:
            try:
                entry = self._recognised(item, {**gone, **vanished})
            except OSError:  # gone again already, or closed to us: not a file of this office
                continue
            vanished.pop(entry.id, None)
            gone.pop(entry.id, None)
            fresh.append(entry)
        ledger.put(fresh)
        paths = {each.id: self._store.path_of(each) for each in vanished.values() if each.kind != "folder"}
        came_back(*paths.values())
        for file_id in [each for each, path in paths.items() if path.is_file()]:
            del vanished[file_id]  # an editor saved it by renaming
        ledger.put(replace(each, gone=True, version=each.version + 1) for each in vanished.values())
        return bool(fresh or vanished)

    def _recognised(self, item: _Found, missing: dict[str, Entry]) -> Entry:
        stat = item.path.stat()
        stamp = stamp_of(stat)
        kind: Kind = (
            "folder" if item.folder else "book" if item.path.name.lower().endswith(ENDING) else "file"
        )
        same = (each for each in missing.values() if each.kind == kind)
        sums = digest(b"") if item.folder else looks.summed(item.path)[1]
        twin = _twin(same, (stamp.inode, stamp.size, stamp.mtime_ns), "" if item.folder else sums.sha)
        inside = own_id(item.path) if twin is None and kind == "book" and stamp.size <= MOST_BYTES else ""
        twin = twin or missing.get(inside)
        name = shown_name(item.path.name, ENDING if kind == "book" else "")
        stamp_now = _time_of(stat.st_mtime_ns)
        if twin is None:
            # The sidecar may have been lost: what a workbook says of itself is worth believing.
            file_id = inside if inside and not self._store.used(inside) else new_id()
            fresh = Entry(
                file_id,
                kind,
                item.parent,
                name,
                item.path.name,
                _mime(item),
                stamp_now,
                stamp_now,
                author=PERSON,
            )
            return replace(fresh, stamp=stamp, sha="" if item.folder else sums.sha, md5=sums.md5)
        return replace(
            twin,
            parent=item.parent,
            disk=item.path.name,
            name=twin.name if twin.disk == item.path.name else name,
            gone=False,
            trashed=False,
            version=twin.version + 1,
            stamp=replace(stamp, settled=False) if twin.sha != sums.sha else stamp,
        )


def _twin(missing: Iterable[Entry], look: tuple[int, int, int], sha: str) -> Entry | None:
    """Find the missing entry that was moved here: by its look on disk, else by its bytes."""
    same_bytes = None
    for entry in missing:
        stamp = entry.stamp
        if (entry.kind == "folder" and stamp.inode == look[0]) or (
            stamp.inode,
            stamp.size,
            stamp.mtime_ns,
        ) == look:
            return entry
        if sha and entry.sha == sha:
            same_bytes = entry
    return same_bytes


def _spellable(name: str) -> bool:
    """Tell names in an unknown encoding from those the wire could carry."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def own_id(path: Path) -> str:
    """Read the id that the office wrote inside a workbook, empty if there is none."""
    try:
        package = Package(looks.read(path)[1])
        found = _OWN_ID.search(package.read(CUSTOM)) if CUSTOM in package.names else None
    except BadPackage:
        return ""
    return found.group(1).decode() if found else ""


def _time_of(mtime_ns: int) -> str:
    return iso(datetime.fromtimestamp(mtime_ns / 1e9, UTC))


def _mime(item: _Found) -> str:
    if item.folder:
        return FOLDER
    if item.path.name.lower().endswith(ENDING):
        return SPREADSHEET
    return mimetypes.guess_type(item.path.name)[0] or "application/octet-stream"
