"""Every change of the disk goes through here: temp file, fsync, rename, fsync of the folder.

The calls of the system are held in `Disk`, so that a test can let any of them fail or stop. What is made here is
made for its owner alone, from the first byte and whatever the umask.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.office import renames

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN_FILE, OWN_FOLDER = 0o600, 0o700


@dataclass(frozen=True)
class Disk:
    """The system calls that change a disk."""

    open: Callable[..., int] = os.open
    write: Callable[..., int] = os.write
    fsync: Callable[[int], None] = os.fsync
    replace: Callable[..., None] = os.replace
    exchange: Callable[..., None] = renames.exchange
    rename_new: Callable[..., None] = renames.rename_new
    mkdir: Callable[..., None] = os.mkdir
    link: Callable[..., None] = os.link
    unlink: Callable[..., None] = os.unlink

    def ready(self, temp: Path, data: bytes) -> tuple[Path, os.stat_result]:
        """Write bytes aside and last; the name they are ready under says that all of them are there."""
        whole = temp.with_name(f"{temp.name}.ready")
        try:
            look = self._fill(temp, data)
            self.replace(temp, whole)
        except OSError:
            with suppress(OSError):
                self.unlink(temp)
            raise
        return whole, look

    def move(self, source: Path, target: Path) -> None:
        """Rename where nothing is yet and make both folders remember it; `FileExistsError` if something is."""
        self.rename_new(source, target)
        self.settle(target.parent)
        if source.parent != target.parent:
            self.settle(source.parent)

    def folder(self, path: Path) -> None:
        """Make a folder whose parent exists."""
        self.mkdir(path, OWN_FOLDER)
        self.settle(path.parent)

    def keep(self, source: Path, kept: Path) -> None:
        """Keep today's bytes of `source` under a second name, for its revisions."""
        self.forget(kept)
        try:
            self.link(source, kept)
        except OSError:  # a file system without hard links
            self._fill(kept, source.read_bytes())

    def copy(self, source: Path, kept: Path) -> None:
        """Keep today's bytes of `source` in a file of its own, with the moment they were saved."""
        self._fill(kept, source.read_bytes())
        look = source.stat()
        os.utime(kept, ns=(look.st_atime_ns, look.st_mtime_ns))
        self.settle(kept.parent)

    def forget(self, path: Path) -> None:
        """Take a file of the office's own away, if it is there."""
        with suppress(FileNotFoundError):
            self.unlink(path)

    def settle(self, folder: Path) -> None:
        """Make a folder's list of names last; systems that cannot do it are left to themselves."""
        if os.name == "nt":
            return
        handle = self.open(folder, os.O_RDONLY)
        try:
            self.fsync(handle)
        finally:
            os.close(handle)

    def _fill(self, path: Path, data: bytes) -> os.stat_result:
        self.forget(path)  # the mode of a file that is there would stay
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = self.open(path, flags, OWN_FILE)
        try:
            view = memoryview(data)
            while view:
                view = view[self.write(handle, view) :]
            self.fsync(handle)
            return os.fstat(handle)
        finally:
            os.close(handle)
