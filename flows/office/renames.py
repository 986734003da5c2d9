"""Two renames that the standard library has no word for: two names exchanged, and one that replaces nothing."""

from __future__ import annotations

import errno
import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD: names are taken as they are
_NO_REPLACE, _EXCHANGE = 1, 2
# What a system or a file system answers that does not know the call.
UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


@lru_cache(maxsize=1)
def _renameat2() -> Any:
    """Find the call of Linux; None on every other system and with an old C library."""
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - only where the call may be

    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _called(source: Path, target: Path, how: int) -> None:
    call = _renameat2()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), how) != 0:
        import ctypes  # noqa: PLC0415 - the call was found, so it is there

        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))


def exchange(one: Path, other: Path) -> None:
    """Let two files change names at one stroke; `OSError` with a code of `UNKNOWN` where the system cannot."""
    _called(one, other, _EXCHANGE)


def rename_new(source: Path, target: Path) -> None:
    """Rename where nothing may be replaced: `FileExistsError` if the target is there.

    Linux and Windows do it at one stroke; elsewhere a second name is made and the first taken away, and a disk
    without second names is only looked at before.
    """
    try:
        _called(source, target, _NO_REPLACE)
    except OSError as refused:
        if refused.errno not in UNKNOWN:
            raise
    else:
        return
    if os.name == "nt" or source.is_dir():  # a folder replaces only an empty one, and Windows nothing
        source.rename(target)
        return
    try:
        os.link(source, target)
    except OSError as refused:
        if refused.errno not in UNKNOWN:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
        source.unlink()
