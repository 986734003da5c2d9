"""Who on this computer may read a home: nobody but its owner.

On Windows the folders of an account are closed to others by the system, and modes say nothing there.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.office.atomic import OWN_FILE, OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OTHERS = 0o077


def own_folder(path: Path) -> None:
    """Make a folder for its owner alone, with the folders above it as the system makes them; one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(OWN_FOLDER, exist_ok=True)


def own_file(path: Path) -> None:
    """Make an empty file for its owner alone, for a library that would make it for everyone; one that is there stays."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN_FILE))


def shut(path: Path) -> None:
    """Take everyone else's rights to a path away; the owner's stay as they are."""
    if os.name != "nt":
        path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)


def too_open(folder: Path) -> list[Path]:
    """List what others may reach in a home, the home first; inside a closed folder nobody reaches anything."""
    return [path for path in _walked(folder, closed_too=False) if _open(path)]


def close(folder: Path) -> list[Path]:
    """Close a home with all it holds, reachable or not; answers what could not be closed, as it belongs to another."""
    left: list[Path] = []
    for path in _walked(folder, closed_too=True):
        try:
            if _open(path):
                shut(path)
        except OSError:
            left.append(path)
    return left


def _open(path: Path) -> bool:
    return os.name != "nt" and bool(path.lstat().st_mode & _OTHERS)


def _walked(folder: Path, *, closed_too: bool) -> Iterator[Path]:
    """Give a folder and all in it, links left alone; what vanishes meanwhile is passed over."""
    yield folder
    if not closed_too and not _open(folder):
        return
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.is_symlink():
                continue
            if path.is_dir():
                yield from _walked(path, closed_too=closed_too)
            else:
                yield path
