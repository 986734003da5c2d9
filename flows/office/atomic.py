"""Every change of the disk goes through here: temp file, fsync, rename, fsync of the folder.

The calls of the system are held in `Disk`, so that a test can let any of them fail or stop.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Disk:
    """The system calls that change a disk."""

    open: Callable[..., int] = os.open
    write: Callable[..., int] = os.write
    fsync: Callable[[int], None] = os.fsync
    replace: Callable[..., None] = os.replace
    mkdir: Callable[..., None] = os.mkdir
    link: Callable[..., None] = os.link
    unlink: Callable[..., None] = os.unlink

    def put(self, temp: Path, target: Path, data: bytes) -> None:
        """Write `data` to `target` so that a crash leaves the old bytes or the new, never a third."""
        try:
            self._fill(temp, data)
            self.replace(temp, target)
        except OSError:
            with suppress(OSError):
                self.unlink(temp)
            raise
        self.settle(target.parent)

    def move(self, source: Path, target: Path) -> None:
        """Rename and make both folders remember it."""
        self.replace(source, target)
        self.settle(target.parent)
        if source.parent != target.parent:
            self.settle(source.parent)

    def folder(self, path: Path) -> None:
        """Make a folder whose parent exists."""
        self.mkdir(path)
        self.settle(path.parent)

    def keep(self, source: Path, kept: Path) -> None:
        """Keep today's bytes of `source` under a second name, for its revisions."""
        kept.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            self.unlink(kept)
        try:
            self.link(source, kept)
        except OSError:  # a file system without hard links
            self._fill(kept, source.read_bytes())

    def settle(self, folder: Path) -> None:
        """Make a folder's list of names last; systems that cannot do it are left to themselves."""
        if os.name == "nt":
            return
        handle = self.open(folder, os.O_RDONLY)
        try:
            self.fsync(handle)
        finally:
            os.close(handle)

    def _fill(self, path: Path, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        handle = self.open(path, flags, 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[self.write(handle, view) :]
            self.fsync(handle)
        finally:
            os.close(handle)
