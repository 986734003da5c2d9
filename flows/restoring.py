"""A home brought back from its archive: everything in it is checked before the first byte is written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured
from flows.keeping import FORMAT, MANIFEST, PIECE, home_for
from flows.office.atomic import OWN_FILE, OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_MEMBERS, MOST_BYTES, MOST_MANIFEST = 200_000, 50 << 30, 64 << 20
LONGEST_NAME = 4000
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, KeyError, TypeError,
    AttributeError, RecursionError,
)  # fmt: skip
UNREADABLE = (
    "Это не резервная копия «Наставника», или она повреждена. Ничего не записано; возьмите другую копию."
)
STRANGE = "В копии есть то, чего программа туда не кладёт: чужие пути, ссылки или лишние файлы. Ничего не записано; возьмите другую копию."
TOO_LARGE = "Копия слишком велика: такой она быть не может. Ничего не записано; возьмите другую копию."
CHANGED = "Копия повреждена: файл «{name}» в ней не тот, что был сохранён. Ничего не записано; возьмите другую копию."
NEWER = "Копия сделана более новой версией программы. Обновите программу и повторите."
FULL = "Копия не восстановлена: на диске нет места или права записи. Ничего не осталось; освободите место или укажите другую папку."


@dataclass(frozen=True, slots=True)
class About:
    """What an archive says of itself, believed only after `restored` has compared it with what is there."""

    day: date
    google: bool
    folders: tuple[str, ...]
    files: Mapping[str, tuple[str, int]]


def restored(file: Path, into: Path) -> About:
    """Bring a home back into a new or empty folder, for its owner alone; raise `Misconfigured` and leave nothing otherwise."""
    target = home_for(into)
    try:
        with zipfile.ZipFile(file) as archive:
            about = _checked(archive)
            _written(archive, about, target)
    except FileNotFoundError:
        raise Misconfigured(f"Файла «{file.name}» нет. Проверьте путь.") from None
    except OSError:
        raise Misconfigured(
            f"Файл «{file.name}» не открывается. Проверьте, что это файл и что у вас есть право чтения."
        ) from None
    except BROKEN:
        raise Misconfigured(UNREADABLE) from None
    return about


def _checked(archive: zipfile.ZipFile) -> About:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_BYTES:
        raise Misconfigured(TOO_LARGE)
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise Misconfigured(TOO_LARGE)
    about = _about(json.loads(archive.read(MANIFEST)))
    names = [each.filename for each in members if each.filename != MANIFEST]
    if len(names) + 1 != len(members) or sorted(names) != sorted(about.files):
        raise Misconfigured(STRANGE)
    if any(not _plain(each) for each in members) or not all(map(_inside, (*about.files, *about.folders))):
        raise Misconfigured(STRANGE)
    above = {str(each) for name in (*about.files, *about.folders) for each in PurePosixPath(name).parents}
    if above & about.files.keys() or set(about.folders) & about.files.keys():
        raise Misconfigured(STRANGE)
    for name, (sha, size) in about.files.items():
        found, length = hashlib.sha256(), 0
        for piece in _pieces(archive, name):
            found.update(piece)
            length += len(piece)
        if (found.hexdigest(), length) != (sha, size):
            raise Misconfigured(CHANGED.format(name=name))
    return about


def _about(told: Any) -> About:
    version = told["format"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Misconfigured(UNREADABLE)
    if version > FORMAT:
        raise Misconfigured(NEWER)
    files = {str(name): (str(each["sha256"]), int(each["size"])) for name, each in told["files"].items()}
    return About(
        date.fromisoformat(told["day"]), told["google"] is True, tuple(map(str, told["folders"])), files
    )


def _plain(info: zipfile.ZipInfo) -> bool:
    """Tell a plain file: no folder, link or device, not locked by a password."""
    mode = info.external_attr >> 16
    return not info.is_dir() and not info.flag_bits & 1 and (not stat.S_IFMT(mode) or stat.S_ISREG(mode))


def _inside(name: str) -> bool:
    """Tell a name that stays below the folder it is joined to, whatever the system."""
    parts = re.split(r"[/\\]", name)
    return (
        len(name.encode("utf-8", "replace")) <= LONGEST_NAME
        and not {"", ".", ".."} & set(parts)
        and "\0" not in name
        and not (os.name == "nt" and re.search(r"[\\:]", name))
    )


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            yield piece


def _written(archive: zipfile.ZipFile, about: About, target: Path) -> None:
    """Lay everything into a folder beside the home, then let it become the home at one stroke."""
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir(OWN_FOLDER)
        for name in sorted(about.folders):
            _folder(fresh, fresh / name)
        for name in about.files:
            _folder(fresh, (fresh / name).parent)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(fresh / name, flags, OWN_FILE), "wb") as out:
                out.writelines(_pieces(archive, name))
                out.flush()
                os.fsync(out.fileno())
        if target.is_dir():
            target.rmdir()
        fresh.rename(target)
    except OSError:
        raise Misconfigured(FULL) from None
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh)


def _folder(root: Path, folder: Path) -> None:
    """Make a folder and those above it up to the root, each for its owner alone."""
    if folder != root and not folder.is_dir():
        _folder(root, folder.parent)
        folder.mkdir(OWN_FOLDER)
