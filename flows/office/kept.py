"""What of a served folder is worth keeping elsewhere, and its sidecar as one whole file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from flows.office import looks
from flows.office.atomic import OWN_FOLDER, Disk
from flows.office.errors import OfficeUnavailable
from flows.office.names import numbered
from flows.office.store import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

MEMORY = f"{SIDE}/state.sqlite"
_PASSING_HERE = frozenset(
    {
        "lock",
        "tmp",
        "runs",
        "prefect",
        "serve.lock",
        "state.sqlite-wal",
        "state.sqlite-shm",
        "state.sqlite-journal",
    }
)
_PASSING = re.compile(r"(?i)^(~\$|\.~lock\.|\.prefect$)|\.(tmp|part|new|log|crdownload)$|-prefect$")


def passing(path: PurePath) -> bool:
    """Whether a path, told from the folder, is of the moment only: a lock, a temporary file, a log, Prefect's own.

    A sign-in is of the moment too: it opens a whole account to whoever holds a copy.
    """
    parts = path.parts
    if parts[0] == SIDE:
        return len(parts) > 1 and (
            parts[1] in _PASSING_HERE
            or parts[1].endswith((".new", ".tmp", ".log"))
            or parts[1].startswith("google-")
        )
    return any(_PASSING.search(part) for part in parts)


def kept(root: Path) -> Iterator[Path]:
    """Give folders and files worth keeping, a folder before what lies in it; links and devices are left alone."""
    yield from _walked(root, root)


def _walked(root: Path, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or passing(path.relative_to(root)):
            continue
        if path.is_dir():
            yield path
            yield from _walked(root, path)
        elif path.is_file():
            yield path


def keep_before(root: Path, book: Path) -> list[Path]:
    """Keep a book and the sidecar as they are now beside the sidecar, for good; what is kept already is not kept twice."""
    folder = root / SIDE / "before-update"
    folder.mkdir(OWN_FOLDER, exist_ok=True)
    return [
        _laid(folder, f"{book.stem}.before-update.xlsx", looks.read(book)[1]),
        _laid(folder, "state.before-update.sqlite", memory(root)),
    ]


def _laid(folder: Path, name: str, data: bytes) -> Path:
    disk, number, path = Disk(), 1, folder / name
    while path.exists():
        if looks.read(path)[1] == data:
            return path
        number += 1
        path = folder / numbered(name, number)
    whole, _ = disk.ready(folder.parent / "tmp" / f"before-{number}", data)
    disk.move(whole, path)
    return path


def memory(root: Path) -> bytes:
    """Copy the sidecar whole, with what still lies in its log; `OfficeUnavailable` if it does not read."""
    try:
        with (
            closing(sqlite3.connect(root / MEMORY)) as source,
            closing(sqlite3.connect(":memory:")) as copy,
        ):
            source.backup(copy)
            return copy.serialize()
    except sqlite3.Error:
        raise OfficeUnavailable(
            f"Служебный файл {MEMORY} не читается. Верните его из прежней резервной копии или восстановите: nastavnik rebuild."
        ) from None
