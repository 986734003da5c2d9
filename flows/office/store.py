"""The folder behind the office: where each entry lies, how its bytes change, what a crash leaves.

Every change of bytes or of place is promised in the ledger first, then done, then recorded.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.office import looks
from flows.office.atomic import OWN_FILE, OWN_FOLDER
from flows.office.entries import ENDING, FOLDER, Entry, Stamp
from flows.office.errors import closed_to_writing
from flows.office.ledger import Ledger
from flows.office.looks import digest
from flows.office.names import disk_name, numbered
from flows.office.privacy import shut
from flows.office.replacing import Stale, replaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.office.atomic import Disk

SIDE = ".nastavnik"
KEPT_REVISIONS = 10
CLOSED_FILE = 0o444
_MOST_NAMES = 20


def new_id() -> str:
    """Make a fresh file id in Drive's manner."""
    return "1" + secrets.token_urlsafe(24)


class Store:
    """Entries on disk under `root`; knows nothing of HTTP."""

    def __init__(self, root: Path, disk: Disk, born: str) -> None:
        self.root = root.resolve()
        self.disk = disk
        self.side = self.root / SIDE
        for folder in (self.side, self.side / "tmp", self.side / "trash", self.side / "revisions"):
            folder.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        self.ledger = Ledger(self.side / "state.sqlite")
        self.root_id = self._root_id(born)

    def _root_id(self, born: str) -> str:
        known = self.ledger.fact("root")
        entry = self.ledger.entries.get(known)
        if entry is not None and not entry.trashed and not entry.parent:
            return known
        if entry is None:
            entry = Entry(new_id(), "folder", "", "Мой диск", "", FOLDER, born, born)
        # Earlier programs let a client trash or move the folder itself, which hid everything in it.
        self.ledger.put([replace(entry, trashed=False, parent="")])
        self.ledger.commit()
        self.ledger.remember("root", entry.id)
        return entry.id

    def recover(self) -> None:
        """Finish or forget what a crash interrupted, and clear away temp files."""
        for entry in self.ledger.pending():
            self._rescue(entry)
            stamp = self._came_true(entry)
            if stamp is None:
                self.ledger.forget_intent(entry.id)
            else:
                self.ledger.put([replace(entry, stamp=stamp)])
                self.ledger.commit()
        for entry in self.ledger.entries.values():
            if entry.read_only:
                self.shut_or_open(entry)
        shutil.rmtree(self.side / "tmp", ignore_errors=True)
        (self.side / "tmp").mkdir(OWN_FOLDER, exist_ok=True)

    def shut_or_open(self, entry: Entry) -> None:
        """Take the right to write a restricted file away on disk too, or give it back; what it says is kept first.

        It can still be moved, renamed and thrown away. A file that is not there, or not ours to change, is left alone.
        """
        with suppress(OSError):
            path = self.path_of(entry)
            shut_now = stat.S_IMODE(path.lstat().st_mode) == CLOSED_FILE
            if entry.kind == "file" and entry.read_only and not shut_now:
                self._keep_as_is(entry)
                path.chmod(CLOSED_FILE)
            elif entry.kind == "file" and not entry.read_only and shut_now:
                path.chmod(OWN_FILE)

    def _keep_as_is(self, entry: Entry) -> None:
        """Keep the bytes of a file that is being closed, so that they can be brought back whatever becomes of them."""
        kept = self._kept(entry, entry.revision)
        if not kept.exists() and digest(self.read(entry)).sha == entry.sha:
            self.disk.copy(self.path_of(entry), kept)

    def _rescue(self, entry: Entry) -> None:
        """Keep what an interrupted exchange took out of its place; whole bytes that were never placed are ours."""
        out = self.side / "tmp" / f"{entry.id}.ready"
        with suppress(FileNotFoundError):
            if digest(looks.read(out)[1]).sha != entry.sha:
                self.disk.replace(out, self._kept(entry, entry.revision - 1))

    def _came_true(self, entry: Entry) -> Stamp | None:
        path = self.path_of(entry)
        if entry.kind == "folder":
            return looks.stamp_of(path.stat()) if path.is_dir() else None
        try:
            stamp, data = looks.read(path)
        except OSError:
            return None
        return stamp if digest(data).sha == entry.sha else None

    def entry(self, file_id: str) -> Entry | None:
        """Find an entry that is still on disk, trashed or not; `root` is the folder itself."""
        found = self.ledger.entries.get(self.root_id if file_id == "root" else file_id)
        return None if found is None or found.gone else found

    def used(self, file_id: str) -> bool:
        """Whether an id was ever given to anything."""
        return file_id in self.ledger.entries

    def path_of(self, entry: Entry) -> Path:
        """Where the entry lies now; what is trashed lies aside with all it holds."""
        names: list[str] = []
        while entry.id != self.root_id and not entry.trashed:
            names.append(entry.disk)
            entry = self.ledger.entries[entry.parent]
        if entry.id == self.root_id:
            return self.root.joinpath(*reversed(names))
        return self.side.joinpath("trash", entry.id, entry.disk, *reversed(names))

    def in_trash(self, entry: Entry) -> bool:
        """Whether the entry or a folder around it is trashed."""
        return entry.trashed or (entry.parent != "" and self.in_trash(self.ledger.entries[entry.parent]))

    def lost(self, entry: Entry) -> bool:
        """Whether the entry or a folder around it vanished from the disk."""
        return entry.gone or (entry.parent != "" and self.lost(self.ledger.entries[entry.parent]))

    def read(self, entry: Entry) -> bytes:
        """Today's bytes."""
        return looks.read(self.path_of(entry))[1]

    def add_folder(self, entry: Entry) -> Entry:
        """Make a folder for a new entry."""
        placed = replace(entry, disk=self.free_name(entry))
        self.ledger.intend(placed)
        self.disk.folder(self.path_of(placed))
        return self._record(replace(placed, stamp=looks.stamp_of(self.path_of(placed).stat())))

    def write(self, entry: Entry, data: bytes) -> Entry:
        """Put bytes under an entry, new or known; the bytes before stay among its revisions.

        `Stale` if a known file is not as its entry says: somebody saved it since, and nothing was written.
        """
        sums = digest(data)
        placed = replace(entry, sha=sums.sha, md5=sums.md5, left=Stamp(), left_sha="")
        known = self.ledger.entries.get(entry.id)
        if known and looks.came_back(self.path_of(known)) and looks.closed(self.path_of(known)):
            raise closed_to_writing(known.name)
        temp = self.side / "tmp" / placed.id
        if known:
            self.ledger.intend(placed)
        whole, look = self.disk.ready(temp, data)
        placed = replace(placed, stamp=looks.stamp_of(look))
        try:
            return self._record(self._over(known, placed, whole) if known else self._beside(placed, whole))
        except (OSError, Stale):
            with suppress(OSError):
                self.disk.unlink(whole)
            raise

    def _over(self, known: Entry, placed: Entry, whole: Path) -> Entry:
        kept = self._kept(known, known.revision)
        try:
            replaced(self.disk, whole, self.path_of(placed), (known.stamp, known.sha), kept)
        except Stale:
            self.ledger.forget_intent(placed.id)
            raise
        with suppress(OSError):
            shut(kept)  # a person's file may have been open to everyone
        # After a lost sidecar the count begins anew beside higher numbers: what was kept just now must stay.
        others = sorted(
            (each for each in kept.parent.iterdir() if each != kept), key=lambda each: int(each.name)
        )
        for old in others[: 1 - KEPT_REVISIONS]:
            self.disk.unlink(old)
        return replace(placed, left=looks.stamp_of(os.lstat(kept)), left_sha=known.sha)

    def _beside(self, entry: Entry, whole: Path) -> Entry:
        return self._named(entry, lambda placed: self.disk.move(whole, self.path_of(placed)))

    def _named(self, entry: Entry, put: Callable[[Entry], None]) -> Entry:
        """Put a file under a free name; one that somebody takes in the same moment is left to him."""
        for _ in range(_MOST_NAMES):
            placed = replace(entry, disk=self.free_name(entry))
            self.ledger.intend(placed)
            with suppress(FileExistsError):
                put(placed)
                return placed
        raise FileExistsError(self.path_of(entry).name)

    def place(self, entry: Entry) -> Entry:
        """Record an entry whose name, folder or trash mark changed, moving it on disk if it must move."""
        known = self.ledger.entries[entry.id]
        source = self.path_of(known)
        moved = (known.parent, known.trashed) != (entry.parent, entry.trashed)
        if not moved and known.name == entry.name:
            return self._record(entry)

        def put(placed: Entry) -> None:
            target = self.path_of(placed)
            if target != source:
                target.parent.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
                self.disk.move(source, target)

        placed = self._named(entry, put)
        stamp = looks.stamp_of(self.path_of(placed).lstat())
        # What somebody saved in the same moment went along: it is looked at when next asked for.
        same = entry.kind == "folder" or looks.same(stamp, entry.stamp)
        return self._record(replace(placed, stamp=stamp if same else Stamp()))

    def _record(self, entry: Entry) -> Entry:
        self.ledger.put([entry])
        return entry

    def _kept(self, entry: Entry, revision: int) -> Path:
        folder = self.side / "revisions" / entry.id
        folder.mkdir(OWN_FOLDER, exist_ok=True)
        return folder / str(revision)

    def late(self, entry: Entry) -> bytes | None:
        """Bytes of a save that was begun before the office replaced the file and ended after: it lies among the revisions."""
        if not entry.left_sha:
            return None
        kept = self._kept(entry, entry.revision - 1)
        try:
            if looks.same(looks.stamp_of(kept.lstat()), entry.left):
                return None
            stamp, data = looks.read(kept)
        except OSError:
            return None
        if (
            digest(data).sha == entry.left_sha
        ):  # a home that was copied or restored: other numbers, the same bytes
            self.ledger.hold(replace(entry, left=stamp))
            return None
        return data if stamp.settled else None

    def free_name(self, entry: Entry) -> str:
        """Choose a name on disk that nothing else in the folder has, in any letter case."""
        ending = ENDING if entry.kind == "book" else ""
        folder = self.path_of(replace(entry, disk="x")).parent
        taken = {each.casefold() for each in os.listdir(folder)} if folder.is_dir() else set()  # noqa: PTH208 - names alone
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
