"""How a file on disk looks and what it holds; only a regular file is ever opened, and opening it never waits."""

from __future__ import annotations

import errno
import hashlib
import os
import stat as modes
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from flows.office.entries import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A change inside the same tick of the file system's clock leaves the time stamp as it was.
UNSETTLED_NS = 60_000_000
# Between two renames of an editor's save its file is missing for a moment.
_ABSENCE, _LOOKS = 0.02, 8
_PIECE = 1 << 20
_SAVING_NS = 2_000_000_000
_PLAINLY = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
)


@dataclass(frozen=True)
class Digest:
    """Checksums of some bytes: SHA-256 to know them again, MD5 because Drive shows it."""

    sha: str
    md5: str


def digest(data: bytes) -> Digest:
    """Both checksums."""
    return Digest(hashlib.sha256(data).hexdigest(), hashlib.md5(data, usedforsecurity=False).hexdigest())


def settled(mtime_ns: int) -> bool:
    """Tell a time stamp old enough that no later change can hide behind it."""
    return abs(time.time_ns() - mtime_ns) > UNSETTLED_NS


def old(stamp: Stamp) -> bool:
    """Tell a file that nobody is saving any more: nothing came to it for two seconds."""
    return abs(time.time_ns() - stamp.mtime_ns) > _SAVING_NS


def stamp_of(stat: os.stat_result) -> Stamp:
    """Keep what matters of a stat."""
    return Stamp(stat.st_ino, stat.st_size, stat.st_mtime_ns, settled(stat.st_mtime_ns))


def same(stamp: Stamp, known: Stamp) -> bool:
    """Whether a file looks as it did; an unsettled look may hide a change."""
    return replace(stamp, settled=known.settled) == known


@contextmanager
def opened(path: Path) -> Iterator[tuple[Stamp, BinaryIO]]:
    """Look and bytes of a regular file, the look taken first; `OSError` for a pipe, a device, a link or a socket."""
    handle = os.open(path, _PLAINLY)
    try:
        stat = os.fstat(handle)
        if not modes.S_ISREG(stat.st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
        with os.fdopen(handle, "rb", closefd=False) as file:
            yield stamp_of(stat), file
    finally:
        os.close(handle)


def read(path: Path) -> tuple[Stamp, bytes]:
    """Look and all bytes of a regular file."""
    with opened(path) as (stamp, file):
        return stamp, file.read()


def summed(path: Path) -> tuple[Stamp, Digest]:
    """Look and checksums of a regular file, however large it is."""
    sha, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with opened(path) as (stamp, file):
        while piece := file.read(_PIECE):
            sha.update(piece)
            md5.update(piece)
    return stamp, Digest(sha.hexdigest(), md5.hexdigest())


def holds(path: Path, known: Stamp, sha: str) -> bool:
    """Whether a file still is the one that was seen: by its look, and by its bytes where the look may deceive."""
    stamp = stamp_of(os.lstat(path))
    if known.settled and same(stamp, known):
        return True
    return summed(path)[1].sha == sha


def came_back(*paths: Path) -> bool:
    """Give an editor that saves by renaming the moment it needs; whether all the files are there."""
    for _ in range(_LOOKS):
        if all(path.is_file() for path in paths):
            return True
        time.sleep(_ABSENCE)
    return all(path.is_file() for path in paths)


def closed(path: Path) -> bool:
    """Whether a person closed the file to writing; the mark counts for an administrator too."""
    mode = path.stat().st_mode
    return not mode & (modes.S_IWUSR | modes.S_IWGRP | modes.S_IWOTH) or not os.access(path, os.W_OK)
