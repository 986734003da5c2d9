"""A home kept in one archive and brought back from it: consistent when taken, checked whole before anything is written."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from flows import doors, holders, settings
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Office, OfficeBusy, OfficeUnavailable
from flows.office.atomic import OWN_FILE
from flows.office.kept import MEMORY, kept, memory
from flows.office.renames import rename_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from flows.settings import Home

FORMAT = 1
MANIFEST = "nastavnik-backup.json"
PIECE = 1 << 20
BUSY = "В рабочей папке сейчас готовят документы. Дождитесь конца работы и повторите."
FULL = "Копия не записана: на диске нет места или права записи. Ничего не осталось; освободите место или укажите другую папку и повторите."


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: how many files of how many bytes, of which organisations, and whether the rest is in Google."""

    files: int
    size: int
    slugs: tuple[str, ...]
    google: bool


def backed_up(home: Home, file: Path, day: date) -> Kept:
    """Write the whole home into a new archive, for its owner alone; `day` is told inside.

    Raises `TryLater` while somebody works in the home, `Misconfigured` when the archive cannot be there.
    """
    _refuse_place(home, file)
    if not home.google:
        doors.refuse_lost(home)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with held(home):
            told = _written(home, fresh, day)
        rename_new(fresh, file)
    except FileExistsError:
        raise _there(file) from None
    except OSError:
        raise Misconfigured(FULL) from None
    finally:
        with suppress(OSError):
            fresh.unlink()
    return told


def _refuse_place(home: Home, file: Path) -> None:
    if not home.path.is_dir() or not any(home.path.iterdir()):
        raise Misconfigured(
            f"Рабочей папки «{home.path.name}» нет или она пуста: сохранять нечего. Укажите её: --home ПАПКА."
        )
    if os.path.lexists(file):
        raise _there(file)
    if home.path in file.resolve().parents:
        raise Misconfigured(
            "Копию нельзя класть в саму рабочую папку: она пропала бы вместе с ней. Укажите другое место, лучше другой диск."
        )
    if not file.parent.is_dir():
        raise Misconfigured(f"Папки «{file.parent.name}» для копии нет. Создайте её или укажите другую.")


def _there(file: Path) -> Misconfigured:
    return Misconfigured(f"Файл «{file.name}» уже есть, он не тронут. Укажите другое имя.")


@contextmanager
def held(home: Home) -> Iterator[Office | None]:
    """Hold the office of a local home, everyone else out; a home in Google has none.

    Raises `TryLater` while somebody works there, `Misconfigured` when it cannot be opened.
    """
    if home.google:
        yield None
        return
    try:
        office = Office(home.path, exclusive=True)
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    except OfficeUnavailable as trouble:
        raise Misconfigured(str(trouble)) from None
    try:
        if holders.anyone(home.path):
            raise TryLater(BUSY)
        yield office
    except OfficeUnavailable as trouble:
        raise Misconfigured(str(trouble)) from None
    finally:
        office.close()


def _written(home: Home, fresh: Path, day: date) -> Kept:
    files: dict[str, dict[str, Any]] = {}
    folders: list[str] = []
    handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWN_FILE)
    with os.fdopen(handle, "w+b") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in kept(home.path):
            name = path.relative_to(home.path).as_posix()
            if path.is_dir():
                folders.append(name)
                continue
            with archive.open(_member(name, day), "w", force_zip64=True) as member:
                files[name] = _copied(home, path, member)
        about = {
            "format": FORMAT, "day": day.isoformat(), "google": home.google, "folders": folders, "files": files,
        }  # fmt: skip
        archive.writestr(_member(MANIFEST, day), json.dumps(about, ensure_ascii=False, indent=1))
        archive.close()
        out.flush()
        os.fsync(out.fileno())
    size = sum(each["size"] for each in files.values())
    return Kept(len(files), size, tuple(each.slug for each in home.places), home.google)


def _member(name: str, day: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (0o100000 | OWN_FILE) << 16
    return info


def _copied(home: Home, path: Path, member: IO[bytes]) -> dict[str, Any]:
    """Copy one file into the archive; return its checksum and size as they went in."""
    if path == home.path / MEMORY:
        data = memory(home.path)
        member.write(data)
        return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    sha, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            member.write(piece)
            sha.update(piece)
            size += len(piece)
    return {"sha256": sha.hexdigest(), "size": size}


def home_for(path: Path) -> Path:
    """Return the folder that a backup may be restored into: new or empty; `Misconfigured` otherwise."""
    if path.is_dir() and not any(path.iterdir()):
        return path
    if os.path.lexists(path):
        raise Misconfigured(
            f"Папка «{path.name}» не пуста, она не тронута. Восстанавливают в новую или пустую: nastavnik --home ПАПКА restore ФАЙЛ."
        )
    return path


def organisations(path: Path) -> tuple[str, ...]:
    """Return the codes of the organisations of a home that was just restored."""
    return tuple(each.slug for each in settings.load_home(path).places)
