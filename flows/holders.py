"""Who holds a book of a local home: a run keeps a file of its own locked while it lives, so a dead one is known at once."""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDER = (".nastavnik", "runs")


@contextmanager
def holding(home: Path) -> Iterator[tuple[str, Callable[[str], bool | None]]]:
    """Give this run a name, and what tells of another's name whether its run lives; the lock goes when the process does."""
    folder = home.joinpath(*FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(4)
    own = _file(folder, name)
    try:
        with FileLock(own, mode=0o600):
            yield name, partial(lives, folder)
    finally:
        with suppress(OSError):
            own.unlink()


def lives(folder: Path, name: str) -> bool | None:
    """Tell whether the run of that name lives; `None` when nothing is known of it: it let go, or ran elsewhere."""
    path = _file(folder, name)
    if not name.isalnum() or not path.exists():
        return None
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def anyone(home: Path) -> bool:
    """Tell whether any run lives in a home now."""
    folder = home.joinpath(*FOLDER)
    return any(lives(folder, each.stem) for each in folder.glob("*.lock"))


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.lock"
