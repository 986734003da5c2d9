"""Small files for the owner's eyes alone: what a sign-in has to remember, whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OWN_FILE, OWN_FOLDER, OTHERS = 0o600, 0o700, 0o077
MOST_BYTES = 1 << 20
BINARY = getattr(os, "O_BINARY", 0)  # Windows alone tells text from bytes


def kept(path: Path) -> dict[str, Any] | None:
    """Read a kept file and close it from others if it stood open; None when there is none.

    Raises `ValueError` for what is no object of JSON, `OSError` for what cannot be read.
    """
    try:
        with path.open("rb") as file:
            if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & OTHERS:
                with suppress(OSError):
                    path.chmod(OWN_FILE)
            content = json.loads(file.read(MOST_BYTES).decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except RecursionError:
        raise ValueError(path.name) from None
    if not isinstance(content, dict):
        raise ValueError(path.name)  # noqa: TRY004 - what a file holds is a value, not a type
    return content


def keep(path: Path, content: Mapping[str, Any]) -> None:
    """Write a kept file; `Misconfigured` when it cannot be."""
    try:
        replaced(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    except OSError:
        raise Misconfigured(
            f"Файл {path.name} не записывается. Дайте право записи в рабочую папку или освободите место на диске и повторите."
        ) from None


def replaced(path: Path, data: bytes) -> None:
    """Write a file at one stroke, for its owner alone from the first byte, as the folders made for it; `OSError` when it cannot be."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, OWN_FILE), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink()


def forget(path: Path) -> None:
    """Remove a kept file; one that is gone stays gone. `Misconfigured` when it cannot be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        raise Misconfigured(
            f"Файл {path.name} не удаляется. Закройте его в других программах и удалите сами: он лежит в папке .nastavnik."
        ) from None
