"""New bytes in the place of others, with a look at what lies there right before and at what came out right after.

A person may save at any moment, without a lock. Where the system exchanges names (Linux), what came out of the
exchange is in hand: if it is not what the change was made on, it goes back and the change is made anew on it.
Elsewhere (Windows, macOS) the old file is kept under a second name and replaced: a save by rename that falls
between the last look and the replace, some microseconds, is overwritten there; one in place is found in the kept
file and put forward. On a disk without second names even that one would be found only among today's bytes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flows.office import looks, renames

if TYPE_CHECKING:
    from pathlib import Path

    from flows.office.atomic import Disk
    from flows.office.entries import Stamp

_MOST_SAVES = 20


class Stale(Exception):  # noqa: N818 - says that the change must be made anew
    """The file is no longer the one that the change was made on; nothing of the change is in place."""


def replaced(disk: Disk, whole: Path, path: Path, known: tuple[Stamp, str], kept: Path) -> None:
    """Put the file `whole` at `path` and what was there at `kept`; `Stale` if that is not as `known` says."""
    try:
        if not looks.holds(path, *known):
            raise Stale
        _exchanged(disk, whole, path, known, kept)
    except FileNotFoundError:
        raise Stale from None
    except OSError as refused:
        if refused.errno not in renames.UNKNOWN:
            raise
        _kept_and_replaced(disk, whole, path, known, kept)
    else:
        disk.replace(whole, kept)
        disk.settle(kept.parent)
    disk.settle(path.parent)


def _exchanged(disk: Disk, whole: Path, path: Path, known: tuple[Stamp, str], kept: Path) -> None:
    ours = put = looks.stamp_of(os.lstat(whole))
    disk.exchange(whole, path)
    if looks.holds(whole, *known):
        return
    # Somebody saved in between. What came out goes back at once; so does whatever was saved over that meanwhile.
    for _ in range(_MOST_SAVES):
        came = looks.stamp_of(os.lstat(whole))
        disk.exchange(whole, path)
        if looks.same(looks.stamp_of(os.lstat(whole)), put):
            break
        put = came
    if not looks.same(looks.stamp_of(os.lstat(whole)), ours):
        disk.replace(whole, kept)
    raise Stale


def _kept_and_replaced(disk: Disk, whole: Path, path: Path, known: tuple[Stamp, str], kept: Path) -> None:
    disk.keep(path, kept)
    if not looks.holds(path, *known):
        raise Stale
    disk.replace(whole, path)
    disk.settle(kept.parent)
    if not looks.holds(kept, *known):
        disk.keep(kept, whole)
        disk.replace(whole, path)
        raise Stale
