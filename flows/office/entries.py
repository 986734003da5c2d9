"""What the office remembers about one file beyond its bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDING = ".xlsx"
OFFICE = "office"
PERSON = "пользователь"

Kind = Literal["folder", "book", "file"]


@dataclass(frozen=True)
class Tab:
    """A sheet as Google numbers it, tied to the workbook by title and by the number inside the file."""

    sheet_id: int
    title: str
    inner: int
    rows: int = 1000
    columns: int = 26


@dataclass(frozen=True)
class Stamp:
    """How a file looked on disk when last read; `settled` is False while its time stamp may still hide a change."""

    inode: int = 0
    size: int = 0
    mtime_ns: int = 0
    settled: bool = False


@dataclass(frozen=True)
class Entry:
    """One file, folder or workbook: Drive's resource and its place on disk.

    `disk` is its name inside its folder, `gone` says that somebody took it off the disk. `left` is the look of
    the bytes that the office's last write replaced and `left_sha` their checksum, kept as the revision before; empty
    after a person's save.
    """

    id: str
    kind: Kind
    parent: str
    name: str
    disk: str
    mime: str
    created: str
    modified: str
    version: int = 1
    revision: int = 1
    author: str = OFFICE
    trashed: bool = False
    gone: bool = False
    sha: str = ""
    md5: str = ""
    stamp: Stamp = Stamp()
    left: Stamp = Stamp()
    left_sha: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    description: str = ""
    restrictions: tuple[dict[str, Any], ...] = ()
    tabs: tuple[Tab, ...] = ()
    protected: tuple[dict[str, Any], ...] = ()
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def read_only(self) -> bool:
        """Whether a content restriction locks the bytes."""
        return any(each.get("readOnly") for each in self.restrictions)

    @property
    def place(self) -> tuple[str, str, bool, bool]:
        """What decides where it lies on disk, and whether it does."""
        return self.parent, self.disk, self.trashed, self.gone

    def dump(self) -> str:
        """Spell as JSON, for the sidecar."""
        return json.dumps(vars(self), default=vars, ensure_ascii=False)


def load(text: str) -> Entry:
    """Read what `Entry.dump` wrote."""
    raw = json.loads(text)
    raw["stamp"] = Stamp(**raw["stamp"])
    raw["left"] = Stamp(**raw.get("left", {}))
    raw["tabs"] = tuple(Tab(**each) for each in raw["tabs"])
    raw["restrictions"] = tuple(raw["restrictions"])
    raw["protected"] = tuple(raw["protected"])
    return Entry(**raw)
