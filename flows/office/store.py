"""The folder behind the office: where each entry lies, how its bytes change, what a crash leaves.

Every change of bytes or of place is promised in the ledger first, then done, then recorded.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.office.entries import ENDING, FOLDER, Entry, Stamp
from flows.office.ledger import Ledger
from flows.office.names import disk_name, numbered

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from flows.office.atomic import Disk

SIDE = ".nastavnik"
KEPT_REVISIONS = 10
# A change inside the same tick of the file system's clock leaves the time stamp as it was.
UNSETTLED_NS = 60_000_000


@dataclass(frozen=True)
class Digest:
    """Checksums of some bytes: SHA-256 to know them again, MD5 because Drive shows it."""

    sha: str
    md5: str


def digest(data: bytes) -> Digest:
    """Both checksums."""
    return Digest(hashlib.sha256(data).hexdigest(), hashlib.md5(data, usedforsecurity=False).hexdigest())


def new_id() -> str:
    """Make a fresh file id in Drive's manner."""
    return "1" + secrets.token_urlsafe(24)


def settled(mtime_ns: int) -> bool:
    """Tell a time stamp old enough that no later change can hide behind it."""
    return abs(time.time_ns() - mtime_ns) > UNSETTLED_NS


def stamp_of(stat: os.stat_result) -> Stamp:
    """Keep what matters of a stat."""
    return Stamp(stat.st_ino, stat.st_size, stat.st_mtime_ns, settled(stat.st_mtime_ns))


class Store:
    """Entries on disk under `root`; knows nothing of HTTP."""

    def __init__(self, root: Path, disk: Disk, born: str) -> None:
        self.root = root.resolve()
        self.disk = disk
        self.side = self.root / SIDE
        for folder in (self.side, self.side / "tmp", self.side / "trash", self.side / "revisions"):
            folder.mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger(self.side / "state.sqlite")
        self.root_id = self._root_id(born)

    def _root_id(self, born: str) -> str:
        known = self.ledger.fact("root")
        if known:
            return known
        entry = Entry(new_id(), "folder", "", "Мой диск", "", FOLDER, born, born)
        self.ledger.put([entry])
        self.ledger.commit()
        self.ledger.remember("root", entry.id)
        return entry.id

    def recover(self) -> None:
        """Finish or forget what a crash interrupted, and clear away temp files."""
        for entry in self.ledger.pending():
            if self._came_true(entry):
                self.ledger.put([self.stamped(entry)])
                self.ledger.commit()
            else:
                self.ledger.forget_intent(entry.id)
        shutil.rmtree(self.side / "tmp", ignore_errors=True)
        (self.side / "tmp").mkdir(exist_ok=True)

    def _came_true(self, entry: Entry) -> bool:
        path = self.path_of(entry)
        if entry.kind == "folder":
            return path.is_dir()
        return path.is_file() and digest(path.read_bytes()).sha == entry.sha

    def entry(self, file_id: str) -> Entry | None:
        """Find an entry that is still on disk, trashed or not; `root` is the folder itself."""
        found = self.ledger.entries.get(self.root_id if file_id == "root" else file_id)
        return None if found is None or found.gone else found

    def used(self, file_id: str) -> bool:
        """Whether an id was ever given to anything."""
        return file_id in self.ledger.entries

    def path_of(self, entry: Entry) -> Path:
        """Where the entry lies now; what is trashed lies aside with all it holds."""
        if entry.id == self.root_id:
            return self.root
        if entry.trashed:
            return self.side / "trash" / entry.id / entry.disk
        return self.path_of(self.ledger.entries[entry.parent]) / entry.disk

    def in_trash(self, entry: Entry) -> bool:
        """Whether the entry or a folder around it is trashed."""
        return entry.trashed or (entry.parent != "" and self.in_trash(self.ledger.entries[entry.parent]))

    def lost(self, entry: Entry) -> bool:
        """Whether the entry or a folder around it vanished from the disk."""
        return entry.gone or (entry.parent != "" and self.lost(self.ledger.entries[entry.parent]))

    def read(self, entry: Entry) -> bytes:
        """Today's bytes."""
        return self.path_of(entry).read_bytes()

    def stamped(self, entry: Entry) -> Entry:
        """Take the stamp of what lies on disk now."""
        return replace(entry, stamp=stamp_of(self.path_of(entry).stat()))

    def add_folder(self, entry: Entry) -> Entry:
        """Make a folder for a new entry."""
        placed = replace(entry, disk=self.free_name(entry))
        self.ledger.intend(placed)
        self.disk.folder(self.path_of(placed))
        return self._record(placed)

    def write(self, entry: Entry, data: bytes) -> Entry:
        """Put bytes under an entry, new or known; the bytes before stay among its revisions."""
        known = self.ledger.entries.get(entry.id)
        sums = digest(data)
        disk = entry.disk if known else self.free_name(entry)
        placed = replace(entry, disk=disk, sha=sums.sha, md5=sums.md5)
        path = self.path_of(placed)
        self.ledger.intend(placed)
        if known and path.exists():
            self._keep(known, path)
        self.disk.put(self.side / "tmp" / placed.id, path, data)
        return self._record(placed)

    def place(self, entry: Entry) -> Entry:
        """Record an entry whose name, folder or trash mark changed, moving it on disk if it must move."""
        known = self.ledger.entries[entry.id]
        source = self.path_of(known)
        moved = (known.parent, known.trashed) != (entry.parent, entry.trashed)
        placed = replace(entry, disk=self.free_name(entry)) if moved or known.name != entry.name else entry
        target = self.path_of(placed)
        if target != source:
            self.ledger.intend(placed)
            target.parent.mkdir(parents=True, exist_ok=True)
            self.disk.move(source, target)
        return self._record(placed)

    def _record(self, entry: Entry) -> Entry:
        final = self.stamped(entry)
        self.ledger.put([final])
        return final

    def _keep(self, known: Entry, path: Path) -> None:
        folder = self.side / "revisions" / known.id
        self.disk.keep(path, folder / str(known.revision))
        for old in sorted(folder.iterdir(), key=lambda each: int(each.name))[:-KEPT_REVISIONS]:
            self.disk.unlink(old)

    def free_name(self, entry: Entry) -> str:
        """Choose a name on disk that nothing else in the folder has, in any letter case."""
        ending = ENDING if entry.kind == "book" else ""
        folder = self.path_of(replace(entry, disk="x")).parent
        taken = {each.name.casefold() for each in folder.iterdir()} if folder.is_dir() else set()
        known = self.ledger.entries.get(entry.id)
        if known and self.path_of(known).parent == folder:
            taken.discard(known.disk.casefold())
        wanted = disk_name(entry.name, ending)
        choice, number = wanted, 1
        while choice.casefold() in taken:
            number += 1
            choice = numbered(wanted, number, ending)
        return choice

    def open_in_editor(self, entry: Entry) -> bool:
        """Whether an editor left its lock file beside the workbook."""
        path = self.path_of(entry)
        marks = (f"~${path.name}", f".~lock.{path.name}#", f"~${path.name[2:]}")
        return any((path.parent / mark).exists() for mark in marks)
